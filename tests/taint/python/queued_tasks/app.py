import os

from flask import Flask, request

import tasks
from tasks import (
    applied,
    applied_by_name,
    applied_to_a_variable,
    applied_to_what_is_known,
    clean,
    convert,
    follow,
    in_a_list,
    mapped,
    next_in_chain,
    pick_one,
    pick_two,
)

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
    applied.apply_async((name, "/srv/cache"), countdown=10)
    applied_by_name.apply_async(kwargs={"name": name, "folder": "/srv/cache"}, queue="slow")
    applied_to_what_is_known.apply_async(["/srv/cache"], {"folder": "/srv/tmp"}, queue=name)
    arguments = request.get_json()
    applied_to_a_variable.apply_async(args=arguments)
    mapped.map([name])
    next_in_chain.s("/srv/cache")
    next_in_chain.s()
    task = task_one()
    task.delay("/srv/cache")
    other = task_two()
    other.delay(name)
    tasks.clean.si("/srv/tmp").apply_async()
    return "queued"
