from aiohttp import web

from sensors.derived import DerivedChannel

routes = web.RouteTableDef()
CHANNELS = {}


@routes.put("/channels/{name}")
async def put_channel(request):
    if request["user"] is None:
        raise web.HTTPUnauthorized
    body = await request.json()
    name = request.match_info["name"]
    try:
        CHANNELS[name] = DerivedChannel(name, body["expression"])
    except (KeyError, ValueError) as problem:
        raise web.HTTPBadRequest(text=str(problem)) from problem
    return web.Response(status=204)


@routes.post("/channels/{name}/value")
async def value(request):
    channel = CHANNELS.get(request.match_info["name"])
    if channel is None:
        raise web.HTTPNotFound
    return web.json_response({"value": channel.value(await request.json())})
