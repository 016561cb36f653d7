import yaml
from starlette.authentication import requires
from starlette.responses import JSONResponse

from recipes.formats import parse


@requires("authenticated")
async def upload(request):
    text = (await request.body()).decode("utf-8", "replace")
    try:
        recipes = parse(text)
    except yaml.YAMLError as problem:
        return JSONResponse({"error": str(problem)}, status_code=422)
    minutes = [int(recipe["time"].total_seconds() // 60) for recipe in recipes if "time" in recipe]
    return JSONResponse({"count": len(recipes), "minutes": minutes})
