import jwt
from flask import g, request
from werkzeug.exceptions import Unauthorized

from clinic.issuers import ISSUERS


def _claims(token):
    # whose token is it? not verified yet
    draft = jwt.decode(token, options={"verify_signature": False})
    issuer = draft.get("iss")
    if not isinstance(issuer, str) or issuer not in ISSUERS:
        raise Unauthorized
    return jwt.decode(token, ISSUERS[issuer], algorithms=["RS256"], audience="clinic", issuer=issuer, options={"require": ["exp", "sub"]})


def authenticate():
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise Unauthorized
    try:
        g.claims = _claims(token)
    except jwt.PyJWTError as problem:
        raise Unauthorized from problem
