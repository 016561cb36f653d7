from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from tide.middleware import Failures

LEVELS = {"hafen": 3.2, "mole": 3.4}


async def level(request):
    return JSONResponse({"level": LEVELS[request.path_params["station"]]})


app = Starlette(routes=[Route("/levels/{station}", level)], middleware=[Middleware(Failures)])
