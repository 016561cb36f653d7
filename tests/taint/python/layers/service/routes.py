"""The first layer: requests."""
from flask import Blueprint, current_app, request

from .service import ItemService

routes = Blueprint("items", __name__)
service = ItemService()


@routes.get("/items")
def search():
    return {"rows": service.search(request.args.get("q", ""))}


@routes.get("/items/<int:number>")
def item(number):
    return {"row": service.item(number)}


@routes.get("/sorted")
def ordered():
    return {"rows": service.ordered(request.args.get("by", "id"))}


@routes.post("/notes")
def note():
    current_app.logger.info("a note")
    service.note(request.get_json())
    return {}
