import os


class MissingSetting(RuntimeError):
    pass


def read(key):
    """`printer.host` is read from LABELS_PRINTER_HOST."""
    variable = "LABELS_" + key.replace(".", "_").upper()
    value = os.environ.get(variable)
    if not value:
        raise MissingSetting(variable)
    return value
