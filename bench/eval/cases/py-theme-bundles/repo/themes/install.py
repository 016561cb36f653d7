import shutil
import tarfile
import tempfile
from pathlib import Path

from themes.policy import EXTRACTION, MAX_BYTES

THEMES = Path("/srv/site/themes")


class BadTheme(Exception):
    pass


def install(slug, stream):
    with tempfile.TemporaryDirectory(prefix="theme-") as scratch:
        with tarfile.open(fileobj=stream, mode="r:gz") as bundle:
            if sum(member.size for member in bundle.getmembers()) > MAX_BYTES:
                raise BadTheme("too large")
            # themes come from outside
            bundle.extractall(scratch, **EXTRACTION)
        if not (Path(scratch) / "theme.toml").is_file():
            raise BadTheme("theme.toml is missing")
        target = THEMES / str(slug)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(scratch, target, symlinks=True)
