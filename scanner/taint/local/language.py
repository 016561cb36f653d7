"""What differs between languages when their IR is interpreted: names that need no import, and the standard library's modules."""

from __future__ import annotations

import builtins
import sys
from typing import NamedTuple


class Language(NamedTuple):
    """A language's fixed surroundings. `immutable` are types whose values no call can change; `text` are those of strings."""

    name: str
    builtins: frozenset[str]
    standard_modules: frozenset[str]
    receiver: bool  # whether a method's first parameter is its receiver
    immutable: frozenset[str]
    text: frozenset[str]
    joins: frozenset[str]  # functions that put all their arguments but the first below it
    builtin_types: tuple[str, ...]  # looked up, in this order, for methods on values of unknown type


PYTHON = Language(
    name="python",
    builtins=frozenset(vars(builtins)) | {"unicode", "basestring", "raw_input", "xrange", "long", "unichr", "execfile", "reduce", "file", "__file__"},
    standard_modules=frozenset(sys.stdlib_module_names)
    | {"builtins", "urllib2", "urlparse", "cPickle", "StringIO", "ConfigParser", "httplib", "Queue"},
    receiver=True,
    immutable=frozenset({"str", "bytes", "int", "float", "bool"}),
    text=frozenset({"str", "bytes"}),
    joins=frozenset({"os.path.join", "pathlib.Path", "pathlib.PurePath", "pathlib.PurePath.joinpath", "pathlib.Path.joinpath"}),
    builtin_types=("str", "dict", "list", "set", "bytes", "tuple"),
)

LANGUAGES = {"python": PYTHON}
