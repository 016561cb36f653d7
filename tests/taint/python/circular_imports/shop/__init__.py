"""An application made by a function, whose package is imported back by its parts."""
import sqlite3

from flask import Flask

db = sqlite3.connect("shop.db", check_same_thread=False)


def create_app():
    app = Flask(__name__)
    from .views import views

    app.register_blueprint(views)
    return app


def prefix(text):
    return "items_" + text
