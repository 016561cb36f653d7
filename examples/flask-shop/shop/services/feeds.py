"""XML from suppliers and carriers."""

from lxml import etree

Malformed = etree.XMLSyntaxError


def parse_prices(document):
    """(slug, price in cents) for each article of a supplier's price list; their export declares its units in a DTD."""
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True)
    tree = etree.fromstring(document, parser)
    return [(item.findtext("slug", ""), item.findtext("price", "")) for item in tree.iter("article")]


def parse_shipment(document):
    """(order id, status) of a carrier's notice."""
    strict = etree.XMLParser(resolve_entities=False, no_network=True)
    notice = etree.fromstring(document, strict)
    return int(notice.findtext("order", "0")), notice.findtext("status", "")
