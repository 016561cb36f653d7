"""The cart, and what becomes of it."""

import requests
from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for

from shop.db import get_db
from shop.repositories import products
from shop.repositories.orders import OrderFilter, OrderRepository
from shop.routes.account import login_required
from shop.services import carts, documents, mailer, payments
from shop.utils import codec

bp = Blueprint("orders", __name__, url_prefix="/orders")

WEEK = 7 * 24 * 3600


@bp.get("/cart")
def cart():
    current = carts.Cart(request.cookies.get("cart"))
    wishes = carts.wishlist(request.cookies.get("wishlist"))
    return render_template("cart.html", lines=current.lines(), total=current.total_cents(), wishes=wishes)


@bp.post("/cart/<slug>")
def add_to_cart(slug):
    product = products.by_slug(slug) or abort(404)
    current = carts.Cart(request.cookies.get("cart"))
    current.add(product["slug"])
    response = redirect(url_for("orders.cart"))
    response.set_cookie("cart", current.dump(), max_age=WEEK, secure=True, httponly=True, samesite="Lax")
    return response


@bp.post("/wishlist/<slug>")
def add_to_wishlist(slug):
    product = products.by_slug(slug) or abort(404)
    wishes = {*carts.wishlist(request.cookies.get("wishlist")), product["slug"]}
    response = redirect(url_for("orders.cart"))
    response.set_cookie("wishlist", codec.sign(sorted(wishes)), max_age=WEEK, secure=True, httponly=True, samesite="Lax")
    return response


@bp.post("/checkout")
@login_required
def checkout():
    current = carts.Cart(request.cookies.get("cart"))
    if not current.lines():
        abort(400)
    repository = OrderRepository(get_db())
    order_id = repository.add(g.user["id"], current.total_cents(), request.form.get("note", ""))
    try:
        payments.charge(order_id, current.total_cents())
    except requests.RequestException:
        flash("The bank does not answer. Your order is kept; please pay later.")
    else:
        repository.set_status(order_id, "paid")
    response = redirect(url_for("orders.history"))
    response.delete_cookie("cart")
    return response


@bp.get("/")
@login_required
def history():
    repository = OrderRepository(get_db())
    if "page" in request.args:
        try:
            return render_template("orders.html", orders=repository.page(g.user["id"], request.args["page"]))
        except ValueError:
            abort(400)
    criteria = OrderFilter(
        user_id=g.user["id"],
        status=request.args.get("status"),
        minimum_cents=request.args.get("minimum", type=int),
    )
    return render_template("orders.html", orders=repository.find(criteria))


@bp.get("/<int:order_id>/attachment")
@login_required
def attachment(order_id):
    OrderRepository(get_db()).owned_by(order_id, g.user["id"]) or abort(404)
    try:
        content = documents.read_attachment(order_id, request.args.get("file", "invoice.pdf"))
    except documents.NotAvailable:
        abort(404)
    return Response(content, mimetype="application/octet-stream", headers={"Content-Disposition": "attachment"})


@bp.post("/<int:order_id>/gift")
@login_required
def gift(order_id):
    OrderRepository(get_db()).owned_by(order_id, g.user["id"]) or abort(404)
    letter = mailer.gift_note(g.user, request.form.get("message", ""))
    return Response(letter, mimetype="text/plain")


@bp.post("/<int:order_id>/dispatch-preview")
@login_required
def dispatch_preview(order_id):
    order = OrderRepository(get_db()).owned_by(order_id, g.user["id"]) or abort(404)
    notice = mailer.dispatch_notice(g.user, order, request.form.get("note", ""))
    return Response(notice, mimetype="text/plain")
