from bottle import Bottle, HTTPError, request

from herbarium.sheets import SHEETS
from herbarium.terms import finder

app = Bottle()


@app.get("/search")
def search():
    text = request.query.get("q", "")
    if not text.strip():
        raise HTTPError(400, "what shall be found?")
    pattern = finder(text)
    return {"hits": [sheet["id"] for sheet in SHEETS if pattern.search(sheet["text"])][:50]}
