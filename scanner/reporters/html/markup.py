"""HTML as text: whatever is foreign passes through `text`, and nothing else makes markup of it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def text(foreign: str) -> str:
    """Foreign text as one line of HTML text, also fit for a quoted attribute."""
    return escape(neutral(foreign), quote=True)


def tag(name: str, *children: str, **attributes: str) -> str:
    """An element around markup; an attribute's value is foreign text, its name ends in `_` where Python has the word already."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>"


def table(heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], caption: str) -> str:
    """A table of markup cells under plain heads, each with a class for its column (`number`, `path` or none)."""
    kinds = [kind for _, kind in heads]
    head = tag("tr", *(tag("th", text(name), class_=kind, scope="col") for name, kind in heads))
    body = "".join(tag("tr", *(tag("td", cell, class_=kind) for cell, kind in zip(row, kinds, strict=True))) for row in rows)
    filled = tag("table", tag("caption", text(caption)), tag("thead", head), tag("tbody", body))
    return tag("div", filled, class_="table", tabindex="0", role="region", aria_label=caption)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of names and markup values."""
    return tag("dl", *(tag("div", tag("dt", text(name)), tag("dd", value)) for name, value in pairs), class_="facts")
