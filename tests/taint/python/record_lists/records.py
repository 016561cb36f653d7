from collections import namedtuple

Filter = namedtuple("Filter", ["field", "value", "operator"])
