"""The studio's addresses: pages of forms, changes, and the pictures of what is being edited."""

import asyncio
import contextlib
import json
import re
import secrets
import unicodedata
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from editing.edits import CannotEdit, Edit, Insert, SetValue, Value
from editing.working_copy import ConflictError, FileChanged
from pack.errors import OutputError, PressError
from pack.model import YamlPath
from pack.theme import TEMPLATES
from press.new_pack import start_pack
from preview.app import draw
from preview.guard import Guard
from preview.messages import Drafted, Looked
from preview.outbox import Outbox
from preview.state import State
from studio import changes
from studio.desk import Desk
from studio.fields import at, named, path_in
from studio.outline import form_of, where
from studio.pages import StudioPages
from studio.references import removal
from studio.schema import node_at
from studio.uploads import MOST, bring_in
from studio.words import plain_name, say

_ASSETS = {
    "studio.css": (TEMPLATES / "studio", "text/css"),
    "studio.js": (TEMPLATES / "studio", "text/javascript"),
    "AtkinsonHyperlegibleNext-Regular.woff2": (TEMPLATES / "website" / "fonts", "font/woff2"),
    "AtkinsonHyperlegibleNext-Bold.woff2": (TEMPLATES / "website" / "fonts", "font/woff2"),
}
_FRESH = {"Cache-Control": "no-store"}
_KEPT = {"Cache-Control": "private, max-age=86400, immutable"}


@dataclass(frozen=True)
class Access:
    """How the studio is reached.

    `base` is the start of all its addresses, such as "" or "/studio". `origin` is the address of a
    proxy in front of it. `user_header` names the header in which that proxy says who asks.
    """

    hosts: frozenset[str]
    base: str = ""
    origin: str = ""
    user_header: str = ""


class Studio:
    """Everything that the requests share."""

    def __init__(
        self,
        desks: dict[str, Desk],
        state: State,
        outbox: Outbox,
        access: Access,
        report: Callable[[Exception], str] = str,
    ) -> None:
        """`report` writes down a fault in the program, and says where."""
        self.desks = desks
        self.state = state
        self.outbox = outbox
        self.access = access
        self.token = secrets.token_urlsafe(24)
        self.pages = StudioPages(desks, state, access.base, self.token, report)
        #: A desk is for one at a time.
        self._busy = {name: asyncio.Lock() for name in desks}
        self._told: dict[str, int] = {}

    def begin(self, name: str) -> None:
        """Begin a new pack. Raises `NameTaken` and `OutputError`."""
        folder = next(iter(self.desks.values())).file.parent
        desk = Desk(start_pack(name, folder))
        self._busy[name] = asyncio.Lock()
        self.desks[name] = desk
        self.outbox.put(Drafted(desk.file, None))

    def desk(self, request: Request) -> Desk:
        name = request.path_params["name"]
        if name not in self.desks:
            raise HTTPException(404, say("no_page"))
        return self.desks[name]

    def who(self, request: Request) -> str:
        """Who asks, as the proxy says; empty if nobody says it."""
        header = self.access.user_header
        return request.headers.get(header, "")[:100] if header else ""

    @contextlib.asynccontextmanager
    async def at(self, desk: Desk) -> AsyncIterator[None]:
        """Have a desk for oneself. What changed is told to the builder and to all pages."""
        async with self._busy[desk.name]:
            try:
                await run_in_threadpool(desk.refresh)
                yield
            finally:
                self.tell(desk)

    def tell(self, desk: Desk) -> None:
        if self._told.get(desk.name) != desk.copy.version:
            self._told[desk.name] = desk.copy.version
            data = desk.copy.data if desk.copy.is_changed else None
            self.outbox.put(Drafted(desk.file, data))
            self.state.touch()

    async def form(self, request: Request) -> Any:
        """What a form sent. Refuses forms that are not from our own pages."""
        form = await request.form(max_files=1, max_fields=5_000, max_part_size=4_000_000)
        if not secrets.compare_digest(str(form.get("token", "")), self.token):
            raise HTTPException(403, say("old_page"))
        return form

    def link(self, name: str = "", *parts: str | int) -> str:
        return self.pages.link(name, *parts)


def make_app(studio: Studio, more: Callable[[Studio], list[Route]] = lambda studio: []) -> ASGIApp:
    """The web application. `more` are the routes of other parts of the studio."""
    pages = studio.pages

    async def index(request: Request) -> Response:
        if len(studio.desks) == 1:
            return RedirectResponse(studio.link(*studio.desks, "edit", "pack"), 303)
        return await _page(lambda: pages.packs())

    async def start(request: Request) -> Response:
        return await _page(lambda: pages.packs())

    async def pack(request: Request) -> Response:
        return RedirectResponse(studio.link(studio.desk(request).name, "edit", "pack"), 303)

    async def edit(request: Request) -> Response:
        desk = studio.desk(request)
        async with studio.at(desk):
            path = _path(desk, request.path_params["path"])
            return await _page(lambda: pages.edit(desk, path))

    async def change(request: Request) -> Response:
        desk, form = studio.desk(request), await studio.form(request)
        async with studio.at(desk):
            return await run_in_threadpool(
                _change, studio, desk, form, studio.who(request), request
            )

    async def step(request: Request) -> Response:
        """Undo, redo, save, or take in what another program saved."""
        desk, form = studio.desk(request), await studio.form(request)
        what = request.path_params["step"]
        async with studio.at(desk):
            said = await run_in_threadpool(_step, desk, what, studio.who(request))
            return _back(studio, desk, form, request, said)

    async def shown(request: Request) -> Response:
        desk = studio.desk(request)
        async with studio.at(desk):
            path = _path(desk, request.query_params.get("path", ""))
            html, keys = await run_in_threadpool(
                pages.shown, desk, path, request.query_params.get("on", "")
            )
        for key in keys:
            studio.outbox.put(Looked(key))
        return Response(html, media_type="text/html", headers=_FRESH)

    async def find(request: Request) -> Response:
        desk = studio.desk(request)
        async with studio.at(desk):
            return await _page(lambda: pages.find(desk, request.query_params.get("q", "")))

    async def add(request: Request) -> Response:
        desk = studio.desk(request)
        collection = request.path_params["collection"]
        if request.method == "POST":
            form = await studio.form(request)
            async with studio.at(desk):
                return await run_in_threadpool(
                    _add, studio, desk, collection, form, studio.who(request)
                )
        async with studio.at(desk):
            return await _page(lambda: pages.add(desk, collection))

    async def remove(request: Request) -> Response:
        desk = studio.desk(request)
        if request.method == "POST":
            form = await studio.form(request)
            async with studio.at(desk):
                return await run_in_threadpool(
                    _remove, studio, desk, request.path_params["path"], form, studio.who(request)
                )
        async with studio.at(desk):
            path = _path(desk, request.path_params["path"])
            return await _page(lambda: pages.removal(desk, path))

    async def history(request: Request) -> Response:
        desk = studio.desk(request)
        if request.method == "POST":
            form = await studio.form(request)
            async with studio.at(desk):
                number = str(form.get("number", ""))
                if number.isdecimal():
                    await run_in_threadpool(desk.copy.restore, int(number), studio.who(request))
            return RedirectResponse(studio.link(desk.name, "history"), 303)
        async with studio.at(desk):
            return await _page(lambda: pages.history(desk))

    async def upload(request: Request) -> Response:
        """Store a file beside the content, and name it in the field that it was chosen for."""
        desk, form = studio.desk(request), await studio.form(request)
        async with studio.at(desk):
            said = await _bring_in(desk, form, studio.who(request))
            return await run_in_threadpool(_back, studio, desk, form, request, said)

    async def begin(request: Request) -> Response:
        """Begin a new pack from the starter, in the folder of the first one."""
        form = await studio.form(request)
        name = _as_name(str(form.get("name", "")))
        try:
            await run_in_threadpool(studio.begin, name)
        except PressError as error:
            html = pages.packs(name=str(form.get("name", "")), problem=str(error))
            return Response(html, 400, media_type="text/html", headers=_FRESH)
        return RedirectResponse(studio.link(name, "edit", "pack"), 303)

    async def conflicts(request: Request) -> Response:
        desk = studio.desk(request)
        if request.method == "POST":
            form = await studio.form(request)
            async with studio.at(desk):
                return await run_in_threadpool(_choose, studio, desk, form, studio.who(request))
        async with studio.at(desk):
            return await _page(lambda: pages.conflicts(desk, desk.copy.conflicts))

    async def events(request: Request) -> Response:
        return StreamingResponse(_events(studio), media_type="text/event-stream", headers=_FRESH)

    async def asset(request: Request) -> Response:
        name = request.path_params["file"]
        if name not in _ASSETS:
            raise HTTPException(404, say("no_page"))
        folder, media_type = _ASSETS[name]
        return Response((folder / name).read_bytes(), media_type=media_type, headers=_FRESH)

    async def picture(request: Request) -> Response:
        view = pages.view(request.path_params["id"])
        number = request.path_params["page"]
        if (
            not view
            or request.path_params["digest"] != view.digest
            or not 1 <= number <= len(view.pages)
        ):
            raise HTTPException(404, say("no_page"))
        data = await asyncio.to_thread(draw, view, number)
        return Response(data, media_type="image/png", headers=_KEPT)

    routes = [
        Route("/", index),
        Route("/new", begin, methods=["POST"]),
        Route("/packs", start),
        Route("/events", events),
        Route("/assets/{file}", asset),
        Route("/pictures/{id}/{digest}/{page:int}.png", picture),
        Route("/p/{name}/", pack),
        Route("/p/{name}/edit/{path:path}", edit),
        Route("/p/{name}/change", change, methods=["POST"]),
        Route("/p/{name}/upload", upload, methods=["POST"]),
        Route("/p/{name}/do/{step}", step, methods=["POST"]),
        Route("/p/{name}/shown", shown),
        Route("/p/{name}/find", find),
        Route("/p/{name}/add/{collection}", add, methods=["GET", "POST"]),
        Route("/p/{name}/remove/{path:path}", remove, methods=["GET", "POST"]),
        Route("/p/{name}/history", history, methods=["GET", "POST"]),
        Route("/p/{name}/conflicts", conflicts, methods=["GET", "POST"]),
        *more(studio),
    ]
    handlers: Any = {HTTPException: pages.refused, 500: pages.failed}
    app = Starlette(routes=routes, exception_handlers=handlers)
    origins = [studio.access.origin] if studio.access.origin else []
    return Guard(app, studio.access.hosts, origins)


def _add(studio: Studio, desk: Desk, collection: str, form: Any, who: str) -> Response:
    """Add an entry under the name that was typed, with what it must have."""
    values = desk.reading.values
    name = _as_name(str(form.get("name", "")))
    problem = ""
    if not name:
        problem = say("bad_name")
    elif name in [known for known, _, _ in named(values, collection)]:
        problem = say("taken_name")
    if problem:
        html = studio.pages.add(desk, collection, name=str(form.get("name", "")), problem=problem)
        return Response(html, 400, media_type="text/html", headers=_FRESH)
    node = node_at((collection,))
    entry = changes.blank(node.entry, values)
    last = len(at(values, (collection,)) or ())
    if node.kind == "array":
        edit = Insert((collection,), last, {**cast(dict[str, Value], entry), "id": name})
        path: YamlPath = (collection, last)
    else:
        edit = Insert((collection,), last, entry, name)
        path = (collection, name)
    title = say("insert", where=f"{plain_name((collection,))}, {name}")
    desk.copy.change([edit], title, who)
    return RedirectResponse(studio.link(desk.name, "edit", *path), 303)


def _remove(studio: Studio, desk: Desk, text: str, form: Any, who: str) -> Response:
    """Remove an entry, and what refers to it."""
    path = _path(desk, text)
    values = desk.reading.values
    found = removal(values, path)
    if found.stuck:
        return RedirectResponse(studio.link(desk.name, "remove", *path), 303)
    desk.copy.change(found.edits, say("remove", where=where(values, path)), who)
    return RedirectResponse(studio.link(desk.name, "edit", *path[:-1]), 303)


def _as_name(text: str) -> str:
    """A name for the file from what was typed: “Local police” becomes “local-police”."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-")


def edits_title(values: Mapping[str, Any], edits: Sequence[Edit]) -> str:
    """What edits do, in a line for the history."""
    first, *others = edits
    path = first.path
    if isinstance(first, Insert):
        path = (*path, first.name or first.at)
    place = where(values, path)
    if others:
        place = say("changed_more", where=place, count=len(others))
    return say(first.kind, where=place)


async def _page(make: Callable[[], str]) -> Response:
    html = await run_in_threadpool(make)
    return Response(html, media_type="text/html", headers=_FRESH)


def _path(desk: Desk, text: str) -> YamlPath:
    """The path that an address names. Raises a 404 if there is no such place in a pack."""
    try:
        return path_in(desk.reading.values, text)
    except KeyError:
        raise HTTPException(404, say("no_place")) from None


def _change(studio: Studio, desk: Desk, form: Any, who: str, request: Request) -> Response:
    """What was typed, and then what the pressed button does."""
    copy = desk.copy
    version, wish = str(form.get("version", "")), str(form.get("do", ""))
    since = int(version) if version.isdecimal() else copy.version
    others = since != copy.version
    said = ""
    try:
        values = copy.values_at(since)
        if edits := [*changes.typed(form, values)]:
            copy.change(edits, edits_title(values, edits), who, since)
            # The button is about what was just typed, unless others have changed something.
            since = since if others else copy.version
            values = copy.values_at(since)
        if edits := [*changes.pressed(wish, values)]:
            copy.change(edits, edits_title(values, edits), who, since)
    except ConflictError as error:
        html = studio.pages.conflicts(desk, error.conflicts)
        if wants_json(request):
            return JSONResponse({"conflict": html}, 409)
        return Response(html, 409, media_type="text/html", headers=_FRESH)
    except (CannotEdit, OutputError) as error:
        said = str(error)
    except (ValueError, KeyError) as error:
        raise HTTPException(400, say("old_page")) from error
    if landing := changes.landing(wish, copy.source.values):
        address = studio.link(desk.name, "edit", *landing)
        as_json = wants_json(request)
        return JSONResponse({"address": address}) if as_json else RedirectResponse(address, 303)
    return _back(studio, desk, form, request, said, whole=bool(wish or others))


async def _bring_in(desk: Desk, form: Any, who: str) -> str:
    """Returns what to say about it."""
    path = changes.path_from(str(form.get("path", "")))
    kind, file = node_at(path).keyword("x-file"), form.get("file")
    if not kind or not isinstance(file, UploadFile):
        raise HTTPException(400, say("old_page"))
    data = await file.read(MOST * 1_000_000 + 1)
    try:
        stored = await run_in_threadpool(
            bring_in, desk.file.parent, kind, file.filename or "", data
        )
        edit = SetValue(path, stored, node_at(path[:-1]).names)
        desk.copy.change([edit], edits_title(desk.copy.source.values, [edit]), who)
    except PressError as error:
        return str(error)
    return say("brought", name=stored)


def _choose(studio: Studio, desk: Desk, form: Any, who: str) -> Response:
    """Settle a conflict between what somebody typed and what somebody else wrote."""
    copy = desk.copy
    path = changes.path_from(str(form.get("path", "")))
    mine = form.get("choice") == "mine"
    title = say("set", where=where(desk.reading.values, path))
    if path in [one.path for one in copy.conflicts]:
        copy.resolve(path, mine, title, who)
    elif mine:
        copy.change([SetValue(path, json.loads(str(form["mine"])))], title, who)
    more = "conflicts" if copy.conflicts else "edit"
    parts = () if copy.conflicts else form_of(path)
    return RedirectResponse(studio.link(desk.name, more, *parts), 303)


def _step(desk: Desk, what: str, who: str) -> str:
    """Returns what to say about it."""
    copy = desk.copy
    match what:
        case "undo":
            title = copy.undo()
            return say("undone", title=title) if title else say("nothing_to_undo")
        case "redo":
            title = copy.redo()
            return say("redone", title=title) if title else say("nothing_to_redo")
        case "save":
            if errors := desk.reading.errors:
                return say("not_saved", count=len(errors))
            try:
                copy.save(who)
            except (OutputError, FileChanged) as error:
                return str(error)
            return say("saved", file=desk.file.name)
    raise HTTPException(404, say("no_page"))


def _back(
    studio: Studio, desk: Desk, form: Any, request: Request, said: str, *, whole: bool = True
) -> Response:
    """The page that a form is on, as it is now: its parts for our script, or the page itself."""
    place = str(form.get("place", ""))
    try:
        path = path_in(desk.reading.values, place)
    except KeyError:
        path = path_in(desk.reading.values, place.split("/", maxsplit=1)[0] or "pack")
    if wants_json(request):
        return JSONResponse(studio.pages.parts(desk, path, said, whole=whole), headers=_FRESH)
    return RedirectResponse(studio.link(desk.name, "edit", *path), 303)


def wants_json(request: Request) -> bool:
    """Whether our script asks, which takes the parts of a page."""
    return request.headers.get("accept", "").startswith("application/json")


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
            data = {"versions": versions, "left": state.left, "token": studio.token[:6]}
            yield f"id: {since}\ndata: {json.dumps(data)}\n\n"
