from flask import Blueprint, g, jsonify, request

from members.session import database, signed_in
from members.update import apply

bp = Blueprint("members", __name__)


@bp.patch("/me")
@signed_in
def change_me():
    changes = request.get_json()
    apply(g.member, changes)
    database().commit()
    return jsonify(nickname=g.member.nickname, city=g.member.city)
