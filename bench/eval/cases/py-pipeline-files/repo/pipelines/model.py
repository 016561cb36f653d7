from dataclasses import dataclass


@dataclass
class Step:
    name: str
    image: str
    line: int


def steps_of(document):
    return [Step(str(item["name"]), str(item["image"]), item["__line__"]) for item in document.get("steps", [])]
