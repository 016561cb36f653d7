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
def next_in_chain(name):
    os.remove(name)  # vuln: python-path-traversal


@shared_task
def pick_one(name):
    os.remove(name)  # safe: python-path-traversal


@shared_task
def pick_two(name):
    os.remove(name)  # vuln: python-path-traversal
