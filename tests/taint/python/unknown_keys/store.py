"""Settings that are kept under keys which only those know who ask for them."""


class Settings:
    def __init__(self):
        self._kept = {}

    def keep(self, name, value):
        self._kept[name] = value

    def merge(self, values):
        self._kept.update(values)

    def get(self, name):
        return self._kept[name]


class Labels:
    def __init__(self):
        self._kept = {}

    def keep(self, name, value):
        self._kept[name] = value

    def get(self, name):
        return self._kept[name]


class Drafts:
    def __init__(self):
        self._texts = {}

    def keep(self, name, text):
        self._texts[name] = text

    def get(self, name):
        return self._texts[name]


settings = Settings()
labels = Labels()
drafts = Drafts()
