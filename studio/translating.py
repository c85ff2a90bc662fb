"""The studio's pages for languages: how far each is, approvals, and files for translators."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from languages.catalog import TranslationError
from languages.reviews import digest, role_fault
from languages.status import SheetStatus, by_sheet
from languages.tags import by_english_name, english_name, own_name
from pack.artifacts import pack_name
from pack.errors import OutputError, PressError
from pack.labels import labels_in
from pack.problems import Problem
from preflight.language.word_lists import WordLists, load
from press import translation_steps as steps
from press.translations import TranslationFiles, languages_of, open_translations
from studio.answers import FRESH
from studio.desk import Desk
from studio.string_list import View, row, sheets
from studio.string_pages import StringPages
from studio.studio import Studio
from studio.translation_store import TranslationStore, is_other
from studio.uploads import sent_file
from studio.words import say

#: The most bytes of a file that a translator has sent.
_LARGEST = 5_000_000

_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "po": "text/x-gettext-translation; charset=utf-8",
    "tmx": "application/x-tmx+xml",
}


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


def routes(studio: Studio) -> list[Route]:
    """The addresses of the pages for languages."""
    store = TranslationStore()
    strings = StringPages(studio, store)
    pages = _LanguagePages(studio, store, strings)
    start = "/p/{name}/languages"
    return [
        Route(start, pages.all, methods=["GET", "POST"]),
        Route(f"{start}/{{tag}}", strings.one, methods=["GET", "POST"]),
        Route(f"{start}/{{tag}}/approve", pages.approve, methods=["GET", "POST"]),
        Route(f"{start}/{{tag}}/import", pages.take, methods=["POST"]),
        Route(f"{start}/{{tag}}/export/{{ending}}", pages.export),
    ]


class _LanguagePages:
    """The pages of all languages, and of what is done with many texts of one."""

    def __init__(self, studio: Studio, store: TranslationStore, strings: StringPages) -> None:
        self._studio = studio
        self._store = store
        self._strings = strings

    async def all(self, request: Request) -> Response:
        """How far each language is; a POST adds one."""
        desk = self._studio.desk(request)
        tag = ""
        if request.method == "POST":
            tag = str((await self._studio.form(request)).get("language", ""))
        async with self._studio.at(desk):
            return await run_in_threadpool(self._all, desk, tag)

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
        name, data = await sent_file(form, "file", _LARGEST + 1)
        async with self._studio.at(desk):
            return await run_in_threadpool(self._import, desk, tag, name, data)

    async def export(self, request: Request) -> Response:
        """A file for translators."""
        desk, tag = self._studio.desk(request), request.path_params["tag"]
        ending, sheet = request.path_params["ending"], request.query_params.get("sheet", "")
        async with self._studio.at(desk):
            return await run_in_threadpool(self._export, desk, tag, ending, sheet)

    def _all(self, desk: Desk, tag: str) -> Response:
        try:
            pack, found = self._store.pack(desk)
        except PressError as error:
            return self._strings.broken(desk, error, [])
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
                return self._strings.broken(desk, error, [])
        if tag in (*new.values(), *known):
            return RedirectResponse(self._studio.link(desk.name, "languages", tag), 303)
        languages = [self._status(desk, one) for one in known]
        return self._strings.page("languages", desk, languages=languages, new=new)

    def _status(self, desk: Desk, tag: str) -> LanguageRow:
        if not is_other(self._store.pack(desk)[0], tag):
            error = say("languages.wrong_file", file=f"{tag}.po")
            return LanguageRow(tag, "", "", None, error=error)
        try:
            found = self._store.open(desk, tag)
        except PressError as error:
            return LanguageRow(tag, english_name(tag), "", None, error=str(error))
        status = by_sheet(found.strings, found.catalog, found.reviews, found.flaws)[-1]
        return LanguageRow(tag, english_name(tag), own_name(tag), status, _state(tag, status))

    def _approve(self, desk: Desk, tag: str, sheet: str, form: FormData | None) -> Response:
        found = self._store.open_for(desk, tag, sheet)
        role, fault = "", None
        if form is not None:
            role = " ".join(str(form.get("by", "")).split())
            fault = role_fault(role)
            if not fault:
                return self._approved(desk, tag, sheet, role, form)
        ready = {one.context for one in steps.approvable(found, sheet)}
        chosen = steps.chosen(found, sheet)
        values = desk.copy.saved.values
        numbers = self._strings.numbers(desk)
        rows = [
            row(found, numbers[string.context], values)
            for string, entry in chosen
            if string.context in ready and not found.reviews.approves(entry)
        ]
        return self._strings.page(
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
            **self._strings.shared(desk, found),
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
            self._store.save(desk, tag, change)
        except OutputError as error:
            return self._strings.show(desk, tag, View(sheet=sheet), 409, outcome=str(error))
        said = say("languages.approved", count=count, by=role)
        if changed := len(read) - count:
            said += " " + say("languages.changed_meanwhile", count=changed)
        return self._strings.show(desk, tag, View("unapproved", sheet), outcome=said)

    def _import(self, desk: Desk, tag: str, name: str, data: bytes) -> Response:
        ending = Path(name).suffix.lower()
        if ending not in (".xlsx", ".po"):
            return self._strings.show(desk, tag, View(), 400, outcome=say("languages.wrong_ending"))
        if len(data) > _LARGEST:
            return self._strings.show(desk, tag, View(), 400, outcome=say("languages.too_large"))
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
                self._store.open_for(desk, tag, "")
                self._store.save(desk, tag, change)
            except TranslationError as error:
                said = say("languages.refused", count=len(error.problems))
                return self._strings.show(
                    desk, tag, View(), 400, outcome=said, problems=error.problems
                )
            except OutputError as error:
                return self._strings.show(desk, tag, View(), 409, outcome=str(error))
        said = say("languages.taken", count=taken)
        return self._strings.show(desk, tag, View(), outcome=said, problems=warnings)

    def _export(self, desk: Desk, tag: str, ending: str, sheet: str) -> Response:
        if ending not in _MEDIA_TYPES:
            raise HTTPException(404, say("no_page"))
        found = self._store.open_for(desk, tag, sheet)
        parts = [pack_name(found.pack), *([sheet] if sheet else []), tag]
        file = Path(f"{'-'.join(parts)}.{ending}")
        data, _ = steps.exported(found, file, sheet)
        headers = {**FRESH, "Content-Disposition": f'attachment; filename="{file}"'}
        return Response(data, media_type=_MEDIA_TYPES[ending], headers=headers)


def _state(tag: str, status: SheetStatus) -> str:
    """Whether a language is built, as a draft or at all."""
    if not labels_in(tag):
        return "no_labels"
    if status.current - status.flawed < status.strings:
        return "not_ready"
    if load(tag) == WordLists():
        return "no_lists"
    return "draft" if status.reviewed < status.strings else "done"
