import enum

_NAMES = ("items", "carts")


class Color(str, enum.Enum):
    RED = "red"


class Loose(enum.Enum):
    RED = "red"

    @classmethod
    def _missing_(cls, value):
        return cls.RED


def find(name):
    for known_name in _NAMES:
        if known_name == name:
            return known_name
    raise KeyError(name)


def known(name):
    for known_name in _NAMES:
        if known_name == name:
            return known_name
    return ""
