from dataclasses import dataclass, field


@dataclass
class Club:
    name: str
    news: list[str] = field(default_factory=list)


@dataclass
class Member:
    address: str
    display_name: str
