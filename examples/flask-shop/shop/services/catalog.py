"""Finding products."""

from shop.repositories import products

DEFAULT_SORT = "name"


def search(term, sort):
    return products.search(term.strip(), order_by=sort or DEFAULT_SORT)


def browse(category, sort):
    return products.in_category(category, order_by=sort or DEFAULT_SORT)


def suggest(prefix):
    return products.names_starting_with(prefix.strip()) if prefix else []
