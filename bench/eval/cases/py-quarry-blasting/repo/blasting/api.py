from datetime import datetime

from fastapi import Depends, FastAPI

from blasting.plan import announce
from blasting.staff import shift_leader

app = FastAPI()


@app.post("/announcements")
def create(at: datetime, remark: str = "", _leader=Depends(shift_leader)):
    return {"failed": announce(at, remark)}
