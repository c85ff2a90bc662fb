"""The studio's addresses: pages of forms, changes, and the pictures of what is being edited."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from drawings.pictograms import pictogram
from drawings.svg import shapes_svg
from pack import pictograms
from pack.errors import PressError
from pack.theme import TEMPLATES, load_theme
from preview.app import PICTURE, page_picture, picture_address
from preview.guard import Guard
from preview.messages import Looked
from studio import actions
from studio.answers import FRESH, html
from studio.studio import Studio
from studio.todo import not_drawn, wrong_files
from studio.words import as_name, say

_ASSETS = {
    "studio.css": (TEMPLATES / "studio", "text/css"),
    "studio.js": (TEMPLATES / "studio", "text/javascript"),
    "jobs.js": (TEMPLATES / "studio", "text/javascript"),
    "languages.css": (TEMPLATES / "studio", "text/css"),
    "languages.js": (TEMPLATES / "studio", "text/javascript"),
    "AtkinsonHyperlegibleNext-Regular.woff2": (TEMPLATES / "website" / "fonts", "font/woff2"),
    "AtkinsonHyperlegibleNext-Bold.woff2": (TEMPLATES / "website" / "fonts", "font/woff2"),
}


def make_app(studio: Studio, more: Callable[[Studio], list[Route]] = lambda studio: []) -> ASGIApp:
    """The web application. `more` are the routes of other parts of the studio."""
    site = _StudioSite(studio)
    routes = [
        Route("/", site.index),
        Route("/new", site.begin, methods=["POST"]),
        Route("/packs", site.start),
        Route("/events", site.events),
        Route("/assets/{file}", site.asset),
        Route("/signs/{name}.svg", site.sign),
        Route(PICTURE, site.picture),
        Route("/p/{name}/", site.pack),
        Route("/p/{name}/edit/{path:path}", site.edit),
        Route("/p/{name}/change", site.change, methods=["POST"]),
        Route("/p/{name}/do/{step}", site.step, methods=["POST"]),
        Route("/p/{name}/shown", site.shown),
        Route("/p/{name}/drawn/{document}/{page:int}", site.drawn),
        Route("/p/{name}/find", site.find),
        Route("/p/{name}/add/{collection}", site.add, methods=["GET", "POST"]),
        Route("/p/{name}/remove/{path:path}", site.remove, methods=["GET", "POST"]),
        Route("/p/{name}/rename/{path:path}", site.rename, methods=["GET", "POST"]),
        Route("/p/{name}/history", site.history, methods=["GET", "POST"]),
        Route("/p/{name}/conflicts", site.conflicts, methods=["GET", "POST"]),
        *more(studio),
    ]
    handlers: Any = {
        HTTPException: studio.pages.refused,
        PressError: studio.pages.refused,
        500: studio.pages.failed,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    origins = [studio.access.origin] if studio.access.origin else []
    return Guard(app, studio.access.hosts, origins)


class _StudioSite:
    """What is at each address of the editor and its pictures."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._pages = studio.pages

    async def index(self, request: Request) -> Response:
        if len(self._studio.desks) == 1:
            return RedirectResponse(self._studio.link(*self._studio.desks, "edit", "pack"), 303)
        return await _page(self._pages.packs)

    async def start(self, request: Request) -> Response:
        return await _page(self._pages.packs)

    async def pack(self, request: Request) -> Response:
        return RedirectResponse(
            self._studio.link(self._studio.desk(request).name, "edit", "pack"), 303
        )

    async def edit(self, request: Request) -> Response:
        desk = self._studio.desk(request)
        async with self._studio.at(desk):
            path = actions.path_at(desk, request.path_params["path"])
            new = request.query_params.get("new")
            fresh = actions.path_at(desk, new) if new else None
            on = request.query_params.get("on", "")
            return await _page(lambda: self._pages.edit(desk, path, fresh=fresh, on=on))

    async def change(self, request: Request) -> Response:
        desk, form = self._studio.desk(request), await self._studio.form(request)
        async with self._studio.at(desk):
            return await run_in_threadpool(
                actions.change, self._studio, desk, form, self._studio.who(request), request
            )

    async def step(self, request: Request) -> Response:
        """Undo, redo, save, or take in what another program saved."""
        desk, form = self._studio.desk(request), await self._studio.form(request)
        what, who = request.path_params["step"], self._studio.who(request)
        async with self._studio.at(desk):
            return await run_in_threadpool(
                actions.step, self._studio, desk, what, form, who, request
            )

    async def shown(self, request: Request) -> Response:
        desk = self._studio.desk(request)
        async with self._studio.at(desk):
            path = actions.path_at(desk, request.query_params.get("path", ""))
            text, keys = await run_in_threadpool(
                self._pages.shown, desk, path, request.query_params.get("on", "")
            )
        for key in keys:
            self._studio.outbox.put(Looked(key))
        return html(text)

    async def drawn(self, request: Request) -> Response:
        """A page or slide as it is now, when it is drawn: without our script, none follows."""
        desk, state = self._studio.desk(request), self._studio.state
        await state.finished("", 0)  # until it is known what there is
        key = self._pages.key(desk, request.path_params["document"])
        await state.finished(key, self._studio.outbox.put(Looked(key)))
        if key not in state.views or not_drawn(state, key):
            raise HTTPException(404, say("no_page"))
        address = picture_address(state.views[key], request.path_params["page"])
        return RedirectResponse(self._studio.access.base + address, 303, FRESH)

    async def find(self, request: Request) -> Response:
        desk = self._studio.desk(request)
        async with self._studio.at(desk):
            return await _page(lambda: self._pages.find(desk, request.query_params.get("q", "")))

    async def add(self, request: Request) -> Response:
        desk = self._studio.desk(request)
        collection = request.path_params["collection"]
        if request.method == "POST":
            form = await self._studio.form(request)
            async with self._studio.at(desk):
                return await run_in_threadpool(
                    actions.add, self._studio, desk, collection, form, self._studio.who(request)
                )
        async with self._studio.at(desk):
            return await _page(lambda: self._pages.add(desk, collection))

    async def remove(self, request: Request) -> Response:
        desk = self._studio.desk(request)
        if request.method == "POST":
            form = await self._studio.form(request)
            async with self._studio.at(desk):
                return await run_in_threadpool(
                    actions.remove,
                    self._studio,
                    desk,
                    request.path_params["path"],
                    form,
                    self._studio.who(request),
                )
        async with self._studio.at(desk):
            path = actions.path_at(desk, request.path_params["path"])
            return await _page(lambda: self._pages.removal(desk, path))

    async def rename(self, request: Request) -> Response:
        desk, text = self._studio.desk(request), request.path_params["path"]
        if request.method == "POST":
            form, who = await self._studio.form(request), self._studio.who(request)
            async with self._studio.at(desk):
                return await run_in_threadpool(actions.rename, self._studio, desk, text, form, who)
        async with self._studio.at(desk):
            path = actions.path_at(desk, text)
            return await _page(lambda: self._pages.renaming(desk, path))

    async def history(self, request: Request) -> Response:
        desk = self._studio.desk(request)
        if request.method == "POST":
            form = await self._studio.form(request)
            async with self._studio.at(desk):
                number = actions.number_in(form, "number")
                if number is not None:
                    await run_in_threadpool(desk.copy.restore, number, self._studio.who(request))
            return RedirectResponse(self._studio.link(desk.name, "history"), 303)
        async with self._studio.at(desk):
            return await _page(lambda: self._pages.history(desk))

    async def begin(self, request: Request) -> Response:
        """Begin a new pack from the starter, in the folder of the first one."""
        form = await self._studio.form(request)
        name = as_name(str(form.get("name", "")))
        try:
            await run_in_threadpool(self._studio.begin, name)
        except PressError as error:
            return html(self._pages.packs(name=str(form.get("name", "")), problem=str(error)), 400)
        return RedirectResponse(self._studio.link(name, "edit", "pack"), 303)

    async def conflicts(self, request: Request) -> Response:
        desk = self._studio.desk(request)
        if request.method == "POST":
            form = await self._studio.form(request)
            async with self._studio.at(desk):
                return await run_in_threadpool(
                    actions.choose, self._studio, desk, form, self._studio.who(request)
                )
        async with self._studio.at(desk):
            return await _page(lambda: self._pages.conflicts(desk, desk.copy.conflicts))

    async def events(self, request: Request) -> Response:
        return StreamingResponse(
            _events(self._studio), media_type="text/event-stream", headers=FRESH
        )

    async def asset(self, request: Request) -> Response:
        name = request.path_params["file"]
        if name not in _ASSETS:
            raise HTTPException(404, say("no_page"))
        folder, media_type = _ASSETS[name]
        return Response((folder / name).read_bytes(), media_type=media_type, headers=FRESH)

    async def sign(self, request: Request) -> Response:
        """A pictogram, as forms show it beside its name."""
        name = request.path_params["name"]
        if name not in pictograms.names():
            raise HTTPException(404, say("no_page"))
        colors = load_theme().colors
        shapes = shapes_svg(pictogram(name, None).shapes, colors.__getitem__)
        box = 'viewBox="0 0 24 24" width="24" height="24"'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{shapes}</svg>'
        headers = {"Cache-Control": "max-age=3600"}
        return Response(svg, media_type="image/svg+xml", headers=headers)

    async def picture(self, request: Request) -> Response:
        found = await page_picture(self._studio.state, request)
        if not found:
            raise HTTPException(404, say("no_page"))
        return found


async def _page(make: Callable[[], str]) -> Response:
    return html(await run_in_threadpool(make))


async def _events(studio: Studio) -> AsyncIterator[str]:
    """A message whenever something is new: which version of each pack, and that pages may be."""
    state, since = studio.state, -1
    while not state.ended:
        try:
            await asyncio.wait_for(state.news(since), timeout=20)
        except TimeoutError:
            yield ": still here\n\n"
        else:
            since = state.number
            versions = {name: desk.copy.version for name, desk in studio.desks.items()}
            data = {
                "versions": versions,
                "unsaved": [name for name, desk in studio.desks.items() if desk.copy.is_changed],
                "wrong": {name: wrong_files(name, state) for name in versions},
                "left": state.left,
                "token": studio.token[:6],
            }
            yield f"id: {since}\ndata: {json.dumps(data)}\n\n"
