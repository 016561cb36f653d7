"""What an engine registers so that its rule files are read: where they lie, their schema, and its own parser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.core.rule import Rule

P_co = TypeVar("P_co", covariant=True)

ANY_FOLDER: Final = "*"


def unchanged(text: str) -> str:
    """The text itself."""
    return text


class Part:
    """What belongs to the engine in one rule (the keys that are not common ones), or the whole of a document without rules.

    `values` are plain values. `mistake` says what is wrong with one of them; saying so is enough, the loader places and collects it.
    """

    __slots__ = ("_found", "values")

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self._found: list[tuple[tuple[str | int, ...], str]] = []

    def mistake(self, message: str, *path: str | int) -> None:
        """Something is wrong with the value at a path below the part."""
        self._found.append((path, message))

    @property
    def mistakes(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """What was said so far."""
        return tuple(self._found)


@dataclass(frozen=True, slots=True)
class RuleKind(Generic[P_co]):
    """One kind of rule file.

    Files below `folder` of a rules directory belong to it (`ANY_FOLDER`: below every folder that no other kind names); they hold a list `rules`
    and obey the file `schema` of rules/schema. The common keys stand in the rule itself, or below its key `nest`. `parse` makes the engine's
    payload of what else the rule says; it says mistakes to the part, or raises ValueError with one line, which is placed at the key that the
    line starts with ("pattern: no group named secret"). `prepare_case` turns the code of a case as written into the code meant.
    """

    engine: str
    folder: str
    schema: str
    parse: Callable[[Rule, Part], P_co]
    nest: str = ""
    prepare_case: Callable[[str], str] = unchanged


@dataclass(frozen=True, slots=True)
class DocumentKind(Generic[P_co]):
    """One kind of file that holds no rules but what rules rest on (models of libraries): `parse` sees the whole document, as for `RuleKind`."""

    name: str
    folder: str
    schema: str
    parse: Callable[[Part], P_co]


Kind = RuleKind[object] | DocumentKind[object]
