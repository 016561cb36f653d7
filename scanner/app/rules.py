"""Loading rules: the built-in ones and the user's, of every kind there is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.engines.injection.kind import INJECTION
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.semgrep.foreign import load_semgrep_config
from scanner.engines.semgrep.kind import SEMGREP_KIND
from scanner.rulepack.loader import builtin_rules_path, load_rules
from scanner.rulepack.ruleset import merge
from scanner.taint.compile.kinds import MODELS
from scanner.taint.compile.load import languages_of, load_taint
from scanner.triage.checklists import CHECKLISTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.rulepack.kinds import Kind
    from scanner.rulepack.ruleset import RuleSet
    from scanner.taint.knowledge import Knowledge

KINDS: tuple[Kind, ...] = (SEMGREP_KIND, SECRETS, INJECTION, CHECKLISTS)


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """All rules, and what the taint engine knows of each language beside them."""

    rules: RuleSet
    knowledge: Mapping[str, Knowledge]


def load_all_rules(own: tuple[Path, ...], semgrep_config: tuple[str, ...] = ()) -> LoadedRules:
    """The built-in rules with the user's. Raises RuleError with every mistake in them."""
    loaded = _load([builtin_rules_path(), *own])
    return replace(loaded, rules=merge([loaded.rules, load_semgrep_config(semgrep_config)]))


def load_own_rules(directory: Path) -> LoadedRules:
    """The rules of one directory alone, resting on the built-in models. Raises RuleError with every mistake in them."""
    builtin = builtin_rules_path()
    if directory.resolve() == builtin.resolve():
        return _load([builtin])
    everything = _load([builtin, directory])
    own = {entry.rule.id for entry in everything.rules.entries if Path(entry.origin.file).resolve().is_relative_to(directory.resolve())}
    return replace(everything, rules=everything.rules.where(lambda rule: rule.id in own))


def _load(directories: list[Path]) -> LoadedRules:
    languages = languages_of(directories)
    loaded = load_rules(directories, KINDS, elsewhere={MODELS.folder, *languages})
    pack = load_taint(languages, directories)
    return LoadedRules(merge([loaded, pack.rules]), pack.knowledge)
