"""The work on one file, in a worker process: lower and analyse what was read and parsed."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakValueDictionary

from scanner.syntax.parse import Parsed
from scanner.taint.facts import Reach
from scanner.taint.packing import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.core.coverage import SkippedPath
    from scanner.engines.taint.packages import Layout
    from scanner.ports.engine import OpenedFile
    from scanner.taint.facts import FileFacts
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.packing import Packed
    from scanner.taint.program import Module

    Lower = Callable[[OpenedFile, Parsed, "FileJob"], Module]
    Analyse = Callable[[Module, Knowledge, Callable[[str], str] | None], FileFacts]

LANGUAGES: Final = ("python", "javascript")
"""The programs that can be followed."""

PROGRAMS: Final[Mapping[str, str]] = {"python": "python", "javascript": "javascript", "typescript": "javascript", "tsx": "javascript"}
"""The program that files of a language belong to: what they import from each other makes them one, and they share their models and rules."""


class FileJob(NamedTuple):
    """One file: its module's name, whether it is a package's own file, whether others may import it, and how they come to it.

    `settings` stand for what decides about the names that it imports, besides itself.
    """

    module: str
    package: bool
    public: bool = True
    settings: str = ""
    reach: Reach = Reach.ENTRY


class FileResult(NamedTuple):
    """What became of it: its facts, or why there are none."""

    facts: Packed | None = None
    skipped: SkippedPath | None = None


class Analyst:
    """Analyses files with the knowledge of their languages. It can be pickled, and each process unpacks the knowledge once only."""

    def __init__(self, knowledge: Mapping[str, Knowledge], layout: Layout | None = None) -> None:
        self._knowledge = knowledge
        self._layout = layout
        self._stages: dict[str, tuple[Lower, Analyse]] = {}
        self._key = (*sorted((language, held.digest) for language, held in knowledge.items()), hash(layout and layout.files))
        self._packed: bytes | None = None
        _UNPACKED[self._key] = self  # a process that is forked from this one has it already

    def __call__(self, file: OpenedFile, job: object) -> FileResult:
        """The facts of one file. `job` is its FileJob."""
        if not isinstance(file.tree, Parsed) or not isinstance(job, FileJob):
            return FileResult(skipped=file.skipped)
        program = PROGRAMS[file.language]
        resolve = self._layout.resolver(file.path) if self._layout is not None and program == "javascript" else None
        lower, analyse = self._stages.get(program) or self._loaded(program)
        facts = analyse(lower(file, file.tree, job), self._knowledge[program], resolve)
        return FileResult(pack(facts._replace(public=job.public, reach=job.reach)))

    def prepare(self) -> None:
        """Load what analyses, so that processes that are forked have it too."""
        for program in self._knowledge:
            self._loaded(program)

    def _loaded(self, program: str) -> tuple[Lower, Analyse]:
        from scanner.taint.local.analysis import analyse_module  # noqa: PLC0415 -- most scans find most of it analysed

        found = self._stages[program] = (_LOWERINGS[program](), analyse_module)
        return found

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as bytes that are opened where they are not known yet."""
        if self._packed is None:
            self._packed = pickle.dumps((dict(self._knowledge), self._layout), pickle.HIGHEST_PROTOCOL)
        return _unpack, (self._key, self._packed)


_UNPACKED: WeakValueDictionary[object, Analyst] = WeakValueDictionary()


def _unpack(key: object, packed: bytes) -> Analyst:
    return _UNPACKED.get(key) or Analyst(*pickle.loads(packed))  # noqa: S301 -- packed by our own parent process, above


def _python() -> Lower:
    from scanner.taint.lower.python.module import lower_module  # noqa: PLC0415 -- most repositories need one language

    return lambda file, parsed, job: lower_module(parsed.root, parsed.data, path=file.path, name=job.module, package=job.package, ordered=True)


def _javascript() -> Lower:
    from scanner.taint.lower.javascript.module import lower_module  # noqa: PLC0415 -- as above

    return lambda file, parsed, job: lower_module(
        parsed.root, parsed.data, path=file.path, name=job.module, package=job.package, dialect=file.language, ordered=True
    )


def load_stages() -> None:
    """Load all that analyses and links, for a process from which those of many scans are forked."""
    from scanner.taint.link import linker  # noqa: F401, PLC0415 -- one scan loads what it needs
    from scanner.taint.local import analysis  # noqa: F401, PLC0415 -- as above

    for lowering in _LOWERINGS.values():
        lowering()


_LOWERINGS: Final[Mapping[str, Callable[[], Lower]]] = {"python": _python, "javascript": _javascript}
