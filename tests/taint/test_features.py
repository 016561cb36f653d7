"""The feature corpus: every directory below a language's folder is a small program, with markers on the lines of its sinks.

`# vuln: <rule>` says that a finding of this rule must stand on the line, `# safe: <rule>` that none may. A finding counts where a reader sees it
without asking for more, from medium confidence on, and where the program says itself that the data is untrusted: every exported function's
parameter may be, which would find the sinks and prove nothing of the way to them. A trust in brackets (`# vuln: <rule> [library]`) asks for
findings of this trust, whatever their confidence. A finding of a rule that the program names on a line without a marker is a mistake as well.

What the engine cannot do yet stands in KNOWN with the reason. The table is strict both ways: a case in it that begins to pass fails the test.
`python -m tests.taint.report` prints recall and false alarms for each feature.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from scanner.app.config import Environment, Flags, configure
from scanner.app.rules import load_all_rules
from scanner.app.wire import build_engines
from scanner.core.finding import Trust
from scanner.core.rule import Precision
from scanner.engines.taint.convert import ENGINE
from scanner.executors.inline import InlineExecutor
from scanner.ports.observer import SilentObserver
from scanner.sources.directory import DirectorySource
from scanner.syntax.languages import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scanner.core.finding import Candidate
    from scanner.ports.engine import Engine

HERE: Final = Path(__file__).parent
LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "javascript": ("*.js", "*.ts", "*.jsx", "*.tsx", "*.mjs", "*.cjs"),
    "python": ("*.py",),
}
_MARKER: Final = re.compile(r"(?:#|//) (vuln|safe): ([a-z0-9-]+)(?: \[([a-z]+)\])?\s*$")
_WRITTEN: Final = re.compile(r"(?:#|//)\s*(?:vuln|safe)\b")

# The name of a case (see Marker.name) and, in a line, why the engine does not pass it yet.
KNOWN: Final[Mapping[str, str]] = {
    "arguments_object/app.js#3": "`arguments` holds all arguments in one place",
    "async_functions/app.js#4": "Promise.all() gives its elements in one place",
    "async_functions/app.js#8": "what resolve() is given is joined over all callers of the function around it",
    "bind_call_apply/app.js#14": "Reflect.apply() calls nothing",
    "browser_dom/page.js#14": "a test of a message's origin is no guard of its data",
    "callbacks/app.js#5": "functions that a list holds are not called when a loop walks over an attribute",
    "callbacks/app.js#6": "arguments behind the delay of setTimeout() reach no function",
    "callbacks/app.py#2": "what callers pass to a function that calls its argument is joined over all callers",
    "callbacks/app.py#6": "functions that a list holds are not called when a loop walks over an attribute",
    "closures/app.js#9": "a method that changes a captured object changes a copy",
    "closures/app.py#5": "a method that changes a captured variable changes a copy",
    "conditional_imports/slow.js#1": "a value refers to one module only: the first that a branch gave it",
    "conditional_sanitizing/app.js#7": "no function takes a sanitizer's work back",
    "conditional_sanitizing/app.py#9": "no function takes a sanitizer's work back",
    "constant_folding/app.js#5": "charAt() of a constant is no constant",
    "constant_folding/app.js#8": "a slice of a text takes all that is in it",
    "container_methods/app.js#13": "Array.from() with a function passes its elements on whatever the function does",
    "container_methods/app.js#3": "a map made of pairs does not tell its values to a loop over it",
    "container_methods/app.js#8": "Object.entries() does not tell values to the pattern of a loop",
    "container_methods/app.py#1": "what setdefault() gives is a copy",
    "container_methods/app.py#10": "filter() proves nothing of what it lets through",
    "container_methods/app.py#11": "self.__dict__.update(...) sets no attribute",
    "container_methods/app.py#12": "setattr() with a name that is not constant sets no attribute",
    "container_methods/app.py#6": "map() passes its elements on whatever the function does",
    "container_methods/app.py#7": "map() passes its elements on whatever the function does",
    "decorators/app.py#3": "a call of a wrapped function reaches the wrapper and the function itself",
    "decorators/app.py#4": "functions stored in a dictionary of the module under an unknown key are lost",
    "default_arguments/app.py#4": "a mutable default is new at each call",
    "dispatch_tables/app.js#3": "functions that a map made of pairs holds are lost",
    "dispatch_tables/app.py#1": "a value refers to one function only, and an unknown key picks one of them",
    "dispatch_tables/app.py#3": "a value refers to one class only, and an unknown key picks one of them",
    "dynamic_attributes/app.js#3": "Reflect.set() sets no attribute",
    "exceptions/app.js#2": "what an exception carries stays within the function that raises it",
    "exceptions/app.py#1": "what an exception carries stays within the function that raises it",
    "exceptions/app.py#3": "what an exception carries stays within the function that raises it",
    "function_values/app.py#1": "getattr() with a name that is not constant finds no method",
    "guard_exits/app.py#8": "a function of the program that never returns is not known as one",
    "guard_membership/app.py#12": "a text found in a constant text is not known as a piece of it",
    "guard_subjects/app.js#10": "some() counts as every()",
    "guard_subjects/app.py#8": "a loop that leaves at a bad element proves nothing of the whole",
    "inheritance/app.js#4": "classes that a function makes of a class are not known",
    "jquery_dom/page.js#5": "a selector that the address holds is no sink",
    "jquery_dom/page.js#9": "messages that jQuery hands over (originalEvent) are no source",
    "lambdas/app.py#7": "map() passes its elements on whatever the function does",
    "lambdas/app.py#8": "what callers pass to a function that calls its argument is joined over all callers",
    "library_flows/app.py#13": "Counter.total() has no model",
    "list_positions/app.py#17": "a slice with constant ends takes all elements",
    "loops/app.py#2": "data goes round a loop once, not twice",
    "match_guards/app.py#6": "a class pattern is no test of a type",
    "match_values/app.js#5": "switch (true) proves nothing",
    "mutated_arguments/app.js#4": "a function that overwrites an attribute of its argument adds to it",
    "mutated_arguments/app.py#8": "two names of one list are two lists",
    "name_resolution/app.py#5": "a star import of a library's module gives no names",
    "nested_definitions/app.py#3": "methods of a class in a function do not see the function's variables",
    "nosql_operators/app.js#13": "headers count as objects",
    "object_attributes/app.js#3": "an object that is kept in a field carries there what any of its own fields does",
    "option_objects/app.js#14": "constants of another module are not known",
    "option_objects/app.js#15": "constants of another module are not known",
    "partials/app.py#6": "partial() of a library's function calls nothing",
    "partials/app.py#8": "partial() passes what it is given on, whatever the function does",
    "promises/app.js#3": "a function of the language handed to then() converts nothing",
    "properties/app.py#5": "a property with a setter is an attribute of its own, stored past its setter",
    "prototype_guards/index.js#7": "a test of the whole path counts for its parts",
    "rebinding/app.py#5": "`del` of an element does nothing",
    "sanitizer_kinds/app.py#13": "no function takes a sanitizer's work back",
    "several_targets/app.py#1": "a value has one class only: the first that a branch gave it",
    "several_targets/app.py#2": "a value refers to one function only: the first that a branch gave it",
    "several_targets/app.py#3": "a value refers to one function only: the first that a branch gave it",
    "several_targets/app.py#4": "a value has one class only: the first that a branch gave it",
    "shared_objects/app.js#1": "a map that another module makes is a copy",
    "shared_objects/app.py#2": "attributes that a program stores in a library's object are lost",
    "shared_objects/app.py#6": "a constant dictionary of another module is not changed by stores into it",
    "special_methods/app.js#3": "toString() of the program's own classes is not called",
    "special_methods/app.js#5": "toJSON() of the program's own classes is not called",
    "tagged_templates/app.js#8": "a tag of the program that keeps values apart is not told from one that joins them",
    "text_building/app.js#3": "??= of a value that is there assigns all the same",
    "unpacking/app.py#6": "targets behind a starred one take all elements",
}


@dataclass(frozen=True, slots=True)
class Marker:
    """What one line of a program expects: a finding of a rule, or none. `number` counts the markers of a file from 1."""

    path: str
    line: int
    number: int
    vulnerable: bool
    rule: str
    trust: str

    @property
    def name(self) -> str:
        """The case's name in KNOWN: `<feature>/<file>#<number>`."""
        return f"{self.path}#{self.number}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one feature: the cases that hold, those that do not, and findings where no marker stands (`<path>:<line> <rule>`)."""

    feature: str
    passed: tuple[Marker, ...]
    failed: tuple[Marker, ...]
    unexpected: tuple[str, ...]
    problems: tuple[str, ...]


def features(language: str) -> tuple[Path, ...]:
    """The programs of a language, by name."""
    return tuple(sorted(path for path in (HERE / language).iterdir() if path.is_dir() and path.name != "__pycache__"))


def taint_engine() -> Engine:
    """The engine with all built-in rules, working in this process."""
    loaded = load_all_rules(())
    own = replace(loaded, rules=loaded.rules.where(lambda rule: rule.engine == ENGINE))
    config = configure(Flags(targets=(HERE,), isolated=True), Environment.read({}), HERE)
    (engine,) = build_engines(own, config, InlineExecutor())
    return engine


def sources(program: Path, patterns: Sequence[str]) -> list[Path]:
    """A program's files in its language, in order."""
    return sorted(file for pattern in patterns for file in program.rglob(pattern))


def markers(program: Path, patterns: Sequence[str]) -> tuple[Marker, ...]:
    """The markers of a program's files, in order."""
    found: list[Marker] = []
    for file in sources(program, patterns):
        path = file.relative_to(program.parent).as_posix()
        hits = [(line, hit) for line, text in enumerate(file.read_text("utf-8").splitlines(), start=1) if (hit := _MARKER.search(text))]
        for number, (line, hit) in enumerate(hits, start=1):
            found.append(Marker(path, line, number, hit[1] == "vuln", hit[2], hit[3] or ""))
    return tuple(found)


def judge(engine: Engine, program: Path, patterns: Sequence[str], scratch: Path) -> Verdict:
    """Copy a program to where no folder's name says that it is a test, and hold what the engine finds against the markers."""
    copy = scratch / program.name
    shutil.copytree(program, copy, ignore=shutil.ignore_patterns("__pycache__"))
    with DirectorySource(copy, (), detect_language).open() as snapshot:
        detection = engine.detect(snapshot, SilentObserver())
    precisions = {rule.id: rule.precision for rule in engine.rules}
    found: dict[tuple[str, int, str], list[tuple[Precision, str]]] = {}
    for candidate in detection.candidates:
        trust = candidate.trust.value if candidate.trust is not None else ""
        for place in (candidate.trace.place, *(location.span for location in candidate.related)):
            key = (f"{program.name}/{place.path}", place.start_line, candidate.rule_id)
            found.setdefault(key, []).append((_confidence(candidate, precisions), trust))
    expected = markers(program, patterns)
    held = {marker: _holds(marker, found.get((marker.path, marker.line, marker.rule), ())) for marker in expected}
    named = {marker.rule for marker in expected}
    marked = {(marker.path, marker.line, marker.rule) for marker in expected}
    unexpected = [
        f"{path}:{line} {rule}"
        for (path, line, rule), seen in found.items()
        if rule in named and (path, line, rule) not in marked and any(_counts(confidence, trust) for confidence, trust in seen)
    ]
    return Verdict(
        feature=program.name,
        passed=tuple(marker for marker in expected if held[marker]),
        failed=tuple(marker for marker in expected if not held[marker]),
        unexpected=tuple(sorted(unexpected)),
        problems=tuple(problem.message for problem in detection.problems),
    )


def _confidence(candidate: Candidate, precisions: Mapping[str, Precision]) -> Precision:
    return precisions[candidate.rule_id] if candidate.confidence is None else candidate.confidence


def _holds(marker: Marker, seen: Sequence[tuple[Precision, str]]) -> bool:
    found = [trust == marker.trust if marker.trust else _counts(confidence, trust) for confidence, trust in seen]
    return any(found) is marker.vulnerable


def _counts(confidence: Precision, trust: str) -> bool:
    return confidence >= Precision.MEDIUM and trust != Trust.LIBRARY


def tell(cases: Iterable[Marker]) -> str:
    """Failed cases, one a line."""
    return "\n".join(f"{case.path}:{case.line}: {'missed' if case.vulnerable else 'false alarm'}: {case.rule} (case {case.name})" for case in cases)


_ALL: Final = [(language, program) for language in LANGUAGES for program in features(language)]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return taint_engine()


@pytest.mark.parametrize(("language", "program"), _ALL, ids=[f"{language}-{program.name}" for language, program in _ALL])
def test_a_feature_is_understood(engine: Engine, language: str, program: Path, tmp_path: Path) -> None:
    verdict = judge(engine, program, LANGUAGES[language], tmp_path)
    assert not verdict.problems
    assert not verdict.unexpected
    new = [case for case in verdict.failed if case.name not in KNOWN]
    assert not new, tell(new)
    healed = [case.name for case in verdict.passed if case.name in KNOWN]
    assert not healed, f"take these out of KNOWN, they pass now: {healed}"


def test_every_marker_is_read_and_names_a_rule(engine: Engine) -> None:
    rules = {rule.id for rule in engine.rules}
    for language, program in _ALL:
        written = sum(len(_WRITTEN.findall(file.read_text("utf-8"))) for file in sources(program, LANGUAGES[language]))
        read = markers(program, LANGUAGES[language])
        assert len(read) == written, program.name
        assert {marker.rule for marker in read} <= rules, program.name


def test_known_misses_name_cases_that_exist() -> None:
    names = {marker.name for language, program in _ALL for marker in markers(program, LANGUAGES[language])}
    assert sorted(set(KNOWN) - names) == []


@pytest.mark.parametrize(("language", "program"), _ALL, ids=[f"{language}-{program.name}" for language, program in _ALL])
def test_a_feature_has_cases_for_both_answers(language: str, program: Path) -> None:
    expected = markers(program, LANGUAGES[language])
    assert {marker.vulnerable for marker in expected} == {True, False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_features_is_the_list_of_programs(language: str) -> None:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in (HERE / "features.md").read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    column = rows[0].index(language)
    listed = [row[0].strip("`") for row in rows[2:] if row[column] == "yes"]
    assert sorted(listed) == [program.name for program in features(language)]
