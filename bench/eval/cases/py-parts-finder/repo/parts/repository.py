from motor.motor_asyncio import AsyncIOMotorClient

_client = AsyncIOMotorClient("mongodb://mongo.internal")
_parts = _client["plant"]["parts"]


async def search(criteria):
    """Every key of `criteria` becomes a condition."""
    cursor = _parts.find({**criteria, "retired": False}, {"_id": 0})
    return await cursor.to_list(length=100)
