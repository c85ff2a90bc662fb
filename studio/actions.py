"""What the forms and buttons of the studio do. Each is for somebody who has the desk for now."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from urllib.parse import unquote, urlencode

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from editing.changes import place_after
from editing.edits import CannotEdit, Edit, Insert, Remove, SetValue, Value, follow
from editing.working_copy import ConflictError, FileChanged
from pack.errors import OutputError, PressError
from pack.model import YamlPath
from studio import changes
from studio.answers import FRESH, html, wants_json
from studio.desk import Desk
from studio.fields import at, named, path_in
from studio.outline import form_of, where
from studio.references import name_of, removal, renaming
from studio.schema import node_at
from studio.studio import Studio
from studio.uploads import MOST, bring_in
from studio.words import TITLES, as_name, plain_name, say


def change(studio: Studio, desk: Desk, form: Any, who: str, request: Request) -> Response:
    """What was typed and chosen, and then what the pressed button does."""
    copy = desk.copy
    since = _since(desk, form)
    others = since != copy.version
    said, place = "", None
    pressed = str(form.get("do", ""))
    with _only_ours():
        wish = changes.Button.read(pressed)
    try:
        said = _keep(desk, form, who)
        # The button is about what was just typed, unless others have changed something.
        since = since if others else copy.version
        values = copy.values_at(since)
        with _only_ours():
            edits = [*(changes.pressed(wish, values) if pressed else changes.placed(form, values))]
        if edits:
            copy.change(edits, edits_title(values, edits), who, since)
            place = _place(edits[-1])
    except ConflictError as error:
        return _conflict(studio, desk, error, request)
    except (CannotEdit, OutputError) as error:
        said = str(error)
    studio.hand_over(desk)
    if landing := changes.landing(wish, copy.source.values):
        address = studio.link(desk.name, "edit", *landing) + _new(landing)
        as_json = wants_json(request)
        return JSONResponse({"address": address}) if as_json else RedirectResponse(address, 303)
    whole = bool(pressed or others or place or _sent(form, "f:"))
    is_new = wish.do in ("add", "start")
    return back(studio, desk, form, request, said, whole=whole, place=place, is_new=is_new)


def step(studio: Studio, desk: Desk, what: str, form: Any, who: str, request: Request) -> Response:
    """Undo, redo or save. A page without our script sends what was typed along."""
    said = ""
    if _sent(form, "o:"):
        try:
            said = _keep(desk, form, who)
        except ConflictError as error:
            return _conflict(studio, desk, error, request)
        except CannotEdit as error:
            said = str(error)
    return back(studio, desk, form, request, said or take_step(desk, what, who))


def _sent(form: Any, kind: str) -> bool:
    """Whether a form sent fields of a kind: “o:” for values, “f:” for files."""
    return any(name.startswith(kind) for name in form)


def _since(desk: Desk, form: Any) -> int:
    """The version of the text that a form was drawn from."""
    known = number_in(form, "version")
    return desk.copy.version if known is None else known


def _keep(desk: Desk, form: Any, who: str) -> str:
    """Take what was typed, and the files that were chosen. Returns what to say about these."""
    since = _since(desk, form)
    values = desk.copy.values_at(since)
    with _only_ours():
        edits = [*changes.typed(form, values)]
        files = [*_files(form, values)]
    said = ""
    for path, file in files:
        try:
            kind = node_at(path).keyword("x-file")
            data = file.file.read(MOST * 1_000_000 + 1)
            stored = bring_in(desk.file.parent, kind, file.filename or "", data)
        except PressError as error:
            said = str(error)
        else:
            said = say("brought", name=stored)
            edits.append(SetValue(path, stored, node_at(path[:-1]).names))
    if edits:
        visit = str(form.get("visit", ""))
        desk.copy.change(edits, edits_title(values, edits), who, since, visit)
    return said


def _files(form: Any, values: Mapping[str, Any]) -> Iterator[tuple[YamlPath, UploadFile]]:
    """The files that a form sent, each with the path of its field.

    Raises `KeyError` if no form of ours has such a field.
    """
    for name, file in form.multi_items():
        if name.startswith("f:") and isinstance(file, UploadFile) and file.filename:
            path = path_in(values, unquote(name[2:]))
            if not node_at(path).keyword("x-file"):
                raise KeyError(name)
            yield path, file


def _place(edit: Edit) -> YamlPath:
    """Where somebody goes on after an edit: at what it is about, or around it if that is gone."""
    if isinstance(edit, Insert):
        return place_after(edit)
    return follow(edit.path, edit) or edit.path[:-1]


def _conflict(studio: Studio, desk: Desk, error: ConflictError, request: Request) -> Response:
    page = studio.pages.conflicts(desk, error.conflicts)
    return JSONResponse({"conflict": page}, 409) if wants_json(request) else html(page, 409)


def choose(studio: Studio, desk: Desk, form: Any, who: str) -> Response:
    """Settle a conflict between what somebody typed and what somebody else wrote."""
    copy = desk.copy
    with _only_ours():
        path = changes.path_from(str(form.get("path", "")))
        value = changes.value_from(str(form.get("mine", "")))
    mine = form.get("choice") == "mine"
    title = say("set", where=where(desk.reading.values, path))
    if path in [one.path for one in copy.conflicts]:
        copy.resolve(path, mine, title, who)
    elif mine:
        copy.change([Remove(path) if value is None else SetValue(path, value)], title, who)
    more = "conflicts" if copy.conflicts else "edit"
    parts = () if copy.conflicts else form_of(path)
    return RedirectResponse(studio.link(desk.name, more, *parts), 303)


def take_step(desk: Desk, what: str, who: str) -> str:
    """Undo, redo or save. Returns what to say about it."""
    copy = desk.copy
    match what:
        case "undo":
            title = copy.undo()
            return say("history.undo", title=title) if title else say("nothing_to_undo")
        case "redo":
            title = copy.redo()
            return say("history.redo", title=title) if title else say("nothing_to_redo")
        case "save":
            if errors := desk.reading.errors:
                return say("not_saved", count=len(errors))
            try:
                copy.save(who)
            except (OutputError, FileChanged) as error:
                return str(error)
            return say("saved", file=desk.file.name)
    raise HTTPException(404, say("no_page"))


def add(studio: Studio, desk: Desk, collection: str, form: Any, who: str) -> Response:
    """Add an entry under the name that was typed, with what it must have."""
    values = desk.reading.values
    typed = str(form.get("name", "")).strip()
    name = as_name(typed)
    if problem := _name_problem(values, collection, name):
        return html(studio.pages.add(desk, collection, name=typed, problem=problem), 400)
    node = node_at((collection,))
    entry = cast(dict[str, Value], changes.blank(node.entry, values))
    if typed != name:  # as people call it, not only the file
        entry |= dict.fromkeys([one for one in TITLES if entry.get(one) == ""][:1], typed)
    last = len(at(values, (collection,)) or ())
    if node.kind == "array":
        edit = Insert((collection,), last, {**entry, "id": name})
        path: YamlPath = (collection, last)
    else:
        edit = Insert((collection,), last, entry, name)
        path = (collection, name)
    title = say("insert", where=f"{plain_name((collection,))}, {typed}")
    desk.copy.change([edit], title, who)
    return RedirectResponse(studio.link(desk.name, "edit", *path) + _new(path), 303)


def rename(studio: Studio, desk: Desk, text: str, form: Any, who: str) -> Response:
    """Give an entry another name in the file, and that name to all that refers to it."""
    path = path_at(desk, text)
    values = desk.reading.values
    known = name_of(values, path)
    if not known:
        raise HTTPException(404, say("no_place"))
    typed = str(form.get("name", "")).strip()
    name = as_name(typed)
    if name == known[1]:
        return RedirectResponse(studio.link(desk.name, "edit", *path), 303)
    if problem := _name_problem(values, known[0], name):
        return html(studio.pages.renaming(desk, path, name=typed, problem=problem), 400)
    edits = renaming(values, path, name)
    desk.copy.change(edits, say("rename", where=where(values, path)), who)
    return RedirectResponse(studio.link(desk.name, "edit", *place_after(edits[-1])[:2]), 303)


def _name_problem(values: Mapping[str, Any], collection: str, name: str) -> str:
    """Why an entry can't have a name; "" if it can."""
    if not name:
        return say("bad_name")
    taken = name in [known for known, _, _ in named(values, collection)]
    return say("taken_name") if taken else ""


def remove(studio: Studio, desk: Desk, text: str, form: Any, who: str) -> Response:
    """Remove an entry, and what refers to it."""
    path = path_at(desk, text)
    values = desk.reading.values
    found = removal(values, path)
    if found.stuck:
        return RedirectResponse(studio.link(desk.name, "remove", *path), 303)
    desk.copy.change(found.edits, say("remove", where=where(values, path)), who)
    return RedirectResponse(studio.link(desk.name, "edit", *path[:-1]), 303)


def back(
    studio: Studio,
    desk: Desk,
    form: Any,
    request: Request,
    said: str,
    *,
    whole: bool = True,
    place: YamlPath | None = None,
    is_new: bool = False,
) -> Response:
    """The page that a form is on, as it is now: its parts for our script, or the page itself.

    `place` is the path of the value to go on with; `is_new` if it was just added.
    """
    text = str(form.get("place", ""))
    try:
        path = path_at(desk, text)
    except HTTPException:  # it is gone, or this was another page than a form's
        above = node_at(()).names
        path = (next((one for one in above if text.startswith(f"{one}/")), "pack"),)
    if wants_json(request):
        fresh = place if is_new else None
        parts = studio.pages.parts(desk, path, said, whole=whole, fresh=fresh)
        return JSONResponse(parts, headers=FRESH)
    if said:
        return html(studio.pages.edit(desk, path, said))
    query = _new(place) if place and is_new else ""
    anchor = f"#f-{'-'.join(map(str, place))}" if place else ""
    return RedirectResponse(studio.link(desk.name, "edit", *path) + query + anchor, 303)


def _new(path: YamlPath) -> str:
    """What an address says of an entry that was just added."""
    return "?" + urlencode({"new": "/".join(map(str, path))})


def path_at(desk: Desk, text: str) -> YamlPath:
    """The path that an address names. Raises a 404 if there is no such place in a pack."""
    with contextlib.suppress(KeyError):
        if path := path_in(desk.reading.values, text):
            return path
    raise HTTPException(404, say("no_place"))


def number_in(form: Any, name: str) -> int | None:
    """The number that a form sent; None if it is none."""
    text = str(form.get(name, ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


@contextlib.contextmanager
def _only_ours() -> Iterator[None]:
    """Refuse what no page of ours sends."""
    try:
        yield
    except (ValueError, KeyError) as error:
        raise HTTPException(400, say("old_page")) from error


def edits_title(values: Mapping[str, Any], edits: Sequence[Edit]) -> str:
    """What edits do, in a line for the history."""
    first, *others = edits
    place = where(values, place_after(first))
    if others:
        place = say("changed_more", where=place, count=len(others))
    return say(first.kind, where=place)
