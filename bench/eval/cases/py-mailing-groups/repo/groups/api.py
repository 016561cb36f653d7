from fastapi import APIRouter, HTTPException, Query

from groups.lookup import members_of

router = APIRouter(prefix="/groups")


@router.get("/members")
def members(name: str = Query(min_length=1, max_length=200)):
    found = members_of(name)
    if found is None:
        raise HTTPException(404, "no such group")
    return {"group": name, "members": sorted(found)}
