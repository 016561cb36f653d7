"""Reading values of rule files: what the schema has let through, checked for meaning; what is wrong is said to the part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.rulepack.schema import show, suggest
from scanner.syntax.languages import GRAMMARS
from scanner.taint.kinds import MASK_KINDS, SINK_KINDS
from scanner.taint.local.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.rulepack.kinds import Part

Where = tuple[str | int, ...]

ALL_KINDS: Final = "all"
_CALLED: Final = "()"
_NAMES: Final[Mapping[str, re.Pattern[str]]] = {"python": re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")}
_ANY_NAME: Final = re.compile(r"[\w$@/#:~=\[\]-]+(?:\(\))?(?:\.[\w$@/#:~=\[\]-]+(?:\(\))?)*")  # `jquery().html`: a member of what a call returns
_SLOT: Final = re.compile(r"0|[1-9][0-9]?|[^\W\d][\w-]*|\*\*?|=")
_FROM_END: Final = re.compile(r"-[1-9]")
_STEP: Final = re.compile(r"/?(\.[^\W\d][\w$-]*|\[[^\]]+\]|\*)")
_NUMBER: Final = re.compile(r"\[\d+\]")
_MOST_STEPS: Final = 3


class Reader:
    """One document or rule while it is read, in one language."""

    __slots__ = ("_name", "language", "part")

    def __init__(self, part: Part, language: str) -> None:
        self.part = part
        self.language = language
        self._name = _NAMES.get(language, _ANY_NAME)

    def check_language(self, *where: str | int) -> None:
        """Whether it is a language that can be analysed."""
        if self.language not in GRAMMARS:
            self.wrong(f'there is no language "{self.language}"{suggest(self.language, sorted(GRAMMARS))}', *where)

    def wrong(self, message: str, *where: str | int) -> None:
        """Something is wrong with the value at a place."""
        self.part.mistake(message, *where)

    def name(self, value: object, where: Where, *, called: bool = False) -> str:
        """A dotted name; `called` says that it may end in `()`. An unusable one is said to be wrong and comes back as it is."""
        text = str(value)
        bare = text.removesuffix(_CALLED)
        if not self._name.fullmatch(bare):
            self.wrong(f"expected a dotted name such as os.path.join, found {show(value)}", *where)
        elif bare != text and not called:
            self.wrong(f"expected the name without (): a call of {bare} is meant already", *where)
        return text

    def names(self, value: object, where: Where, *, called: bool = False) -> tuple[str, ...]:
        """A list of dotted names; one that stands twice is wrong."""
        return self._each(value, where, lambda item, place: self.name(item, place, called=called))

    def keyed_names(self, value: object, where: Where) -> tuple[str, ...]:
        """A list of dotted names, each with one key behind a colon where one is given, in small letters: `Request.headers:[Referer]`."""
        return self._each(value, where, self._keyed_name)

    def _keyed_name(self, value: object, where: Where) -> str:
        bare, colon, path = str(value).partition(":")
        self.name(bare, where, called=True)
        step = _STEP.fullmatch(path) if colon else None
        if colon and (step is None or not path.startswith("[")):
            self.wrong(f"expected one key such as [Referer] behind the colon, found {show(path)}", *where)
        return f"{bare}:{path.lower()}" if colon else bare

    def slot(self, value: object, where: Where) -> str:
        """A place in a call: a position, a keyword's name, `self`, `*` or `=`."""
        text = str(value)
        if not _SLOT.fullmatch(text):
            self.wrong(f'expected a position, a keyword\'s name, self, "*" or "=", found {show(value)}', *where)
        return text

    def back_slot(self, value: object, where: Where) -> str:
        """The same; a position may also be counted from the end (`-1` is the last)."""
        return str(value) if _FROM_END.fullmatch(str(value)) else self.slot(value, where)

    def handler_slots(self, value: object, where: Where) -> tuple[str, ...]:
        """A list of places that functions are passed in: slots, counted from the end too, or parts of what is passed there (`0:.handler`)."""
        return self._each(value, where, lambda item, place: self.route(item, place) if ":" in str(item) else self.back_slot(item, place))

    def parts(self, value: object, where: Where) -> tuple[str, ...]:
        """A list of places in a call, or of parts of what is passed there, by one constant key or attribute: `options:[verify]`."""
        return self._each(value, where, self._part)

    def _part(self, value: object, where: Where) -> str:
        language = LANGUAGES.get(self.language)
        if language is not None and language.keyed:
            return self.route(value, where)
        slot, colon, path = str(value).partition(":")
        self.slot(slot, where)
        step = _STEP.fullmatch(path) if colon else None
        if colon and step is None:
            self.wrong(f"expected one step such as .name or [key] behind the colon, found {show(path)}", *where)
        return f"{slot}:{step.group(1)}" if step else slot

    def _step(self, step: str) -> str:
        """A step as paths have it: where attributes and keys are the same, one that is a text is an attribute."""
        language = LANGUAGES.get(self.language)
        if language is None or not language.keyed or not step.startswith("[") or _NUMBER.fullmatch(step):
            return step
        return f".{step[1:-1]}"

    def pattern(self, value: object, where: Where) -> str:
        """A regular expression; empty where none is given."""
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(f"expected a regular expression, found {show(value)}", *where)
            return ""
        try:
            re.compile(value)
        except re.error as error:
            self.wrong(f"not a regular expression: {error}", *where)
        return value

    def slots(self, value: object, where: Where) -> tuple[str, ...]:
        """A list of places in a call."""
        return self._each(value, where, self.slot)

    def route(self, value: object, where: Where) -> str:
        """A slot, or `return`, with an access path behind a colon where one is given: `0:.name`; steps come back parted by slashes."""
        slot, colon, path = str(value).partition(":")
        self.slot(slot, where)
        if not colon:
            return slot
        steps: list[str] = []
        rest = path
        while rest and (step := _STEP.match(rest)):
            steps.append(self._step(step.group(1)))
            rest = rest[step.end() :]
        if rest or not steps:
            self.wrong(f"expected an access path such as .name, [key] or * behind the colon, found {show(path)}", *where)
        elif len(steps) > _MOST_STEPS:
            self.wrong(f"expected an access path of at most {_MOST_STEPS} steps, found {len(steps)}", *where)
        return f"{slot}:{'/'.join(steps)}"

    def origin(self, value: object, where: Where) -> str:
        """A slot with an access path, or `()` for what the call itself returns."""
        return _CALLED if value == _CALLED else self.route(value, where)

    def routes(self, value: object, where: Where) -> tuple[str, ...]:
        """A list of slots with access paths."""
        return self._each(value, where, self.route)

    def sink_kind(self, value: object, where: Where) -> str:
        """One kind of sink."""
        return self._kind(value, where, tuple(SINK_KINDS))

    def sink_kinds(self, value: object, where: Where) -> tuple[str, ...]:
        """A list of kinds of sinks."""
        return self._each(value, where, self.sink_kind)

    def mask_kinds(self, value: object, where: Where) -> tuple[str, ...]:
        """The kinds something is made safe for; empty for `all` (or an empty list): every kind there is."""
        if isinstance(value, str):
            if value != ALL_KINDS:
                self.wrong(f"expected a list of kinds, or {ALL_KINDS}, found {show(value)}", *where)
            return ()
        return self._each(value, where, lambda item, place: self._kind(item, place, MASK_KINDS))

    def hints(self, value: object, where: Where) -> tuple[str, ...]:
        """Names of receivers, as they are compared: in lower case, without underscores around them."""
        return self._each(value, where, self._hint)

    def _hint(self, value: object, where: Where) -> str:
        text = str(value)
        plain = text.strip("_").lower()
        if not plain.isidentifier():
            self.wrong(f"expected the name of a variable, found {show(value)}", *where)
        elif plain != text:
            self.wrong(f"expected {plain}: names are compared in lower case, without underscores around them", *where)
        return text

    def _kind(self, value: object, where: Where, known: tuple[str, ...]) -> str:
        text = str(value)
        if text not in known:
            self.wrong(f"there is no kind {show(value)}{suggest(text, known)}", *where)
        return text

    def _each(self, value: object, where: Where, read: Callable[[object, Where], str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for index, item in enumerate(value if isinstance(value, list) else ()):
            text = read(item, (*where, index))
            if text in found:
                self.wrong(f"{text} stands twice", *where, index)
            found[text] = None
        return tuple(found)
