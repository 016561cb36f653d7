"""Write `docs/rules/` anew from `rules/`: one page a rule, and an index. Run by `make docs`; a test holds the pages to the rules."""

from __future__ import annotations

from pathlib import Path

from scanner.app.rules import load_all_rules
from scanner.reporters.rule_page import rule_index, rule_markdown

PAGES = Path(__file__).parent / "rules"


def pages() -> dict[str, str]:
    """Every page's text by file name."""
    rules = load_all_rules(()).rules.rules
    return {"README.md": rule_index(rules), **{f"{rule.id}.md": rule_markdown(rule) for rule in rules}}


def main() -> None:
    """Write all pages and remove those without a rule."""
    wanted = pages()
    PAGES.mkdir(exist_ok=True)
    for stale in sorted(path for path in PAGES.glob("*.md") if path.name not in wanted):
        stale.unlink()
    for name, text in wanted.items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
