"""Methods that Python calls: __str__, __getitem__, __call__, __iter__, __add__, __format__, __getattr__, __contains__."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Condition:
    def __init__(self, column, value):
        self.column = column
        self.value = value

    def __str__(self):
        return self.column + " = '" + self.value + "'"

    def __add__(self, other):
        return Condition(self.column, self.value + other)

    def __len__(self):
        return len(self.value)


class Parameters:
    def __init__(self, args):
        self._args = args

    def __getitem__(self, key):
        return self._args.get(key, "")

    def __iter__(self):
        for value in self._args.values():
            yield value.strip()

    def __getattr__(self, name):
        return self._args[name]


class Quote:
    def __init__(self, mark):
        self.mark = mark

    def __call__(self, text):
        return self.mark + text + self.mark


class Number:
    def __call__(self, text):
        return int(text)


class Columns:
    def __getitem__(self, key):
        return {"name": "name", "new": "created"}.get(key, "id")


quote = Quote("'")
number = Number()


@app.get("/str")
def string():
    condition = Condition("name", request.args["name"])
    found = db.execute(f"SELECT id FROM items WHERE {condition}").fetchall()  # vuln: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE " + str(condition)).fetchall()}  # vuln: python-sql-injection


@app.get("/add")
def added():
    condition = Condition("name", "x") + request.args["name"]
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + condition.value + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/item")
def item():
    parameters = Parameters(request.args)
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + parameters["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/iter")
def iterated():
    found = []
    for value in Parameters(request.args):
        found += db.execute("SELECT id FROM items WHERE name = '" + value + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/getattr")
def attribute():
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + Parameters(request.args).name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/call")
def called():
    return {"rows": db.execute("SELECT id FROM items WHERE name = " + quote(request.args["name"])).fetchall()}  # vuln: python-sql-injection


@app.get("/call-number")
def called_number():
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {number(request.args['id'])}").fetchall()}  # safe: python-sql-injection


@app.get("/len")
def length():
    return {"rows": db.execute(f"SELECT name FROM items WHERE size = {len(Condition('name', request.args['name']))}").fetchall()}  # safe: python-sql-injection


@app.get("/columns")
def columns():
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + Columns()[request.args["sort"]]).fetchall()}  # safe: python-sql-injection


class Page:
    def __init__(self, style=None):
        self.number = Number()
        self.quote = Quote('"')
        self.style = style or Number()

    def size(self, text):
        return "SELECT id FROM items WHERE size = " + str(self.number(text))

    def name(self, text):
        return "SELECT id FROM items WHERE name = " + self.quote(text)

    def styled(self, text):
        return f"SELECT id FROM items WHERE style = {self.style(text)}"


@app.get("/kept-number")
def kept_number():
    return {"rows": db.execute(Page().size(request.args["size"])).fetchall()}  # safe: python-sql-injection


@app.get("/kept-quote")
def kept_quote():
    return {"rows": db.execute(Page().name(request.args["name"])).fetchall()}  # vuln: python-sql-injection


@app.get("/kept-style")
def kept_style():
    return {"rows": db.execute(Page().styled(request.args["style"])).fetchall()}  # safe: python-sql-injection
