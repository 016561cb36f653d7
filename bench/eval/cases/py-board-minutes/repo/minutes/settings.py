from pathlib import Path

BASE = Path("/srv/board")
MINUTES = BASE / "minutes"
CLOSED_SESSIONS = BASE / "minutes-closed"
PAGE_SIZE = 25
