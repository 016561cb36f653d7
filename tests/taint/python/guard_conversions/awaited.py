from flask import Flask, abort, request

app = Flask(__name__)
ROOT = "/srv/files/"
NAMES = ("a", "b")


class Missing(Exception):
    pass


async def is_known(name):
    return name in NAMES


async def required_number(text):
    try:
        return int(text)
    except ValueError as error:
        raise Missing from error


@app.get("/awaited-test")
async def awaited_test():
    name = request.args["name"]
    if not await is_known(name):
        abort(404)
    return {"text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/awaited-and-kept")
async def awaited_and_kept():
    name = request.args["name"]
    fine = await is_known(name)
    if not fine:
        abort(404)
    return {"text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/awaited-and-refused")
async def awaited_and_refused():
    name = request.args["name"]
    if await is_known(name):
        abort(404)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/awaited-number")
async def awaited_number():
    name = request.args["name"]
    number: int = await required_number(name)
    return {"number": number, "text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/awaited-number-of-another")
async def awaited_number_of_another():
    name = request.args["name"]
    number: int = await required_number(request.args["number"])
    return {"number": number, "text": open(ROOT + name).read()}  # vuln: python-path-traversal
