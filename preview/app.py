"""The page and what it asks for. Every address is looked up among known ones, never on the disk."""

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
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pack.templates import environment
from pack.theme import TEMPLATES
from preview.state import State
from preview.views import ArtifactView, picture

_FOLDER = TEMPLATES / "preview"
_ASSETS = {"preview.css": "text/css", "preview.js": "text/javascript"}
_TYPES = {".pdf": "application/pdf"}
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

#: Nothing but our own pictures, style and script, and no other page may show this one.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}

#: PDFium is not made for two threads at once.
_drawing = threading.Lock()


def make_app(board: State, output: Path, hosts: set[str], look: Callable[[str], None]) -> ASGIApp:
    """The web application. `hosts` are the names it answers to, with the port.

    `look` is called with the key of each artifact that somebody looks at.
    """
    pages = _Pages(board)

    async def index(request: Request) -> Response:
        return Response(pages.whole(board.number), media_type="text/html", headers=_FRESH)

    async def events(request: Request) -> Response:
        known = request.headers.get("last-event-id") or request.query_params.get("since", "")
        stream = _stream(board, pages, known)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_FRESH)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _ASSETS:
            return _unknown()
        return Response((_FOLDER / name).read_bytes(), media_type=_ASSETS[name], headers=_FRESH)

    async def image(request: Request) -> Response:
        view = pages.find(request.path_params["id"])
        number = request.path_params["page"]
        # An address of before the last change would put an old picture beside new words.
        if not view or request.path_params["digest"] != view.digest:
            return _unknown()
        if not 1 <= number <= len(view.pages):
            return _unknown()
        data = await asyncio.to_thread(_picture, view, number)
        return Response(data, media_type="image/png", headers=_KEPT)

    async def download(request: Request) -> Response:
        view = pages.find(request.path_params["id"])
        if not view:
            return _unknown()
        file = output / view.artifact.path
        try:
            data = await asyncio.to_thread(file.read_bytes)
        except OSError:
            text = f"{file.name} is not in the output folder any more. Save the content file again."
            return PlainTextResponse(text, 404)
        named = {"Content-Disposition": f'attachment; filename="{file.name}"', **_FRESH}
        media_type = _TYPES.get(file.suffix, _SLIDES)
        return Response(data, media_type=media_type, headers=named)

    async def looked(request: Request) -> Response:
        if view := pages.find(request.path_params["id"]):
            look(view.key)
        return Response(status_code=204)

    routes = [
        Route("/", index),
        Route("/events", events),
        Route("/assets/{name}", asset),
        Route("/pictures/{id}/{digest}/{page:int}.png", image),
        Route("/files/{id}", download),
        Route("/looked/{id}", looked, methods=["POST"]),
    ]
    return _Guard(Starlette(routes=routes), hosts)


_FRESH = {"Cache-Control": "no-store"}
_KEPT = {"Cache-Control": "private, max-age=86400, immutable"}


def _unknown() -> Response:
    return PlainTextResponse("There is nothing here. The preview is at /", 404)


@lru_cache(maxsize=150)
def _picture(view: ArtifactView, number: int) -> bytes:
    with _drawing:
        return picture(view, number)


class _Pages:
    """The board as HTML."""

    def __init__(self, board: State) -> None:
        self.board = board
        self._made: tuple[int, bytes] = (-1, b"")
        self._environment = environment("preview")
        self._environment.filters["id"] = _id

    def find(self, name: str) -> ArtifactView | None:
        """The artifact that an id of the page stands for."""
        return next((view for key, view in self.board.views.items() if _id(key) == name), None)

    def whole(self, number: int) -> bytes:
        """The page as of a number of the board: filled once for all who ask."""
        if self._made[0] != number:
            views = [self.board.views[key] for key in self.board.order()]
            page = self._fill("preview.html.j2", views=views, **self._state())
            self._made = number, page.encode()
        return self._made[1]

    def event(self, since: int) -> str:
        """What is new, as a server-sent event."""
        board = self.board
        newer = board.newer(since)
        told = [board.views[key].artifact.file for key in newer if board.changed.get(key)]
        data = {
            "order": [_id(key) for key in board.order()],
            "sheets": {
                _id(key): self._fill("sheet.html.j2", view=board.views[key]) for key in newer
            },
            "state": self._fill("state.html.j2", **self._state()),
            "said": _said(told),
            "title": self._title(),
        }
        return f"id: {board.moment}\ndata: {json.dumps(data)}\n\n"

    def _state(self) -> dict[str, Any]:
        board = self.board
        return {
            "title": self._title(),
            "moment": board.moment,
            "left": board.left,
            "errors": board.errors(),
            "warnings": board.warnings(),
        }

    def _title(self) -> str:
        return ", ".join(plan.title for plan in self.board.plans.values()) or "No content yet"

    def _fill(self, template: str, **values: Any) -> str:
        return self._environment.get_template(template).render(**values)


def _id(key: str) -> str:
    """A key as part of an address, and as an id in HTML."""
    return "a" + sha256(key.encode()).hexdigest()[:12]


def _said(files: list[str]) -> str:
    """What a screen reader says of an update."""
    if not files:
        return ""
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    return f"Updated: {', '.join(files[:3])}{more}."


async def _stream(board: State, pages: _Pages, known: str) -> AsyncIterator[str]:
    """Events for one page, until the preview ends; a page that sleeps misses none.

    `known` is the moment that the page knows of, as `State.moment` said it.
    """
    run, _, number = known.partition("-")
    if run != board.run or not number.isdecimal():
        # That page is of an earlier preview.
        yield "event: reload\ndata: {}\n\n"
        return
    since = int(number[:9])
    yield ": here\n\n"
    while not board.ended:
        try:
            await asyncio.wait_for(board.news(since), timeout=20)
        except TimeoutError:
            yield ": still here\n\n"
        else:
            if not board.ended:
                event, since = pages.event(since), board.number
                yield event


class _Guard:
    """Answers only who means this server: any web page can send a browser here.

    A foreign `Host` is how DNS rebinding shows, a foreign `Origin` that another page asks.
    """

    def __init__(self, app: ASGIApp, hosts: set[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = [(name, value.decode("latin-1")) for name, value in scope["headers"]]
        named = [value for name, value in headers if name == b"host"]
        origins = {value for name, value in headers if name == b"origin"}
        if len(named) != 1 or named[0] not in self.hosts:
            text = "This page is only for this computer: open it by the address that was printed."
            await PlainTextResponse(text, 421)(scope, receive, send)
        elif origins - {f"http://{host}" for host in self.hosts}:
            await PlainTextResponse("Other pages can't use the preview.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sending
