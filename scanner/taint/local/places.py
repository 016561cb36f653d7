"""Places that are no variables (`self.column`, `args['x']`): how they are spelled, and what tests have proven of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint import ir
from scanner.taint.local.values import Value, masked

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env


class Walk(NamedTuple):
    """An object whose keys a variable goes through: how it is spelled, and the variables in that."""

    spelled: str
    names: frozenset[str]


def place_of(node: ir.Expr) -> str:
    """The spelling of an expression that names the same place whenever it is evaluated (`self.column`, `args['x']`); empty for others."""
    steps = []
    while isinstance(node, ir.Attr | ir.Index):
        if isinstance(node, ir.Attr):
            steps.append(f".{node.name}")
        elif isinstance(node.key, ir.Const):
            steps.append(f"[{node.key.value!r}]")
        elif isinstance(node.key, ir.Name):
            steps.append(f"[={node.key.id}]")
        else:
            return ""
        node = node.base
    return f"={node.id}{''.join(reversed(steps))}" if isinstance(node, ir.Name) and steps else ""


def proven_elsewhere(name: str, value: Value, env: Env) -> Value:
    """What a name stands for that is no variable of this function, with what a test here has proven of it."""
    proof = env.get(f"={name}")
    return value if proof is None or not isinstance(proof.const, int) else masked(value, proof.const)


def settled(node: ir.Expr, value: Value, env: Env) -> Value:
    """The value, with what a test has proven of its place. Such proofs stand in the environment under names that no variable has."""
    proof = env.get(place_of(node))
    return value if proof is None or not isinstance(proof.const, int) else masked(value, proof.const)
