"""React's state: `const [value, setValue] = useState(initial)` is a variable and the function that assigns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Call, Const, Expr, Name
from scanner.taint.lower.javascript import kinds
from scanner.taint.program import Assign, Define, Function, Param, ParamKind, Scope, Stmt

if TYPE_CHECKING:
    from scanner.taint.lower.javascript.state import State
    from scanner.taint.lower.tree import SyntaxNode

_HOOKS = frozenset(("useState", "React.useState"))
_GIVEN = "@given"  # the setter's parameter: a name that no program can have
_PAIR = 2


def state(s: State, pattern: SyntaxNode, inner: SyntaxNode, out: list[Stmt], span: tuple[int, int]) -> bool:
    """Whether a declaration is that of a state, which is put into `out` then. What the state is set to, whoever renders next reads."""
    if pattern.type != "array_pattern" or inner.type != "call_expression" or s.frame.outer is None:
        return False
    func = inner.child_by_field_name("function")
    if func is None or s.text[func.start_byte : func.end_byte] not in _HOOKS:
        return False
    names = [child for child in pattern.children if child.is_named and child.type != "comment"]
    if len(names) != _PAIR or any(s.parts.get(child.kind_id) != kinds.IDENTIFIER for child in names):
        return False
    value, setter = (s.name(child.start_byte, child.end_byte) for child in names)
    out.append(Assign(value, _initial(s, inner), *span))
    at, end = names[1].start_byte, names[1].end_byte
    body = (Scope("nonlocal", (value.id,)), Assign(Name(value.id, at, end), Name(_GIVEN, at, end), at, end))
    params = (Param(_GIVEN, ParamKind.NORMAL, None, None, at, end),)
    out.append(Define(Function(setter.id, s.qualified(setter.id, at), params, body, (), None, False, at, end)))  # noqa: FBT003 -- no generator
    return True


def _initial(s: State, call: SyntaxNode) -> Expr:
    """What a state is at first; a function makes it."""
    given = call.child_by_field_name("arguments")
    first = next((child for child in given.children if child.is_named and child.type != "comment"), None) if given is not None else None
    if first is None or first.type == "spread_element":
        return Const(None, call.start_byte, call.start_byte)
    value = s.expressions[first.kind_id](s, first, 0)
    return Call(value, (), first.start_byte, first.end_byte) if s.parts.get(first.kind_id) == kinds.FUNCTION else value
