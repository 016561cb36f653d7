from fastapi import APIRouter, Depends, HTTPException

from callbacks.accounts import current_shop
from callbacks.deliver import deliver
from callbacks.policy import NotAPartner, checked

router = APIRouter(prefix="/callbacks")


@router.post("/try")
def try_callback(url: str, shop=Depends(current_shop)):
    """Send a test event, so that a shop can see what its partner answers."""
    try:
        status, text = deliver(checked(url), {"type": "test", "shop": shop.id})
    except NotAPartner as problem:
        raise HTTPException(422, "this host is no partner of ours") from problem
    return {"status": status, "text": text}
