"""The kinds of sinks: the closed list that models write, rules join and masks have bits for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SINK_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "archive": "where an archive's members are written to, or which of them are",
        "argument": "one argument of a program that is started without a shell",
        "assign-mass": "the fields of a record, chosen by their names in the data",
        "attribute": "the name of an attribute that is read, set or called",
        "code": "text that is run as code of the program's own language",
        "code-file": "the name of a file whose code the program runs, or a configuration that names such code",
        "command": "a line that a shell reads",
        "cors-origin": "the origin that is allowed to read an answer",
        "deserialize": "bytes or text that objects of any class are made from",
        "dom-url": "an address that a page goes to or loads from a script (`location.href`, `iframe.src`), where `javascript:` runs code",
        "electron-load": "what a desktop window shows with the program's rights, or hands to the system to open",
        "email-header": "a header, a sender or a recipient of a mail",
        "error-info": "text of an error or of the program's inside that is sent to a client",
        "format": "the format text of a formatting operation",
        "header": "a name or value of an HTTP response header or cookie",
        "html": "markup that a browser shows",
        "html-attr-url": "an address in an attribute of markup (`href`, `src`)",
        "import": "the name of a module that is loaded",
        "ldap": "a filter or a name of an LDAP query",
        "log": "a line of a log",
        "message-target": "the window or origin that a message is sent to",
        "model-tool": "what a language model's tool is called with, or does",
        "nosql": "a query of a database that takes operators in its values",
        "option": "one argument of a program some of whose options run commands or write files",
        "path": "a path that is read, served, listed or removed",
        "path-sibling": "a path that was tested to start as a directory's name does, so that it may lie in a directory with a longer name",
        "path-write": "a path that is written, created or renamed to",
        "program": "the program that is started",
        "query-text": "the text of a script or a query that a database runs which is none of SQL",
        "prompt": "the instructions that a language model follows",
        "prototype-key": "the key under which a value is stored in an object that was itself reached by a key",
        "prototype-merge": "an object that is merged deeply into another, whatever its keys are",
        "redirect": "the address a browser is sent to",
        "regex-text": "text that a slow regular expression of the program is tried on",
        "regex": "the pattern of a regular expression",
        "assertion": "what an `assert` tests, which optimised builds leave out",
        "secret-comparison": "a secret that is compared letter by letter, so that the time tells how much was right",
        "sql": "the text of an SQL statement",
        "template": "the source text of a template",
        "trust-store": "what a session or another trusted place keeps",
        "upload-name": "the name under which an uploaded file is stored",
        "url": "the address of a request that the program makes",
        "xml": "XML that a parser reads with entities or external parts enabled",
        "xpath": "the text of an XPath or XQuery expression",
        "xslt": "a stylesheet that is run",
    }
)
"""Every kind, with what stands in such a sink."""

PATHS: Final = frozenset({"archive", "path", "path-write", "upload-name"})
"""The kinds of sinks that take a path or a part of one."""

ARGUMENT: Final = "argument"
OPTION: Final = "option"
"""The kinds of sinks for arguments of a program: of any, and of one whose options are worth having."""

ORIGIN: Final = "cors-origin"
"""The kind of a sink for the origin of a request. Whatever it is tested for, it is not any origin any more."""

REDIRECT: Final = "redirect"
"""The kind of a sink for an address that a browser is sent to. Where a request came from, and its own path, are no way out by themselves."""

STATEMENTS: Final = frozenset({"sql"})
"""The kinds of sinks that take a whole statement. A library's function can be meant to be given one, as it can be a path."""

LINES: Final = STATEMENTS | {"code", "command"}
"""The kinds of sinks of which it is told whether the data is all that they are given, or stands behind text of the program's."""

CODE_FILE: Final = "code-file"
"""The kind of a sink that runs what a file says. Whoever names one on a command line runs code of their own, as they may."""

MEANT: Final = PATHS | STATEMENTS | {CODE_FILE}
"""The kinds of sinks whose whole a library's function can be meant to be given: a path to open, a statement to run, a configuration to follow."""

NORMALISED: Final = "~normalised"
"""A mask bit of its own, for sanitizers alone: no `..` and no link is left in the path. It makes nothing safe, and guards ask for it."""

OBJECTS_ONLY: Final = ("nosql", "prototype-merge", "assign-mass")
"""The kinds of sinks that objects reach by their keys, and text never."""

NO_OBJECTS: Final = frozenset(
    {
        "argument",
        "code",
        "command",
        "cors-origin",
        "dom-url",
        "header",
        "html",
        "html-attr-url",
        "import",
        "ldap",
        "option",
        "path",
        "path-write",
        "program",
        "redirect",
        "regex",
        "regex-text",
        "sql",
        "upload-name",
        "url",
        "xml",
        "xpath",
    }
)
"""The kinds of sinks that text reaches: an object that the program puts together is none there, whatever is in it, unless a model says where."""

MARKUP: Final = "html"
"""The kind of a sink for markup: an object is none there, nor is what lies in it."""


ANSWER: Final = "the response"
"""What the sink is called that a handler's result is. A dictionary among these is sent as JSON."""


def is_field(sink: str, component: str) -> bool:
    """Whether what lies under a component of the value that a sink for markup is given is no text of it.

    What has attributes is an object, which frameworks send as JSON and a page shows as `[object Object]`. A list is sent as JSON too, but a
    page's own elements show what is in it.
    """
    return component.startswith(".") or (component[:1] in {"*", "["} and not sink.startswith("builtins."))


KEY: Final = "prototype-key"
"""The kind of a sink that a key is: it is one where the object that it is a key of was itself reached by a key."""

NO_PROTO: Final = "~no-proto"
NO_CONSTRUCTOR: Final = "~no-constructor"
"""Mask bits for keys that were tested to be no `__proto__`, and neither `constructor` nor `prototype`. Each is half of what makes a key safe."""

SLOW_MATCH: Final = "regex-text"
"""The kind of a sink that a slow regular expression is for the text it is tried on. It stands where the expression is written."""

SIBLING: Final = "path-sibling"
NEARLY_CONTAINED: Final = "~nearly-contained"
"""A mask bit for paths that were tested to start as a directory's path does, without a separator behind it: only its namesakes (`/srv/www-old` beside
`/srv/www`) can still be reached. A sink of a path behind such a test is a `path-sibling`."""

BELOW: Final = "~below"
"""A mask bit for text that was put behind other text, or below a directory. It makes nothing safe: it tells a name that is meant to lie in some
directory from a path that is meant to be opened as it is."""

DOTLESS: Final = "~dotless"
"""A mask bit for text without a dot (what follows the last one of a file's name). Put behind other text by hand, it is no path of its own any more
and holds no `..`; below a directory it may still be an absolute path."""

RELATIVE: Final = "~relative"
"""A mask bit for paths that were tested not to be absolute. Without a way up in them they lie below the directory that they are joined to."""

JSON_TEXT: Final = "~json"
"""A mask bit for text that is JSON: markup in it does no harm where the answer says that it is JSON."""

FOUND: Final = "~found"
"""A mask bit for text under which a look-up found something: a row, a record, a user. It makes nothing safe, for users make those as well."""

TEXT: Final = "~text"
"""A mask bit for parameters that were tested to be text: a part of something that was passed there is no part of a text."""

MASK_KINDS: Final = (*SINK_KINDS, NORMALISED, NEARLY_CONTAINED, BELOW, DOTLESS, RELATIVE, NO_PROTO, NO_CONSTRUCTOR, JSON_TEXT, FOUND, TEXT)
"""What a sanitizer or a guard may name."""


def mask_of(kinds: Iterable[str], bits: Mapping[str, int]) -> int:
    """The bits of several kinds together, those of kinds that have none left out."""
    mask = 0
    for kind in kinds:
        mask |= bits.get(kind, 0)
    return mask


def kind_bits() -> dict[str, int]:
    """Each kind's bit in every mask, by name in sorted order. What is no option of one program is none of any other."""
    bits = {kind: 1 << number for number, kind in enumerate(sorted(MASK_KINDS))}
    return {**bits, OPTION: bits[ARGUMENT]}
