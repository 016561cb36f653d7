"""Application factory of the shop."""

import logging
from pathlib import Path

from flask import Flask

from shop import db
from shop.routes import account, admin, catalog, orders, webhooks
from shop.utils.text import money


def create_app(overrides=None):
    """Build the application; `overrides` replaces single settings, for tests and scripts."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    app = Flask(__name__)
    app.config.from_object("shop.config.Config")
    app.config.update(overrides or {})

    for setting in ("ATTACHMENT_DIR", "MANUAL_DIR", "EXPORT_DIR"):
        Path(app.config[setting]).mkdir(parents=True, exist_ok=True)

    db.init_app(app)
    app.before_request(account.load_user)
    app.jinja_env.filters["money"] = money
    for blueprint in (catalog.bp, account.bp, orders.bp, admin.bp, webhooks.bp):
        app.register_blueprint(blueprint)
    return app
