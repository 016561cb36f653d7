"""From a rule's text to what the engine runs."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.engines.secrets.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.core.rule import Rule
    from scanner.engines.secrets.checks import Check

_KEYS: Final = frozenset({"pattern", "keywords", "entropy", "checks", "offsets", "context", "files", "made-for-tests"})
_MAX_ENTROPY: Final = 8.0
_MAX_OFFSET: Final = 256
_MIN_KEYWORD: Final = 2


@dataclass(frozen=True, slots=True)
class CompiledSecretRule:
    """A rule ready to run.

    `pattern` is tried `offsets` characters before the start of each of the `keywords`; its group `secret` is the secret. The rule runs in
    files that hold one of the words of `context` (any file when empty) and whose name matches `files` (any when None). A match counts when the
    secret has at least `entropy` bits a character and no check rejects it. Of what is `made_for_tests` the place says nearly all: who tests needs one
    of their own, which opens nothing.
    """

    rule: Rule
    pattern: re.Pattern[str]
    keywords: tuple[str, ...]
    entropy: float = 0.0
    checks: tuple[Check, ...] = ()
    offsets: tuple[int, ...] = (0,)
    context: tuple[bytes, ...] = ()
    files: re.Pattern[str] | None = None
    made_for_tests: bool = False


def compile_rule(rule: Rule, spec: Mapping[str, object]) -> CompiledSecretRule:
    """The rule with the engine's own keys, as they stand in its file. Raises ValueError with the reason when one of them makes no sense."""
    if unknown := sorted(set(spec) - _KEYS):
        msg = f"unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}"
        raise ValueError(msg)
    return CompiledSecretRule(
        rule=rule,
        pattern=_pattern(spec),
        keywords=_keywords(spec),
        entropy=_number(spec, "entropy", _MAX_ENTROPY),
        checks=_checks(spec),
        offsets=_offsets(spec),
        context=tuple(_lower(word, "context").encode("ascii") for word in _texts(spec, "context")),
        files=_files(spec),
        made_for_tests=_flag(spec, "made-for-tests"),
    )


def _pattern(spec: Mapping[str, object]) -> re.Pattern[str]:
    text = spec.get("pattern")
    if not isinstance(text, str) or not text:
        msg = "pattern: a regular expression is needed"
        raise ValueError(msg)
    try:
        pattern = re.compile(text)
    except re.error as error:
        msg = f"pattern: {error}"
        raise ValueError(msg) from error
    if "secret" not in pattern.groupindex:
        msg = "pattern: it has no group named secret"
        raise ValueError(msg)
    if pattern.match(""):
        msg = "pattern: it matches the empty text"
        raise ValueError(msg)
    return pattern


def _keywords(spec: Mapping[str, object]) -> tuple[str, ...]:
    words = _texts(spec, "keywords")
    if not words:
        msg = "keywords: at least one is needed, or no file would be looked at"
        raise ValueError(msg)
    for word in words:
        if len(_lower(word, "keywords")) < _MIN_KEYWORD:
            msg = f"keywords: {word!r} is too short to be a filter"
            raise ValueError(msg)
    return words


def _offsets(spec: Mapping[str, object]) -> tuple[int, ...]:
    value = spec.get("offsets", [0])
    if not isinstance(value, list | tuple) or not value or not all(_is_whole(item) and 0 <= item <= _MAX_OFFSET for item in value):
        msg = f"offsets: a list of whole numbers from 0 to {_MAX_OFFSET} is needed"
        raise ValueError(msg)
    return tuple(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _checks(spec: Mapping[str, object]) -> tuple[Check, ...]:
    names = _texts(spec, "checks")
    for name in names:
        if name not in CHECKS:
            msg = f"checks: there is no check {name!r}; there are {', '.join(sorted(CHECKS))}"
            raise ValueError(msg)
    return tuple(CHECKS[name] for name in names)


def _files(spec: Mapping[str, object]) -> re.Pattern[str] | None:
    globs = _texts(spec, "files")
    return re.compile("|".join(fnmatch.translate(glob) for glob in globs), re.IGNORECASE) if globs else None


def _texts(spec: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = spec.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
        msg = f"{key}: a list of non-empty texts is needed"
        raise ValueError(msg)
    return tuple(value)


def _lower(word: str, key: str) -> str:
    if not word.isascii() or word != word.lower():
        msg = f"{key}: {word!r} is not lower-case ASCII"
        raise ValueError(msg)
    return word


def _flag(spec: Mapping[str, object], key: str) -> bool:
    value = spec.get(key, False)
    if not isinstance(value, bool):
        msg = f"{key}: true or false is needed"
        raise ValueError(msg)  # noqa: TRY004 -- a rule's mistake, like all of this module's
    return value


def _number(spec: Mapping[str, object], key: str, limit: float) -> float:
    value = spec.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= limit:
        msg = f"{key}: a number from 0 to {limit:g} is needed"
        raise ValueError(msg)
    return float(value)
