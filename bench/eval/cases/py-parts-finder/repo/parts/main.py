from fastapi import FastAPI

from parts.repository import search
from parts.schemas import PartQuery

app = FastAPI()


@app.post("/parts/search")
async def find_parts(query: PartQuery):
    return await search(query.model_dump(exclude_none=True))


@app.get("/healthz")
async def healthz():
    return {"ok": True}
