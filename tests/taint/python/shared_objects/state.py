"""What is shared."""
BOX = {"text": ""}


class Registry:
    _instance = None

    def __init__(self):
        self.last = ""
        self.label = ""

    def add(self, name):
        self.last = name

    @classmethod
    def instance(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance


registry = Registry()


def box_of(key):
    return BOX[key]
