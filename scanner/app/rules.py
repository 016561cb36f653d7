"""Loading rules: the built-in ones and the user's, of every kind there is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.app.pack import Pack, pack_file
from scanner.core.collecting import collection_paused
from scanner.core.errors import RuleError
from scanner.engines.injection.kind import INJECTION
from scanner.engines.secrets.kind import SECRETS
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
    """The built-in rules with the user's, for scanning: without the cases of those that are kept. Raises RuleError with every mistake in them."""
    with collection_paused():
        loaded = _load_with(own) if own else _load_builtin()
    if not semgrep_config:
        return loaded
    from scanner.engines.semgrep.foreign import load_semgrep_config  # noqa: PLC0415 -- rarely needed, and YAML loads slowly

    return replace(loaded, rules=merge([loaded.rules, load_semgrep_config(semgrep_config)]))


def load_own_rules(directory: Path) -> LoadedRules:
    """The rules of one directory alone with their cases, resting on the built-in models. Raises RuleError with every mistake in them."""
    builtin = builtin_rules_path()
    if directory.resolve() == builtin.resolve():
        return _load([builtin])
    everything = _load([builtin, directory])
    own = {entry.rule.id for entry in everything.rules.entries if Path(entry.origin.file).resolve().is_relative_to(directory.resolve())}
    return replace(everything, rules=everything.rules.where(lambda rule: rule.id in own))


def _load_builtin() -> LoadedRules:
    builtin = builtin_rules_path()
    pack = Pack(builtin, KINDS, pack_file())
    kept = pack.read()
    if kept is not None:
        return LoadedRules(*kept)
    loaded = _load([builtin])
    pack.write(loaded.rules, loaded.knowledge, _elsewhere(languages_of([builtin])))
    return loaded


def _load_with(own: tuple[Path, ...]) -> LoadedRules:
    """The built-in rules with the user's: read together where the user adds to what the taint engine knows, or where something is wrong."""
    if not languages_of(own):
        with suppress(RuleError):
            loaded = _load_builtin()
            return replace(loaded, rules=merge([loaded.rules, load_rules(own, KINDS, elsewhere={MODELS.folder})]))
    return _load([builtin_rules_path(), *own])


def _load(directories: list[Path]) -> LoadedRules:
    languages = languages_of(directories)
    loaded = load_rules(directories, KINDS, elsewhere=_elsewhere(languages))
    pack = load_taint(languages, directories)
    return LoadedRules(merge([loaded, pack.rules]), pack.knowledge)


def _elsewhere(languages: tuple[str, ...]) -> set[str]:
    """The folders that the taint engine's loader reads."""
    return {MODELS.folder, *languages}
