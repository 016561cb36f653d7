"""Builds statements."""
def by_name(name):
    return "SELECT id FROM items WHERE name = '" + name + "'"


def by_size(size):
    return f"SELECT id FROM items WHERE size = {int(size)}"
