from flask import Flask, abort

from events.pages import event_page
from events.repository import find_event

app = Flask(__name__)


@app.get("/events/<int:number>")
def show(number):
    event = find_event(number)
    if event is None:
        abort(404)
    return event_page(event)
