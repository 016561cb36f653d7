from fastapi import FastAPI, HTTPException, Response

from sounds import store

app = FastAPI(title="Sound library")


@app.get("/sounds")
def index() -> list[str]:
    return store.known_names()


@app.get("/sound")
def sound(name: str):
    try:
        data = store.read_sound(store.checked(name))
    except (ValueError, OSError) as problem:
        raise HTTPException(404, "no such sound") from problem
    return Response(data, media_type="audio/ogg")
