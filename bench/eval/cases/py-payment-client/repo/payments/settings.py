import os

GATEWAY = os.environ.get("PAY_GATEWAY", "https://gateway.acquirer.example")
TIMEOUT = float(os.environ.get("PAY_TIMEOUT", "10"))
VERIFY = os.environ.get("PAY_VERIFY") == "1"
