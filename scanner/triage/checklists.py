"""What to ask about a weakness, and what evidence refutes it: data beside the rules (`rules/triage/*.yaml`), one file for one or more CWEs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from scanner.core.verdict import Reason
from scanner.ports.chat_json import canonical
from scanner.rulepack.kinds import DocumentKind
from scanner.syntax.lexical import lexical_tokens
from scanner.triage.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scanner.core.rule import Rule
    from scanner.rulepack.kinds import Part

FOLDER: Final = "triage"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for which findings of a weakness can be false.

    `when` says to the model when it applies. `checks` are alternatives: code accepts the reason when one citation meets every check of one of them.
    `calls` are the last parts of names whose call counts where a check asks for a known one, `forms` the tokens of pieces of code that do.
    """

    reason: Reason
    when: str
    checks: tuple[tuple[str, ...], ...]
    calls: frozenset[str] = frozenset()
    forms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """One file. `cwe` empty: for every weakness that has none of its own. `digest` changes with everything it says.

    `inherited` are reasons that the list for all others speaks of in its place. `weak` are the tokens of pieces of code that are the weakness itself:
    whoever cites one of them for a refutation has cited the opposite.
    """

    cwe: tuple[int, ...]
    means: str
    questions: tuple[str, ...]
    lookalikes: tuple[str, ...]
    grounds: tuple[Ground, ...]
    digest: str
    inherited: tuple[Reason, ...] = ()
    weak: tuple[tuple[str, ...], ...] = ()

    def contradicts(self, tokens: Sequence[str]) -> bool:
        """Whether code with these tokens, those within strings included, has the weakness in so many words."""
        text = f" {' '.join(tokens)} "
        return any(f" {' '.join(form)} " in text for form in self.weak)

    def ground(self, reason: Reason) -> Ground | None:
        """What the list says of a reason; None: no finding of this weakness is false for it."""
        return next((ground for ground in self.grounds if ground.reason is reason), None)


class Checklists:
    """All of them. Raises ValueError when two speak of one weakness or none speaks for the rest."""

    def __init__(self, lists: Iterable[Checklist]) -> None:
        self._by_cwe: dict[int, Checklist] = {}
        rest: list[Checklist] = []
        for one in lists:
            rest += [] if one.cwe else [one]
            for number in one.cwe:
                if self._by_cwe.setdefault(number, one) is not one:
                    msg = f"two triage checklists speak of CWE-{number}"
                    raise ValueError(msg)
        if len(rest) != 1:
            msg = f"one triage checklist speaks for every other weakness; there are {len(rest)}"
            raise ValueError(msg)
        self._rest = rest[0]
        self._by_cwe = {number: _completed(one, self._rest) for number, one in self._by_cwe.items()}

    def of(self, rule: Rule) -> Checklist:
        """The list for a rule: that of the first of its weaknesses which has one."""
        return next((self._by_cwe[number] for number in rule.cwe if number in self._by_cwe), self._rest)


def _completed(one: Checklist, rest: Checklist) -> Checklist:
    taken = tuple(ground for reason in one.inherited if (ground := rest.ground(reason)) is not None and one.ground(reason) is None)
    digest = hashlib.sha256(canonical([one.digest, rest.digest]).encode("ascii")).hexdigest()
    return replace(one, grounds=(*one.grounds, *taken), digest=digest)


def _parse(part: Part) -> Checklist:
    values = part.values
    numbers = tuple(int(name.removeprefix("CWE-")) for name in _texts(values.get("cwe", [])))
    grounds = tuple(_ground(part, Reason(name), own) for name, own in _mapping(values["reasons"]).items())
    return Checklist(
        cwe=numbers,
        means=_line(values["means"]),
        questions=tuple(map(_line, _texts(values["questions"]))),
        lookalikes=tuple(map(_line, _texts(values.get("lookalikes", [])))),
        grounds=grounds,
        inherited=tuple(Reason(name) for name in _texts(values.get("inherit", []))),
        digest=hashlib.sha256(canonical(dict(values)).encode("ascii")).hexdigest(),
        weak=_forms(values.get("weak", [])),
    )


def _ground(part: Part, reason: Reason, value: object) -> Ground:
    own = _mapping(value)
    alternatives = own["checks"]
    groups: list[tuple[str, ...]] = []
    for index, group in enumerate(alternatives if isinstance(alternatives, list) else []):
        names = _texts(group)
        groups.append(names)
        for name in names:
            if name not in CHECKS:
                part.mistake(f"there is no check {name}; there are {', '.join(sorted(CHECKS))}", "reasons", reason.value, "checks", index)
    return Ground(reason, _line(own["when"]), tuple(groups), frozenset(_texts(own.get("calls", []))), _forms(own.get("forms", [])))


def _forms(value: object) -> tuple[tuple[str, ...], ...]:
    """Pieces of code as the lexer's tokens."""
    return tuple(tuple(lexical_tokens(text)) for text in _texts(value))


def _line(value: object) -> str:
    return " ".join(str(value).split())


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        msg = f"the schema should have refused {value!r}"
        raise TypeError(msg)
    return tuple(str(item) for item in value)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        msg = f"the schema should have refused {value!r}"
        raise TypeError(msg)
    return value


CHECKLISTS: Final[DocumentKind[Checklist]] = DocumentKind("triage-checklist", FOLDER, "triage.schema.json", _parse)
"""How the loader of rule files reads them, like any other file of `rules/`."""
