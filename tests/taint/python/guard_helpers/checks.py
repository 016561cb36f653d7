_TABLES = ("items", "carts")


class UnknownTable(Exception):
    pass


def check_column(name):
    return name.isidentifier()


def ensure_table(name):
    if name not in _TABLES:
        raise UnknownTable(name)
