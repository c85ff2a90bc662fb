"""The studio's pages as HTML, whole and in parts."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from editing.rebase import Conflict
from pack.model import YamlPath
from pack.templates import environment
from press.builders import artifacts_of
from preview.app import artifact_id, picture_address
from preview.state import State
from preview.views import ArtifactView
from studio.aftermath import new_errors
from studio.answers import wants_json
from studio.desk import Desk, Reading
from studio.effects import effects
from studio.fields import Field, at, form
from studio.outline import (
    COLLECTIONS,
    documents,
    entry_title,
    find,
    form_of,
    outline,
    places,
    where,
)
from studio.references import name_of, references, removal
from studio.schema import node_at
from studio.spots import spots
from studio.todo import not_drawn, wrong_files
from studio.words import counted, in_forms, plain_name, say, title_of, words


class StudioPages:
    """Makes pages from the desks and from the state of the builder.

    `base` is the start of all addresses, and `token` goes into all forms. `report` writes down a
    fault in the program, and says where.
    """

    def __init__(
        self,
        desks: Mapping[str, Desk],
        state: State,
        base: str,
        token: str,
        report: Callable[[Exception], str],
    ) -> None:
        self._desks = desks
        self._state = state
        self._base = base
        self._token = token
        self._report = report
        self._environment = environment("studio")
        self._environment.filters |= {
            "id": artifact_id,
            "picture": picture_address,
            "json": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
            "in_forms": in_forms,
            "address": lambda path: "/".join(quote(str(key), safe="") for key in path),
        }
        self._environment.globals |= {
            "words": words(),
            "link": self.link,
            "plain_name": plain_name,
            "title_of": title_of,
            "counted": counted,
            "form_of": form_of,
        }

    def link(self, name: str = "", *parts: str | int) -> str:
        """The address of a page of a pack, or of the start page."""
        base = self._base
        if not name:
            return f"{base}/"
        return f"{base}/p/" + "/".join(quote(str(part), safe="") for part in (name, *parts))

    def packs(self, name: str = "", problem: str = "") -> str:
        desks = [*self._desks.values()]
        return self.page("packs", None, desks=desks, name=name, problem=problem)

    def edit(
        self,
        desk: Desk,
        path: YamlPath,
        said: str = "",
        fresh: YamlPath | None = None,
        on: str = "",
    ) -> str:
        """The page of a form. `fresh` is what was just added, and not filled in yet.

        `on` is the id of the document to show without our script.
        """
        pictures = self.part("plain_pictures", **self._shown_values(desk, path, on))
        values = self._edit_values(desk, path, fresh)
        return self.page("edit", desk, said=said, pictures=pictures, **values)

    def parts(
        self,
        desk: Desk,
        path: YamlPath,
        said: str,
        *,
        whole: bool,
        fresh: YamlPath | None = None,
    ) -> dict[str, Any]:
        """What our script puts into a page after a change; with its form if that is to change."""
        values = {**self._edit_values(desk, path, fresh), **self._shared(desk)}
        fragments = ["status", "outline", *(["form"] if whole else [])]
        made = {name: self.part(name, **values) for name in fragments}
        problems = values["problems"]
        inline = {
            one.id: self.part("problem_list", found=problems(one.path), reading=desk.reading)
            for one in values["form"].all()
        }
        return {**made, "version": desk.copy.version, "said": said, "problems": inline}

    def shown(self, desk: Desk, path: YamlPath, on: str) -> tuple[str, list[str]]:
        """The pages and slides that show the part at a path, and the keys of their artifacts.

        `on` is the id of the document to show; if it shows nothing of the part, the first does.
        """
        values = self._shown_values(desk, path, on)
        key = self.key(desk, values["on"])
        view, numbers = self._state.views.get(key), values["numbers"]
        found = {number: [*_spots(desk, view, number)] for number in numbers if view}
        own = path[:1] not in (("handouts",), ("deck",)) and not _is_everywhere(path)
        first = [n for n in found if own and any(one["form"] == path for one in found[n])]
        more = {
            "failed": [(desk.path_of(one), one) for one in not_drawn(self._state, key)],
            "numbers": first or [*found],
            "others": [number for number in found if first and number not in first],
            "spots": found,
            "left": self._state.left,
        }
        html = self.part("shown", base=self._base, view=view, **values | more)
        return html, [key] if key else []

    def _shown_values(self, desk: Desk, path: YamlPath, on: str) -> dict[str, Any]:
        """What pictures there are of the part at a path, with our script or without it."""
        pack, where_ = desk.pack, desk.shown_on(path)
        documents = pack.documents.values() if pack else ()
        titles = {one.id: title_of((), one.title) for one in documents}
        ids = [one for one in titles if _is_everywhere(path) or one in where_.documents]
        chosen = on if on in ids else next(iter(ids), "")
        view = self._state.views.get(self.key(desk, chosen))
        is_deck = bool(pack and pack.deck and pack.deck.id == chosen)
        planned = (one.pages for one in artifacts_of(pack) if one.id == chosen) if pack else ()
        count = len(view.pages) if view else next(iter(planned), 0)
        numbers: Collection[int] = range(1, 1 + max(count, 1))
        if is_deck and where_.slides and not _is_everywhere(path):
            numbers = [one for one in where_.slides if not view or one in numbers]
        return {
            "desk": desk,
            "path": path,
            "has_pack": pack is not None,
            "outdated": desk.reading.pack is None,
            "saved_only": desk.shows_saved,
            "choices": [(one, titles[one]) for one in ids],
            "on": chosen,
            "numbers": numbers,
            "is_deck": is_deck,
        }

    def key(self, desk: Desk, document: str) -> str:
        """The key of a document's plain edition, as the builder names it; "" if it has none."""
        name = desk.name
        planned = self._state.plans.get(name)
        keys = planned.keys if planned else ()
        wanted = {f"{name}/{document}.pdf", f"{name}/{document}.pptx"}
        return next((key for key in keys if key in wanted), "")

    def find(self, desk: Desk, query: str) -> str:
        hits, count = find(desk.reading, query)
        titles = documents(desk.pack)
        shown = [(hit, places(desk.shown_on(hit.path), titles)) for hit in hits]
        return self.page("find", desk, query=query, hits=shown, count=count)

    def add(self, desk: Desk, collection: str, *, name: str = "", problem: str = "") -> str:
        """The page to add a named entry. Raises a 404 if there is no such collection."""
        if collection not in (*COLLECTIONS, "handouts"):
            raise HTTPException(404, say("no_place"))
        return self.page("add", desk, collection=collection, name=name, problem=problem)

    def removal(self, desk: Desk, path: YamlPath) -> str:
        values = desk.reading.values
        named = name_of(values, path)
        found = [*references(values, *named)] if named else []
        how = removal(values, path)
        return self.page(
            "remove",
            desk,
            path=path,
            title=where(values, path),
            uses=[(form_of(one), where(values, one)) for one in found],
            stuck=[(form_of(one), where(values, one)) for one in how.stuck],
            wrong=[*new_errors(desk, how.edits)] if not how.stuck else [],
        )

    def renaming(self, desk: Desk, path: YamlPath, *, name: str = "", problem: str = "") -> str:
        """The page to give an entry another name. Raises a 404 if it has none."""
        values = desk.reading.values
        known = name_of(values, path)
        if not known:
            raise HTTPException(404, say("no_place"))
        return self.page(
            "rename",
            desk,
            path=path,
            title=where(values, path),
            uses=[(form_of(one), where(values, one)) for one in references(values, *known)],
            name=name or known[1],
            problem=problem,
        )

    def history(self, desk: Desk) -> str:
        entries = [
            {
                "number": one.number,
                "time": datetime.fromisoformat(one.time).astimezone(),
                "who": one.who,
                "title": say(f"history.{one.kind}", title=one.title),
            }
            for one in desk.copy.history()
        ]
        return self.page("history", desk, entries=entries)

    def conflicts(self, desk: Desk, found: Sequence[Conflict]) -> str:
        """What somebody else wrote in the meantime, beside what was typed."""
        values = desk.reading.values
        shown = [
            {
                "path": one.path,
                "where": where(values, one.path),
                "theirs": _readable(one.theirs),
                "mine": _readable(one.mine),
                "value": one.mine,
            }
            for one in found
        ]
        return self.page("conflicts", desk, conflicts=shown)

    async def refused(self, request: Request, error: Exception) -> Response:
        """What can't be had, or can't be done."""
        if not isinstance(error, HTTPException):
            return self._refusal(request, str(error), 400)
        own = error.detail != HTTPStatus(error.status_code).phrase
        text = error.detail if own else say("no_page")
        return self._refusal(request, text, error.status_code)

    async def failed(self, request: Request, error: Exception) -> Response:
        """A fault in the program: the page stays usable, and says where the report is."""
        text = say("failed", report=self._report(error))
        return self._refusal(request, text, 500)

    def _refusal(self, request: Request, text: str, status: int) -> Response:
        if wants_json(request):
            return JSONResponse({"said": text}, status)
        return HTMLResponse(self.page("refused", None, text=text), status)

    def page(self, template: str, desk: Desk | None, **values: Any) -> str:
        """A whole page. `desk` is that of the pack that it is about."""
        return self.part(template, **self._shared(desk), **values)

    def part(self, template: str, **values: Any) -> str:
        """A part of a page, as our scripts put it in."""
        return self._environment.get_template(f"{template}.html.j2").render(**values)

    def _shared(self, desk: Desk | None) -> dict[str, Any]:
        shared: dict[str, Any] = {
            "token": self._token,
            "base": self._base,
            "desk": desk,
        }
        if desk:
            reading = desk.reading
            shared |= {
                "reading": reading,
                "groups": outline(reading),
                "changed": effects(desk) if desk.copy.is_changed else None,
                "wrong_files": wrong_files(desk.name, self._state),
            }
        return shared

    def _edit_values(self, desk: Desk, path: YamlPath, fresh: YamlPath | None) -> dict[str, Any]:
        reading = desk.reading

        def calm(field: Field) -> bool:
            """Whether a field is empty because it is new, which is not wrong yet."""
            return fresh is not None and field.path[: len(fresh)] == fresh and not field.value

        return {
            "path": path,
            "title": where(reading.values, path),
            "form": form(reading.values, path, reading.labels),
            "listed": _listed(reading, path),
            "exists": at(reading.values, path) is not None,
            "calm": calm,
            "problems": partial(reading.problems_at, inside=False),
            "titles": partial(entry_title, reading.values),
            "titles_of": _option_title,
            "known": (name_of(reading.values, path) or ("", ""))[1],
            "node": node_at(path),
        }


def _is_everywhere(path: YamlPath) -> bool:
    """Whether a part is shown on all sheets and slides."""
    return path[:1] in (("pack",), ("labels",), ("publisher",)) or not path


def _spots(desk: Desk, view: ArtifactView, number: int) -> Iterator[dict[str, Any]]:
    """The spots of a page, with the form that each opens."""
    values = desk.reading.values
    for spot in spots(desk.reading.known_texts, view, number):
        yield {**vars(spot), "form": form_of(spot.path), "where": where(values, spot.path)}


def _listed(reading: Reading, path: YamlPath) -> tuple[YamlPath, ...]:
    """The entries of a list that has a page of its own; () if the path is not of such a list."""
    if path in (("handouts",), ("deck", "slides")) or (len(path) == 1 and path[0] in COLLECTIONS):
        found = at(reading.values, path)
        keys = found if isinstance(found, Mapping) else range(len(found or ()))
        return tuple((*path, key) for key in keys)
    return ()


def _readable(value: Any) -> str:
    """A value as people read it: a text as it is, anything else line by line."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(f"- {_readable(one)}" for one in value)
    if isinstance(value, dict):
        return "\n".join(f"{plain_name((name,))}: {_readable(one)}" for name, one in value.items())
    return "" if value is None else str(value)


def _option_title(field: Field, value: str) -> str:
    return next((one.title for one in field.options if one.value == value), value)
