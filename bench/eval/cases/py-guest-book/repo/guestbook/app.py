from flask import Flask, redirect, request

from guestbook.widgets import entry, title

app = Flask(__name__)
ENTRIES = []


@app.post("/entries")
def add():
    text = request.form.get("text", "")[:500]
    ENTRIES.append((request.form.get("author", "")[:60], text, request.form.get("stars", 0, type=int)))
    return redirect("/")


@app.get("/")
def book():
    page = [title("Guest book")]
    for author, text, count in reversed(ENTRIES):
        page.append(entry(author, text, count))
    return "<!doctype html>" + "".join(page)
