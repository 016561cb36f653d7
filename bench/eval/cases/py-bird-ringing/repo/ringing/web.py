import os

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from ringing.search import sightings

DSN = os.environ["RINGING_DSN"]


def search(request):
    rows = sightings(DSN, dict(request.query_params))
    return JSONResponse([{"ring": r[0], "species": r[1], "place": r[2], "seen": r[3].isoformat()} for r in rows])


app = Starlette(routes=[Route("/sightings", search)])
