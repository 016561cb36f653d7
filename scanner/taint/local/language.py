"""What differs between languages when their IR is interpreted: names that need no import, and the standard library's modules."""

from __future__ import annotations

import builtins
import io
import os
import string
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_ADDING = frozenset({"add", "append", "extend", "insert", "merge", "update"})
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Language(NamedTuple):
    """A language's fixed surroundings. `immutable` are types whose values no call can change; `text` are those of strings.

    The engine calls the types of literals `str`, `list` and `dict` whatever the language; `words` says what the language, its models and its rules
    call them. `aliases` are further spellings of names that need no model (`builtins.window` is the global object).
    """

    name: str
    builtins: frozenset[str]
    standard_modules: frozenset[str]
    receiver: bool  # whether a method's first parameter is its receiver
    immutable: frozenset[str]
    text: frozenset[str]
    joins: frozenset[str]  # functions that put all their arguments but the first below it
    builtin_types: tuple[str, ...]  # looked up, in this order, for methods on values of unknown type
    instances: Mapping[str, str] = _NOTHING  # functions that make values of the language's own types -> the type
    words: Mapping[str, str] = _NOTHING
    aliases: Mapping[str, str] = _NOTHING
    annotations: Mapping[str, str] = _NOTHING  # names of types in annotations that nothing binds -> types
    parsers: frozenset[str] = frozenset()  # functions that make objects of text: what could be no object may be one again
    keeps: frozenset[str] = frozenset()  # those of `joins` that put an absolute path below the first argument too
    arithmetic: frozenset[str] = frozenset()  # operators, besides those of all languages, whose outcome is a number
    constants: Mapping[str, str] = _NOTHING  # names of the standard library that stand for text
    remembered: frozenset[str] = frozenset()  # types whose objects know what they were told when they were made
    keyed: bool = False  # whether `x.name` and `x["name"]` are the same place
    hoisted: bool = False  # whether functions may be called, and see variables, from before they are defined
    explicit: str = ""  # the name of a parameter that is the receiver wherever it comes first, in functions too
    promises: frozenset[str] = frozenset()  # methods that hand on what their receiver resolves to, whatever its type
    promise: str = ""  # the class that those are modelled as methods of
    emitter: str = ""  # the class whose objects call the functions that are registered with them, by name
    error: str | None = None  # the class of what is caught
    numbers: frozenset[str] = frozenset()  # attributes of any value that are numbers
    text_methods: frozenset[str] = frozenset()  # methods that only text has
    wrappers: frozenset[str] = frozenset()  # functions whose result, when called, calls what they were given first
    common: frozenset[str] = frozenset()  # methods of the language's own types: their names alone say nothing about a receiver
    databases: frozenset[str] = frozenset()  # what databases and their sessions are called: what is added to them, they do not hold

    def stores(self, receiver: str, method: str) -> bool:
        """Whether a call on a receiver of that name puts something into a database, where a container of that name would keep it."""
        return method in _ADDING and any(receiver == word or receiver.endswith(f"_{word}") for word in self.databases)

    def canonical(self, name: str) -> str:
        """A name in the engine's own spelling of types, globals through the global object made plain."""
        head, dot, tail = name.partition(".")
        word = self.aliases.get(head)
        if word is not None:
            return f"{word}{dot}{tail}"
        while head == "builtins" and (inner := tail.partition("."))[0] and (plain := self.aliases.get(f"builtins.{inner[0]}")) is not None:
            name = f"{plain}{inner[1]}{inner[2]}"
            head, dot, tail = name.partition(".")
        return name

    def shown(self, name: str) -> str:
        """The name as people write it in the language."""
        head, dot, tail = name.partition(".")
        return f"{self.words.get(head, head)}{dot}{tail}"


PYTHON = Language(
    name="python",
    builtins=frozenset(vars(builtins)) | {"unicode", "basestring", "raw_input", "xrange", "long", "unichr", "execfile", "reduce", "file", "__file__"},
    standard_modules=frozenset(sys.stdlib_module_names)
    | {"builtins", "urllib2", "urlparse", "cPickle", "StringIO", "ConfigParser", "httplib", "Queue"},
    receiver=True,
    immutable=frozenset({"str", "bytes", "int", "float", "bool"}),
    text=frozenset({"str", "bytes"}),
    joins=frozenset({"os.path.join", "pathlib.Path", "pathlib.PurePath", "pathlib.PurePath.joinpath", "pathlib.Path.joinpath"}),
    parsers=frozenset(
        {"json.loads", "json.load", "json.JSONDecoder.decode", "bson.json_util.loads", "ast.literal_eval", "yaml.safe_load", "yaml.load"}
    ),
    builtin_types=("str", "dict", "list", "set", "bytes", "tuple"),
    remembered=frozenset({"lxml.etree.XMLParser"}),
    constants=MappingProxyType(
        {
            **{f"string.{name}": getattr(string, name) for name in ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "hexdigits")},
            "os.curdir": os.curdir,
            "os.pardir": os.pardir,
            "os.sep": "/",
            "os.path.sep": "/",
        }
    ),
    databases=frozenset({"session", "db", "database", "dbsession", "transaction", "connection", "conn"}),
    text_methods=frozenset({"rsplit", "partition", "rpartition", "splitlines", "casefold", "swapcase", "zfill", "removeprefix", "removesuffix"}),
    common=frozenset(name for kind in (str, bytes, dict, list, set, tuple, io.TextIOWrapper, io.BytesIO, BaseException) for name in dir(kind)),
)

# The modules of Node.js 22 (`require("module").builtinModules`), those with a slash counted too.
_NODE = (
    "assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns dns/promises domain events"
    " fs fs/promises http http2 https inspector inspector/promises module net os path path/posix path/win32 perf_hooks process punycode querystring"
    " readline readline/promises repl stream stream/consumers stream/promises stream/web string_decoder sys timers timers/promises tls trace_events"
    " tty url util util/types v8 vm wasi worker_threads zlib sqlite test"
)
# Globals of the language (ECMA-262), of Node.js, and those of browsers that programs use without asking.
_GLOBALS = (
    "AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError FinalizationRegistry Float32Array"
    " Float64Array Function Int16Array Int32Array Int8Array Intl Iterator JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect"
    " RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef"
    " WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape"
    " AbortController AbortSignal Blob Buffer BroadcastChannel CustomEvent DOMException Event EventTarget File FormData Headers MessageChannel"
    " MessageEvent MessagePort Performance Request Response TextDecoder TextEncoder URL URLSearchParams WebSocket atob btoa clearImmediate"
    " clearInterval clearTimeout console crypto fetch global performance process queueMicrotask require setImmediate setInterval setTimeout"
    " structuredClone __dirname __filename module exports define"
    " Document DOMParser Element EventSource FileReader HTMLElement Image IntersectionObserver MutationObserver Node Option Range Window Worker"
    " XMLHttpRequest XMLSerializer XPathEvaluator XSLTProcessor addEventListener alert cancelAnimationFrame caches confirm customElements document"
    " frames getComputedStyle getSelection history importScripts indexedDB innerHeight innerWidth localStorage location matchMedia navigator open"
    " opener parent postMessage prompt removeEventListener requestAnimationFrame screen self sessionStorage top trustedTypes window"
    " JSX ActiveXObject chrome browser property staticmethod classmethod"
)
# Methods of strings, arrays, plain objects, maps, sets, promises, regular expressions, functions, buffers, streams, events and DOM nodes.
_METHODS = (
    "at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf localeCompare match matchAll normalize padEnd padStart repeat"
    " replace replaceAll search slice split startsWith substr substring toLowerCase toUpperCase toString trim trimEnd trimStart valueOf copyWithin"
    " entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach join keys map pop push reduce reduceRight reverse shift"
    " some sort splice unshift values hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString clear delete get has set add size then catch"
    " finally exec test apply bind call next return throw toJSON toFixed on once off emit addListener removeListener removeAllListeners pipe write"
    " end close destroy read resume pause listen append remove appendChild removeChild insertBefore setAttribute getAttribute addEventListener"
    " querySelector log error warn info debug trace open parse stringify format use update"
)

_TEXT_METHODS = (
    "charAt charCodeAt codePointAt endsWith localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll split startsWith substr"
    " substring toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase trim trimEnd trimStart trimLeft trimRight"
)

JAVASCRIPT = Language(
    name="javascript",
    builtins=frozenset(_GLOBALS.split()),
    standard_modules=frozenset(_NODE.split()) | {"builtins"},
    receiver=True,
    immutable=frozenset({"str", "Number", "Boolean", "RegExp", "int", "float", "bool"}),
    text=frozenset({"str"}),
    joins=frozenset({"path.join", "path.posix.join", "path.win32.join", "path.resolve", "path.posix.resolve", "path.win32.resolve"}),
    emitter="events.EventEmitter",
    keeps=frozenset({"path.join", "path.posix.join", "path.win32.join"}),
    builtin_types=("str", "list", "dict", "Map", "Set", "Promise", "RegExp"),
    instances=MappingProxyType(
        {
            **{f"builtins.{name}": name for name in ("Map", "Set", "Promise", "RegExp")},
            "builtins.WeakMap": "Map",
            "builtins.WeakSet": "Set",
            "builtins.Array": "list",
            "builtins.Object": "dict",
        }
    ),
    words=MappingProxyType({"str": "String", "list": "Array", "dict": "Object"}),
    aliases=MappingProxyType(
        {
            "String": "str",
            "Array": "list",
            "Object": "dict",
            **{f"builtins.{name}": "builtins" for name in ("window", "self", "globalThis", "global", "frames", "top", "parent")},
        }
    ),
    annotations=MappingProxyType(
        {
            "string": "str",
            "String": "str",
            "number": "float",
            "Number": "float",
            "bigint": "int",
            "boolean": "bool",
            "Boolean": "bool",
            "Date": "datetime.date",
            "Array": "list",
            "ReadonlyArray": "list",
            "Record": "dict",
            "object": "dict",
            "list": "list",
        }
    ),
    arithmetic=frozenset({"/", "*", "%", "|"}),
    keyed=True,
    hoisted=True,
    explicit="this",
    promises=frozenset({"then", "catch", "finally"}),
    promise="Promise",
    error="builtins.Error",
    numbers=frozenset({"length", "byteLength"}),
    text_methods=frozenset(_TEXT_METHODS.split()),
    wrappers=frozenset({"util.promisify", "util.callbackify", "util.deprecate", "builtins.util.promisify"}),
    common=frozenset(_METHODS.split()),
)

LANGUAGES = {"python": PYTHON, "javascript": JAVASCRIPT}
