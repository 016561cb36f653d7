"""What code can check about the evidence for a refutation. Checklists name these checks; nothing here reads a model's prose.

A check sees one citation that has resolved (`Evidence`) and the finding's scene. Each is weak on its own; a checklist joins them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.syntax.symbols import DefinitionKind
from scanner.triage import presence
from scanner.triage.scene import Place, definitions_of, function_around, is_test_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.triage.scene import Scene
    from scanner.triage.view import View

_WORD: Final = re.compile(r"[^\W\d]\w*")
_GUARDS: Final = frozenset(
    {"if", "elif", "unless", "match", "when", "switch", "case", "assert", "raise", "throw", "while", "abort", "require", "filter"}
    | {"fullmatch", "includes", "contains", "matches", "in_array", "include"}
)
_ASKED: Final = frozenset({"if", "elif", "unless", "match", "switch", "case", "assert", "raise", "throw"})
_EXITS: Final = frozenset({"return", "raise", "throw", "exit", "die", "panic", "abort"})
_HANGING: Final = frozenset({"if", "elif", "unless", "while", "assert", "raise", "throw", "abort"})  # worth what their condition is
_NUMBERS: Final = frozenset(
    {"int", "integer", "long", "short", "uint", "int32", "int64", "number", "decimal", "float", "double"}
    | {"bool", "boolean", "date", "datetime", "uuid"}
)
_NO_NAMES: Final = (
    _GUARDS | _EXITS | {"def", "self", "this", "cls", "and", "or", "is", "None", "null", "true", "false", "True", "False", "const", "let"}
)
_NEVER: Final = re.compile(r"\b(?:if|elif|while|&&)\s*\(?\s*(?:False|false|0|nil|null|None)\b|\bif\s+TYPE_CHECKING\b")
_HEADS: Final = tuple((word,) for word in ("@", "def", "async", "function", "export", "public", "private", "func", "class"))
_ENTERED: Final = frozenset({"main", "init", "handler", "handle", "lambda_handler", "application", "app", "run", "setup", "index", "render"})
_EXPORTED: Final = re.compile(r"\b(?:export|exports|public|protected|pub|default)\b")
_TERNARY: Final = re.compile(r"(?<!\?) \? (?![?.:])")
_CONSTANT_FIRST: Final = re.compile(r"""\w \( (?:(?:[\[{] )?(?:[rbuRBU]{1,2} )?["'`]|(?:\w+ (?:\.|: :) )?[A-Z][A-Z0-9_]+ ,)""")
_BUILT: Final = re.compile(
    r"""(?:^|\W )(?:[rR]?[fF]|[fF][rR]?) ["']|["')\w] \+ |\+ ["']|\$ \{|# \{|["'] %(?! [sdi(]\b)|["'] % \("""
    r"""|\b(?:format|concat) \(|\b[sS]printf\b|["'] \. \$|\w \. ["']"""
)
_RAW: Final = re.compile(r"\{ \{ \{|\| (?:safe|raw|n\b|html)|\braw\b|< % -|! !|autoescape|v - html|\bmark_safe\b")
_REWRITES: Final = re.compile(
    r"(?i)\w*(?:replace|escape|encode|quote|translate|normali[sz]e|strip_tags|filter|sanitize|clean)\w*|g?sub|tr|map|join|hexdigest|dumps|stringify|URLSearchParams"
)
_GUARD_CALL: Final = re.compile(
    r"(?i)(?:require|has|check|ensure|assert|verif|validat|authori[sz]e|can|is|equal|match|includes?|contains?|compare|allow|permit|only|limit|use|before_|add_?middleware|setAllowed|setDisallowed)\w*"
)
_PROBLEM: Final = re.compile(r"\w*(?:Error|Exception|Required|NotFound|Invalid)")  # what is raised decides nothing
_TEXT_CHANGED: Final = re.compile(r"replace\w*|g?sub|translate|strip_tags|hexdigest")  # which escaping fits, checklists know
_TABLE: Final = re.compile(r"([^\W\d]\w*) (?:\[|\. (?:get|fetch|getOrDefault) \() (?:\$ )?[^\W\d]")
_LOOKUP: Final = re.compile(r"[\w)] \[ (?:\$ )?[^\W\d]\w*(?: [.)\]]|$)|\. (?:get|fetch|getOrDefault) \( [^\W\d]")
_CONFIGURATION: Final = frozenset({"yaml", "json", "toml", "xml", "ini", "properties", "env", "html", "dockerfile", "terraform", "sql"})
_SENTENCE: Final = re.compile(r"(?:\b[^\W\d_]+ ){5}")  # words in a row, as prose has them and settings have not
_SINK_WINDOW: Final = 3  # lines


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation that has resolved: lines of the tree, and the tokens of the code on them as the view shows them.

    `words` are all tokens, those within strings included; `tokens` leave these out: an `if` in a message decides nothing.
    """

    path: str
    start: int
    end: int
    tokens: tuple[str, ...]
    words: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The identifiers in it."""
        return frozenset(token for token in self.tokens if _WORD.fullmatch(token) and token not in _NO_NAMES)

    @property
    def called(self) -> frozenset[str]:
        """The last parts of the names it calls."""
        pairs = zip(self.tokens, (*self.tokens[1:], ""), strict=True)
        return frozenset(token for token, behind in pairs if behind in {"(", "!", "`"} and _WORD.fullmatch(token))


def _connected(evidence: Evidence, scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It can bear on the finding: the path and what it calls, its files and what they import, those that import them, configuration."""
    if scene.on_path(evidence.path, evidence.start) or evidence.path in scene.files:
        return True
    return scene.tree.language(evidence.path) in _CONFIGURATION or scene.in_helper(evidence.path, evidence.start)


def _before_sink(evidence: Evidence, scene: Scene, view: View, _calls: frozenset[str]) -> bool:
    """In the sink's function it begins no later than the sink does; in one that calls on towards the sink, no later than that call."""
    here = function_around(scene.tree, evidence.path, evidence.start)
    if scene.sink.path == evidence.path and scene.around(scene.sink) == here:
        head = view.code_tokens(scene.sink.path, scene.sink.start_line, scene.sink.start_line)[:1]
        return evidence.start <= scene.sink.end_line or (here is not None and head[:1] in _HEADS)  # a finding about a whole function
    steps = [step.span for step in scene.steps if step.span.path == evidence.path and scene.around(step.span) == here]
    last = max((span.start_line for span in steps), default=evidence.start)
    if evidence.start <= last:
        return True
    onward = {place.name for place in scene.functions if place != here}
    return onward.isdisjoint(view.code_tokens(evidence.path, last, last))


def _not_the_statement(evidence: Evidence, scene: Scene, view: View, calls: frozenset[str]) -> bool:
    """It is more than the statement where the data comes in or arrives: it lies elsewhere too, or does something to the data on the same line."""
    if any(not scene.is_step(evidence.path, line) for line in range(evidence.start, evidence.end + 1)):
        return True
    if not scene.is_sink(evidence.path, evidence.start) and not _ASKED.isdisjoint(evidence.tokens) and _guard(evidence, scene, view, calls):
        return True
    return _rewrites_there(evidence, scene) or _looks_up_there(evidence, scene)


def _rewrites_there(evidence: Evidence, scene: Scene) -> bool:
    """Whether a line of the source or the sink also calls a function that changes a text. What one of the project does, its body has to show."""
    names = sorted(name for name in evidence.called - scene.sink_calls if _TEXT_CHANGED.fullmatch(name))
    return any(not definitions_of(scene.tree, name) for name in names)


def _looks_up_there(evidence: Evidence, scene: Scene) -> bool:
    """Whether such a line takes the value out of a table of the program: one written like a constant, or defined outside of all functions."""
    tables = {match[1] for match in _TABLE.finditer(" ".join(evidence.tokens))}
    return any((name.isupper() and name[0] != "_") or _is_global(scene, evidence.path, name) for name in sorted(tables))


def _is_global(scene: Scene, path: str, name: str) -> bool:
    return any(item.name == name and item.kind is DefinitionKind.VARIABLE and (item.parent < 0) for item in scene.tree.symbols(path).definitions)


def _known_call(evidence: Evidence, scene: Scene, _view: View, calls: frozenset[str]) -> bool:
    """It calls a function that the checklist knows: not the sink itself, nor one of the tree that has the same name."""
    own = scene.sink_calls if scene.is_sink(evidence.path, evidence.start) else frozenset()
    return any(not definitions_of(scene.tree, name) for name in sorted((evidence.called & calls) - own))


def _known_word(evidence: Evidence, _scene: Scene, _view: View, calls: frozenset[str]) -> bool:
    """It holds one of the words that the checklist knows: an option, a type, a constant."""
    return not calls.isdisjoint(evidence.words or evidence.tokens)


def _known_form(evidence: Evidence, scene: Scene, _view: View, calls: frozenset[str]) -> bool:
    """It holds a piece of code that the checklist knows, such as an option with its value; of a name that the tree does not define itself."""
    text = f" {' '.join(evidence.words or evidence.tokens)} "
    forms = sorted(form for form in calls if f" {form} " in text and " " in form)
    return any(not any(definitions_of(scene.tree, name) for name in _WORD.findall(form)[:1]) for form in forms)


def _rewrites(evidence: Evidence, _scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It calls something that changes a text: replaces, encodes, filters, escapes."""
    return any(_REWRITES.fullmatch(name) for name in evidence.called)


def _guard(evidence: Evidence, scene: Scene, view: View, _calls: frozenset[str]) -> bool:
    """It decides something: a condition, an assertion, an exit, or a call that has the form of one. Whether it does is for the reviews.

    To ask merely whether the data is there decides nothing, nor does what hangs on that.
    """
    called = {name for name in evidence.called if _GUARD_CALL.fullmatch(name) and not _PROBLEM.fullmatch(name)} - presence.CALLS
    words = _GUARDS.intersection(evidence.tokens)
    if called or words - _HANGING:
        return True
    chosen = _TERNARY.search(" ".join(evidence.tokens)) is not None
    return bool(words or chosen) and not _merely_there(evidence, scene, view)


def _merely_there(evidence: Evidence, scene: Scene, view: View) -> bool:
    """Whether every condition on its lines, or that its lines hang on, asks only if the data is there. A finding without a flow has no data."""
    if len(scene.steps) == 1:
        return False
    lines = range(evidence.start, evidence.end + 1)
    asked = [(condition, line) for line in lines for condition in presence.conditions(view.bare_tokens(evidence.path, line, line))]
    if not asked and (head := _head_of(evidence, view)):
        asked = [(condition, head) for condition in presence.conditions(view.bare_tokens(evidence.path, head, head))]
    data = _data(scene, view)
    return bool(asked) and all(presence.asks_only_for(condition, view.code_tokens(evidence.path, line, line), data) for condition, line in asked)


def _head_of(evidence: Evidence, view: View) -> int:
    """The line that opens the block in which it stands, by its indentation; 0 where there is none."""
    lines = view.lines(evidence.path) or ()
    own = _indented(lines[evidence.start - 1])
    above = (line for line in range(evidence.start - 1, 0, -1) if lines[line - 1].strip())
    return next((line for line in above if _indented(lines[line - 1]) < own), 0)


def _indented(line: str) -> int:
    return len(line) - len(line.lstrip())


def _data(scene: Scene, view: View) -> frozenset[str]:
    """The names at the steps of the path: those that carry the data, and a few others."""
    names: set[str] = set()
    for step in scene.steps:
        names.update(view.code_tokens(step.span.path, step.span.start_line, min(step.span.end_line, step.span.start_line + 5)))
    return frozenset(names)


def _lookup(evidence: Evidence, _scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It takes a value out of a table by a name that is not constant: `COLUMNS[sort]`, `columns.get(sort)`."""
    return _LOOKUP.search(" ".join(evidence.tokens)) is not None


def _number(evidence: Evidence, _scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It declares or converts to a type whose values carry no text: a number, a date, a UUID."""
    around = zip(("", *evidence.tokens), evidence.tokens, (*evidence.tokens[1:], ""), strict=False)
    return any(token.lower() in _NUMBERS and _is_type(before, after) for before, token, after in around)


def _is_type(before: str, after: str) -> bool:
    """Whether a word between these two is used as a type and not as a name."""
    return before in {":", "<"} or after == "(" or _WORD.fullmatch(after) is not None


def _shares_name(evidence: Evidence, scene: Scene, view: View, calls: frozenset[str]) -> bool:
    """Within a function of the path it has a name in common with a step. Elsewhere it defines what the path names, or decides something."""
    if len(scene.steps) == 1:
        return True  # a finding without a flow has no data to speak of
    here = function_around(scene.tree, evidence.path, evidence.start)
    at_step = scene.is_step(evidence.path, evidence.start)
    if not at_step and (here is None or here not in scene.functions or evidence.start <= here.start):
        return _defines(evidence, scene) or _guard(evidence, scene, view, calls) or scene.in_helper(evidence.path, evidence.start)
    return bool(evidence.names & _data(scene, view))


def _acts(evidence: Evidence, scene: Scene, view: View, calls: frozenset[str]) -> bool:
    """It does something to a value: decides, looks up, converts, rewrites. Outside the path it may define, or return, what the path uses."""
    if any(check(evidence, scene, view, calls) for check in (_guard, _lookup, _number, _rewrites)):
        return True
    here = function_around(scene.tree, evidence.path, evidence.start)
    if here is None or evidence.start <= here.start:
        return _defines(evidence, scene)
    if here in scene.functions or "return" not in evidence.tokens:
        return False
    # A finding without a flow may be decided by what a caller does, or does not do, with what it is given back.
    return scene.in_helper(evidence.path, evidence.start) or (len(scene.steps) == 1 and scene.in_caller(evidence.path, evidence.start))


def _defines(evidence: Evidence, scene: Scene) -> bool:
    """Whether it defines a name that the path uses, or is a setting in a file without code, and no sentence."""
    if scene.tree.language(evidence.path) in _CONFIGURATION:
        return _SENTENCE.search(" ".join(evidence.words or evidence.tokens)) is None
    defined = {
        item.name
        for item in scene.tree.symbols(evidence.path).definitions
        if item.span.start_line <= evidence.end and evidence.start <= item.span.end_line
    }
    imported = {
        item.alias or item.name or item.module
        for item in scene.tree.symbols(evidence.path).imports
        if item.span.start_line <= evidence.end and evidence.start <= item.span.end_line
    }
    return not scene.names.isdisjoint(defined | imported)


def _at_sink(evidence: Evidence, scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It is the sink, or stands next to it."""
    return evidence.path == scene.sink.path and (
        evidence.start <= scene.sink.end_line + _SINK_WINDOW and evidence.end >= scene.sink.start_line - _SINK_WINDOW
    )


def _not_from_outside(_evidence: Evidence, scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """The static engine did not see the data come from a request: what it knows of a framework no prose takes back."""
    return scene.finding.trust is None or not scene.finding.trust.sent


def _constant(evidence: Evidence, scene: Scene, view: View, _calls: frozenset[str]) -> bool:
    """It gives something a value in which there is a literal, or a name written like a constant, and nothing that carries the data."""
    whole = len(scene.steps) == 1 or scene.tree.language(evidence.path) in _CONFIGURATION
    value = evidence.tokens if whole else _given(evidence.tokens)
    if not any(token in {'"', "'", "`"} or token[0].isdigit() or (len(token) > 1 and token.isupper()) for token in value):
        return False
    names = {token for token in value if _WORD.fullmatch(token) and not token.isupper()} - _NO_NAMES
    return len(scene.steps) == 1 or names.isdisjoint(_data(scene, view))


def _given(tokens: Sequence[str]) -> Sequence[str]:
    """What is assigned or returned; empty where nothing is."""
    for index, word in enumerate(tokens):
        around = {*tokens[max(index - 1, 0) : index], *tokens[index + 1 : index + 2]}
        if word == "return" or (word == "=" and around.isdisjoint({"=", "!", "<", ">", "~"})):
            return tokens[index + 1 :]
    return ()


def _constant_first(evidence: Evidence, _scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It is a call whose first argument is a literal text, or a list that begins with one, which nothing is put into."""
    text = " ".join(evidence.tokens)
    return _CONSTANT_FIRST.search(text) is not None and _BUILT.search(text) is None


def _encoded_in_template(evidence: Evidence, scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It is a place of a template that encodes what it is given, as far as the place itself says."""
    text = " ".join(evidence.words or evidence.tokens)
    return evidence.path in scene.tree and scene.tree.language(evidence.path) == "html" and "{ {" in text and _RAW.search(text) is None


def _test_path(_evidence: Evidence, scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """The finding's file lies among tests, examples or documentation, and no other code imports it."""
    if not is_test_path(scene.sink.path):
        return False
    stem = scene.sink.path.rpartition("/")[2].partition(".")[0]
    users = (path for path in scene.tree.with_word(stem, 200) if not is_test_path(path))
    return not any(stem in re.split(r"[./\\:'\"]+", f"{item.module}.{item.name}") for path in users for item in scene.tree.symbols(path).imports)


def _no_references(evidence: Evidence, scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It lies in a function of the path that has no decorator and that nothing else in the tree names."""
    return any(_alone(scene, place) for place in scene.functions if place.holds(evidence.path, evidence.start))


def _alone(scene: Scene, place: Place) -> bool:
    symbols = scene.tree.symbols(place.path)
    page = scene.tree.page(place.path)
    head = "".join(piece.text for line in page.lines[place.start - 1 : place.start + 1] for piece in line) if page else ""
    if place.name in _ENTERED or place.name[:1].isupper() or _EXPORTED.search(head):
        return False  # others may call it
    if any(mark.target == place.qualified for mark in symbols.decorators) or "." in place.qualified:
        return False  # a method may be called through its class, a decorated function by whoever decorates it
    wanted = re.compile(rb"(?<!\w)" + re.escape(place.name.encode()) + rb"(?!\w)")
    return sum(len(wanted.findall(data)) for _, data in scene.tree.raw()) == 1


def _never(evidence: Evidence, scene: Scene, _view: View, _calls: frozenset[str]) -> bool:
    """It is a condition that is constantly false, or an exit at the level of the function's body before the sink."""
    if _NEVER.search(" ".join(evidence.tokens)):
        return True
    here = function_around(scene.tree, evidence.path, evidence.start)
    if here is None or here != scene.around(scene.sink) or evidence.end >= scene.sink.start_line or not evidence.tokens:
        return False
    return evidence.tokens[0] in _EXITS and _column(scene, evidence.start) <= min(
        _column(scene, line) for line in range(here.start + 1, scene.sink.start_line + 1) if _column(scene, line) > _column(scene, here.start)
    )


def _column(scene: Scene, line: int) -> int:
    page = scene.tree.page(scene.sink.path)
    text = "".join(piece.text for piece in page.lines[line - 1] if piece.code) if page and line <= len(page.lines) else ""
    return len(text) - len(text.lstrip()) if text.strip() else 10_000


Check = Callable[[Evidence, "Scene", "View", frozenset[str]], bool]
"""Whether a citation passes; the last argument holds the names that the checklist knows, and its forms, as tokens with blanks between them."""

CHECKS: Final[Mapping[str, Check]] = {
    "acts": _acts,
    "at-sink": _at_sink,
    "before-sink": _before_sink,
    "connected": _connected,
    "constant": _constant,
    "constant-first": _constant_first,
    "encoded-in-template": _encoded_in_template,
    "guard": _guard,
    "known-call": _known_call,
    "known-form": _known_form,
    "known-word": _known_word,
    "never": _never,
    "no-references": _no_references,
    "not-from-outside": _not_from_outside,
    "not-the-statement": _not_the_statement,
    "shares-name": _shares_name,
    "test-path": _test_path,
}
"""Every check by the name that checklists use."""
