from board.database import get_db


def tickets_for(team_id, column, direction):
    """Tickets of one team. Column and direction are checked by the caller."""
    statement = f"""
        SELECT id, title, priority, opened_at, assignee
          FROM tickets
         WHERE team_id = ? AND closed_at IS NULL
         ORDER BY {column} {direction}
    """
    return get_db().execute(statement, (team_id,)).fetchall()
