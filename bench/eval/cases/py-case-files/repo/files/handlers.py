import mimetypes

import tornado.web

from files.vault import Outside, Vault

vault = Vault("/srv/casefiles")


class FileHandler(tornado.web.RequestHandler):
    def get_current_user(self):
        return self.get_signed_cookie("clerk")

    @tornado.web.authenticated
    def get(self):
        folder = self.get_argument("folder")
        name = self.get_argument("name")
        self.set_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
        try:
            with vault.open(folder, name) as handle:
                self.write(handle.read())
        except (Outside, OSError):
            raise tornado.web.HTTPError(404) from None
