from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    base: str
    zoom: range

    def address(self, z, x, y):
        return f"{self.base}/{z}/{x}/{y}.png"


PROVIDERS = {
    "streets": Provider("https://tiles.streets.example", range(20)),
    "relief": Provider("http://relief.internal.example:8080/v2", range(15)),
}


def by_name(name):
    return PROVIDERS.get(name)
