"""Archives of the attachments, for the accountant."""

import shlex
import subprocess
from pathlib import Path

from flask import current_app

from shop.utils import shell


class ExportError(Exception):
    """The export cannot be made or read."""


def create_archive(label):
    """Pack all attachments into `attachments-<label>.tar.gz` and return the file's name."""
    name = f"attachments-{label.strip()}.tar.gz"
    target = Path(current_app.config["EXPORT_DIR"]) / name
    shell.run(f"tar -czf {target} .", cwd=current_app.config["ATTACHMENT_DIR"])
    return name


def list_archive(name):
    """The names in an archive."""
    command = ["tar", "-tzf", str(_existing(name))]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.splitlines()


def count_entries(name):
    """How many names an archive holds, without reading them all into memory."""
    pipeline = f"tar -tzf {shlex.quote(str(_existing(name)))} | wc -l"
    return int(subprocess.run(pipeline, shell=True, check=True, capture_output=True, text=True, timeout=60).stdout)


def _existing(name):
    root = Path(current_app.config["EXPORT_DIR"]).resolve()
    archive = (root / name).resolve()
    if archive.parent != root or not archive.is_file():
        raise ExportError(f"no archive named {name}")
    return archive
