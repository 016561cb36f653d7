from fastapi import APIRouter, Depends, HTTPException

from gateway.identity import claims_of
from gateway.tenants import delete_tenant

router = APIRouter()


@router.delete("/tenants/{tenant}")
def remove(tenant: str, claims: dict = Depends(claims_of)):
    if claims.get("scope") != "admin" or claims.get("tenant") != tenant:
        raise HTTPException(403)
    delete_tenant(tenant)
    return {"deleted": tenant}
