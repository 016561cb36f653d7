class UnknownFeeder(KeyError):
    pass


class Feeders:
    def __init__(self, names):
        self._closed = dict.fromkeys(names, True)

    def switch(self, name, *, closed):
        if name not in self._closed:
            raise UnknownFeeder(name)
        self._closed[name] = closed

    def states(self):
        return dict(self._closed)


FEEDERS = Feeders(["north-1", "north-2", "harbour"])
