from fastapi import Depends, HTTPException, Request


class User:
    def __init__(self, name, agent):
        self.name = name
        self.agent = agent


class Pager:
    def __init__(self, limit: int = 10, column: str = "id"):
        self.limit = limit
        self.column = column


def page(number: int = 1):
    return number


def checked(name: str):
    if name not in ("items", "carts"):
        raise HTTPException(400)
    return name


def current_user(request: Request):
    return User("admin", request.headers["user-agent"])


def column_of(table):
    def column(name: str = "id"):
        return name

    return column


def outer_name(name: str):
    return name


def inner_name(name: str = Depends(outer_name)):
    return name.strip()


def session(name: str):
    yield name
