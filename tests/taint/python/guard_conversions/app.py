"""Conversions that come back: what they were given has their form from then on, and what lies beside it has not."""
import uuid

from flask import Flask, abort, request

from forms import number_or_none, numbered, record_key, required_number

app = Flask(__name__)
ROOT = "/srv/files/"


def read(name):
    with open(ROOT + name) as file:
        return file.read()


@app.get("/assigned")
def assigned():
    name = request.args["name"]
    number = int(name)
    return {"number": number, "text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/in-a-test")
def in_a_test():
    name = request.args["name"]
    if int(name) > 9:
        abort(404)
    return {"text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/caught")
def caught():
    name = request.args["name"]
    try:
        key = uuid.UUID(name)
    except ValueError:
        abort(400)
    return {"key": key, "text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/swallowed")
def swallowed():
    name = request.args["name"]
    try:
        number = int(name)
    except ValueError:
        number = 0
    return {"number": number, "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/swallowed-and-asked")
def swallowed_and_asked():
    name = request.args["name"]
    try:
        number = int(name)
    except ValueError:
        number = None
    if number is None:
        abort(400)
    return {"text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/empty-before")
def empty_before():
    name = request.args["name"]
    number = None
    try:
        number = int(name)
    except ValueError:
        pass
    if number is None:
        abort(400)
    return {"text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/full-before")
def full_before():
    name = request.args["name"]
    number = "none"
    try:
        number = int(name)
    except ValueError:
        pass
    if number is None:
        abort(400)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/another-answer")
def another_answer():
    name = request.args["name"]
    try:
        number = int(name)
    except ValueError:
        number = -1
    if number is None:
        abort(400)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/only-told")
def only_told():
    name = request.args["name"]
    try:
        number = int(name)
    except ValueError:
        number = None
    if number is not None:
        app.logger.info("a number")
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/one-way-only")
def one_way_only():
    name = request.args["name"]
    number = int(name) if request.args.get("numbered") else 0
    return {"number": number, "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/short-circuit")
def short_circuit():
    name = request.args["name"]
    if name.startswith("n") and int(name) > 3:
        abort(404)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/later")
def later():
    name = request.args["name"]
    convert = lambda: int(name)  # noqa: E731
    return {"convert": str(convert), "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/part")
def part():
    name = request.args["name"]
    number = int(name.split("-")[0])
    return {"number": number, "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/slice")
def slice_():
    name = request.args["name"]
    rest = name[1:]
    return {"number": int(rest), "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/other-part")
def other_part():
    number, _, name = request.args["name"].partition(":")
    return {"number": int(number), "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/each-part")
def each_part():
    name = request.args["name"]
    total = 0
    for piece in name.split("/"):
        total += int(piece)
    return {"total": total, "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/trimmed")
def trimmed():
    name = request.args["name"]
    return {"number": int(name.strip()), "text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/trimmed-of-more")
def trimmed_of_more():
    name = request.args["name"]
    return {"number": int(name.strip("/.")), "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/replaced")
def replaced():
    name = request.args["name"]
    digits = name.replace("/", "").replace(".", "")
    return {"number": int(digits), "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/element")
def element():
    number = int(request.args["name"])
    return {"number": number, "text": open(ROOT + request.args["name"]).read()}  # safe: python-path-traversal


@app.get("/other-element")
def other_element():
    number = int(request.args["number"])
    return {"number": number, "text": open(ROOT + request.args["name"]).read()}  # vuln: python-path-traversal


@app.post("/deep")
def deep():
    item = request.get_json()["order"]["items"]["first"]
    size, name = item["size"], item["name"]
    return {"size": int(size), "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/either")
def either():
    name, other = request.args.get("name"), request.args.get("other")
    chosen = name or other
    return {"number": int(chosen), "text": open(ROOT + other).read()}  # vuln: python-path-traversal


@app.get("/helper")
def helper():
    name = request.args["name"]
    number = required_number(name)
    return {"number": number, "text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/lenient-helper")
def lenient_helper():
    name = request.args["name"]
    number = number_or_none(name)
    return {"number": number, "text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/lenient-helper-asked")
def lenient_helper_asked():
    name = request.args["name"]
    number = number_or_none(name)
    if number is None:
        abort(404)
    return {"number": number, "text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/two-forms")
def two_forms():
    name = request.args["name"]
    found = numbered(name)
    if not found:
        abort(404)
    return {"text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/one-form-and-anything")
def one_form_and_anything():
    name = request.args["name"]
    found = record_key(name)
    if not found:
        abort(404)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal
