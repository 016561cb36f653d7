"""The back office."""

import psycopg
import yaml
from flask import Blueprint, abort, current_app, jsonify, render_template, request

from shop.db import get_db
from shop.repositories import products, stock
from shop.routes.account import staff_required
from shop.services import exports, feeds

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.get("/customers")
@staff_required
def customers():
    needle = request.args.get("q", "")
    rows = get_db().execute(f"SELECT id, email, name FROM users WHERE email LIKE '%{needle}%' OR name LIKE '%{needle}%'")
    return render_template("customers.html", customers=rows.fetchall())


@bp.get("/customers/by-name")
@staff_required
def customers_by_name():
    needle = request.args.get("q", "")
    matches = get_db().execute("SELECT id, email, name FROM users WHERE name LIKE ?", (f"%{needle}%",))
    return render_template("customers.html", customers=matches.fetchall())


@bp.post("/exports")
@staff_required
def create_export():
    name = exports.create_archive(request.form.get("label", "all"))
    return jsonify(name=name), 201


@bp.get("/exports/<name>")
@staff_required
def show_export(name):
    try:
        return jsonify(entries=exports.list_archive(name), count=exports.count_entries(name))
    except exports.ExportError:
        abort(404)


@bp.post("/prices.xml")
@staff_required
def import_price_list():
    try:
        prices = feeds.parse_prices(request.get_data())
    except feeds.Malformed:
        abort(400)
    rejected = []
    for slug, price in prices:
        if price.isdigit():
            products.set_price(slug, int(price))
        else:
            rejected.append({"slug": slug, "price": price})
    return jsonify(rejected=rejected)


@bp.post("/prices.yaml")
@staff_required
def import_prices():
    try:
        prices = yaml.load(request.get_data(), Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        abort(400)
    if not isinstance(prices, dict):
        abort(400)
    for slug, price in prices.items():
        if not isinstance(price, int):
            abort(400)
        products.set_price(str(slug), price)
    return jsonify(count=len(prices))


@bp.get("/stock")
@staff_required
def stock_levels():
    slugs = [product["slug"] for product in products.search("")]
    try:
        return jsonify(stock.levels(current_app.config["WAREHOUSE_DSN"], slugs))
    except psycopg.OperationalError:
        abort(503)
