"""The cart and the wish list live in cookies, so that visitors need no account."""

from shop.repositories import products
from shop.utils import codec


class Cart:
    def __init__(self, raw=None):
        self.items = codec.unpack(raw) if raw else {}

    def add(self, slug, count=1):
        self.items[slug] = self.items.get(slug, 0) + count

    def lines(self):
        found = ((products.by_slug(slug), count) for slug, count in self.items.items())
        return [(product, count) for product, count in found if product is not None and count > 0]

    def total_cents(self):
        return sum(product["price_cents"] * count for product, count in self.lines())

    def dump(self):
        return codec.pack(self.items)


def wishlist(raw):
    slugs = codec.unsign(raw) if raw else []
    return [slug for slug in slugs if isinstance(slug, str)]
