from flask import Blueprint, abort, g, render_template, request

from board.queries import tickets_for
from board.session import login_required

bp = Blueprint("board", __name__)

COLUMNS = {"id", "priority", "opened_at", "assignee"}


@bp.route("/board")
@login_required
def board():
    column = request.args.get("by", "priority")
    direction = request.args.get("dir", "desc").strip()
    if column not in COLUMNS:
        abort(400, "unknown column")
    if not direction.lower().startswith(("asc", "desc")):
        abort(400, "unknown direction")
    tickets = tickets_for(g.user["team_id"], column, direction)
    return render_template("board.html", tickets=tickets, column=column, direction=direction)
