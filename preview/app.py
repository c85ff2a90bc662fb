"""The page and its requests. Each address is looked up in a list, never on the disk."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from pack.templates import environment
from pack.theme import TEMPLATES
from preview.guard import Guard
from preview.state import State
from preview.views import ArtifactView, picture

_FOLDER = TEMPLATES / "preview"
_FONTS = TEMPLATES / "website" / "fonts"
_ASSETS = {
    "preview.css": (_FOLDER, "text/css"),
    "preview.js": (_FOLDER, "text/javascript"),
    "AtkinsonHyperlegibleNext-Regular.woff2": (_FONTS, "font/woff2"),
    "AtkinsonHyperlegibleNext-Bold.woff2": (_FONTS, "font/woff2"),
}
_TYPES = {".pdf": "application/pdf"}
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

#: PDFium is not thread-safe.
drawing = threading.Lock()


def make_app(state: State, output: Path, hosts: set[str], look: Callable[[str], object]) -> ASGIApp:
    """The web application. `hosts` are the names it answers to, with the port.

    `look` is called with the key of each artifact that somebody views.
    """
    pages = _Pages(state)

    async def index(request: Request) -> Response:
        return Response(pages.whole(state.number), media_type="text/html", headers=_FRESH)

    async def events(request: Request) -> Response:
        known = request.headers.get("last-event-id") or request.query_params.get("since", "")
        stream = _stream(state, pages, known)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_FRESH)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _ASSETS:
            return _unknown()
        folder, media_type = _ASSETS[name]
        return Response((folder / name).read_bytes(), media_type=media_type, headers=_FRESH)

    async def image(request: Request) -> Response:
        return await page_picture(state, request) or _unknown()

    async def download(request: Request) -> Response:
        view = _view(state, request)
        if not view:
            return _unknown()
        file = output / view.artifact.path
        try:
            data = await asyncio.to_thread(file.read_bytes)
        except OSError:
            remedy = "Save the content file again." if view.saved else "The page says what to fix."
            text = f"{file.name} is not in the output folder. {remedy}"
            return PlainTextResponse(text, 404)
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', **_FRESH}
        media_type = _TYPES.get(file.suffix, _SLIDES)
        return Response(data, media_type=media_type, headers=headers)

    async def looked(request: Request) -> Response:
        if view := _view(state, request):
            look(view.key)
        return Response(status_code=204)

    routes = [
        Route("/", index),
        Route("/events", events),
        Route("/assets/{name}", asset),
        Route(PICTURE, image),
        Route("/files/{id}", download),
        Route("/looked/{id}", looked, methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), hosts)


_FRESH = {"Cache-Control": "no-store"}
_KEPT = {"Cache-Control": "private, max-age=86400, immutable"}


def _unknown() -> Response:
    return PlainTextResponse("There is nothing here. The preview is at /.", 404)


#: The address of the picture of a page or slide.
PICTURE = "/pictures/{id}/{digest}/{page:int}.png"


def picture_address(view: ArtifactView, number: int) -> str:
    """The address of the picture of a page or slide as it is now."""
    return f"/pictures/{artifact_id(view.key)}/{view.digest}/{number}.png"


async def page_picture(state: State, request: Request) -> Response | None:
    """The picture at an address (`PICTURE`); None if there is none of this version."""
    view, number = _view(state, request), request.path_params["page"]
    # An outdated address would show an old picture beside new text.
    if not view or request.path_params["digest"] != view.digest:
        return None
    if not 1 <= number <= len(view.pages):
        return None
    data = await asyncio.to_thread(_draw, view, number)
    return Response(data, media_type="image/png", headers=_KEPT)


def _view(state: State, request: Request) -> ArtifactView | None:
    """The artifact with the id in an address."""
    wanted = request.path_params["id"]
    return next((view for key, view in state.views.items() if artifact_id(key) == wanted), None)


@lru_cache(maxsize=150)
def _draw(view: ArtifactView, number: int) -> bytes:
    """A page or slide as PNG; drawn once, and one at a time."""
    with drawing:
        return picture(view, number)


class _Pages:
    """The state as HTML."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._latest: tuple[int, bytes] = (-1, b"")
        self._environment = environment("preview")
        self._environment.filters["id"] = artifact_id

    def whole(self, number: int) -> bytes:
        """The whole page at a state's number, rendered once for all requests."""
        if self._latest[0] != number:
            views = [self.state.views[key] for key in self.state.order()]
            page = self._fill("preview.html.j2", views=views, **self._state_values())
            self._latest = number, page.encode()
        return self._latest[1]

    def event(self, since: int) -> str:
        """What is new, as a server-sent event."""
        state = self.state
        newer = state.newer(since)
        updated = [state.views[key].artifact.file for key in newer if state.changed.get(key)]
        data = {
            "order": [artifact_id(key) for key in state.order()],
            "sheets": {
                artifact_id(key): self._fill("sheet.html.j2", view=state.views[key])
                for key in newer
            },
            "state": self._fill("state.html.j2", **self._state_values()),
            "said": _announcement(updated),
            "title": self._title(),
        }
        return f"id: {state.moment}\ndata: {json.dumps(data)}\n\n"

    def _state_values(self) -> dict[str, Any]:
        state = self.state
        return {
            "title": self._title(),
            "moment": state.moment,
            "left": state.left,
            "shown": bool(state.views),
            "unsaved": _listed(
                [one.artifact.file for one in state.views.values() if not one.saved]
            ),
            "errors": state.errors(),
            "warnings": state.warnings(),
        }

    def _title(self) -> str:
        return ", ".join(plan.title for plan in self.state.plans.values()) or "No content yet"

    def _fill(self, template: str, **values: Any) -> str:
        return self._environment.get_template(template).render(**values)


def artifact_id(key: str) -> str:
    """A key as part of an address, and as an id in HTML."""
    return "a" + sha256(key.encode()).hexdigest()[:12]


def _announcement(files: list[str]) -> str:
    """What a screen reader says about an update."""
    return f"Updated: {_listed(files)}." if files else ""


def _listed(files: list[str]) -> str:
    """The first three files, and the number of the others."""
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    return ", ".join(files[:3]) + more


async def _stream(state: State, pages: _Pages, known: str) -> AsyncIterator[str]:
    """Events for one page, until the preview ends. A page that was asleep misses none.

    `known` is the last `State.moment` that the page knows.
    """
    run, _, number = known.partition("-")
    if run != state.run or not number.isdecimal():
        # That page is from an earlier preview.
        yield "event: reload\ndata: {}\n\n"
        return
    since = int(number[:9])
    yield ": here\n\n"
    while not state.ended:
        try:
            await asyncio.wait_for(state.news(since), timeout=20)
        except TimeoutError:
            yield ": still here\n\n"
        else:
            if not state.ended:
                event, since = pages.event(since), state.number
                yield event
