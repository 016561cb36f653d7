from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.finding import Finding, State, Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.rule import Precision, Rule, Severity
from scanner.pipeline.compare import Earlier, compare

if TYPE_CHECKING:
    from .conftest import MakeFinding, MakeRule

RULE = Rule("some-rule", "taint", "Title", (89,), Severity.HIGH, Precision.HIGH, "Message.", "Help.", "Fix.", "digest")


def finding(mark: str, *kin: str, path: str = "a.py", symbol: str = "") -> Finding:
    return Finding(mark, RULE, "Message.", Trace.at(Span(path, 1, 1, 1, 2)), ("taint",), Precision.HIGH, symbol, kin=kin)


def states(later: list[Finding], earlier: list[Finding]) -> list[State | None]:
    return [item.state for item in compare(later, Earlier("base", tuple(earlier)), ()).findings]


def test_the_same_fingerprint_persists_and_another_is_new() -> None:
    assert states([finding("1"), finding("2")], [finding("1")]) == [State.PERSISTING, State.NEW]


def test_a_looser_identity_tells_what_moved() -> None:
    before = finding("1", "renamed", "moved", path="a.py", symbol="f")
    assert states([finding("2", "other", "moved", path="b.py", symbol="f")], [before]) == [State.MOVED]
    assert states([finding("2", "renamed", "other", path="a.py", symbol="g")], [before]) == [State.MOVED]


def test_each_earlier_finding_is_the_past_of_one_later_finding_only() -> None:
    before = finding("1", "renamed", "moved")
    later = [finding("1", "renamed", "moved"), finding("2", "renamed", "moved")]
    assert states(later, [before]) == [State.PERSISTING, State.NEW]


def test_an_exact_match_is_never_given_away_to_a_looser_one() -> None:
    later = [finding("2", "k", "m", path="b.py"), finding("1", "k", "m")]
    assert states(later, [finding("1", "k", "m")]) == [State.NEW, State.PERSISTING]


def test_where_the_earlier_scan_did_not_look_nothing_is_called_new() -> None:
    earlier = Earlier("base", (), (SkippedPath("vendor/", Skip.VENDORED), SkippedPath("big.py", Skip.TOO_LARGE)))
    later = [finding("1", path="vendor/a.py"), finding("2", path="big.py"), finding("3", path="bigger.py")]
    assert [item.state for item in compare(later, earlier, ()).findings] == [State.UNKNOWN, State.UNKNOWN, State.NEW]


BUILDS = (SkippedPath.build("lib/a.js", "src/a.ts"), SkippedPath.build("lib/b.js", "src/b.ts"))


def state_in_a_build(*changed: str, paths: tuple[str, ...] = ("lib/a.js",), known: bool = True) -> State | None:
    trace = Trace(tuple(Location(Span(path, 1, 1, 1, 2), Role.STEP) for path in paths))
    later = replace(finding("1"), trace=trace)
    earlier = Earlier("base", (), BUILDS, changed=frozenset(changed) if known else None)
    return compare([later], earlier, ()).findings[0].state


def test_what_a_change_edits_in_a_build_is_new() -> None:
    assert state_in_a_build("lib/a.js") is State.NEW
    assert state_in_a_build("lib/a.js", "src/a.ts") is State.NEW


def test_what_stands_in_a_build_that_a_change_of_its_source_leaves_behind_was_there_before() -> None:
    assert state_in_a_build("src/a.ts", "README.md") is State.PERSISTING
    assert state_in_a_build("src/a.ts", paths=("lib/b.js", "lib/a.js")) is State.PERSISTING


def test_nobody_knows_of_a_build_when_the_change_may_lead_into_it() -> None:
    assert state_in_a_build("src/a.ts", "lib/b.js") is State.UNKNOWN
    assert state_in_a_build("src/a.ts", "other.js") is State.UNKNOWN
    assert state_in_a_build("src/a.ts", "package.json") is State.UNKNOWN
    assert state_in_a_build("src/a.ts", paths=("other.js", "lib/a.js")) is State.UNKNOWN
    assert state_in_a_build(known=False) is State.UNKNOWN


def test_what_is_gone_is_fixed_only_where_somebody_looked() -> None:
    earlier = Earlier("base", (finding("1"), finding("2", path="gone/b.py")))
    compared = compare([], earlier, (SkippedPath("gone/", Skip.IGNORED),))
    assert [item.state for item in compared.fixed] == [State.FIXED, State.UNKNOWN]


def test_what_was_found_in_a_test_and_is_not_looked_for_there_any_more_is_unknown() -> None:
    secret = replace(finding("2", path="tests/a.py"), rule=replace(RULE, engine="secrets"))
    compared = compare([], Earlier("base", (finding("1", path="tests/a.py"), secret, finding("3", path="tests/a.go"))), ())
    assert [item.state for item in compared.fixed] == [State.UNKNOWN, State.FIXED, State.FIXED]


def test_a_more_dangerous_source_makes_a_known_place_new() -> None:
    before, after = replace(finding("1"), trust=Trust.LIBRARY), replace(finding("1"), trust=Trust.REMOTE)
    assert states([after], [before]) == [State.NEW]
    assert states([before], [after]) == [State.PERSISTING]


def test_a_graver_finding_at_a_known_place_is_new() -> None:
    grave = replace(finding("1"), rule=replace(RULE, severity=Severity.CRITICAL))
    assert states([grave], [finding("1")]) == [State.NEW]
    assert states([finding("1")], [grave]) == [State.PERSISTING]


def test_a_finding_of_one_more_place_is_new() -> None:
    def reaching(*lines: int) -> Finding:
        return replace(
            finding("1"), related=tuple(Location(Span("a.py", line, 1, line, 2), Role.SINK, "reaches os.system here too") for line in lines)
        )

    assert states([reaching(5, 9)], [reaching(4)]) == [State.NEW]
    assert states([reaching(5)], [reaching(4)]) == [State.PERSISTING]
    assert states([reaching()], [reaching(4)]) == [State.PERSISTING]


def test_a_suppression_speaks_of_what_stays_as_it_was() -> None:
    comment = Suppression(SuppressionKind.IN_SOURCE, "reviewed")
    before = replace(finding("1", "renamed"), suppression=comment)
    moved = replace(finding("2", "renamed", symbol="g"), suppression=comment)
    compared = compare([moved], Earlier("main", (before,), trusted=True), ())
    assert (compared.findings[0].suppression, len(compared.problems)) == (None, 1)
    assert states([finding("1")], [before]) == [State.NEW]


def test_a_change_does_not_silence_what_its_base_did_not(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    comment = Suppression(SuppressionKind.IN_SOURCE, "trust me")
    silenced = replace(make_finding(make_rule()), suppression=comment)
    for earlier, open_again in (((), True), ((replace(silenced, suppression=None),), True), ((silenced,), False)):
        compared = compare([silenced], Earlier("main", earlier, trusted=True), ())
        assert (compared.findings[0].suppression is None) is open_again
        assert bool(compared.problems) is open_again


def test_a_baseline_file_leaves_suppressions_alone(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    silenced = replace(make_finding(make_rule()), suppression=Suppression(SuppressionKind.IN_SOURCE, "reviewed"))
    assert compare([silenced], Earlier("baseline.json", ()), ()).findings[0].suppression is not None


marks = st.lists(st.sampled_from("abcdef"), unique=True).map(lambda names: [finding(name, f"k{name}", "m") for name in names])


@given(marks, marks)
def test_every_finding_has_one_state_and_nothing_is_counted_twice(later: list[Finding], earlier: list[Finding]) -> None:
    compared = compare(later, Earlier("base", tuple(earlier)), ())
    assert [item.fingerprint for item in compared.findings] == [item.fingerprint for item in later]
    known = sum(item.state in {State.PERSISTING, State.MOVED} for item in compared.findings)
    assert known + len(compared.fixed) == len(earlier)
    assert all(item.state is State.PERSISTING for item in compared.findings if item.fingerprint in {old.fingerprint for old in earlier})
