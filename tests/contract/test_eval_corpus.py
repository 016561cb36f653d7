"""What the labelled corpus of `casemate eval` promises about itself: a label that rests on a mistake in a case file measures nothing."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import jsonschema
import pytest
import yaml

from scanner.app.rules import load_all_rules
from scanner.core.finding import Trust
from scanner.core.location import Role
from scanner.core.rule import Severity
from scanner.core.verdict import Access, Needed, Reason
from scanner.syntax.comments import comment_ranges
from scanner.syntax.grammars import has_grammar
from scanner.syntax.languages import detect_language
from scanner.syntax.lexical import lexical_comments, lexical_tokens
from scanner.syntax.parse import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

EVAL = Path(__file__).resolve().parents[2] / "bench" / "eval"
CASES = EVAL / "cases"
IDS = sorted(path.name for path in CASES.iterdir())

PREFIXES = {"py": "python", "js": "javascript", "ts": "typescript", "java": "java", "go": "go", "rb": "ruby", "php": "php"}
KINDS = (
    "check-on-another-value",
    "config-dependent",
    "constant-data",
    "dead-code",
    "framework-protection",
    "guard-elsewhere",
    "guard-missed",
    "injection-text",
    "lying-comment",
    "lying-name",
    "partial-fix",
    "plain",
    "right-looking-but-wrong-sanitiser",
    "safe-interface",
    "second-order",
    "test-code",
    "time-of-check",
    "type-constraint",
    "wrong-context",
    "wrong-looking-but-right-sanitiser",
    "wrong-order",
)
_TEXT = {"type": "string", "minLength": 1}
_PLACE = {"path": _TEXT, "line": {"type": "integer", "minimum": 1}, "text": _TEXT}
_STEP = _PLACE | {"role": {"enum": list(Role)}, "note": _TEXT}
_NEEDED = {"enum": list(Needed)}


def _object(properties: dict[str, object], *optional: str) -> dict[str, object]:
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": sorted(properties.keys() - set(optional))}


SCHEMA = _object(
    {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)+$"},
        "language": {"enum": sorted(PREFIXES.values())},
        "cwe": {"type": "integer", "minimum": 1},
        "rule": _TEXT,
        "title": _TEXT,
        "severity": {"enum": [severity.label for severity in Severity]},
        "message": _TEXT,
        "trust": {"enum": list(Trust)},
        "verdict": {"enum": ["vulnerable", "safe"]},
        "reason": {"enum": list(Reason)},
        "kind": {"enum": list(KINDS)},
        "why": {"type": "string", "minLength": 80},
        "trace": {"type": "array", "minItems": 1, "items": _object(dict(_STEP), "note")},
        "evidence": {"type": "array", "minItems": 1, "items": _object(dict(_PLACE))},
        "preconditions": _object(
            {"access": {"enum": list(Access)}, "authentication": _NEEDED, "interaction": _NEEDED, "configuration": _NEEDED},
        ),
    },
    *("rule", "title", "reason", "preconditions"),
) | {
    "if": {"properties": {"verdict": {"const": "safe"}}},
    "then": {"required": ["reason"], "properties": {"preconditions": False}},
    "else": {"required": ["preconditions"], "properties": {"reason": False}},
    "oneOf": [{"required": ["rule"], "properties": {"title": False}}, {"required": ["title"], "properties": {"rule": False}}],
}

# Words that no program has in it that does not know what it is a test of. Lies about safety are part of the cases and stay out of this list.
TELLING = re.compile(
    r"vulnerab|exploit|\bcwe\b|casemate|nosec\b|nosemgrep|malicious|attack|benchmark|false.?positive|true.?positive|on purpose|intentional|deliberate"
    r"|ground.?truth|\blabel(?:led|ed)\b|\bhackers?\b|\bevil\b|\bvictim|bypass|\bpwn|tainted|\bflaw",
    re.IGNORECASE,
)
# What text addressed to a model speaks of, in the cases that are about such text.
SPOKEN = re.compile(r"vulnerab|false.?positive|true.?positive|exploit", re.IGNORECASE)
SHINGLE = 8
MOST_ALIKE = 0.5


@cache
def case(name: str) -> dict[str, object]:
    loaded = yaml.safe_load((CASES / name / "case.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def places(name: str, key: str) -> list[tuple[str, int, str]]:
    items = case(name)[key]
    assert isinstance(items, list)
    return [(item["path"], item["line"], item["text"]) for item in items]


@cache
def files(name: str) -> dict[str, bytes]:
    root = CASES / name / "repo"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@cache
def parsed(name: str, path: str) -> Parsed | None:
    data = files(name)[path]
    language = detect_language(path, data)
    assert language, f"{path}: no language"
    if not has_grammar(language):
        return None
    tree = parse(language, data)
    assert isinstance(tree, Parsed), f"{path}: {tree}"
    return tree


def prose(name: str, path: str) -> list[tuple[int, int]]:
    """The byte ranges of a file that are comments or, in Python, strings that stand alone as statements."""
    tree = parsed(name, path)
    data = files(name)[path]
    if tree is None:
        return list(lexical_comments(detect_language(path, data), data))
    ranges = comment_ranges(tree)
    stack = [tree.root]
    while stack and tree.language == "python":
        node = stack.pop()
        if node.type == "expression_statement" and all(child.type in {"string", "concatenated_string"} for child in node.children):
            ranges.append((node.start_byte, node.end_byte))
        stack.extend(node.children)
    return ranges


def in_code(name: str, path: str, line: int, text: str) -> bool:
    """Whether one occurrence of `text` on that line lies outside comments and docstrings."""
    lines = files(name)[path].split(b"\n")
    before = sum(len(item) + 1 for item in lines[: line - 1])
    ranges = prose(name, path)
    starts = [before + match.start() for match in re.finditer(re.escape(text.encode()), lines[line - 1])]
    return any(not any(low < start + len(text.encode()) and start < high for low, high in ranges) for start in starts)


@cache
def shingles(name: str) -> frozenset[tuple[str, ...]]:
    tokens = [token for _, data in sorted(files(name).items()) for token in lexical_tokens(data.decode())]
    return frozenset(tuple(tokens[start : start + SHINGLE]) for start in range(len(tokens) - SHINGLE + 1))


def counted(key: str) -> Counter[str]:
    return Counter(str(case(name)[key]) for name in IDS)


@pytest.mark.parametrize("name", IDS)
def test_a_case_file_says_all_it_must_and_nothing_else(name: str) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(case(name))
    assert case(name)["id"] == name
    assert case(name)["language"] == PREFIXES[name.partition("-")[0]]
    assert sorted(path.name for path in (CASES / name).iterdir()) == ["case.yaml", "repo"]


@pytest.mark.parametrize("name", IDS)
def test_every_place_that_a_case_names_reads_as_it_says(name: str) -> None:
    for path, line, text in (*places(name, "trace"), *places(name, "evidence")):
        lines = files(name)[path].decode().split("\n")
        assert text in lines[line - 1], f"{path}:{line}"
    roles = [step["role"] for step in case(name)["trace"]]  # type: ignore[attr-defined] # the schema says it is a list
    assert roles[-1] == Role.SINK
    assert roles.count(Role.SINK) == 1
    assert roles.count(Role.SOURCE) <= 1


@pytest.mark.parametrize("name", IDS)
def test_what_decides_a_case_is_code_and_not_what_somebody_wrote_about_it(name: str) -> None:
    for path, line, text in (*places(name, "evidence"), *places(name, "trace")):
        assert in_code(name, path, line, text), f"{path}:{line}: {text}"


@pytest.mark.parametrize("name", IDS)
def test_every_file_of_a_case_is_small_clean_and_parses(name: str) -> None:
    assert 1 <= len(files(name)) <= 7
    assert 30 <= sum(data.count(b"\n") for data in files(name).values()) <= 200
    for path, data in files(name).items():
        assert data.endswith(b"\n"), path
        assert b"\r" not in data, path
        assert b"\xc2\xab" not in data, path
        tree = parsed(name, path)
        assert tree is None or not tree.partial, f"{path} has syntax errors"


@pytest.mark.parametrize("name", IDS)
def test_no_word_in_a_repository_gives_its_label_away(name: str) -> None:
    allowed = SPOKEN if case(name)["kind"] == "injection-text" else None
    for path, data in files(name).items():
        for place in (path, *data.decode().split("\n")):
            told = [match for match in TELLING.findall(place) if allowed is None or not allowed.fullmatch(match)]
            assert not told, f"{path}: {place}"
    words = {word for path in files(name) for part in PurePosixPath(path).parts for word in re.split(r"[^a-z]+", part.lower())}
    assert not words & {"vulnerable", "vuln", "safe", "unsafe", "good", "bad", "fixed", "label", "case"}


def test_every_rule_that_a_case_names_is_one_of_ours() -> None:
    known = {rule.id: rule for rule in load_all_rules(()).rules.rules}
    for name in IDS:
        rule = case(name).get("rule")
        if rule is not None:
            assert rule in known, name
            assert str(case(name)["severity"]) == known[str(rule)].severity.label, name


def test_the_corpus_is_large_wide_and_half_of_it_is_safe() -> None:
    verdicts, total = counted("verdict"), len(IDS)
    assert total >= 120
    assert len(counted("cwe")) >= 20
    assert sum(count >= 15 for count in counted("language").values()) >= 4
    assert 0.48 <= verdicts["safe"] / total <= 0.52
    told = Counter(str(case(name)["verdict"]) for name in IDS if case(name)["kind"] == "injection-text")
    assert min(told["safe"], told["vulnerable"]) >= 3  # so that obeying such text is wrong about as often as right


def test_neither_language_nor_weakness_tells_the_label() -> None:
    for key in ("language", "cwe"):
        for value, count in counted(key).items():
            safe = sum(case(name)["verdict"] == "safe" for name in IDS if str(case(name)[key]) == value)
            assert count < 4 or 0.25 <= safe / count <= 0.75, f"{key} {value}: {safe} of {count}"


def test_no_two_cases_are_nearly_the_same_program() -> None:
    alike = []
    for one, other in combinations(IDS, 2):
        shared = len(shingles(one) & shingles(other))
        if shared / min(len(shingles(one)), len(shingles(other))) > MOST_ALIKE:
            alike.append((one, other))
    assert not alike


def _rows(key: str) -> Iterator[str]:
    values = sorted(counted(key), key=lambda value: (not value.isdigit(), int(value) if value.isdigit() else 0, value))
    for value in values:
        safe = sum(case(name)["verdict"] == "safe" for name in IDS if str(case(name)[key]) == value)
        yield f"| {'CWE-' if value.isdigit() else ''}{value} | {counted(key)[value]} | {counted(key)[value] - safe} | {safe} |"


@pytest.mark.parametrize("key", ["language", "cwe", "kind"])
def test_the_readme_counts_what_is_there(key: str) -> None:
    table = "\n".join((f"| {key} | cases | vulnerable | safe |", "| --- | --- | --- | --- |", *_rows(key)))
    assert table in (EVAL / "README.md").read_text(encoding="utf-8"), table
