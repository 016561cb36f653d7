"""JSON schemas: what a record is that one has let through. Fastify tries those of a route before its handler is called, ajv where it is asked to.

What a schema proves is written down as a value: its constant holds the kinds for which the place is safe, its parts say the same of the fields.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.taint import ir, program
from scanner.taint.local.keyed import matched_kinds
from scanner.taint.local.places import place_of
from scanner.taint.local.values import NOTHING, Value, masked, with_part
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

SCHEMA: Final = "~schema"
"""A part of a function that tries records: the schema that it tries them on."""

VALIDATOR: Final = "ajv._Validator"

_DEEPEST: Final = 3
_NUMBERS: Final = frozenset({"integer", "number", "boolean", "null"})
_FORMATS: Final = frozenset({"uuid", "date", "time", "date-time", "duration"})  # of texts in which nothing has a meaning of its own
_AJV: Final = "ajv.Ajv"
_VALUE: Final = "@sinclair/typebox/value.Value"
_ASKING: Final = re.compile(r"(?i)valid|check")  # what functions are called that try a record
_RECORD: Final = "@sinclair/typebox._Record"
_WRITTEN: Final[Mapping[str, str]] = {"@sinclair/typebox._Text": "string", "@sinclair/typebox._Number": "number"}
"""What TypeBox calls types of JSON schemas."""

_ROUTES: Final = frozenset({"get", "post", "put", "patch", "delete", "all", "head", "options", "route"})
_PARTS: Final[Mapping[str, str]] = {".params": ".params", ".querystring": ".query", ".query": ".query", ".body": ".body", ".headers": ".headers"}
"""Parts of a request by what Fastify calls their schemas."""


def fields(it: Machine, schema: Value, depth: int = _DEEPEST) -> dict[str, Value]:
    """What a schema of a record says of its fields."""
    found: dict[str, Value] = {}
    record = schema if schema.type == _RECORD else schema.parts.get(".properties", NOTHING)
    for component, field in record.parts.items() if depth else ():
        if component.startswith("."):
            mask, inner = _mask(it, field), fields(it, field, depth - 1)
            if mask or inner:
                found[component] = Value(const=mask, parts=inner)
    return found


def _mask(it: Machine, field: Value) -> int:
    """The kinds for which a place is safe that a schema describes."""
    everything = it.context.knowledge.every_kind
    type_ = field.parts.get(".type", NOTHING)
    written = _WRITTEN.get(field.type) if isinstance(field.type, str) else None
    types = {written} if written else {part.const for part in type_.parts.values()} if type_.parts else {type_.const}
    known = field.parts.get(".enum", NOTHING)
    if types <= _NUMBERS or field.parts.get(".const", NOTHING).known:
        return everything
    if known.parts and all(part.known for part in known.parts.values()):
        return everything
    if types != {"string"}:
        return 0  # what an expression or a format says, it says of texts
    if field.parts.get(".format", NOTHING).const in _FORMATS:
        return everything
    pattern = field.parts.get(".pattern", NOTHING)
    return it.context.objects_only | (matched_kinds(it.context, Value(parts={".source": pattern, ".flags": Value(const="")})) if pattern.known else 0)


def described(it: Machine, value: Value, proof: Value) -> Value:
    """A value with what a proof says of it and of its fields."""
    mask = proof.const if isinstance(proof.const, int) else 0
    if mask == it.context.knowledge.every_kind:
        return NOTHING
    value = masked(value, mask) if mask else value
    for component, field in proof.parts.items():
        value = with_part(value, component, described(it, it.frame.read(value, component), field))
    return value


def settled(it: Machine, node: ir.Expr, value: Value, env: Env) -> Value:
    """The value of a place, with what is known of its fields."""
    proof = env.get(place_of(node))
    return value if proof is None or not proof.parts else described(it, value, proof)


def tried(it: Machine, test: ir.Call, env: Env) -> Env | None:
    """The environment once a record has been tried on a schema, and found to be as it says; None where a call does something else."""
    asked = _asked(it, test, env)
    if asked is None:
        return None
    schema, node = asked
    found = fields(it, schema)
    if not found:
        return None
    env = dict(env)
    proof = Value(const=0, parts=found)
    if isinstance(node, ir.Name) and node.id in env:
        it.frame.guarded = True
        env[node.id] = described(it, env[node.id], proof)
    elif place := place_of(node):
        it.settled = it.frame.guarded = True
        env[place] = proof
    return env


def _asked(it: Machine, test: ir.Call, env: Env) -> tuple[Value, ir.Expr] | None:
    """The schema and the record of `validate(record)`, `ajv.validate(schema, record)`, `Value.Check(schema, record)`."""
    func, given = test.func, [arg.value for arg in test.args]
    if isinstance(func, ir.Attr) and func.name in {"validate", "Check"} and len(given) > 1:
        base = it.evaluate(func.base, env)
        tries = base.type == _AJV or (isinstance(base.ref, NameRef) and base.ref.name == _VALUE)
        return (it.evaluate(given[0], env), given[1]) if tries else None
    if not given or not isinstance(func, ir.Name | ir.Attr) or (isinstance(func, ir.Attr) and not _ASKING.search(f"{place_of(func)} {func.name}")):
        return None
    held = it.evaluate(func, env)
    return (held.parts.get(SCHEMA, NOTHING), given[0]) if held.type == VALIDATOR else None


def route(it: Machine, node: ir.Call, env: Env) -> None:
    """Note what the schemas of a route say of the requests that its handlers are called with: `app.get(url, { schema: { params } }, handler)`."""
    if not isinstance(node.func, ir.Attr) or node.func.name not in _ROUTES:
        return
    given = [arg.value for arg in node.args if not arg.spread]
    for options in given:
        if isinstance(options, ir.Mapping):
            named = {key.value: item for key, item in options.items if isinstance(key, ir.Const)}
            if "schema" in named and "attachValidation" not in named:
                schemas = it.evaluate(named["schema"], env)
                for handler in (*given, *named.values()):
                    if isinstance(handler, program.Closure):
                        _give(it, handler.function, schemas)


def _give(it: Machine, function: program.Function, schemas: Value) -> None:
    params = [param for param in function.params if param.name != it.context.language.explicit]
    proofs = {
        f"={params[0].name}{part}": Value(const=0, parts=found)
        for name, part in _PARTS.items()
        if params and name in schemas.parts and (found := fields(it, schemas.parts[name]))
    }
    if proofs:
        it.host.given[function.qualname] = {**it.host.given.get(function.qualname, {}), **proofs}
