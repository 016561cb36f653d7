"""Settings. Everything that differs between machines comes from the environment."""

import os
from pathlib import Path

INSTANCE = Path(os.environ.get("SHOP_INSTANCE", Path(__file__).resolve().parent.parent / "instance"))


class Config:
    SECRET_KEY = "u8Zt3Qw0xLr5KfV9nBc2HsYe7MjP4aDg"
    SESSION_COOKIE_SECURE = os.environ.get("SHOP_PLAIN_HTTP") != "1"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    MAX_CONTENT_LENGTH = 2 * 1024 * 1024

    DATABASE = str(INSTANCE / "shop.sqlite3")
    SAMPLE_PASSWORD = os.environ.get("SHOP_SAMPLE_PASSWORD", "")
    # Read-only account, see the wiki page of the warehouse team.
    WAREHOUSE_DSN = os.environ.get("WAREHOUSE_DSN", "postgresql://stock_sync:hN4vR8tqX2mZ@warehouse.shop.internal:5432/stock")

    ATTACHMENT_DIR = str(INSTANCE / "attachments")
    MANUAL_DIR = str(INSTANCE / "manuals")
    EXPORT_DIR = str(INSTANCE / "exports")

    PAYMENT_URL = os.environ.get("PAYMENT_URL", "https://pay.bank.example/v2")
    PAYMENT_API_TOKEN = os.environ.get("PAYMENT_API_TOKEN", "")
    PAYMENT_CA_BUNDLE = os.environ.get("PAYMENT_CA_BUNDLE", "/etc/ssl/certs/bank-ca.pem")
    CARRIER_TOKEN = os.environ.get("CARRIER_TOKEN", "")
