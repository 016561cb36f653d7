"""The page as text: what it holds and what it can never hold. `tests/e2e/test_html_report.py` opens it in a browser."""

from __future__ import annotations

import json
import re
import runpy
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.location import Location, Role, Span, Trace
from scanner.core.report import Excerpt
from scanner.reporters.html.markup import tag, text
from scanner.reporters.html.render import render_html
from scanner.reporters.json_read import read_report

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

GOLDEN = Path(__file__).parents[3] / "golden" / "reporters"
LOADING = {"img", "iframe", "object", "embed", "link", "base", "video", "audio", "source", "form[action]"}


class Elements(HTMLParser):
    """Every element with its attributes, and the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in {"script", "style"} and data.strip():
            self.raw.append((self.elements[-1][0], data))


def parsed(page: str) -> Elements:
    parser = Elements()
    parser.feed(page)
    parser.close()
    return parser


def data_of(page: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(parsed(page).raw[1][1])
    return data


@pytest.fixture(scope="module")
def judged() -> ScanReport:
    return read_report((GOLDEN / "json" / "report.json").read_bytes().decode())


@pytest.fixture(scope="module")
def hostile() -> ScanReport:
    report: ScanReport = runpy.run_path(str(GOLDEN / "hostile.py"))["hostile_report"]()
    return report


def test_the_policy_names_the_one_style_and_the_one_script_and_forbids_the_rest(judged: ScanReport) -> None:
    page = parsed(render_html(judged))
    policy = next(attrs["content"] or "" for name, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy")
    style, _, script = (content for _, content in page.raw)
    digests = [b64encode(sha256(content.encode()).digest()).decode() for content in (script, style)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


@pytest.mark.parametrize("name", ["judged", "hostile"])
def test_the_page_loads_nothing_and_has_no_inline_handlers_or_styles(name: str, request: pytest.FixtureRequest) -> None:
    page = parsed(render_html(request.getfixturevalue(name)))
    assert [element for element, _ in page.elements if element == "script"] == ["script", "script"]
    assert not LOADING & {element for element, _ in page.elements}
    names = {attribute for _, attrs in page.elements for attribute in attrs}
    assert not {attribute for attribute in names if attribute.startswith("on")} | names & {"style", "src", "href", "srcdoc", "action"}


def test_hostile_text_neither_ends_the_data_nor_hides_in_it(hostile: ScanReport) -> None:
    page = render_html(hostile)
    page.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    block = page.split('<script type="application/json" id="data">')[1].split("</script>")[0]
    assert not re.search("[<>&]", block)
    assert len(json.loads(block)["findings"]) == len(hostile.findings) + len(hostile.fixed)


def test_links_of_rules_lead_to_https_only(hostile: ScanReport) -> None:
    links = {link for rule in data_of(render_html(hostile))["rules"] for link in rule["links"]}
    assert all(link.startswith("https://") for link in links)


def test_the_same_report_gives_the_same_page(judged: ScanReport) -> None:
    assert render_html(judged) == render_html(judged)


def test_the_head_says_what_follows_without_any_script(judged: ScanReport) -> None:
    page = render_html(judged)
    assert '<h2>Result</h2><p class="figure">Incomplete</p>' in page
    assert "1 confirmed" in page
    assert "with 0fedcba98765" in page
    assert "$0.21 for 18 calls of a model" in page
    assert "3 of 4 open findings" not in page
    assert "2 of 4 open findings" in page


def test_without_triage_and_comparison_the_page_does_not_speak_of_them() -> None:
    page = render_html(read_report((GOLDEN / "json" / "untriaged.json").read_bytes().decode()))
    assert "<h2>Verdicts</h2>" not in page
    assert "<h2>Compared</h2>" not in page
    assert "No model took part." in page


def test_fixed_findings_come_without_the_code_of_another_state(judged: ScanReport) -> None:
    here = judged.findings[0]
    data = data_of(render_html(replace(judged, fixed=(replace(here, fingerprint="e" * 64),))))
    gone = data["findings"][-1]
    assert gone["gone"] == "fixed"
    assert all(len(step["at"]) == 4 for step in gone["steps"])
    assert len(data["findings"][0]["steps"][0]["at"]) == 6


@pytest.mark.parametrize(
    ("line", "columns", "marked"),
    [
        ("run(text)", (5, 9), "text"),
        ("\trun(text)", (6, 10), "text"),
        ("a\u202eb = run(text)", (11, 15), "text"),
        ("😀 = run(text)", (10, 14), "text"),
        ("run(text)", (1, 100), "run(text)"),
        ("run(text)", (50, 60), ""),
        ("x" * 5_000 + "run(text)" + "y" * 5_000, (5_005, 5_009), "text"),
    ],
)
def test_the_mark_stands_on_what_was_meant(judged: ScanReport, line: str, columns: tuple[int, int], marked: str) -> None:
    finding = replace(judged.findings[0], trace=Trace((Location(Span("a.py", 1, columns[0], 1, columns[1]), Role.SINK),)), related=(), judgement=None)
    data = data_of(render_html(replace(judged, findings=(finding,), excerpts={"a.py": Excerpt({1: line}, {})})))
    number, _, _, _, start, end, *cut = data["findings"][0]["steps"][0]["at"]
    shown = (cut or [data["files"][number]["lines"]["1"]])[0]
    units = shown.encode("utf-16-le")
    assert units[start * 2 : end * 2].decode("utf-16-le") == marked
    assert len(shown) <= 700


@given(st.text(), st.text())
def test_text_and_attributes_come_back_as_text(words: str, value: str) -> None:
    page = parsed(tag("p", text(words), title=value))
    assert [element for element, _ in page.elements] == ["p"]
    assert set(page.elements[0][1]) == {"title"}
