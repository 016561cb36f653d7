"""Conditions that merely ask whether there is something: `if name:`, `if (!name) return`, `name == ""`. They keep no bad value out.

Read from tokens, line by line, for any language alike. What is not understood counts as a condition that may do more.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CALLS: Final = frozenset(
    {"isset", "empty", "len", "strlen", "is_null", "isNull", "isNil", "isPresent", "isEmpty", "isNotEmpty", "isBlank", "isNotBlank"}
    | {"IsNullOrEmpty", "IsNullOrWhiteSpace", "hasText", "hasLength", "requireNonNull", "notNull", "notEmpty", "bool", "Boolean"}
)
"""Functions that say no more than whether there is something."""

_CONDITIONS: Final = frozenset({"if", "elif", "unless", "while", "assert", "until"})
_ENDS: Final = frozenset({":", "{", "}", ";", "then", "else", "do", ","})
_TAILS: Final = frozenset({"strip", "trim", "length", "size", "nil", "blank", "present", "empty", "any", "count"}) | CALLS
_JOINTS: Final = frozenset({"and", "or", "&", "|"})
_MOST: Final = 60  # tokens of one condition; a longer one does more than to ask
_MOST_ON_LINE: Final = 2_000  # tokens; a line of more was not written by hand, and is not taken apart
_COMPARED: Final = re.compile(r" (?:is(?: not)?|[=!] =(?: =)?|[<>](?: =)?) (?:None|null|nil|undefined|NULL|0|1|\" \"|' ')$")
_CHAIN: Final = re.compile(r"(?:\$ |@ |& |\* )*\w+(?: (?:\.|\? \.|- >|: :|&\.)(?: \$)? \w+| \[(?: [\w:$\"'.-]+)* \])*")
_CALLED: Final = re.compile(r"(?:\w+ \. )?(\w+) (?=[$\w])")
_WORD: Final = re.compile(r"[^\W\d]\w*")


def conditions(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The conditions on one line of code, each without its word: what stands behind `if`, or before the question mark."""
    if len(tokens) > _MOST_ON_LINE:
        yield ()
        return
    for index, word in enumerate(tokens):
        if word in _CONDITIONS:
            yield _behind(tokens[index + 1 :])
        elif word == "?" and _chooses(tokens, index):
            yield _before(tokens[:index])


def asks_only_for(condition: Sequence[str], whole: Sequence[str], data: frozenset[str]) -> bool:
    """Whether a condition only asks if something that carries the data is there. `whole` is its line with what its strings hold.

    A name that carries no data may hold the result of a check, and counts as one.
    """
    if not condition or len(condition) > _MOST:
        return False
    empty_text = any(pair in {('"', '"'), ("'", "'")} for pair in pairwise(whole))
    return all(_subject(part, empty_text=empty_text) in data for part in _parts(condition))


def _parts(condition: Sequence[str]) -> Iterator[list[str]]:
    """The operands of a condition, without brackets and negations."""
    part: list[str] = []
    for index, word in enumerate(condition):
        if word in _JOINTS:
            if part:
                yield part
            part = []
        elif word not in {"(", ")", "not"} and not (word == "!" and "".join(condition[index + 1 : index + 2]) != "="):
            part.append(word)
    if part:
        yield part


def _subject(part: Sequence[str], *, empty_text: bool) -> str:
    """The name that is asked for; empty where the operand is more than that."""
    words = [*part]
    while words and words[-1] == "?":
        words.pop()
    text = " ".join(words)
    compared = _COMPARED.search(text)
    if compared is not None:
        if text[-1] in "\"'" and not empty_text:
            return ""
        text = text[: compared.start()]
    called = _CALLED.match(text)
    text = text[called.end() :] if called is not None and called[1] in CALLS else text
    if _CHAIN.fullmatch(text) is None:
        return ""
    names = [word for word in re.sub(r"\[[^\]]*\]", " ", text).split() if _WORD.fullmatch(word)]
    while len(names) > 1 and names[-1] in _TAILS:
        names.pop()
    return names[-1] if names else ""


def _behind(tokens: Sequence[str]) -> tuple[str, ...]:
    """From the word to where the condition ends; of Go's `if value := f(); value != ""` the part behind the statement."""
    if tokens and tokens[0] == "(":
        closing = _closing(tokens)
        if closing and (closing + 1 == len(tokens) or tokens[closing + 1] not in {".", "[", "=", "!", "<", ">", "and", "or", "&", "|"}):
            return tuple(tokens[1:closing])
    found: list[str] = []
    depth = 0
    for index, word in enumerate(tokens):
        depth += (word in {"(", "["}) - (word in {")", "]"})
        if depth < 0:
            break
        if depth == 0 and word == ";" and "{" in tokens[index:]:
            found = []
        elif depth == 0 and word in _ENDS and not (word == ":" and "".join(tokens[index + 1 : index + 2]) == "="):
            break
        else:
            found.append(word)
    return tuple(found)


def _closing(tokens: Sequence[str]) -> int:
    depth = 0
    for index, word in enumerate(tokens):
        depth += (word == "(") - (word == ")")
        if depth == 0:
            return index
    return 0


def _chooses(tokens: Sequence[str], index: int) -> bool:
    """Whether a question mark is that of `a ? b : c`."""
    behind = tokens[index + 1 : index + 2]
    return index > 0 and ":" in tokens[index:] and not (behind and behind[0] in {".", "?", ":", ")"}) and tokens[index - 1] != "?"


def _before(tokens: Sequence[str]) -> tuple[str, ...]:
    """The condition that ends where the tokens do: back to an assignment, a bracket that is open, a comma or the statement's word."""
    found: list[str] = []
    depth = 0
    for index in range(len(tokens) - 1, -1, -1):
        word = tokens[index]
        depth += (word in {")", "]"}) - (word in {"(", "["})
        single = word == "=" and tokens[index - 1] not in {"=", "!", "<", ">"} and (not found or found[-1] != "=")
        if depth < 0 or (depth == 0 and (word in {",", "{", ";", ":", "return", "+"} or single)):
            break
        found.append(word)
    return tuple(reversed(found))
