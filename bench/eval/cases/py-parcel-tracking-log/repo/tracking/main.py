import logging

from fastapi import FastAPI, HTTPException

from tracking.logs import configure
from tracking.parcels import find

configure()
log = logging.getLogger("tracking")
app = FastAPI()


@app.get("/track")
def track(number: str):
    parcel = find(number)
    if parcel is None:
        # numbers are logged as they come, support searches for them
        log.warning("nothing known about parcel %s", number)
        raise HTTPException(404, "unknown parcel")
    return {"number": parcel.number, "state": parcel.state}
