"""Semgrep's languages and ours: which of its analyzers look at which file."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from scanner.syntax.languages import is_declaration_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.source import SourceFile

WHOLE_TEXT: Final = ("generic", "regex")
"""Analyzers that take any text file."""

# Semgrep's own names for one language, as `languages:` of a rule may write them.
_ALIASES: Final[Mapping[str, str]] = {
    "c#": "csharp", "c++": "cpp", "docker": "dockerfile", "golang": "go", "hcl": "terraform", "js": "javascript", "kt": "kotlin",
    "none": "regex", "proto3": "proto", "protobuf": "proto", "py": "python", "sh": "bash",
    "sol": "solidity", "spacegrep": "generic", "tf": "terraform", "ts": "typescript",
}  # fmt: skip

# Our language -> the analyzers that understand its files. Python's two old versions are analyzers of their own.
_BY_LANGUAGE: Final[Mapping[str, tuple[str, ...]]] = {
    "bash": ("bash",),
    "c": ("c",),
    "cpp": ("cpp",),
    "csharp": ("csharp",),
    "dockerfile": ("dockerfile",),
    "go": ("go",),
    "html": ("html",),
    "java": ("java",),
    "javascript": ("javascript",),
    "json": ("json",),
    "kotlin": ("kotlin",),
    "php": ("php",),
    "python": ("python", "python2", "python3"),
    "ruby": ("ruby",),
    "rust": ("rust",),
    "terraform": ("terraform",),
    "tsx": ("typescript",),
    "typescript": ("typescript",),
    "xml": ("xml",),
    "yaml": ("yaml",),
}

# Endings of languages that we have no name for, or that share one of ours.
_BY_ENDING: Final[Mapping[str, tuple[str, ...]]] = {
    ".cairo": ("cairo",), ".circom": ("circom",), ".clj": ("clojure",), ".cljc": ("clojure",), ".cljs": ("clojure",),
    ".dart": ("dart",), ".el": ("lisp",), ".hack": ("hack",),
    ".hck": ("hack",), ".jl": ("julia",), ".jsonnet": ("jsonnet",), ".libsonnet": ("jsonnet",), ".lisp": ("lisp",), ".lua": ("lua",),
    ".ml": ("ocaml",), ".mli": ("ocaml",), ".move": ("move_on_aptos", "move_on_sui"), ".promql": ("promql",),
    ".proto": ("proto",), ".r": ("r",), ".scala": ("scala",), ".scm": ("scheme",), ".sol": ("solidity",),
    ".ss": ("scheme",), ".swift": ("swift",), ".tofu": ("terraform",),
}  # fmt: skip

# Only what every supported version of Semgrep parses by itself: a target for a name it does not know ends its run. Apex, Elixir and Gosu need an
# extension that it does not come with, Vue is gone since 1.93.
ANALYZERS: Final = frozenset(WHOLE_TEXT) | {name for group in (*_BY_LANGUAGE.values(), *_BY_ENDING.values()) for name in group}
"""Every analyzer that a file can be handed to."""


def analyzer_of(name: str) -> str | None:
    """The analyzer that a rule's `languages:` means with this name; None when there is none."""
    lower = name.lower()
    analyzer = _ALIASES.get(lower, lower)
    return analyzer if analyzer in ANALYZERS else None


def analyzers_for(file: SourceFile) -> tuple[str, ...]:
    """The analyzers that can look at a file, those for any text last.

    Files that only declare (`.d.ts`, `.pyi`) have no behaviour to match, and Semgrep's grammar fails on much of what they may say: text alone.
    """
    if is_declaration_file(file.path):
        return WHOLE_TEXT
    ending = PurePosixPath(file.path).suffix.lower()
    if ending == ".h":
        own: tuple[str, ...] = ("c", "cpp")  # a header does not say whose it is, and rules of both may mean it
    else:
        own = _BY_ENDING.get(ending) or _BY_LANGUAGE.get(file.language, ())
    return (*own, *WHOLE_TEXT)
