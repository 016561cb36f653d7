import os


class Outside(Exception):
    """The path does not lie in the vault."""


class Vault:
    def __init__(self, root):
        self.root = os.path.realpath(root)

    def locate(self, *parts):
        full = os.path.realpath(os.path.join(self.root, *parts))
        if os.path.commonpath((self.root, full)) != self.root:
            raise Outside(full)
        return full

    def open(self, *parts):
        return open(self.locate(*parts), "rb")
