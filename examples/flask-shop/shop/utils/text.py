"""Texts for people and for caches."""

import hashlib

from markupsafe import Markup


def money(cents):
    return f"{cents / 100:.2f} EUR"


def search_heading(term, count):
    return Markup(f"{count} results for <q>{term}</q>")


def category_heading(category, count):
    return Markup("{} products in <q>{}</q>").format(count, category)


def etag(body):
    return hashlib.md5(body.encode(), usedforsecurity=False).hexdigest()
