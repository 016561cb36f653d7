from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, Protocol

import pytest

from scanner.core.rule import Precision, Rule, Severity
from scanner.engines.secrets.engine import SecretsEngine
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.secrets.matcher import SecretMatcher
from scanner.engines.secrets.redact import SecretRedactor
from scanner.engines.secrets.rule import CompiledSecretRule, compile_rule
from scanner.ports.source import Snapshot, SourceFile
from scanner.rulepack.loader import builtin_rules_path, load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scanner.rulepack.ruleset import LoadedRule


class RuleMaker(Protocol):
    """Makes a rule of the engine's own keys, without any file."""

    def __call__(self, spec: Mapping[str, object], rule_id: str = "secret-made-up", precision: Precision = Precision.HIGH) -> CompiledSecretRule: ...


class TreeMaker(Protocol):
    """Writes files below a root and says which."""

    def __call__(self, files: Mapping[str, str | bytes]) -> Snapshot: ...


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Sequence[LoadedRule[CompiledSecretRule]]:
    """Our own rules, read by the loader from a directory that holds nothing else."""
    root = tmp_path_factory.mktemp("rules")
    shutil.copytree(builtin_rules_path() / "secrets", root / "secrets")
    return load_rules([root], [SECRETS]).of(SECRETS)


@pytest.fixture(scope="session")
def compiled(loaded: Sequence[LoadedRule[CompiledSecretRule]]) -> tuple[CompiledSecretRule, ...]:
    return tuple(entry.payload for entry in loaded)


@pytest.fixture(scope="session")
def matcher(compiled: tuple[CompiledSecretRule, ...]) -> SecretMatcher:
    return SecretMatcher(compiled)


@pytest.fixture(scope="session")
def engine(compiled: tuple[CompiledSecretRule, ...]) -> SecretsEngine:
    return SecretsEngine(compiled)


@pytest.fixture(scope="session")
def redactor(compiled: tuple[CompiledSecretRule, ...]) -> SecretRedactor:
    return SecretRedactor(compiled)


@pytest.fixture(scope="session")
def make_rule() -> RuleMaker:
    def make(spec: Mapping[str, object], rule_id: str = "secret-made-up", precision: Precision = Precision.HIGH) -> CompiledSecretRule:
        rule = Rule(rule_id, "secrets", "Title", (798,), Severity.HIGH, precision, "A secret stands here.", "Help.", "Rotate.", "0" * 64)
        return compile_rule(rule, spec)

    return make


@pytest.fixture
def make_tree(tmp_path: Path) -> TreeMaker:
    def make(files: Mapping[str, str | bytes]) -> Snapshot:
        entries = []
        for path, content in sorted(files.items()):
            data = content.encode() if isinstance(content, str) else content
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            entries.append(SourceFile(path, "", len(data), data.count(b"\n"), hashlib.sha256(data).hexdigest()))
        return Snapshot(tmp_path.resolve(), tuple(entries))

    return make
