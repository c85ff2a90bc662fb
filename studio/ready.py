"""The page “Ready?”: what there is to do, and buttons that make everything or release it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from languages.tags import english_name
from pack.problems import Problem
from press.options import BuildOptions
from press.translations import languages_of
from studio.actions import take_step
from studio.answers import FRESH, html
from studio.desk import Desk
from studio.jobs import Jobs, StudioJob, Tell
from studio.made import archive, give, made_file, made_languages
from studio.outline import form_of, where
from studio.studio import Studio
from studio.todo import ToDo, languages_to_review, to_do
from studio.words import say

#: What the languages that are not ready lack, by tag.
Languages = Mapping[str, Problem]

#: The kinds of jobs whose end this page tells.
_KINDS = ("build", "release")


@dataclass(frozen=True)
class BuildEnd:
    """What a build has done: the numbers of files, and warnings about those changed by hand."""

    made: int
    kept: int
    aside: tuple[Problem, ...]


def build(
    wait: Callable[[], None], tell: Tell, file: Path, output: Path, options: BuildOptions
) -> BuildEnd:
    """Make everything of a saved file, as the terminal does (a job's work)."""
    from press import build as press

    made = 0

    def progress(rendered: object, total: int) -> None:
        nonlocal made
        made += 1
        tell(made, total)

    report = press.build([file], output, options, progress=progress, waiting=wait)
    fresh = sum(bool(row.reason) for row in report.rows)
    aside = tuple(one for one in report.warnings if one.place.file.is_relative_to(output))
    return BuildEnd(fresh, len(report.rows) - fresh, aside)


def routes(studio: Studio, output: Path, jobs: Jobs) -> list[Route]:
    """The addresses of the page, of the jobs, and of what was made."""

    async def ready(request: Request) -> Response:
        desk = studio.desk(request)
        languages = await run_in_threadpool(languages_to_review, desk.file)
        if request.method == "POST":
            form = await studio.form(request)
            async with studio.at(desk):
                return await run_in_threadpool(
                    _begin, page, desk, languages, form, studio.who(request)
                )
        async with studio.at(desk):
            return await run_in_threadpool(page.show, desk, languages)

    async def job(request: Request) -> Response:
        return JSONResponse(_as_json(jobs.running(studio.desk(request).name)), headers=FRESH)

    async def stop(request: Request) -> Response:
        desk, form = studio.desk(request), await studio.form(request)
        jobs.stop(desk.name)
        place = "schools" if form.get("place") == "schools" else "ready"
        return RedirectResponse(studio.link(desk.name, place) + "#job", 303)

    async def made(request: Request) -> Response:
        desk, name = studio.desk(request), request.path_params["file"]
        download = "download" in request.query_params
        file = await run_in_threadpool(made_file, desk, output, name)
        return await run_in_threadpool(give, file.path, file.sha256, download=download)

    async def all_made(request: Request) -> Response:
        return await run_in_threadpool(archive, studio.desk(request), output)

    page = _ReadyPage(studio, output, jobs)
    return [
        Route("/p/{name}/ready", ready, methods=["GET", "POST"]),
        Route("/p/{name}/job", job),
        Route("/p/{name}/job/stop", stop, methods=["POST"]),
        Route("/p/{name}/made.zip", all_made),
        Route("/p/{name}/made/{file:path}", made),
    ]


@dataclass(frozen=True)
class _ReadyPage:
    studio: Studio
    output: Path
    jobs: Jobs

    def show(
        self, desk: Desk, languages: Languages, *, refused: bool = False, said: str = ""
    ) -> Response:
        """The page; `refused` if a release was asked for, and `said` about what was asked for."""
        tasks = to_do(desk, self.studio.state, self.output, languages)
        job = self.jobs.shown(desk.name, _KINDS)
        problems = job.end.problems if job and job.end else ()
        page = self.studio.pages.page(
            "ready",
            desk,
            before=[one for one in tasks if one.blocks],
            checking=self.studio.is_checking(desk),
            others=[one for one in tasks if not one.blocks],
            refused=refused,
            notice=said,
            job=job,
            failed=[problem_to_do(desk, one) for one in problems],
            languages=[english_name(one) for one in languages],
            made=[*made_languages(desk, self.output)],
            folder=(self.output / desk.name).resolve(),
        )
        return html(page, 409 if refused or said else 200)


def _begin(page: _ReadyPage, desk: Desk, languages: Languages, form: Any, who: str) -> Response:
    """Save if that is asked for, and start to make everything, or release it."""
    wish = str(form.get("do", ""))
    if "save" in wish:
        said = take_step(desk, "save", who)
        if desk.copy.is_changed:
            return page.show(desk, languages, said=said)
    options = BuildOptions()
    if release := "release" in wish:
        options = _release(desk, languages, without="without" in form)
        asked = {} if options.languages else languages
        tasks = to_do(desk, page.studio.state, page.output, asked)
        if desk.copy.is_changed or any(one.blocks for one in tasks):
            return page.show(desk, languages, refused=True)
    kind = "release" if release else "build"
    if not page.jobs.start(desk.name, kind, build, desk.file, page.output, options):
        return page.show(desk, languages, said=say("busy"))
    return RedirectResponse(page.studio.link(desk.name, "ready") + "#job", 303)


def _release(desk: Desk, languages: Languages, *, without: bool) -> BuildOptions:
    """The options of a release; `without` those languages that are not ready."""
    pack = desk.pack
    if not (without and pack):
        return BuildOptions(release=True)
    ready = [tag for tag in languages_of(pack) if tag not in languages]
    return BuildOptions(release=True, languages=(pack.about.language, *ready))


def problem_to_do(desk: Desk, problem: Problem) -> ToDo:
    """A problem that a job ended with, and the form to solve it in."""
    path = desk.path_of(problem)
    title = where(desk.reading.values, path) if path else problem.where or problem.place.file.name
    form = form_of(path) if path else ()
    return ToDo(title, problem.fault, True, path, form, longest=problem.longest)


def _as_json(job: StudioJob | None) -> dict[str, Any]:
    """How far a job is, for our script."""
    if not job:
        return {"running": False}
    return {
        "running": not job.end,
        "text": job.text,
        "done": job.done,
        "total": job.total,
    }
