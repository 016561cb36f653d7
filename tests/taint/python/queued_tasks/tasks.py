"""Tasks of a queue: what the program itself passes to them is followed, and what only the broker knows may be anything."""

import os
import subprocess

from celery import Celery, shared_task

app = Celery("reports")


@shared_task
def clean(folder):
    os.remove(folder)  # safe: python-path-traversal


@app.task(bind=True)
def convert(self, name, quality):
    os.remove(self.request.id)  # safe: python-path-traversal
    subprocess.run(f"convert {name}", shell=True)  # vuln: python-command-injection
    subprocess.run(f"convert -quality {quality}", shell=True)  # safe: python-command-injection


@shared_task
def follow(name):
    os.remove(name)  # vuln: python-path-traversal
    return name


@shared_task
def from_elsewhere(name):
    os.remove(name)  # vuln: python-path-traversal


@shared_task
def in_a_list(name):
    os.remove(name)  # vuln: python-path-traversal


@shared_task
def applied(name, folder):
    os.remove(name)  # vuln: python-path-traversal [remote]
    os.rmdir(folder)  # safe: python-path-traversal


@shared_task(bind=True)
def applied_by_name(self, name, folder):
    os.remove(name)  # vuln: python-path-traversal [remote]
    os.rmdir(folder)  # safe: python-path-traversal


@shared_task
def applied_to_what_is_known(name, folder):
    os.remove(name)  # safe: python-path-traversal
    os.rmdir(folder)  # safe: python-path-traversal


@shared_task
def applied_to_a_variable(name, folder):
    os.remove(name)  # vuln: python-path-traversal [remote]


@shared_task
def mapped(name):
    os.remove(name)  # vuln: python-path-traversal


@shared_task
def next_in_chain(name):
    os.remove(name)  # vuln: python-path-traversal


@shared_task
def pick_one(name):
    os.remove(name)  # safe: python-path-traversal


@shared_task
def pick_two(name):
    os.remove(name)  # vuln: python-path-traversal
