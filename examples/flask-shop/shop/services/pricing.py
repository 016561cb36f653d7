"""Quotes for larger quantities."""

import ast

MAX_LENGTH = 200
DISCOUNTS = ((100, 0.10), (20, 0.05))


def quote(product, expression):
    """The price of `expression` pieces, such as `12 * 24` for twelve boxes of twenty-four."""
    # Without builtins there is nothing to call, so only arithmetic gets through.
    quantity = int(eval(expression, {"__builtins__": {}}, {}))
    return quantity, _total(product["price_cents"], quantity)


def quote_boxes(product, expression):
    """The price of a list of boxes, such as `[24, 24, 12]`."""
    if len(expression) > MAX_LENGTH:
        raise ValueError("too many boxes")
    boxes = ast.literal_eval(expression)
    quantity = sum(int(count) for count in boxes)
    return quantity, _total(product["price_cents"], quantity)


def _total(price_cents, quantity):
    rate = next((rate for threshold, rate in DISCOUNTS if quantity >= threshold), 0)
    return round(price_cents * quantity * (1 - rate))
