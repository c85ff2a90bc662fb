"""The strings of a language, each beside its English; what is typed is written at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from languages.catalog import Translation, clean
from languages.status import by_sheet
from languages.tags import english_name
from pack.errors import PressError
from pack.scripts import script_of
from press import translation_steps as steps
from press.translations import TranslationFiles
from studio.answers import FRESH, html, wants_json
from studio.desk import Desk
from studio.string_list import SHOWS, View, english_digest, listed, row, sheets
from studio.studio import Studio
from studio.translation_store import TranslationStore
from studio.words import say

#: A string: the names of its pack and its language, and its context.
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Typed:
    """What the form of a string sent.

    `old` is the translation in the file, as far as the form knows, and `drawn` the one that it
    showed at first. `finished` is False while somebody types.
    """

    context: str
    english: str
    old: str
    drawn: str
    target: str
    wish: str
    finished: bool

    @classmethod
    def of(cls, form: FormData) -> "_Typed":
        def text(name: str) -> str:
            return clean(str(form.get(name, "")))

        return cls(
            text("context"),
            text("english"),
            text("old"),
            text("drawn"),
            text("target"),
            text("do"),
            form.get("finished") != "no",
        )


class _WrittenMeanwhile(Exception):
    """Somebody else has changed a string, or its English, since its form was drawn."""


class StringPages:
    """The pages of strings, and what they remember while the studio runs."""

    def __init__(self, studio: Studio, store: TranslationStore) -> None:
        self._studio = studio
        self._store = store
        #: Translations as they were before somebody began to change them.
        self._before: dict[_Key, Translation] = {}
        #: What was typed where somebody else had written meanwhile, until it is settled.
        self._unsettled: dict[_Key, str] = {}

    async def one(self, request: Request) -> Response:
        """The strings of a language; a POST writes one."""
        desk, tag = self._studio.desk(request), request.path_params["tag"]
        if request.method == "POST":
            form = await self._studio.form(request)
            async with self._studio.at(desk):
                return await run_in_threadpool(self._change, desk, tag, form, wants_json(request))
        async with self._studio.at(desk):
            view = View.of(request.query_params)
            return await run_in_threadpool(self.show, desk, tag, view)

    def show(self, desk: Desk, tag: str, view: View, status: int = 200, **more: Any) -> Response:
        try:
            found = self._store.open(desk, tag)
        except PressError as error:
            return self.broken(desk, error, self._waiting(desk, tag, {}))
        values = desk.copy.saved.values
        titles = sheets(found.pack, found)
        if view.sheet not in titles:
            view = View(view.show, "", view.q, view.start)
        states = by_sheet(found.strings, found.catalog, found.reviews, found.flaws)
        shown = {
            "view": view,
            "shows": SHOWS,
            "titles": titles,
            "states": states,
            "listed": listed(found, view, values),
            "unsettled": self._waiting(desk, tag, self.numbers(desk)),
            "problems": (),
            "outcome": "",
            **self.shared(desk, found),
        }
        return self.page("language", desk, status, **{**shown, **more})

    def _change(self, desk: Desk, tag: str, form: FormData, by_script: bool) -> Response:
        """Write what was typed into a string, or what its buttons say."""
        typed = _Typed.of(form)
        view = View.of(dict(parse_qsl(str(form.get("view", "")))))
        key = (desk.name, tag, typed.context)
        failed, said = False, ""
        try:
            if typed.wish != "theirs":
                self._write(desk, tag, typed)
            self._unsettled.pop(key, None)
        except (_WrittenMeanwhile, PressError) as error:
            self._unsettled[key] = typed.target
            failed, said = True, str(error) if isinstance(error, PressError) else ""
        if by_script:
            return self._parts(desk, tag, typed, view, failed, said)
        if failed:
            return self.show(desk, tag, view, 409, outcome=said)
        number = self.numbers(desk).get(typed.context)
        address = self._studio.link(desk.name, "languages", tag)
        return RedirectResponse(f"{address}?{view.address()}#s-{number}", 303)

    def _parts(
        self, desk: Desk, tag: str, typed: _Typed, view: View, failed: bool, said: str
    ) -> Response:
        """What our script puts into the page: the state of a string, or its whole form."""
        status, number = 409 if failed else 200, self.numbers(desk).get(typed.context)
        try:
            found = self._store.open(desk, tag)
        except PressError as error:
            return JSONResponse({"said": str(error)}, 409, headers=FRESH)
        if number is None:
            return JSONResponse({"said": say("languages.gone")}, 409, headers=FRESH)
        values = {
            "row": row(found, number, desk.copy.saved.values),
            "view": view,
            "desk": desk,
            "token": self._studio.token,
            **self.shared(desk, found),
        }
        whole = bool(typed.wish) or failed
        part = self._studio.pages.part("string" if whole else "string_state", **values)
        target = found.catalog.entries[number].target
        parts = {"item" if whole else "state": part, "old": target, "said": said}
        return JSONResponse(parts, status, headers=FRESH)

    def _write(self, desk: Desk, tag: str, typed: _Typed) -> None:
        """Raises `_WrittenMeanwhile` if what was typed would take the place of another text."""
        key = (desk.name, tag, typed.context)
        earlier: Translation | None = None

        def change(found: TranslationFiles) -> TranslationFiles:
            nonlocal earlier
            earlier = found.catalog.by_context.get(typed.context)
            if not earlier or english_digest(earlier.source) != typed.english:
                raise _WrittenMeanwhile
            if earlier.target not in (typed.old, typed.target):
                raise _WrittenMeanwhile
            if typed.wish == "back" and key in self._before:
                return steps.put_back(found, self._before[key])
            return _written(found, earlier, typed)

        saved = self._store.save(desk, tag, change)
        changed = earlier and saved.catalog.by_context[typed.context] != earlier
        if earlier and changed and (typed.wish == "back" or earlier.target == typed.drawn):
            self._before[key] = earlier

    def _waiting(
        self, desk: Desk, tag: str, numbers: Mapping[str, int]
    ) -> list[tuple[str, str, int | None]]:
        """What waits for a choice: the context, what was typed, and the number of the string."""
        return [
            (context, text, numbers.get(context))
            for (name, language, context), text in self._unsettled.items()
            if (name, language) == (desk.name, tag)
        ]

    def numbers(self, desk: Desk) -> dict[str, int]:
        """The numbers of the strings, by context."""
        return {one.context: number for number, one in enumerate(self._store.pack(desk)[1])}

    def broken(
        self, desk: Desk, error: PressError, unsettled: list[tuple[str, str, int | None]]
    ) -> Response:
        """What must be fixed first, and what was typed meanwhile."""
        values = {"error": str(error), "unsettled": unsettled, "languages": (), "new": {}}
        return self.page("languages", desk, 409, **values)

    def shared(self, desk: Desk, found: TranslationFiles) -> dict[str, Any]:
        """What the pages of a language and the form of each string need."""
        tag, name = found.language, desk.name
        return {
            "tag": tag,
            "language": english_name(tag),
            "source": found.pack.about.language,
            "source_name": english_name(found.pack.about.language),
            "direction": script_of(tag).direction,
            "before": lambda context: self._before.get((name, tag, context)),
            "conflict": lambda context: self._unsettled.get((name, tag, context)),
        }

    def page(self, template: str, desk: Desk, status: int = 200, **values: Any) -> Response:
        values = {"error": "", **values}
        return html(self._studio.pages.page(template, desk, **values), status)


def _written(found: TranslationFiles, entry: Translation, typed: _Typed) -> TranslationFiles:
    """With what was typed. While somebody types it is unfinished: no build shows half a text."""
    # Somebody who types an old text again has not said that it is right.
    same = typed.target == typed.drawn and bool(entry.previous)
    finished = typed.wish == "right" or (typed.finished and not same)
    if typed.target == entry.target and (not finished or not entry.fuzzy):
        return found
    return steps.written(found, typed.context, typed.target, finished=finished)
