"""Files that customers may download."""

import os
from pathlib import Path

from flask import current_app


class NotAvailable(Exception):
    """There is no such document."""


def read_attachment(order_id, name):
    """The bytes of a file that belongs to an order: the invoice, the delivery note."""
    # Absolute paths and climbing out of the folder are refused.
    if name.startswith(("/", "..")):
        raise NotAvailable(name)
    path = os.path.join(current_app.config["ATTACHMENT_DIR"], str(order_id), name)
    if not os.path.isfile(path):
        raise NotAvailable(name)
    with open(path, "rb") as attachment:
        return attachment.read()


def read_manual(name):
    """The bytes of a product manual."""
    root = Path(current_app.config["MANUAL_DIR"]).resolve()
    manual = (root / name).resolve()
    if not manual.is_relative_to(root) or not manual.is_file():
        raise NotAvailable(name)
    return manual.read_bytes()
