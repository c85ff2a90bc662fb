"""Answers to browsers: pages, and the parts of pages that our scripts ask for."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

#: For all that may be something else next time.
FRESH = {"Cache-Control": "no-store"}


def html(text: str, status: int = 200) -> Response:
    """A page as it is now; browsers keep no copy of it."""
    return HTMLResponse(text, status, headers=FRESH)


def wants_json(request: Request) -> bool:
    """Whether our script asks, which takes the parts of a page."""
    return request.headers.get("accept", "").startswith("application/json")
