from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse

from tide.errors import answer_for


class Failures(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        try:
            return await call_next(request)
        except Exception as problem:
            return JSONResponse(answer_for(problem), status_code=500)
