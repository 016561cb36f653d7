"""The shop window."""

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request, url_for
from markupsafe import escape

from shop.repositories import products
from shop.routes.account import login_required
from shop.services import catalog, documents, pricing
from shop.utils.text import category_heading, etag, search_heading

bp = Blueprint("catalog", __name__)


@bp.get("/")
def index():
    return render_template("list.html", heading="All products", products=catalog.search("", None))


@bp.get("/search")
def search():
    term = request.args.get("q", "")
    found = catalog.search(term, request.args.get("sort"))
    return render_template("list.html", heading=search_heading(term, len(found)), products=found)


@bp.get("/category/<category>")
def category(category):
    found = catalog.browse(category, request.args.get("sort"))
    return render_template("list.html", heading=category_heading(category, len(found)), products=found)


@bp.get("/suggest")
def suggest():
    prefix = request.args.get("q", "")
    names = catalog.suggest(prefix)
    if not names:
        return f"<p class='empty'>Nothing starts with <em>{prefix}</em>.</p>"
    return render_template("suggestions.html", names=names)


@bp.get("/availability")
def availability():
    slug = request.args.get("slug", "")
    if products.by_slug(slug) is None:
        return f"<p class='empty'>We do not carry <em>{escape(slug)}</em>.</p>", 404
    return render_template("suggestions.html", names=["In stock"])


@bp.get("/products/<slug>")
def product(slug):
    found = products.by_slug(slug) or abort(404)
    page = render_template("product.html", product=found, reviews=products.reviews_of(found["id"]))
    return page, {"ETag": f'"{etag(page)}"'}


@bp.post("/products/<slug>/reviews")
@login_required
def add_review(slug):
    found = products.by_slug(slug) or abort(404)
    products.add_review(found["id"], g.user["name"], request.form.get("body", ""))
    return redirect(url_for("catalog.product", slug=found["slug"]))


@bp.get("/products/<slug>/quote")
def quote(slug):
    found = products.by_slug(slug) or abort(404)
    try:
        if "boxes" in request.args:
            quantity, total = pricing.quote_boxes(found, request.args["boxes"])
        else:
            quantity, total = pricing.quote(found, request.args.get("quantity", "1"))
    except (ValueError, SyntaxError, TypeError, NameError):
        abort(400)
    return jsonify(quantity=quantity, total_cents=total)


@bp.get("/manuals/<path:name>")
def manual(name):
    try:
        return documents.read_manual(name), {"Content-Type": "application/pdf"}
    except documents.NotAvailable:
        abort(404)
