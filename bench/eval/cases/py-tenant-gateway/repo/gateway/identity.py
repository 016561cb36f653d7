from fastapi import HTTPException, Request

from gateway.keys import KEYS
from gateway.tokens import Tokens

tokens = Tokens(KEYS)


def claims_of(request: Request) -> dict:
    header = request.headers.get("authorization", "")
    if header.startswith("Bearer "):
        try:
            return tokens.verify(header.removeprefix("Bearer "))
        except Exception as problem:
            raise HTTPException(401) from problem
    session = request.cookies.get("session")
    if session:
        # set by /login after verification
        return tokens.peek(session)
    raise HTTPException(401)
