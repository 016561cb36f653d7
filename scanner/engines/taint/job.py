"""The work on one file, in a worker process: read, parse, lower, analyse."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.core.coverage import SkippedPath
from scanner.core.files import Unreadable, read_confined
from scanner.syntax.parse import DEFAULT_LIMITS, Unparsed, parse
from scanner.taint.local.analysis import analyse_module
from scanner.taint.lower.javascript.module import lower_module as lower_javascript
from scanner.taint.lower.python.module import lower_module as lower_python

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.engines.taint.packages import Layout
    from scanner.syntax.parse import Parsed
    from scanner.taint.facts import FileFacts
    from scanner.taint.ir import Module
    from scanner.taint.knowledge import Knowledge

LANGUAGES: Final = ("python", "javascript")
"""The programs that can be followed."""

PROGRAMS: Final[Mapping[str, str]] = {"python": "python", "javascript": "javascript", "typescript": "javascript", "tsx": "javascript"}
"""The program that files of a language belong to: what they import from each other makes them one, and they share their models and rules."""


class FileJob(NamedTuple):
    """One file: the root, its path below it, its language, its module's name, whether it is a package's own file, whether others may import it."""

    root: str
    path: str
    language: str
    module: str
    package: bool
    public: bool = True


class FileResult(NamedTuple):
    """What became of it: its facts, or why there are none."""

    facts: FileFacts | None = None
    skipped: SkippedPath | None = None


class Analyst:
    """Analyses files with the knowledge of their languages. It can be pickled, and each process unpacks the knowledge once only."""

    def __init__(self, knowledge: Mapping[str, Knowledge], layout: Layout | None = None) -> None:
        self._knowledge = knowledge
        self._layout = layout
        self._key = (*sorted((language, held.digest) for language, held in knowledge.items()), hash(layout and layout.files))
        self._packed: bytes | None = None

    def __call__(self, job: FileJob) -> FileResult:
        """The facts of one file."""
        data = read_confined(job.root, job.path, DEFAULT_LIMITS.max_bytes)
        if isinstance(data, Unreadable):
            return FileResult(skipped=SkippedPath(job.path, data.reason, data.detail))
        parsed = parse(job.language, data)
        if isinstance(parsed, Unparsed):
            return FileResult(skipped=SkippedPath(job.path, parsed.reason, parsed.detail))
        program = PROGRAMS[job.language]
        resolve = self._layout.resolver(job.path) if self._layout is not None and program == "javascript" else None
        facts = analyse_module(_LOWERINGS[program](job, parsed), self._knowledge[program], resolve)
        return FileResult(facts if job.public else facts._replace(public=False))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as bytes that are opened where they are not known yet."""
        if self._packed is None:
            self._packed = pickle.dumps((dict(self._knowledge), self._layout), pickle.HIGHEST_PROTOCOL)
        return _unpack, (self._key, self._packed)


_UNPACKED: dict[object, Analyst] = {}


def _unpack(key: object, packed: bytes) -> Analyst:
    found = _UNPACKED.get(key)
    if found is None:
        _UNPACKED.clear()  # a process works for one scan at a time
        found = _UNPACKED[key] = Analyst(*pickle.loads(packed))  # noqa: S301 -- packed by our own parent process, above
    return found


def _python(job: FileJob, parsed: Parsed) -> Module:
    return lower_python(parsed.root, parsed.data, path=job.path, name=job.module, package=job.package)


def _javascript(job: FileJob, parsed: Parsed) -> Module:
    return lower_javascript(parsed.root, parsed.data, path=job.path, name=job.module, package=job.package, dialect=job.language)


_LOWERINGS: Final[Mapping[str, Callable[[FileJob, Parsed], Module]]] = {"python": _python, "javascript": _javascript}
