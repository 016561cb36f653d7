"""Objects that are made all over a program hold what they were given each; one that is made in few places is the same everywhere."""

import sqlite3
import tarfile

from registry import known

db = sqlite3.connect("shop.db")


class Point:
    def __init__(self, name):
        self.name = name


class Settings:
    def __init__(self, folder):
        self.folder = folder


class Job:
    def __init__(self, name):
        self.name = name

    def run(self):
        db.execute(f"DELETE FROM jobs WHERE name = '{self.name}'")  # vuln: python-sql-injection


LEFT = [Point("north"), Point("south"), Point("east")]
RIGHT = [Point("up"), Point("down"), Point("in")]
OTHER = [Point("one"), Point("two")]
JOBS = [Job("a"), Job("b"), Job("c"), Job("d"), Job("e"), Job("f"), Job("g"), Job("h")]


def read(path):
    return tarfile.open(path).extractfile("list.txt").read().decode()


def keep_point():
    known.add(Point(read("points.tar")))


def keep_settings():
    known.add(Settings(read("settings.tar")))


def run_job():
    Job(read("job.tar")).run()


def draw():
    _draw(Point(read("points.tar")))


def _draw(point: Point):
    db.execute(f"SELECT * FROM points WHERE name = '{point.name}'")  # vuln: python-sql-injection


def _draw_one_of_them(point: Point):
    db.execute(f"SELECT * FROM points WHERE name = '{point.name}' AND old")  # safe: python-sql-injection


def _clean(settings: Settings):
    db.execute(f"DELETE FROM folders WHERE name = '{settings.folder}'")  # vuln: python-sql-injection
