import subprocess
from pathlib import Path

DECKS = Path("/srv/decks")
CACHE = Path("/var/cache/slides")


class RenderFailed(RuntimeError):
    pass


# deck is what the address says
def command(deck, page, output):
    return ["pdftoppm", "-png", "-r", "96", "-f", str(page), "-l", str(page), "--", str(DECKS / deck), str(output)]


def preview(deck, page):
    output = CACHE / f"{deck}-{page}"
    finished = subprocess.run(command(deck, page, output), capture_output=True, timeout=30, check=False)
    if finished.returncode:
        raise RenderFailed(finished.stderr.decode(errors="replace")[:200])
    return next(CACHE.glob(f"{output.name}-*.png"), None)
