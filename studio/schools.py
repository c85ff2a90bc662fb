"""The page “Schools”: a list of schools, how it is understood, and the files of each school."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pack.hashing import sha256_of_bytes, sha256_of_file
from pack.problems import Problem
from press.publish import SCHOOLS
from schools.columns import COLUMNS
from schools.journal import Journal, JournalEntry
from schools.options import SchoolsOptions, SchoolsReport
from studio.answers import html
from studio.desk import Desk
from studio.jobs import Jobs, JobState, StudioJob, Tell
from studio.list_check import SAMPLE_ROWS, ListCheck, check_list, ids_of
from studio.list_folder import LIST_ENDINGS, LOGO_ENDINGS, KeptList, ListFolder
from studio.made import MadeFile, first_page, give, zipped
from studio.ready import problem_to_do
from studio.studio import Studio
from studio.uploads import sent_file
from studio.words import say

#: In bytes: a list or a logo, and all logos that are brought at once.
_LARGEST, _LARGEST_IN_ALL = 5_000_000, 100_000_000
_MOST_LOGOS = 1000
#: What a form has besides the list, in bytes.
_FORM = 20_000
#: How long a page waits for a list to be read before it says that it is being read, in seconds.
_PATIENCE = 8
#: How many schools a page lists.
_MOST = 100
_KINDS = ("schools", "one_school")


def make_schools(
    wait: Callable[[], None],
    tell: Tell,
    content: Path,
    file: Path,
    output: Path,
    options: SchoolsOptions,
) -> SchoolsReport:
    """Make the files of schools, as the terminal does (a job's work)."""
    from schools.build import build

    return build(
        [content],
        file,
        output,
        options,
        progress=tell,
        waiting=wait,
        understood=lambda listing: None,
    )


def routes(studio: Studio, output: Path, jobs: Jobs) -> list[Route]:
    """The addresses of the page and of what was made for schools."""
    page = _SchoolsPage(studio, output, jobs)

    async def schools(request: Request) -> Response:
        desk = studio.desk(request)
        if request.method == "GET":
            await run_in_threadpool(page.read_list, desk)
            async with studio.at(desk):
                return await run_in_threadpool(page.show, desk, request.query_params.get("q", ""))
        if _sent(request) > _LARGEST + _FORM:
            async with studio.at(desk):
                return await run_in_threadpool(page.show, desk, notice=say("too_large"), status=413)
        form = await studio.form(request)
        name, data = await sent_file(form, "list", _LARGEST + 1)
        said = await run_in_threadpool(page.take, desk, form, name, data)
        if said:
            async with studio.at(desk):
                return await run_in_threadpool(page.show, desk, notice=said, status=409)
        return RedirectResponse(studio.link(desk.name, "schools") + _anchor(form), 303)

    async def logos(request: Request) -> Response:
        desk = studio.desk(request)
        said = say("logos_too_large")
        if _sent(request) <= _LARGEST_IN_ALL:
            form = await studio.form(request, files=_MOST_LOGOS, most_bytes=_LARGEST_IN_ALL)
            files = [one for one in form.getlist("logos") if isinstance(one, UploadFile)]
            sent = [(one.filename or "", await one.read()) for one in files]
            said = await run_in_threadpool(page.take_logos, desk, sent)
        if said:
            async with studio.at(desk):
                return await run_in_threadpool(page.show, desk, notice=said, status=409)
        return RedirectResponse(studio.link(desk.name, "schools") + "#list", 303)

    async def school(request: Request) -> Response:
        desk, id = studio.desk(request), request.path_params["id"]
        async with studio.at(desk):
            return await run_in_threadpool(page.show_school, desk, id)

    async def file(request: Request) -> Response:
        params, download = request.path_params, "download" in request.query_params
        desk = studio.desk(request)
        found = await run_in_threadpool(page.file, desk, params["id"], params["file"])
        if "picture" in request.query_params:
            return await run_in_threadpool(first_page, found)
        return await run_in_threadpool(give, found.path, found.sha256, download=download)

    async def archive(request: Request) -> Response:
        desk, id = studio.desk(request), request.path_params["id"]
        files = await run_in_threadpool(page.files, desk, id)
        named = {f"{id}/{one.name}": one.path for one in files}
        return await run_in_threadpool(zipped, named, id)

    return [
        Route("/p/{name}/schools", schools, methods=["GET", "POST"]),
        Route("/p/{name}/schools/logos", logos, methods=["POST"]),
        Route("/p/{name}/schools/{id}.zip", archive),
        Route("/p/{name}/schools/{id}", school),
        Route("/p/{name}/schools/{id}/{file:path}", file),
    ]


def _sent(request: Request) -> int:
    """How many bytes a form has; those that don't say it are not ours, and too large."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else _LARGEST_IN_ALL + 1


def _anchor(form: Any) -> str:
    return "#list" if form.get("do") in ("bring", "columns") else "#job"


@dataclass
class _SchoolsPage:
    studio: Studio
    output: Path
    jobs: Jobs
    #: How each pack's list was understood last, and from what.
    _checked: dict[str, tuple[str, ListCheck | str]] = field(default_factory=dict)

    def folder(self, desk: Desk) -> Path:
        return self.output / desk.name / SCHOOLS

    def read_list(self, desk: Desk) -> None:
        """Have the list read if that was not done since it, or the pack, changed."""
        folder = ListFolder(desk.file)
        kept = folder.read()
        if not kept:
            return
        state = _state(desk, folder, kept)
        if self._checked.get(desk.name, ("",))[0] == state:
            return
        job = self.jobs.last(desk.name, ["list"])
        if not job or job.about != state:
            arguments = (desk.file, folder.path / kept.file, kept.options())
            if not self.jobs.start(desk.name, "list", check_list, *arguments, about=state):
                return
            job = self.jobs.last(desk.name, ["list"])
        if job and job.ended.wait(_PATIENCE) and job.end:
            self._checked[desk.name] = state, _result(job)

    def checked(self, desk: Desk, kept: KeptList | None) -> ListCheck | str | None:
        """How the list is understood, or why it can't be read; None if it is being read."""
        found = self._checked.get(desk.name)
        if not kept or not found or found[0] != _state(desk, ListFolder(desk.file), kept):
            return None
        return found[1]

    def take(self, desk: Desk, form: Any, name: str, data: bytes) -> str:
        """Do what a form asks for. Returns why not, or ""."""
        if self.jobs.running(desk.name):
            return say("busy")
        folder = ListFolder(desk.file)
        wish = str(form.get("do", ""))
        if wish in ("bring", "columns"):
            self._checked.pop(desk.name, None)
        if wish == "bring":
            return _bring(folder, name, data)
        kept = folder.read()
        if not kept:
            return say("no_list")
        if wish == "forget":
            folder.forget()
            return ""
        contact = " ".join(str(form.get("contact", kept.contact)).split())[:500]
        if wish == "columns":
            given = {
                one: str(form[f"column:{one}"]) for one in COLUMNS.known if f"column:{one}" in form
            }
            folder.keep(replace(kept, contact=contact, columns=given))
            return ""
        return self._make(desk, folder, kept, form)

    def take_logos(self, desk: Desk, sent: Sequence[tuple[str, bytes]]) -> str:
        """Keep the logos that rows name. Returns which files were not taken, or ""."""
        folder = ListFolder(desk.file)
        checked = self.checked(desk, folder.read())
        if self.jobs.running(desk.name) or not isinstance(checked, ListCheck):
            return say("busy")
        left = [
            name
            for name, data in sent
            if not 0 < len(data) <= _LARGEST or not folder.take_logo(name, data, checked.logos)
        ]
        return say("logos_left", files=", ".join(left)) if left else ""

    def _make(self, desk: Desk, folder: ListFolder, kept: KeptList, form: Any) -> str:
        checked = self.checked(desk, kept)
        if not isinstance(checked, ListCheck):
            return checked or say("list_not_read")
        if checked.unusable or not checked.schools:
            return say("list_unusable")
        options = SchoolsOptions(kept.options(), zipped="zip" in form, skip_bad_rows="skip" in form)
        kind, id = "schools", ""
        if form.get("do") == "try":
            id = next(ids_of(checked.schools, str(form.get("school", ""))), "")
            if not id:
                return say("no_such_school")
            options = replace(options, listed=kept.options(id))
            kind = "one_school"
        elif checked.bad and not options.skip_bad_rows:
            return say("bad_rows_left")
        arguments = (desk.file, folder.path / kept.file, self.output, options)
        started = self.jobs.start(desk.name, kind, make_schools, *arguments, about=id)
        return "" if started else say("busy")

    def show(self, desk: Desk, query: str = "", *, notice: str = "", status: int = 200) -> Response:
        kept = ListFolder(desk.file).read()
        checked = self.checked(desk, kept)
        names = _names(checked)
        job = self.jobs.shown(desk.name, _KINDS)
        journal = Journal(self.folder(desk))
        wanted = query.casefold().strip()
        ids = [
            one for one in journal.ids if wanted in one or wanted in names.get(one, "").casefold()
        ]
        done = set(journal.ids)
        page = self.studio.pages.page(
            "schools",
            desk,
            kept=kept,
            check=checked if isinstance(checked, ListCheck) else None,
            unread=checked if isinstance(checked, str) else "",
            notice=notice,
            list_endings=",".join(LIST_ENDINGS),
            logo_endings=",".join(LOGO_ENDINGS),
            samples=range(SAMPLE_ROWS),
            logos=ListFolder(desk.file).logos(checked.logos)
            if isinstance(checked, ListCheck)
            else 0,
            job=job,
            failed=[problem_to_do(desk, one) for one in _bad(job)],
            wanted=query,
            schools=[(one, names.get(one, one)) for one in ids[:_MOST]],
            found=len(ids),
            made_count=len(done),
            left=sum(one not in done for one in names),
            folder=self.folder(desk).resolve(),
            one=_only(job),
        )
        return html(page, status)

    def show_school(self, desk: Desk, id: str) -> Response:
        files = self.files(desk, id)
        zipped_alone = [one.name for one in files] == [f"{id}.zip"]
        folder = self.folder(desk)
        names = _names(self.checked(desk, ListFolder(desk.file).read()))
        page = self.studio.pages.page(
            "school",
            desk,
            id=id,
            school=names.get(id, id),
            files=files,
            zipped=zipped_alone,
            folder=folder if zipped_alone else folder / id,
        )
        return html(page)

    def files(self, desk: Desk, id: str) -> list[MadeFile]:
        """A school's files, as the journal has them. Raises a 404 if the school is not in it."""
        folder = self.folder(desk)
        entry = Journal(folder).entry(id)
        if not entry:
            raise HTTPException(404, say("not_made"))
        return list(_files(folder, entry))

    def file(self, desk: Desk, id: str, name: str) -> MadeFile:
        found = next((one for one in self.files(desk, id) if one.name == name), None)
        if not found:
            raise HTTPException(404, say("not_made"))
        return found


def _names(checked: ListCheck | str | None) -> dict[str, str]:
    """The names of the schools of a list, by id."""
    return dict(checked.schools) if isinstance(checked, ListCheck) else {}


def _files(folder: Path, entry: JournalEntry) -> Iterator[MadeFile]:
    """The documents of a school, or its ZIP file; none outside the folder of schools."""
    for name, (digest, size) in entry.files.items():
        path = folder / name if name == f"{entry.id}.zip" else folder / entry.id / name
        shown = path.suffix in (".pdf", ".pptx", ".zip")
        if shown and path.resolve().is_relative_to(folder.resolve()):
            yield MadeFile(name, path, digest, size, entry.pages.get(name, 0))


def _bad(job: StudioJob | None) -> tuple[Problem, ...]:
    """What kept schools from being made."""
    if not job or not job.end:
        return ()
    report = job.end.value
    return tuple(report.bad) if isinstance(report, SchoolsReport) else job.end.problems


def _only(job: StudioJob | None) -> str:
    """The id of the one school that was just made."""
    if not job or job.kind != "one_school" or not job.end or job.end.state is not JobState.DONE:
        return ""
    return str(job.about)


def _bring(folder: ListFolder, name: str, data: bytes) -> str:
    """Keep a list that somebody has chosen. Returns why not, or ""."""
    ending = Path(name).suffix.lower()
    if not data:
        return say("no_file")
    if ending not in LIST_ENDINGS:
        return say("wrong_ending")
    if len(data) > _LARGEST:
        return say("too_large")
    before = folder.read()
    contact = before.contact if before else ""
    folder.forget_list()
    folder.keep(KeptList(f"list{ending}", Path(name).name[:100], contact), data)
    return ""


def _state(desk: Desk, folder: ListFolder, kept: KeptList) -> str:
    """A digest of everything that a list is read from."""
    parts = (
        json.dumps(asdict(kept), sort_keys=True),
        folder.digest(),
        sha256_of_file(desk.file),
    )
    return sha256_of_bytes("\n".join(parts).encode())


def _result(job: StudioJob) -> ListCheck | str:
    end = job.end
    assert end  # noqa: S101 (it has ended)
    if isinstance(end.value, ListCheck):
        return end.value
    if end.state is JobState.STOPPED:
        return say("list_stopped")
    first = [f"{one.what}. {one.remedy}" for one in end.problems[:1]]
    return " ".join([say("pack_not_ready") if end.problems else "", *first, end.text]).strip()
