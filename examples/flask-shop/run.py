"""Start the development server."""

import os

from shop import create_app

app = create_app()

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=5000, debug=os.environ.get("SHOP_DEBUG") == "1")
