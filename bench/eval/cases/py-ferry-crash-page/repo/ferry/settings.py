import os

ENV = os.environ.get("FERRY_ENV", "prod")
SHOW_DETAILS = ENV != "prod"
DATABASE = os.environ.get("FERRY_DATABASE", "postgresql://ferry@localhost/ferry")
