"""The built-in rules as they come out of their files, kept where Python keeps the compiled form of our modules.

Reading and checking three hundred YAML files takes longer than scanning a small change. Beside our modules the result is as safe as they are: whoever
can write there can change the program itself. It is JSON all the same, of values only, and where nothing can be written it is made anew each time.
The key holds the bytes of every rule file and of every module of ours.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.app.own_code import contents, own_code
from scanner.core.finding import Trust
from scanner.core.rule import Precision, Rule
from scanner.core.writing import replace_file
from scanner.rulepack.codec import Codec
from scanner.rulepack.kept import keep, restore
from scanner.rulepack.ruleset import LoadedRule, Origin, RuleSet, merge
from scanner.taint.compile.rules import ENGINE, TaintRule
from scanner.taint.ir import Constant
from scanner.taint.knowledge import Knowledge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scanner.rulepack.kinds import Kind

_ENDINGS: Final = (".yaml", ".yml", ".json")  # of rules and their schemas
_CODEC: Final = Codec(Constant=Constant, Precision=Precision, Trust=Trust)


def pack_file() -> Path:
    """Where the built-in rules are kept."""
    return Path(importlib.util.cache_from_source(__file__)).with_name(f"rules.{sys.implementation.cache_tag}.json")


class Pack:
    """The rules of one directory as `file` keeps them, for files of these kinds and those of the taint engine."""

    def __init__(self, directory: Path, kinds: Sequence[Kind], file: Path) -> None:
        self._directory = directory
        self._kinds = kinds
        self._key = _key(directory)
        self._file = file

    def read(self) -> tuple[RuleSet, Mapping[str, Knowledge]] | None:
        """The rules without their cases, and what is known of each language; None when the directory or our own code has changed."""
        try:
            head, _, body = self._file.read_bytes().partition(b"\n")
        except OSError:
            return None
        if head != _head(self._key, body):
            return None
        first, *others = body.split(b"\n")
        held = json.loads(first)
        taint: list[LoadedRule[object]] = [
            LoadedRule(_CODEC.decode(Rule, rule), _CODEC.decode(TaintRule, payload), Origin(str(self._directory / file), line))
            for rule, payload, file, line in held["taint"]
        ]
        rules = merge([restore(held["files"], self._directory, self._kinds), RuleSet(tuple(taint))])
        return rules, _Kept(dict(zip(held["languages"], others, strict=True)))

    def write(self, rules: RuleSet, knowledge: Mapping[str, Knowledge], elsewhere: Collection[str]) -> None:
        """Keep them for the next time, where that is possible. `elsewhere` as `load_rules` was told."""
        taint = [
            [
                _CODEC.encode(entry.rule),
                _CODEC.encode(entry.payload),
                Path(entry.origin.file).relative_to(self._directory).as_posix(),
                entry.origin.line,
            ]
            for entry in rules.entries
            if entry.rule.engine == ENGINE
        ]
        files = keep(self._directory, self._kinds, elsewhere)
        values = [{"files": files, "taint": taint, "languages": list(knowledge)}, *map(_CODEC.encode, knowledge.values())]
        body = b"\n".join(json.dumps(value, separators=(",", ":")).encode("ascii") for value in values)
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)  # also where Python itself is told to write no bytecode: this is none
            replace_file(self._file, _head(self._key, body) + b"\n" + body, mode=0o644)  # whoever installs a program is often not who runs it


class _Kept(Mapping[str, "Knowledge"]):
    """The knowledge of each language, opened when it is asked for."""

    def __init__(self, texts: dict[str, bytes]) -> None:
        self._texts = texts
        self._opened: dict[str, Knowledge] = {}

    def __getitem__(self, language: str) -> Knowledge:
        if language not in self._opened:
            self._opened[language] = _CODEC.decode(Knowledge, json.loads(self._texts[language]))
        return self._opened[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def _key(directory: Path) -> str:
    return blake2b(f"{own_code()} {contents(directory, _ENDINGS)}".encode(), digest_size=16).hexdigest()


def _head(key: str, body: bytes) -> bytes:
    """The first line: what the rest was made of, and a checksum of it, for a machine that went down while it was written."""
    return f"{key} {len(body)} {zlib.crc32(body)}".encode("ascii")
