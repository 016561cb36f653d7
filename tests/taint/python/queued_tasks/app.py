import os

from flask import Flask, request

import tasks
from tasks import clean, convert, follow, in_a_list, next_in_chain, pick_one, pick_two

app = Flask(__name__)


def task_one():
    return pick_one


def task_two():
    return pick_two


@app.route("/")
def index():
    name = request.args["name"]
    clean.delay("/srv/cache")
    convert.delay(name, 80)
    result = follow.s(name)
    os.remove(result.id)  # safe: python-path-traversal
    in_a_list.delay("/srv/cache")
    in_a_list.apply_async((name,))
    next_in_chain.s("/srv/cache")
    next_in_chain.s()
    task = task_one()
    task.delay("/srv/cache")
    other = task_two()
    other.delay(name)
    tasks.clean.si("/srv/tmp").apply_async()
    return "queued"
