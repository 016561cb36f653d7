"""Whether one script is what a compiler made of another: of the same program, in another form.

The two are compared token by token once everything is taken from both that a compiler may change: types and comments (see
`scanner.syntax.erasure`), and the form in which a module says what it imports and offers. `import { a as b } from "./x"` and
`const x_1 = require("./x")` bring the same name, `b` and `x_1.a`; `export class C` offers what `exports.C = C` does. Only statements at
the top of a file are taken for such forms, and only in the spelling of compilers; whatever else the build says has to stand in the
original in the same order, and whatever the original says, in the build. Neither file is believed anything about itself or the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from scanner.syntax.bindings import names_of
from scanner.syntax.compared import Compared
from scanner.syntax.erasure import IDENTIFIER, erase
from scanner.syntax.parse import Parsed, parse

MOST_REQUIRED: Final = 400  # modules that one file requires: each is looked for at every place of its text

_NAME: Final = rb"(" + IDENTIFIER + rb")"
_SPECIFIER: Final = rb"[\"'`] ([^\"'`\\$]*?) [\"'`]"
_HELPER: Final = rb"(?:tslib_1 \. )?"

_IMPORT: Final = re.compile(
    rb"import (?:(" + IDENTIFIER + rb" (?:, )?)?(\* as " + IDENTIFIER + rb" |\{ [^{}\"']*\} )?from )?" + _SPECIFIER + rb" (?:; )*"
)
_IMPORT_REQUIRE: Final = re.compile(rb"import " + _NAME + rb" = require \( " + _SPECIFIER + rb" \) (?:; )*")
_EXPORT_FROM: Final = re.compile(rb"export (?:\* (?:as " + _NAME + rb" )?|(\{ [^{}\"']*\} ))from " + _SPECIFIER + rb" (?:; )*")
_EXPORT_LIST: Final = re.compile(rb"export (\{ [^{}\"']*\} )(?:; )*")
_EXPORT_DEFAULT: Final = re.compile(rb"export default (?=(?:abstract )?(?:async )?(?:class|function)(?: \*)? " + _NAME + rb" )")
_EXPORT_DEFAULT_NAME: Final = re.compile(rb"export default " + _NAME + rb" (?:; )*")
_EXPORT_VALUE: Final = re.compile(rb"export default ")
_EXPORT_ASSIGNED: Final = re.compile(rb"export = ")
_EXPORT_VARIABLE: Final = re.compile(rb"export (?:const|let|var) (?=" + _NAME + rb" )")
_EXPORT_DECLARED: Final = re.compile(rb"export (?=(?:async )?(?:class|function)(?: \*)? " + _NAME + rb" )")

_STRICT: Final = re.compile(rb"[\"'] use \x02 strict [\"'] (?:; )*")
_ES_MODULE: Final = re.compile(rb"Object \. defineProperty \( exports , \" __esModule \" , \{ value : true \} \) ; ")
_HOISTED: Final = re.compile(rb"(?:exports \. " + IDENTIFIER + rb" = )+void 0 ; ")
_EXPORTED: Final = re.compile(rb"exports \. " + _NAME + rb" = (?!(?:true|false|null|undefined|this|NaN|Infinity) |\d)" + _NAME + rb" ; ")
_REQUIRED: Final = re.compile(
    rb"(?:const|var|let) " + _NAME + rb" = (?:" + _HELPER + rb"__import(?:Star|Default) \( )?require \( " + _SPECIFIER + rb" \) (?:\) )?; "
)
_RUN: Final = re.compile(_HELPER + rb"(?:__exportStar \( )?require \( " + _SPECIFIER + rb" \) (, exports \) )?; ")
_HANDED_ON: Final = re.compile(
    rb"Object \. defineProperty \( exports , \" " + _NAME + rb" \" , \{ enumerable : true , get : function \( \) \{ return "
    + _NAME + rb" \. " + _NAME + rb" ; \} \} \) ; "
)  # fmt: skip
_FILLED_OTHERWISE: Final = re.compile(_NAME + rb" \| \| \( exports \. \1 = \1 = \{ \} \) ")
_FILLED_BEFORE: Final = re.compile(_NAME + rb" = exports \. \1 \| \| \( exports \. \1 = \{ \} \) ")
_LATER: Final = re.compile(
    rb"Promise \. resolve \( \) \. then \( \( \) = > " + _HELPER + rb"(?:__importStar \( )?require \( (\" [^\"\\]* \") \) (?:\) )?\) "
)
_NAMED_MODULE: Final = re.compile(rb"(?:require|import) \( (?:" + _SPECIFIER + rb" \) |[\"'`])")  # else it is put together from texts
_SHORTHAND: Final = re.compile(rb"(?<=[{,] )(" + IDENTIFIER + rb") : \1(?= [},])")
_HELPERS: Final = frozenset(
    {
        *("ca6be19ce0c30475", "d0f5c2b0503f655d"),  # __createBinding
        "4bbd75de9f70c4e5",  # __setModuleDefault
        *("209b41add8ea831e", "dfdbf91d2a44257e"),  # __importStar
        "a21062b573e3e561",  # __importDefault
        "8872ada905d413db",  # __exportStar
    }
)
"""What TypeScript 4 and 5 write at the top of a file that uses them: the beginning of each statement's SHA-256."""
_SHOWN: Final = 16
_DECLARED: Final = re.compile(rb"(?:const|let|var) " + _NAME + rb" (?=[=;])")
_ENDS: Final = frozenset((b"", b"; ", b"} "))
_DETACHED: Final = re.compile(rb"\( 0 , (" + IDENTIFIER + rb") \)")
_OF_EXPORTS: Final = re.compile(rb"exports \. " + _NAME)
_ENDINGS: Final = (b".js", b".mjs", b".cjs", b".ts", b".tsx", b".mts", b".cts", b".jsx")
_OWN: Final = re.compile(rb"[\w$\x80-\xff]+_\d+")  # a name that a compiler made for a module
_TEMPORARY: Final = re.compile(rb"var _[a-z](?: , _[a-z])* ; ")
_DOTTED: Final = rb"(" + IDENTIFIER + rb"(?: \. " + IDENTIFIER + rb")*)"


@dataclass(slots=True)
class _Script:
    """A module without its forms: `text` is all that it does, `names` what it calls what it imports, by the module and the name there."""

    parsed: Parsed
    text: bytes = b""
    modular: bool = False  # whether it says `import` and `export`
    fields: bool = False
    names: dict[tuple[bytes, bytes], bytes] = field(default_factory=dict)
    required: dict[bytes, bytes] = field(default_factory=dict)  # by variable, the module
    exports: dict[bytes, bytes] = field(default_factory=dict)  # by name, the own name behind it
    variables: set[bytes] = field(default_factory=set)  # exported where they are declared
    hoisted: set[bytes] = field(default_factory=set)
    passed: set[tuple[bytes, bytes, bytes]] = field(default_factory=set)  # module, name there, name here
    modules: dict[bytes, bytes] = field(default_factory=dict)  # all that it names, without ending: as it is written
    clear: bool = True  # whether it names each module in one way only


_DIFFERENT: Final = Compared(same=False)


def compare(build: tuple[str, bytes], original: tuple[str, bytes]) -> Compared:
    """Whether the first is a build of the second; each is a language and a file's bytes."""
    made, source = parse(*build), parse(*original)
    if not isinstance(made, Parsed) or not isinstance(source, Parsed):
        return _DIFFERENT
    one = _read(made)
    other = _read(source, fields=one.fields) if one is not None else None
    if one is None or other is None or not (one.clear and other.clear and _known(one, other) and _known(other, one) and _offers_no_more(one, other)):
        return _DIFFERENT
    if one.modular and other.modular:
        same = one.text == other.text and _same_names(one, other) and _mean_the_same(one, other)
    elif other.modular:
        same = _translated(one, other) == other.text and _mean_the_same(one, other)
    elif one.modular:
        same = _translated(other, one) == one.text and _mean_the_same(other, one)
    else:
        same = one.text == other.text and one.required == other.required
    if not same:
        return _DIFFERENT
    both = [key for key in sorted(one.modules) if key in other.modules]
    return Compared(same=True, modules=tuple((_plain(one.modules[key]), _plain(other.modules[key])) for key in both))


def _plain(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def _read(parsed: Parsed, *, fields: bool = False) -> _Script | None:
    erased = erase(parsed, fields=fields)
    if erased is None:
        return None
    script = _Script(parsed, fields=erased.fields)
    script.modular = any(statement.startswith((b"import ", b"export ")) and statement[7:8] not in b"(." for statement in erased.statements)
    read = _modular if script.modular else _common
    kept: list[bytes] = []
    for statement in erased.statements:
        if not script.modular and _HOISTED.fullmatch(statement) and all(map(_TEMPORARY.fullmatch, kept)):
            script.hoisted.update(re.findall(rb"exports \. " + _NAME, statement))
        elif b"tslib_1 . " in statement and script.required.get(b"tslib_1") != b"tslib":
            kept.append(statement)  # somebody else's helper
        elif left := read(script, statement):
            kept.append(left)
    text = b"".join(kept)
    if b"| | ( exports . " in text and not script.modular:
        text = _FILLED_OTHERWISE.sub(rb"\1 | | ( \1 = { } ) ", _FILLED_BEFORE.sub(rb"\1 | | ( \1 = { } ) ", text))
    text = _simple(_LATER.sub(rb"import ( \1 ) ", text))
    for found in _NAMED_MODULE.finditer(text):
        if found[1] is not None:
            _module(script, found[1])
        else:
            script.clear = False
    script.text = _timed(text)
    bound = {local: key for key, local in script.names.items() if key[1] != b"*"}
    for name, local in [item for item in script.exports.items() if item[1] in bound]:
        del script.exports[name]
        script.passed.add((*bound[local], name))
    return script


def _module(script: _Script, written: bytes) -> bytes:
    """A module's name as both sides spell it: endings of files are a matter of taste."""
    name = written.replace(b" ", b"")
    bare = name
    if name.startswith(b"."):
        bare = next((name[: -len(ending)] for ending in _ENDINGS if name.endswith(ending)), name)
    script.clear = script.clear and script.modules.setdefault(bare, name) == name
    return bare


def _pairs(listed: bytes) -> list[tuple[bytes, bytes]]:
    words = [part.split() for part in listed.strip(b"{} ").split(b",")]
    return [(found[0], found[-1]) for found in words if found]


def _modular(script: _Script, statement: bytes) -> bytes:
    """A statement of an ECMAScript module; what is left of it."""
    if _STRICT.fullmatch(statement):
        return b""
    if statement.startswith(b"import "):
        return _importing(script, statement)
    return _exporting(script, statement) if statement.startswith(b"export ") else statement


def _importing(script: _Script, statement: bytes) -> bytes:
    if found := _IMPORT.fullmatch(statement):
        module = _module(script, found[3])
        if found[1]:
            script.names[module, b"default"] = found[1].split()[0]
        if found[2] and found[2].startswith(b"*"):
            script.names[module, b"*"] = found[2].split()[2]
        elif found[2]:
            script.names.update({(module, there): here for there, here in _pairs(found[2])})
        return b""
    if found := _IMPORT_REQUIRE.fullmatch(statement):
        script.names[_module(script, found[2]), b"*"] = found[1]
        return b""
    return statement


def _exporting(script: _Script, statement: bytes) -> bytes:
    if found := _EXPORT_FROM.fullmatch(statement):
        module = _module(script, found[3])
        pairs = _pairs(found[2]) if found[2] else [(b"*", found[1] or b"*")]
        script.passed.update((module, there, here) for there, here in pairs)
        return b""
    if found := _EXPORT_LIST.fullmatch(statement):
        script.exports.update({here: there for there, here in _pairs(found[1])})
        return b""
    if found := _EXPORT_DEFAULT_NAME.fullmatch(statement):
        script.exports[b"default"] = found[1]
        return b""
    for pattern, default in ((_EXPORT_DEFAULT, True), (_EXPORT_VARIABLE, False), (_EXPORT_DECLARED, False)):
        if found := pattern.match(statement):
            script.exports[b"default" if default else found[1]] = found[1]
            script.variables.update({found[1]} if pattern is _EXPORT_VARIABLE else ())
            return statement[found.end() :]
    for pattern, form in ((_EXPORT_VALUE, b"exports . default = "), (_EXPORT_ASSIGNED, b"module . exports = ")):
        if found := pattern.match(statement):
            return form + statement[found.end() :]
    return statement


def _common(script: _Script, statement: bytes) -> bytes:
    """A statement of a module that Node loads by `require`; what is left of it."""
    if found := _REQUIRED.fullmatch(statement):
        if found[1] in script.required:
            return statement
        script.required[found[1]] = _module(script, found[2])
    elif found := _RUN.fullmatch(statement):
        star = found[2] is not None
        if star != (b"__exportStar" in statement):
            return statement
        module = _module(script, found[1])
        if star:
            script.passed.add((module, b"*", b"*"))
    elif found := _EXPORTED.fullmatch(statement):
        if found[1] in script.exports:
            return statement
        script.exports[found[1]] = found[2]
    elif (found := _HANDED_ON.fullmatch(statement)) and found[2] in script.required:
        script.passed.add((script.required[found[2]], found[3], found[1]))
    elif not (_STRICT.fullmatch(statement) or _ES_MODULE.fullmatch(statement) or _is_helper(statement)):
        return statement
    return b""


def _is_helper(statement: bytes) -> bool:
    return statement.startswith(b"var __") and sha256(statement).hexdigest()[:_SHOWN] in _HELPERS


def _timed(text: bytes) -> bytes:
    """The text without names that a compiler gives to computed keys: `var _a; ... this[_a] = 1; ... _a = key;` is `this[key] = 1`."""
    declared = _TEMPORARY.match(text)
    if declared is None:
        return text
    rest = text[declared.end() :]
    for name in re.findall(rb"_[a-z]", declared[0]):
        given = re.findall(rb"(?<!\. )(?<![\w$])" + name + rb" = " + _DOTTED + rb" ; ", rest)
        used = rest.count(b"this [ %s ] = " % name)
        if len(given) != 1 or used != 1 or len(re.findall(rb"(?<!\. )(?<![\w$])" + name + rb" ", rest)) != 1 + used:
            return text
        rest = rest.replace(b"%s = %s ; " % (name, given[0]), b"", 1).replace(b"this [ %s ] = " % name, b"this [ %s ] = " % given[0])
    return rest


def _known(module: _Script, given: _Script) -> bool:
    """Whether what a module calls others cannot be mistaken for names of the other form: a compiler made it, or the other calls them so too."""
    if len(module.required) > MOST_REQUIRED:
        return False
    if not given.modular or module.modular:
        return True
    for variable, name in module.required.items():
        whole = {given.names.get((name, b"*")), given.names.get((name, b"default"))}
        if variable not in whole and (not _OWN.fullmatch(variable) or b" %s " % variable in given.text):
            return False
    return True


def _same_names(one: _Script, other: _Script) -> bool:
    return all(other.names.get(key) == name for key, name in one.names.items())


def _translated(script: _Script, modular: _Script) -> bytes:
    """What a module does that is loaded by `require`, in the names of one that imports."""
    seen: set[bytes] = set()

    def declared(found: re.Match[bytes]) -> bytes:
        first = found[1] in modular.variables and found[1] not in seen and found.string[max(0, found.start() - 2) : found.start()] in _ENDS
        seen.add(found[1])
        return found[1] + b" " if first else found[0]

    def imported(found: re.Match[bytes]) -> bytes:
        return modular.names.get((script.required[found[1]], found[2]), found[0]) if _is_free(found) else found[0]

    def exported(found: re.Match[bytes]) -> bytes:
        return found[1] if found[1] in modular.variables and _is_free(found) else found[0]

    text = script.text
    if script.required:
        names = rb"|".join(re.escape(name) for name in sorted(script.required, key=len, reverse=True))
        text = re.sub(rb"(" + names + rb") \. " + _NAME, imported, text)
    if modular.variables:
        text = _OF_EXPORTS.sub(exported, _DECLARED.sub(declared, text))
    return _simple(text)


def _mean_the_same(script: _Script, modular: _Script) -> bool:
    """Whether no name of one means something else in the other.

    What one module calls `x_1.fetch` and the other `fetch`, the first must not call `fetch`, which would be everybody's; nor may the second have a
    parameter of that name there.
    """
    brought = {name for key, name in modular.names.items() if script.names.get(key) != name and name not in script.required}
    names = (brought | (set() if script.modular else modular.variables)).intersection(script.text.split(b" "))
    if not names:
        return True
    members = {(b"exports", name): name for name in modular.variables}
    for variable, module in script.required.items():
        members.update({(variable, there): name for (held, there), name in modular.names.items() if held == module})
    found = names_of(script.parsed, names, members)
    own = found.top & modular.variables  # what is declared at the top, and offered there, is the same under both its names
    return not found.mixed and not found.free - own and not found.top - own


def _is_free(found: re.Match[bytes]) -> bool:
    """Whether a name that was found is a whole one and no member's; it may stand behind three dots."""
    before = found.string[max(0, found.start() - 6) : found.start()]
    return not before or before.endswith(b". . . ") or (before.endswith(b" ") and not before.endswith(b". "))


def _simple(text: bytes) -> bytes:
    """The text without what has no meaning: the brackets that keep an object from being `this`, and keys that say their value's name again."""
    return _SHORTHAND.sub(rb"\1", _DETACHED.sub(rb"\1", text))


def _offers_no_more(build: _Script, original: _Script) -> bool:
    """Whether a build offers and imports nothing that its original does not: what is imported for its types only is missing in a build."""
    offered = set(original.exports) | {here for _, _, here in original.passed} | original.hoisted
    own = all(original.exports.get(name, name if name in original.hoisted else b"") == local for name, local in build.exports.items())
    named = set(build.modules) - set(original.modules) <= {b"tslib"}
    return own and named and build.passed <= original.passed and (build.hoisted <= offered | {b"default"})
