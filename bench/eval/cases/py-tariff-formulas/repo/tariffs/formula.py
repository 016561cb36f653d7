import ast

VARIABLES = ("weight", "distance", "volume")
ALLOWED = (
    *(ast.Expression, ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name, ast.Load),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub),
)


class FormulaError(ValueError):
    pass


def _look(tree):
    for node in ast.walk(tree):
        if type(node) not in ALLOWED:
            raise FormulaError(f"not allowed: {type(node).__name__}")
        if isinstance(node, ast.Name) and node.id not in VARIABLES:
            raise FormulaError(f"unknown variable: {node.id}")
        if isinstance(node, ast.Constant) and type(node.value) not in (int, float):
            raise FormulaError("only numbers")


def price(text, **variables):
    if len(text) > 200:
        raise FormulaError("too long")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError) as problem:
        raise FormulaError("not a formula") from problem
    _look(tree)
    # eval, but of arithmetic
    return eval(compile(tree, "<tariff>", "eval"), {"__builtins__": {}}, variables)
