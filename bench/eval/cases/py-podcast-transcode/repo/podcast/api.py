from fastapi import APIRouter, BackgroundTasks, Depends
from pydantic import BaseModel

from podcast.accounts import editor
from podcast.transcode import transcode

router = APIRouter()


class Publication(BaseModel):
    title: str
    rate: int = 96


@router.post("/episodes/{episode}/publish", status_code=202)
def publish(episode: int, body: Publication, tasks: BackgroundTasks, _=Depends(editor)):
    tasks.add_task(transcode, episode, body.title, body.rate)
    return {"episode": episode}
