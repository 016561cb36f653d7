"""What one file's interpretation shares: its scope, the knowledge, and how names are looked up in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from scanner.taint.conditions import named_for
from scanner.taint.facts import PUBLIC
from scanner.taint.kinds import OBJECTS_ONLY
from scanner.taint.knowledge import EntryHow
from scanner.taint.local.language import LANGUAGES
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.taint.knowledge import Knowledge
    from scanner.taint.local.language import Language
    from scanner.taint.local.scope import ModuleScope, Resolve
    from scanner.taint.local.values import Value

Row = TypeVar("Row")
_EXPORTS = "exports"  # what a CommonJS module offers is also what it calls its own functions by
_MODULE = "builtins.module"
SUPER = "super:"  # before a class's dotted name: its instance, with look-ups starting at its bases


class Context:
    """The surroundings of every frame of one file."""

    def __init__(self, scope: ModuleScope, knowledge: Knowledge, language: Language, resolve: Resolve | None = None) -> None:
        self.scope = scope
        self.knowledge = knowledge
        self.language = language
        self.library = library_of(knowledge)
        self.resolve = resolve
        self.objects_only = 0  # the kinds of sinks that text does no harm to
        for kind in OBJECTS_ONLY:
            self.objects_only |= knowledge.kind_bits.get(kind, 0)

    def dotted(self, name: str) -> str | None:
        """What a free name of the file stands for, canonically; None for a name that nothing here binds."""
        found = self.scope.names.get(name)
        if found is not None:
            return self.library.canonical(found)
        if name in self.scope.assigned:
            return f"{self.scope.module}.{name}"
        if name in self.language.builtins or name in self.library.globals:
            return f"{self.scope.module}{PUBLIC}" if name == _EXPORTS else self.library.canonical(f"builtins.{name}")
        return None

    def public(self, dotted: str, name: str) -> str:
        """The module as others see it, where a member of something global is that (`module.exports`); else empty."""
        return f"{self.scope.module}{PUBLIC}" if name == _EXPORTS and dotted == _MODULE else ""

    def imports(self, module: str) -> bool:
        """Whether the file imports a module, or anything of it."""
        return any(name == module or name.startswith(f"{module}.") for name in (*self.scope.names.values(), *self.scope.stars))

    def is_own_variable(self, dotted: str) -> bool:
        """Whether a dotted name is a variable of this module (not a function, class or import)."""
        module, _, name = dotted.rpartition(".")
        return module == self.scope.module and name in self.scope.assigned and name not in self.scope.names

    def is_foreign_library(self, dotted: str) -> bool:
        """Whether a dotted name surely belongs to no file of the program: the language's own library."""
        return dotted.split(".", 1)[0] in self.language.standard_modules


_LIBRARIES: dict[int, tuple[Knowledge, Library]] = {}


def library_of(knowledge: Knowledge) -> Library:
    """The look-ups in a language's knowledge, made once in a process: every file of that language shares them."""
    held = _LIBRARIES.get(id(knowledge))
    if held is None or held[0] is not knowledge:
        held = _LIBRARIES[id(knowledge)] = (knowledge, Library(knowledge))
    return held[1]


_COPIED = re.compile(r"^(?:\w+\.)*(?:_?vendor(?:ed)?|extern(?:al|als)?|third_?party|packages)\.(?=\w)|^(?:\w+\.)+(?=bottle\.)")
"""Where a library begins in the name of a copy of it: behind the package that copies are kept in; one file is put beside a package's own."""


class Library:
    """Look-ups in one language's knowledge, with caches; shared by all files that a worker analyses."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._canonical: dict[str, str] = {}
        self._lines: dict[str, tuple[str, ...]] = {}
        self._members: dict[tuple[str, str], tuple[str, ...]] = {}
        self._builtin: dict[str, tuple[str, ...]] = {}
        names = (
            *knowledge.sources,
            *knowledge.sinks,
            *knowledge.sanitizers,
            *knowledge.propagators,
            *knowledge.guards,
            *knowledge.callbacks,
            *(name.removesuffix("()") for name in knowledge.types),
            *knowledge.misuse_rules,
        )
        self._language = LANGUAGES.get(knowledge.language)
        self.classes = frozenset(name.removesuffix("()").rpartition(".")[0] for name in names) | frozenset(knowledge.types.values())
        self.functions = frozenset(name.removesuffix("()") for name in names)
        self.injecting = {row.name: row.slots for row in knowledge.entries if row.how is EntryHow.ARGUMENT and row.params}
        self.calling = frozenset(knowledge.callbacks).union(row.name for row in knowledge.entries if row.how is EntryHow.ARGUMENT)
        rows = () if self._language is None or self._language.keyed else knowledge.guards.items()
        self.converting = frozenset(name for name, guards in rows if any(row.outcome == "returned" for row in guards))
        self._asked = tuple({rule.inside for rules in knowledge.misuse_rules.values() for rule in rules if rule.inside})
        self._named: dict[str, bool] = {}
        # Also what the models know as a library's: a framework may put that into every file.
        spelled = (*names, *knowledge.aliases)
        self.globals = frozenset(name.removesuffix("()").split(".", 2)[1] for name in spelled if name.startswith("builtins."))

    def asks_for(self, name: str) -> bool:
        """Whether a misuse rule asks for a variable of this name."""
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = any(named_for(pattern, name) for pattern in self._asked)
        return found

    def canonical(self, name: str) -> str:
        """The spelling that the models use for a dotted name."""
        found = self._canonical.get(name)
        if found is None:
            found = self._canonical[name] = self._resolve(name)
        return found

    def _resolve(self, name: str) -> str:
        if self._language is not None and self._language.aliases:
            name = self._language.canonical(name)
        found = self._spelt(name)
        if found != name or self._language is None or self._language.keyed or (copied := _COPIED.search(name)) is None:
            return found
        # A library that was copied into a package is that library, as far as the models know what is asked of it.
        inner = self._spelt(name[copied.end() :])
        return inner if inner in self.functions or inner in self.classes else name

    def _spelt(self, name: str) -> str:
        aliases = self._knowledge.aliases
        head, tail = name, ""
        while head:
            target = aliases.get(head)
            if target is not None:
                return target + tail  # also one that stands for itself, where a shorter name stands for it too
            head, _, last = head.rpartition(".")
            tail = f".{last}{tail}"
        return name

    def line(self, type_: str) -> tuple[str, ...]:
        """A library class and its bases, nearest first."""
        found = self._lines.get(type_)
        if found is None:
            line = [type_]
            while (base := self._knowledge.types.get(f"{line[-1]}<")) is not None and base not in line:
                line.append(base)
            found = self._lines[type_] = tuple(line)
        return found

    def describes(self, type_: str, name: str) -> bool:
        """Whether a member of a type is for the models to tell; where objects are tables of keys, programs put more into them than libraries do."""
        if type_ not in self.classes:
            return False
        language = self._language
        if language is None or not language.keyed or type_ in language.immutable or type_ in language.builtin_types or type_.startswith("builtins."):
            return True
        return not self.functions.isdisjoint(self.members(type_, name))

    def members(self, type_: str, name: str) -> tuple[str, ...]:
        """The names under which the models may know a member of a class."""
        found = self._members.get((type_, name))
        if found is None:
            found = self._members[type_, name] = tuple([f"{cls}.{name}" for cls in self.line(type_)])
        return found

    def builtin_methods(self, name: str) -> tuple[str, ...]:
        """The methods of this name that the models know of the language's own types."""
        found = self._builtin.get(name)
        if found is None:
            kinds = self._language.builtin_types if self._language is not None else ()
            found = self._builtin[name] = tuple([full for kind in kinds if (full := f"{kind}.{name}") in self.functions])
        return found


def first(table: Mapping[str, Row], names: Iterable[str]) -> Row | None:
    """The row of the first name that a table knows."""
    for name in names:
        row = table.get(name)
        if row is not None:
            return row
    return None


def dotted_ref(value: Value) -> str | None:
    """The dotted name that a value is known to be."""
    return value.ref.name if isinstance(value.ref, NameRef) else None
