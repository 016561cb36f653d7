from flask import Blueprint, jsonify, request
from flask_login import login_required

from tariffs.formula import FormulaError, price

bp = Blueprint("tariffs", __name__)


@bp.post("/tariffs/try")
@login_required
def try_formula():
    formula = str(request.json.get("formula", ""))
    try:
        amount = price(formula, weight=12.5, distance=310, volume=0.4)
    except (FormulaError, ArithmeticError) as problem:
        return jsonify(error=str(problem)), 400
    return jsonify(amount=round(amount, 2))
