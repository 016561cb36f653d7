"""YAML read with the line and column of every key and value, and with bounds on what a file may cost.

The tree is built from the parser's events: PyYAML's composers recurse, and libyaml's takes the process down on deeply nested text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from scanner.rulepack.document import Document, Mark, Node, Slip
from scanner.rulepack.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator


_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAG: Final = "tag:yaml.org,2002:"
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost: its size in bytes, its values with aliases expanded, how deep they may be nested."""

    size: int = 1_000_000
    values: int = 100_000
    depth: int = 64


OWN_FILES: Final = Bounds()
"""Bounds for rule files written for Casemate, a few kilobytes each."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that is no document, and every reason why."""

    slips: tuple[Slip, ...]


def read_document(data: bytes, bounds: Bounds = OWN_FILES) -> Document | Unreadable:
    """The one document in a file's bytes.

    Scalars resolve as in YAML 1.2's core schema (`on` and `no` are texts). Duplicate keys, keys that are no scalars, tags of other schemas, merge
    keys, more than one document, numbers that JSON has not, and files beyond the bounds are refused.
    """
    if len(data) > bounds.size:
        return _refuse(Mark(1, 1), f"the file is larger than {bounds.size} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refuse(_mark_of_byte(data, error.start), "the file is not UTF-8")
    if found := _CONTROL.search(text):
        return _refuse(_mark_of_byte(text.encode(), len(text[: found.start()].encode())), f"the control character {found.group()!r} is not allowed")
    builder = _Builder(bounds)
    try:
        root = builder.build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        return _refuse(Mark(place.line + 1, place.column + 1) if place else Mark(1, 1), f"not valid YAML: {_why(error)}")
    except yaml.YAMLError as error:
        return _refuse(Mark(1, 1), f"not valid YAML: {' '.join(str(error).split())}")
    if builder.slips:
        return Unreadable(tuple(sorted(builder.slips)))
    return Document(root) if root else _refuse(Mark(1, 1), "the file is empty")


class _Open:
    """A mapping or sequence whose end has not come yet; `key` is the key that waits for its value."""

    __slots__ = ("anchor", "key", "node")

    def __init__(self, node: Node, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.key: Node | None = None


class _Builder:
    """Builds the tree from events with an explicit stack, remembering what is wrong."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self.slips: list[Slip] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._total = 0
        self._root: Node | None = None

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        """The root, or None when there is no document; incomplete when there are slips."""
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._slip(event, "more than one document in a file")
                    break
            elif not self._take(event):
                break
        return self._root

    def _take(self, event: yaml.Event) -> bool:
        """Fit one event in; False when the document has grown beyond its bounds."""
        if isinstance(event, yaml.ScalarEvent):
            return self._add(self._scalar(event), event, event.anchor)
        if isinstance(event, yaml.CollectionStartEvent):
            self._expect_tag(event)
            value: object = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._stack.append(_Open(Node(value, _start(event), {}), event.anchor))
            if event.anchor:
                self._anchors[event.anchor] = None  # an alias before the end would hold itself
            return len(self._stack) <= self._bounds.depth or self._give_up(event, f"values are nested more than {self._bounds.depth} deep")
        if isinstance(event, yaml.CollectionEndEvent):
            closed = self._stack.pop()
            return self._add(closed.node, event, closed.anchor)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        return True

    def _alias(self, event: yaml.AliasEvent) -> bool:
        name = event.anchor or ""
        target = self._anchors.get(name)
        if target is None:
            return self._give_up(event, f"the alias *{name} {'holds itself' if name in self._anchors else 'stands for nothing'}")
        copy = Node(target.value, _start(event), target.children)
        copy.size = target.size
        return self._add(copy, event, None)

    def _add(self, node: Node, event: yaml.Event, anchor: str | None) -> bool:
        if anchor:
            self._anchors[anchor] = node
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            self._total += node.size
            if self._total > self._bounds.values:
                return self._give_up(event, f"the document holds more than {self._bounds.values} values, aliases expanded")
        if not self._stack:
            self._root = node
            return True
        parent = self._stack[-1]
        children = parent.node.children
        if isinstance(parent.node.value, list):
            if children is not None:
                children[len(parent.node.value)] = (node, node)
            parent.node.value.append(node.value)
            parent.node.size += node.size
        elif parent.key is None:
            parent.key = node
            self._check_key(node, event, parent.node)
        else:
            self._pair(parent, parent.key, node)
        return True

    def _check_key(self, key: Node, event: yaml.Event, parent: Node) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self.slips.append(Slip(key.mark, "a key has to be a text"))
            return
        key.value = event.value
        first = (parent.children or {}).get(event.value)
        if first:
            self._slip(event, f'the key "{event.value}" stands twice, first in line {first[0].mark.line}')
        if event.value == "<<" and event.implicit[0]:
            self._slip(event, "merge keys (<<) are not supported")

    @staticmethod
    def _pair(parent: _Open, key: Node, node: Node) -> None:
        parent.key = None
        parent.node.size += node.size
        if isinstance(key.value, str) and isinstance(parent.node.value, dict) and parent.node.children is not None:
            parent.node.value.setdefault(key.value, node.value)
            parent.node.children.setdefault(key.value, (key, node))

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        tag = (event.tag or "").removeprefix(_TAG)
        plain = event.implicit[0] and not tag
        try:
            value = resolve(event.value, "" if plain else tag or "str")
        except ValueError as error:
            self._slip(event, str(error))
            value = None
        return Node(value, _start(event))

    def _expect_tag(self, event: yaml.CollectionStartEvent) -> None:
        expected = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
        if event.tag not in {None, "!", _TAG + expected}:
            self._slip(event, f"the tag {event.tag!r} is not allowed")

    def _give_up(self, event: yaml.Event, message: str) -> bool:
        self._slip(event, message)
        return False

    def _slip(self, event: yaml.Event, message: str) -> None:
        self.slips.append(Slip(_start(event), message))


def _start(event: yaml.Event) -> Mark:
    place = event.start_mark
    return Mark(place.line + 1, place.column + 1) if place else Mark(1, 1)


def _mark_of_byte(data: bytes, offset: int) -> Mark:
    head = data[:offset].removeprefix(b"\xef\xbb\xbf")
    line_start = head.rfind(b"\n") + 1
    return Mark(head.count(b"\n") + 1, len(head[line_start:].decode("utf-8", "replace")) + 1)


def _why(error: yaml.MarkedYAMLError) -> str:
    return " ".join(f"{error.problem or ''} {error.context or ''}".split())


def _refuse(mark: Mark, message: str) -> Unreadable:
    return Unreadable((Slip(mark, message),))
