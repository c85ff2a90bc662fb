"""The studio's pages for languages: how far each is, and its strings beside the English."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from languages.catalog import Translation, TranslationError, clean
from languages.reviews import digest, role_fault
from languages.status import SheetStatus, by_sheet
from languages.strings import SourceString, strings
from languages.tags import UnknownLanguage, by_english_name, english_name, language_tag, own_name
from pack.artifacts import pack_name
from pack.errors import ContentError, OutputError, PressError, UsageError
from pack.labels import labels_in
from pack.model import Pack
from pack.problems import Problem
from pack.scripts import script_of
from preflight.language.word_lists import WordLists, load
from press import translation_steps as steps
from press.pipeline import read_all
from press.translations import (
    TranslationFiles,
    TranslationsChanged,
    languages_of,
    open_translations,
)
from press.where_shown import where_shown
from studio.answers import FRESH, html, wants_json
from studio.desk import Desk
from studio.string_list import SHOWS, View, english_digest, listed, row, sheets
from studio.studio import Studio
from studio.words import say

#: The most bytes of a file that a translator has sent.
_LARGEST = 5_000_000

_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "po": "text/x-gettext-translation; charset=utf-8",
    "tmx": "application/x-tmx+xml",
}

#: A string: the names of its pack and its language, and its context.
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class LanguageRow:
    """A language in the table of all.

    `state` says whether it is built (in words.toml). `error` is set if its files can't be read.
    """

    tag: str
    name: str
    own: str
    status: SheetStatus | None
    state: str = ""
    error: str = ""


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


def routes(studio: Studio) -> list[Route]:
    """The addresses of the pages for languages."""
    pages = _Languages(studio)
    start = "/p/{name}/languages"
    return [
        Route(start, pages.all, methods=["GET", "POST"]),
        Route(f"{start}/{{tag}}", pages.one, methods=["GET", "POST"]),
        Route(f"{start}/{{tag}}/approve", pages.approve, methods=["GET", "POST"]),
        Route(f"{start}/{{tag}}/import", pages.take, methods=["POST"]),
        Route(f"{start}/{{tag}}/export/{{ending}}", pages.export),
    ]


class _Languages:
    """The pages, and what they remember while the studio runs."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._packs: dict[str, tuple[bytes, Pack, tuple[SourceString, ...]]] = {}
        self._opened: dict[tuple[str, str], TranslationFiles] = {}
        #: Translations as they were before somebody began to change them.
        self._before: dict[_Key, Translation] = {}
        #: What was typed where somebody else had written meanwhile, until it is settled.
        self._unsettled: dict[_Key, str] = {}

    async def all(self, request: Request) -> Response:
        """How far each language is; a POST adds one."""
        desk = self._studio.desk(request)
        tag = ""
        if request.method == "POST":
            tag = str((await self._studio.form(request)).get("language", ""))
        async with self._studio.at(desk):
            return await run_in_threadpool(self._all, desk, tag)

    async def one(self, request: Request) -> Response:
        """The strings of a language; a POST writes one."""
        desk, tag = self._studio.desk(request), request.path_params["tag"]
        if request.method == "POST":
            form = await self._studio.form(request)
            async with self._studio.at(desk):
                return await run_in_threadpool(self._change, desk, tag, form, wants_json(request))
        async with self._studio.at(desk):
            view = View.of(request.query_params)
            return await run_in_threadpool(self._strings, desk, tag, view)

    async def approve(self, request: Request) -> Response:
        """Everything that may be approved, to be read; a POST approves it."""
        desk, tag = self._studio.desk(request), request.path_params["tag"]
        sheet = request.query_params.get("sheet", "")
        form = await self._studio.form(request) if request.method == "POST" else None
        async with self._studio.at(desk):
            return await run_in_threadpool(self._approve, desk, tag, sheet, form)

    async def take(self, request: Request) -> Response:
        """Take over what a translator has sent."""
        desk, tag = self._studio.desk(request), request.path_params["tag"]
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > 2 * _LARGEST:
            raise HTTPException(413, say("languages.too_large"))
        form = await self._studio.form(request)
        file = form.get("file")
        name, data = "", b""
        if isinstance(file, UploadFile):
            name, data = file.filename or "", await file.read(_LARGEST + 1)
        async with self._studio.at(desk):
            return await run_in_threadpool(self._import, desk, tag, name, data)

    async def export(self, request: Request) -> Response:
        """A file for translators."""
        desk, tag = self._studio.desk(request), request.path_params["tag"]
        ending, sheet = request.path_params["ending"], request.query_params.get("sheet", "")
        async with self._studio.at(desk):
            return await run_in_threadpool(self._export, desk, tag, ending, sheet)

    # ── The files ────────────────────────────────────────────────────────────

    def _pack(self, desk: Desk) -> tuple[Pack, tuple[SourceString, ...]]:
        """The pack as it is saved, and its strings: translations are of these."""
        try:
            data = desk.file.read_bytes()
        except OSError:
            data = b""
        known = self._packs.get(desk.name)
        if not known or known[0] != data:
            (pack,) = read_all([desk.file])
            known = self._packs[desk.name] = data, pack, strings(pack, where_shown(pack))
        return known[1:]

    def _open(self, desk: Desk, tag: str) -> TranslationFiles:
        pack, found = self._pack(desk)
        if tag not in languages_of(pack) or not _is_other(pack, tag):
            raise HTTPException(404, say("no_page"))
        opened = open_translations(pack, tag, found)
        known = self._opened.get((desk.name, tag))
        if known and known.pack is pack and known.read == opened.read:
            return known  # it knows its flaws
        self._opened[desk.name, tag] = opened
        return opened

    def _save(
        self, desk: Desk, tag: str, change: Callable[[TranslationFiles], TranslationFiles]
    ) -> TranslationFiles:
        """Change translations; once more, if another program wrote at the same moment."""
        try:
            saved = change(self._open(desk, tag)).save()
        except TranslationsChanged:
            saved = change(self._open(desk, tag)).save()
        self._opened[desk.name, tag] = saved
        return saved

    # ── The languages ────────────────────────────────────────────────────────

    def _all(self, desk: Desk, tag: str) -> Response:
        try:
            pack, found = self._pack(desk)
        except PressError as error:
            return self._broken(desk, error, [])
        known = languages_of(pack)
        new = {
            name: code
            for name, code in by_english_name().items()
            if code not in known and code != pack.about.language
        }
        if tag in new.values():
            try:
                open_translations(pack, tag, found).save()
            except PressError as error:
                return self._broken(desk, error, [])
        if tag in (*new.values(), *known):
            return RedirectResponse(self._studio.link(desk.name, "languages", tag), 303)
        languages = [self._status(desk, one) for one in known]
        return self._page("languages", desk, languages=languages, new=new)

    def _status(self, desk: Desk, tag: str) -> LanguageRow:
        if not _is_other(self._pack(desk)[0], tag):
            error = say("languages.wrong_file", file=f"{tag}.po")
            return LanguageRow(tag, "", "", None, error=error)
        try:
            found = self._open(desk, tag)
        except PressError as error:
            return LanguageRow(tag, english_name(tag), "", None, error=_said(error))
        status = by_sheet(found.strings, found.catalog, found.reviews, found.flaws)[-1]
        return LanguageRow(tag, english_name(tag), own_name(tag), status, _state(tag, status))

    # ── The strings of a language ────────────────────────────────────────────

    def _strings(
        self, desk: Desk, tag: str, view: View, status: int = 200, **more: Any
    ) -> Response:
        try:
            found = self._open(desk, tag)
        except PressError as error:
            return self._broken(desk, error, self._waiting(desk, tag, {}))
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
            "unsettled": self._waiting(desk, tag, self._numbers(desk)),
            "problems": (),
            "outcome": "",
            **self._of_language(desk, found),
        }
        return self._page("language", desk, status, **{**shown, **more})

    def _waiting(
        self, desk: Desk, tag: str, numbers: Mapping[str, int]
    ) -> list[tuple[str, str, int | None]]:
        """What waits for a choice: the context, what was typed, and the number of the string."""
        return [
            (context, text, numbers.get(context))
            for (name, language, context), text in self._unsettled.items()
            if (name, language) == (desk.name, tag)
        ]

    def _broken(
        self, desk: Desk, error: PressError, unsettled: list[tuple[str, str, int | None]]
    ) -> Response:
        """What must be fixed first, and what was typed meanwhile."""
        values = {"error": _said(error), "unsettled": unsettled, "languages": (), "new": {}}
        return self._page("languages", desk, 409, **values)

    def _of_language(self, desk: Desk, found: TranslationFiles) -> dict[str, Any]:
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
            failed, said = True, _said(error) if isinstance(error, PressError) else ""
        if by_script:
            return self._parts(desk, tag, typed, view, failed, said)
        if failed:
            return self._strings(desk, tag, view, 409, outcome=said)
        number = self._numbers(desk).get(typed.context)
        address = self._studio.link(desk.name, "languages", tag)
        return RedirectResponse(f"{address}?{view.address()}#s-{number}", 303)

    def _parts(
        self, desk: Desk, tag: str, typed: _Typed, view: View, failed: bool, said: str
    ) -> Response:
        """What our script puts into the page: the state of a string, or its whole form."""
        status, number = 409 if failed else 200, self._numbers(desk).get(typed.context)
        try:
            found = self._open(desk, tag)
        except PressError as error:
            return JSONResponse({"said": _said(error)}, 409, headers=FRESH)
        if number is None:
            return JSONResponse({"said": say("languages.gone")}, 409, headers=FRESH)
        values = {
            "row": row(found, number, desk.copy.saved.values),
            "view": view,
            "desk": desk,
            "token": self._studio.token,
            **self._of_language(desk, found),
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

        saved = self._save(desk, tag, change)
        changed = earlier and saved.catalog.by_context[typed.context] != earlier
        if earlier and changed and (typed.wish == "back" or earlier.target == typed.drawn):
            self._before[key] = earlier

    def _numbers(self, desk: Desk) -> dict[str, int]:
        """The numbers of the strings, by context."""
        return {one.context: number for number, one in enumerate(self._pack(desk)[1])}

    # ── Approve, send, receive ───────────────────────────────────────────────

    def _approve(self, desk: Desk, tag: str, sheet: str, form: FormData | None) -> Response:
        found = self._opened_for(desk, tag, sheet)
        role, fault = "", None
        if form is not None:
            role = " ".join(str(form.get("by", "")).split())
            fault = role_fault(role)
            if not fault:
                return self._approved(desk, tag, sheet, role, form)
        ready = {one.context for one in steps.approvable(found, sheet)}
        chosen = steps.chosen(found, sheet)
        values = desk.copy.saved.values
        numbers = self._numbers(desk)
        rows = [
            row(found, numbers[string.context], values)
            for string, entry in chosen
            if string.context in ready and not found.reviews.approves(entry)
        ]
        return self._page(
            "approve_language",
            desk,
            400 if fault else 200,
            rows=rows,
            left=len(chosen) - len(ready),
            view=View(sheet=sheet),
            sheet=sheet,
            title=sheets(found.pack, found).get(sheet, ""),
            by=role,
            fault=fault,
            digest=digest,
            **self._of_language(desk, found),
        )

    def _approved(self, desk: Desk, tag: str, sheet: str, role: str, form: FormData) -> Response:
        """Approve exactly what the page showed: what was changed meanwhile is not approved."""
        read = set(form.getlist("entry"))
        count = 0

        def change(found: TranslationFiles) -> TranslationFiles:
            nonlocal count
            ready = steps.approvable(found, sheet)
            same = [one for one in ready if f"{digest(one)} {one.context}" in read]
            new, count = steps.approved(found, same, role)
            return new

        try:
            self._save(desk, tag, change)
        except OutputError as error:
            return self._strings(desk, tag, View(sheet=sheet), 409, outcome=str(error))
        said = say("languages.approved", count=count, by=role)
        if changed := len(read) - count:
            said += " " + say("languages.changed_meanwhile", count=changed)
        return self._strings(desk, tag, View("unapproved", sheet), outcome=said)

    def _import(self, desk: Desk, tag: str, name: str, data: bytes) -> Response:
        ending = Path(name).suffix.lower()
        if ending not in (".xlsx", ".po"):
            return self._strings(desk, tag, View(), 400, outcome=say("languages.wrong_ending"))
        if len(data) > _LARGEST:
            return self._strings(desk, tag, View(), 400, outcome=say("languages.too_large"))
        warnings: tuple[Problem, ...] = ()
        taken = 0

        def change(found: TranslationFiles) -> TranslationFiles:
            nonlocal warnings, taken
            changed, update = steps.imported(found, file)
            warnings, taken = update.warnings, update.taken
            return changed

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"sent{ending}")
            file.write_bytes(data)
            try:
                self._opened_for(desk, tag, "")
                self._save(desk, tag, change)
            except TranslationError as error:
                said = say("languages.refused", count=len(error.problems))
                return self._strings(desk, tag, View(), 400, outcome=said, problems=error.problems)
            except OutputError as error:
                return self._strings(desk, tag, View(), 409, outcome=str(error))
        said = say("languages.taken", count=taken)
        return self._strings(desk, tag, View(), outcome=said, problems=warnings)

    def _export(self, desk: Desk, tag: str, ending: str, sheet: str) -> Response:
        if ending not in _MEDIA_TYPES:
            raise HTTPException(404, say("no_page"))
        found = self._opened_for(desk, tag, sheet)
        parts = [pack_name(found.pack), *([sheet] if sheet else []), tag]
        file = Path(f"{'-'.join(parts)}.{ending}")
        data, _ = steps.exported(found, file, sheet)
        headers = {**FRESH, "Content-Disposition": f'attachment; filename="{file}"'}
        return Response(data, media_type=_MEDIA_TYPES[ending], headers=headers)

    def _opened_for(self, desk: Desk, tag: str, sheet: str) -> TranslationFiles:
        """The translations, for what is about a sheet. Raises what a browser is told."""
        try:
            found = self._open(desk, tag)
            steps.chosen(found, sheet)
        except UsageError as error:
            raise HTTPException(404, str(error)) from error
        except PressError as error:
            raise HTTPException(409, _said(error)) from error
        return found

    def _page(self, template: str, desk: Desk, status: int = 200, **values: Any) -> Response:
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


def _is_other(pack: Pack, tag: str) -> bool:
    """Whether a name is the tag of a language that the pack isn't in itself."""
    try:
        return language_tag(tag) == tag != pack.about.language
    except UnknownLanguage:
        return False


def _state(tag: str, status: SheetStatus) -> str:
    """Whether a language is built, as a draft or at all."""
    if not labels_in(tag):
        return "no_labels"
    if status.current - status.flawed < status.strings:
        return "not_ready"
    if load(tag) == WordLists():
        return "no_lists"
    return "draft" if status.reviewed < status.strings else "done"


def _said(error: PressError) -> str:
    """An error as one text."""
    if isinstance(error, ContentError):
        return "\n".join(str(one) for one in error.problems)
    return str(error)
