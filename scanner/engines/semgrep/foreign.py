"""Plain Semgrep configuration, written for Semgrep and without our metadata, as rules of ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.core.errors import UsageError
from scanner.core.rule import Precision, Rule, Severity
from scanner.engines.semgrep.kind import ENGINE, SemgrepRule, include_of
from scanner.engines.semgrep.languages import analyzer_of
from scanner.rulepack.common import SEVERITIES, digest
from scanner.rulepack.mistakes import Mistake, raise_for
from scanner.rulepack.positions import Bounds, Unreadable, read_document
from scanner.rulepack.ruleset import LoadedRule, Origin, RuleSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scanner.rulepack.document import Document

# A whole registry exported into one file is a few megabytes.
_BOUNDS: Final = Bounds(size=32_000_000, values=2_000_000, depth=200)
_ENDINGS: Final = (".yaml", ".yml")
_TEST_FILE: Final = re.compile(r".*\.(?:test|fixed)(?:\.fixed)?\.ya?ml")

# What Semgrep would fetch: a ruleset (p/), a rule (r/), a snippet (s/), a word of its own, or an address.
_REGISTRY: Final = re.compile(r"(?:p|r|s)/\S+|auto|supply-chain|code|secrets|policy")
_ADDRESS: Final = re.compile(r"(?:https?|ssh|git|ftp|file)://.*|git@.*", re.IGNORECASE)

_CWE: Final = re.compile(r"\s*(?:CWE[-_ ]?)?([1-9][0-9]{0,5})\b", re.IGNORECASE)
_UNNAMED_WEAKNESS: Final = 710
"""CWE-710, improper adherence to coding standards: all that is known of a match without a CWE is that a rule of the project was broken."""

_SEMGREP_SEVERITIES: Final[Mapping[str, Severity]] = {
    "critical": Severity.CRITICAL,
    "error": Severity.HIGH,
    "high": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "medium": Severity.MEDIUM,
    "info": Severity.LOW,
    "low": Severity.LOW,
    "inventory": Severity.INFO,
    "experiment": Severity.INFO,
}
_CONFIDENCE: Final[Mapping[str, Precision]] = {
    "low": Precision.LOW,
    "medium": Precision.MEDIUM,
    "high": Precision.HIGH,
    "very-high": Precision.VERY_HIGH,
}

# `metadata` is for people; a validator would send what it found to a server.
_NOT_HANDED_OVER: Final = frozenset({"metadata", "validators"})


def load_semgrep_config(names: Sequence[str]) -> RuleSet:
    """The rules of files and directories of plain Semgrep rules.

    Identifiers become flat (`python.lang.eval-detected` is `python-lang-eval-detected`); severity, precision and CWE come from what Semgrep's rules
    usually say, with defaults where they say nothing. Whether the patterns make sense shows when Semgrep runs. Raises UsageError for a name that
    needs the network, RuleError with every mistake in the files.
    """
    reader = _Reader()
    for name in names:
        reader.take(name)
    raise_for(reader.mistakes)
    return RuleSet(tuple(reader.entries[rule_id] for rule_id in sorted(reader.entries)))


class _Reader:
    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.entries: dict[str, LoadedRule[object]] = {}

    def take(self, name: str) -> None:
        path = Path(name)
        if not path.exists():
            _refuse_remote(name)
            self._mistake(name, "does not exist")
            return
        if path.is_file():
            self._take_file(path)
            return
        files = sorted(_rule_files(path))
        if not files:
            self._mistake(name, "holds no rule files (.yaml)")
        for file in files:
            self._take_file(file)

    def _take_file(self, path: Path) -> None:
        try:
            with path.open("rb") as stream:
                document = read_document(stream.read(_BOUNDS.size + 1), _BOUNDS)
        except OSError as error:
            self._mistake(str(path), f"cannot be read: {error.strerror or error}")
            return
        if isinstance(document, Unreadable):
            self.mistakes.extend(Mistake(str(path), slip.mark.line, slip.mark.column, "", slip.message) for slip in document.slips)
            return
        rules = document.value.get("rules") if isinstance(document.value, dict) else None
        if not isinstance(rules, list):
            self._mistake(str(path), "expected Semgrep rules: a list under the key rules")
            return
        for index, own in enumerate(rules):
            self._take_rule(document, str(path), index, own)

    def _take_rule(self, document: Document, file: str, index: int, own: object) -> None:
        mark = document.mark(("rules", index))
        given = own.get("id") if isinstance(own, dict) else None
        rule_id = flat_id(given) if isinstance(given, str) else ""
        if not isinstance(own, dict) or not rule_id:
            self.mistakes.append(Mistake(file, mark.line, mark.column, "id", "expected a mapping with an id that holds letters or digits"))
            return
        entry: LoadedRule[object] = LoadedRule(*_convert(rule_id, own), Origin(file, mark.line))
        first = self.entries.setdefault(rule_id, entry)
        if first is not entry:
            self.mistakes.append(Mistake(file, mark.line, mark.column, "id", f"{rule_id} is already taken by {first.origin}"))

    def _mistake(self, file: str, message: str) -> None:
        self.mistakes.append(Mistake(file, 0, 0, "", message))


def flat_id(name: str) -> str:
    """A rule's name as lower-case words joined by hyphens; empty when it holds none."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _refuse_remote(name: str) -> None:
    if _ADDRESS.fullmatch(name) or _REGISTRY.fullmatch(name):
        msg = f"--semgrep-config {name}: Casemate fetches no rules from the network"
        raise UsageError(msg, "download them, review them, and name the file or directory")


def _rule_files(directory: Path) -> Iterator[Path]:
    """The rule files below a directory; hidden ones and Semgrep's own test files are left out."""
    for path in directory.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(directory).parts)
        if path.name.endswith(_ENDINGS) and not hidden and not _TEST_FILE.fullmatch(path.name) and path.is_file():
            yield path


def _convert(rule_id: str, own: Mapping[str, object]) -> tuple[Rule, SemgrepRule]:
    raw = own.get("metadata")
    metadata: Mapping[str, object] = raw if isinstance(raw, dict) else {}
    analyzers = _analyzers(own.get("languages"))
    message = own["message"] if isinstance(own.get("message"), str) else rule_id
    text = str(message).strip()
    weaknesses = _cwe(metadata.get("cwe"))
    severity = _severity(metadata.get("severity"), own.get("severity"))
    precision = _CONFIDENCE.get(str(metadata.get("confidence", "")).lower(), Precision.MEDIUM)
    spec = {**{key: value for key, value in own.items() if key not in _NOT_HANDED_OVER}, "id": rule_id, "languages": list(analyzers)}
    said = {"cwe": list(weaknesses), "severity": severity.label, "precision": precision.label}
    rule = Rule(
        id=rule_id,
        engine=ENGINE,
        title=_title(metadata, str(own.get("id", ""))),
        cwe=weaknesses,
        severity=severity,
        precision=precision,
        message=" ".join(text.split()),
        help=text,
        remediation=_remediation(metadata),
        digest=digest(ENGINE, spec, said),
        languages=analyzers,
        references=tuple(name for name in _strings(metadata.get("references")) if name.startswith(("https://", "http://"))),
        tags=tuple(dict.fromkeys(_strings(metadata.get("category")) + _strings(metadata.get("technology")))),
    )
    return rule, SemgrepRule(spec, analyzers, include_of(spec))


def _analyzers(languages: object) -> tuple[str, ...]:
    """The analyzers of a rule in its order: Semgrep parses the patterns in the first one. What is for JavaScript is for TypeScript, as in Semgrep."""
    names = [name for name in languages if isinstance(name, str)] if isinstance(languages, list) else []
    analyzers = dict.fromkeys(analyzer_of(name) or name for name in names)
    return (*analyzers, "typescript") if "javascript" in analyzers and "typescript" not in analyzers else tuple(analyzers)


def _cwe(value: object) -> tuple[int, ...]:
    """The numbers in `CWE-89: ...`, `cwe-89`, `89`, or a list of such."""
    items: Iterable[object] = value if isinstance(value, list) else (value,)
    found = (_CWE.match(str(item)) for item in items if isinstance(item, str | int) and not isinstance(item, bool))
    return tuple(dict.fromkeys(int(match[1]) for match in found if match)) or (_UNNAMED_WEAKNESS,)


def _severity(in_metadata: object, in_rule: object) -> Severity:
    """Ours where the metadata has one of our words, else what Semgrep's word comes to; medium where neither says anything."""
    if isinstance(in_metadata, str) and in_metadata.lower() in SEVERITIES:
        return SEVERITIES[in_metadata.lower()]
    return _SEMGREP_SEVERITIES.get(in_rule.lower(), Severity.MEDIUM) if isinstance(in_rule, str) else Severity.MEDIUM


def _title(metadata: Mapping[str, object], name: str) -> str:
    for key in ("title", "shortDescription", "short-description"):
        value = metadata.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    words = re.sub(r"[^A-Za-z0-9]+", " ", name.rpartition(".")[2] or name).strip()
    return words[:1].upper() + words[1:]


def _remediation(metadata: Mapping[str, object]) -> str:
    for key in ("remediation", "fix", "recommendation"):
        value = metadata.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return "The rule names no remedy of its own; its message and its references say what it is about."


def _strings(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else (value,)
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())
