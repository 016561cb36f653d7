from __future__ import annotations

from scanner.app.fleet.page import render_page
from scanner.stores.inventory import Standing

HOSTILE = "</td><script>alert(1)</script>\n\x1b[2J\u202egpj \"'&<img src=x onerror=alert(1)>"


def _standing(target: str, **changes: object) -> Standing:
    values = {
        "target": target,
        "folder": "shop-0123456789ab",
        "finished": "2027-01-31T00:00:00+00:00",
        "status": "complete",
        "why": "",
        "detail": "",
        "exit_code": 1,
        "commit_id": "c0ffee" * 6,
        "files": 3,
        "lines": 40,
        "cost_usd": "0",
        "kept": 0,
        "gaps": 0,
        "open": {"high": 2},
    }
    return Standing(**{**values, **changes})  # type: ignore[arg-type]  # the tests name the fields


def test_hostile_names_are_words_and_never_markup() -> None:
    failed = _standing(HOSTILE, status="failed", why="source", detail=HOSTILE, open={})
    page = render_page([_standing(HOSTILE, folder='"><script>', commit_id=HOSTILE), failed], [(HOSTILE, HOSTILE, HOSTILE, 1, 1)], HOSTILE)
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_nothing_from_anywhere() -> None:
    page = render_page([_standing("shop")], [], "now")
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page
    assert 'href="repositories/shop-0123456789ab/report.sarif"' in page


def test_the_most_pressing_repository_comes_first_and_what_failed_has_no_links() -> None:
    rows = [
        _standing("calm", open={}),
        _standing("bad", open={"critical": 1}),
        _standing("lost", status="failed", why="time", detail="too long", open={}),
    ]
    page = render_page(rows, [], "now")
    repositories = page.partition("<h2>Repositories</h2>")[2]
    assert repositories.index("bad") < repositories.index("calm") < repositories.index("lost")
    assert page.count("report.json") == 2
    assert "failed: time" in page
    assert "too long" in page
