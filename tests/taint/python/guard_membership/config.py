"""Lists of what is allowed, kept in a file of their own."""
COLUMNS = ("id", "name")
TABLES = {"items": "items", "carts": "carts"}
