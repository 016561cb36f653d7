"""A small rule pack, and projects that the engine looks at."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from scanner.engines.taint.engine import TaintEngine
from scanner.executors.inline import InlineExecutor
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot, SourceFile
from scanner.syntax.languages import detect_language
from scanner.taint.compile.load import load_taint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from scanner.ports.engine import Detection
    from scanner.ports.executor import Executor
    from scanner.taint.compile.load import TaintPack

MODELS = """
    language: python
    library: web
    imports: [web]
    rows:
      - type: {web.request: web.Request, "web.App()": web.App}
      - source: [web.Request.args]
        trust: remote
      - source: ["files.load()"]
        trust: content
      - sink: [shell.line]
        args: ["0"]
        kind: command
      - sink: [db.Cursor.execute]
        args: ["0"]
        kind: sql
        hints: [cursor]
      - entry: {how: decorator, name: web.App.route, params: ["*"], trust: remote}
"""
RULE = """
      - id: python-{name}
        kind: flow
        language: python
        title: {name}
        cwe: [CWE-{cwe}]
        severity: high
        precision: {precision}
        message: "Data from {{source}} reaches {{sink}}."
        help: "What is wrong with it."
        remediation: "Do not."
        sinks: [{kind}]
        trust: [remote, content, library]
        confidence: {{content: medium, library: medium}}
        cases: {{vulnerable: ["x = 1"], safe: ["y = 2"]}}
"""
MISUSE = """
      - id: python-weak-hash
        kind: misuse
        language: python
        title: A weak hash
        cwe: [CWE-327]
        severity: medium
        precision: high
        message: "MD5 is weak."
        help: "What is wrong with it."
        remediation: "Do not."
        calls: [hashlib.md5]
        cases: {vulnerable: ["x = 1"], safe: ["y = 2"]}
"""


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> TaintPack:
    root = tmp_path_factory.mktemp("rules")
    (root / "models" / "python").mkdir(parents=True)
    (root / "python").mkdir()
    (root / "models" / "python" / "web.yaml").write_text(dedent(MODELS))
    rules = (
        RULE.format(name="command-injection", cwe=78, kind="command", precision="high")
        + RULE.format(name="sql-injection", cwe=89, kind="sql", precision="medium")
        + MISUSE
    )
    (root / "python" / "rules.yaml").write_text(dedent("    rules:" + rules))
    return load_taint(("python",), [root])


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Snapshot]:
    """Files by path -> a snapshot of them on disk."""

    def make(files: Mapping[str, str | bytes]) -> Snapshot:
        found = []
        for path, text in sorted(files.items()):
            data = text if isinstance(text, bytes) else dedent(text).encode()
            full = tmp_path / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data)
            found.append(SourceFile(path, detect_language(path, data), len(data), data.count(b"\n") + 1, ""))
        return Snapshot(tmp_path, tuple(found))

    return make


@pytest.fixture
def detect(pack: TaintPack, project: Callable[[Mapping[str, str | bytes]], Snapshot]) -> Callable[..., Detection]:
    """Files by path -> what the engine says of them."""

    def run(files: Mapping[str, str | bytes], executor: Executor | None = None) -> Detection:
        engine = TaintEngine(pack.entries, pack.knowledge, executor or InlineExecutor())
        return engine.detect(project(files), SilentObserver())

    return run
