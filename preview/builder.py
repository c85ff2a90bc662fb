"""The builder: after each save it finds what changed, has it rendered, and publishes it.

For the studio, it renders what is viewed after each change of a draft, and publishes nothing.
"""

import functools
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing import connection
from pathlib import Path
from typing import Any

from pack import ROOMS
from pack.artifacts import Artifact, pack_name
from pack.errors import ContentError, MissingLibrary, OutputError, PressError, TemplateError
from pack.hashing import sha256_of_file
from pack.load import FileContents
from pack.model import Pack
from pack.problems import Fault, Place, Problem
from pack.theme import TEMPLATES, Setting
from press.builders import BUILDERS, PackBuilders
from press.lock import locked
from press.options import BuildOptions
from press.output_folder import OutputFolder
from press.pipeline import LanguageReport, check_template, check_words, read_one, warnings
from press.processes import processors
from press.render import Rendered, RenderOptions, import_for_decks, import_for_sheets
from preview.messages import Drafted, Left, Looked, Planned, ProblemsUpdate, Saved, Touched, Unable
from preview.views import (
    ArtifactView,
    draw_view,
    has_errors,
    inspect_view,
    key_of,
    make_view,
    view_file,
)
from preview.worker_pool import Job, WorkerPool

Pipe = connection.Connection

#: How many artifacts are made before the others: those last viewed, by all people.
_FIRST = 20

#: How many of them are kept up to date while somebody types, when no others are made.
_VIEWED = 4


def work(
    server: "Pipe[Any, Any]",
    theirs: "Pipe[Any, Any]",
    files: list[Path],
    output: Path,
    deck_template: Path | None,
    publishes: bool,
) -> None:
    """Run the builder's process until the server is gone; `theirs` is the server's pipe end."""
    theirs.close()
    try:
        import_for_sheets()
        import_for_decks()
    except MissingLibrary as error:
        server.send(Unable(str(error)))
        return
    options = BuildOptions(deck_template=deck_template)
    builder = _PreviewBuilder(server, files, output, options, publishes)
    try:
        builder.run()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass
    finally:
        builder.workers.end()


class _PreviewBuilder:
    def __init__(
        self,
        server: "Pipe[Any, Any]",
        files: list[Path],
        output: Path,
        options: BuildOptions,
        publishes: bool,
    ) -> None:
        self.server = server
        self.files = files
        self.output = output
        self.options = options
        self.publishes = publishes
        #: What content files say that are being edited.
        self.drafts: dict[Path, FileContents] = {}
        # While somebody types, the server and the browser need a processor, too.
        self.workers = WorkerPool(max(processors(), 2), sys.maxsize if publishes else 1)
        self.packs: dict[str, Pack] = {}
        #: The last version of each content file that was fit to be made.
        self.good: dict[Path, PackBuilders] = {}
        #: The fingerprint of each artifact as the server shows it.
        self.shown: dict[str, str] = {}
        #: The fingerprints of artifacts that can't be made from the current content.
        self.refused: dict[str, str] = {}
        #: The language report of each pack, and the state of the content file that it describes.
        self.language: dict[str, tuple[str, LanguageReport]] = {}
        self.settled: dict[str, str] = {}
        #: The copyfit setting that each sheet had last.
        self.fitted: dict[Artifact, Setting] = {}
        #: The keys of the artifacts that were viewed, latest first.
        self.looked: list[str] = []
        #: The number of the last message from the server.
        self.heard = 0
        #: The keys of artifacts to make besides, until the next change.
        self.touched: tuple[str, ...] = ()

    def run(self) -> None:
        """Raises `EOFError` when the server is gone."""
        self._round()
        while True:
            ready = connection.wait([self.server, *self.workers.pipes()])
            if self.server in ready:
                self._listen()
            for job, result in self.workers.done(ready):
                self._take(job, result)
            self._report_progress()

    def _listen(self) -> None:
        """Receive all that the server has sent. Of several saves, only the last matters."""
        received: list[Any] = []
        while not received or self.server.poll():
            self.heard, message = self.server.recv()
            received.append(message)
        before = {*self.looked}
        for message in received:
            if isinstance(message, Looked):
                others = (key for key in self.looked if key != message.key)
                self.looked = [message.key, *others][: _FIRST if self.publishes else _VIEWED]
        drafts = [message for message in received if isinstance(message, Drafted)]
        for draft in drafts:
            self.drafts.pop(draft.file, None)
            if draft.file not in self.files:
                self.files.append(draft.file)
            if draft.contents:
                self.drafts[draft.file] = draft.contents
        touched = [message for message in received if isinstance(message, Touched)]
        if touched or drafts:
            self.touched = touched[-1].keys if touched else ()
        saves = [message for message in received if isinstance(message, Saved)]
        if any(save.appearance for save in saves):
            _clear_caches()
            self.workers.renew()
            self.refused.clear()
        # If nothing is published, what is viewed decides what is made.
        if saves or drafts or touched or not (self.publishes or before.issuperset(self.looked)):
            self._round()

    def _round(self) -> None:
        """Read the content, and have every outdated artifact made."""
        self.server.send(Left(1))  # nothing is known to be up to date now
        jobs: list[tuple[tuple[Any, ...], Job]] = []
        for file in self.files:
            try:
                pack = read_one(file, self.drafts.get(file))
                builders = PackBuilders(pack, self.options.deck_template)
                check_template(builders.draft)
                jobs += self._jobs(builders)
                self.good[file] = builders
            except Exception as error:
                self.packs.pop(file.stem, None)
                if not self.publishes and file in self.good:
                    # What is viewed is still drawn, as it was last fit to be.
                    with suppress(PressError, OSError):
                        jobs += self._jobs(self.good[file])
                self.server.send(ProblemsUpdate(file.stem, _problems(error, file)))
        self.workers.put([job for _, job in sorted(jobs, key=lambda one: one[0])])
        self._report_progress()

    def _report_progress(self) -> None:
        """Say how much is left to do; nothing is left when the reports are written, too."""
        if not self.workers.left():
            self._settle()
        left = [one for one, _ in self.workers.left()]
        keys = frozenset(key_of(one) for one in left if isinstance(one, Artifact))
        self.server.send(Left(len(left), keys, self.heard))

    def _jobs(self, builders: PackBuilders) -> Iterator[tuple[tuple[Any, ...], Job]]:
        """The jobs that a pack needs, each with its rank. The lowest rank is done first."""
        pack, name = builders.pack, pack_name(builders.pack)
        plan = builders.plan()
        self.packs[name] = pack
        self.server.send(Planned(name, pack.about.title, tuple(map(key_of, plan))))
        wanted = {*self.looked, *self.touched}
        made = plan if self.publishes else [one for one in plan if key_of(one) in wanted]
        folder = OutputFolder(self.output, builders, made, self.options)
        settings = {**dict(folder.settings()), **self.fitted}
        self.server.send(ProblemsUpdate(name, ()))
        for one, value in folder.fingerprints.items():
            key = key_of(one)
            if self.shown.get(key) == value and not self.publishes:
                continue
            if one in folder.due and self.refused.get(key) != value:
                known = {one: settings[one]} if one in settings else {}
                # Without the download page, nobody sees the small pictures.
                how = RenderOptions(known, pictures=self.publishes)
                # While somebody types, what is viewed is shown first, and then inspected.
                at_once = not self.publishes and key in self.looked
                function = draw_view if at_once else make_view
                yield self._rank(one), Job((one, value), function, (builders, one, how))
            elif one not in folder.due and self.shown.get(key) != value:
                findings = folder.old.entries[one.file].findings
                arguments = (builders, one, folder.path / one.file, findings)
                yield self._rank(one), Job((one, value), view_file, arguments)
        state = sha256_of_file(pack.origin.file)
        if self.publishes and (name not in self.language or self.language[name][0] != state):
            job = Job((name, state), check_words, ((pack,), self.output))
            yield (len(self.looked), 9, 0), job

    def _rank(self, artifact: Artifact) -> tuple[int, int, int]:
        key = key_of(artifact)
        looked = self.looked.index(key) if key in self.looked else len(self.looked)
        kind = [one.kind for one in BUILDERS].index(artifact.kind)
        # Standard editions come before other editions, and fast artifacts before slow ones.
        return (looked, kind + bool(artifact.edition.name), artifact.pages)

    def _take(self, job: Job, result: Any) -> None:
        subject, value = job.subject
        if isinstance(subject, str):
            report = result[subject] if isinstance(result, dict) else LanguageReport()
            self.language[subject] = value, report
            found = (*warnings([self.packs[subject]]), *report.problems)
            self.server.send(ProblemsUpdate(f"{subject}: words", found))
            return
        builders, key = job.arguments[0], key_of(subject)
        if isinstance(result, ArtifactView):
            self._show(result, value, ())
        elif isinstance(result, OSError):
            self._round()  # a file has disappeared: it is made again
        elif isinstance(result, Exception):
            self.refused[key] = value
            self._show(None, "", _problems(result, builders.pack.origin.file), key)
        else:
            made, view = result
            if made.setting:
                self.fitted[subject] = made.setting
            if view and job.function is draw_view:
                self._draw(builders, value, made, view)
            else:
                self._publish(builders, value, made, view)

    def _draw(self, builders: PackBuilders, value: str, made: Rendered, view: ArtifactView) -> None:
        """Show an artifact at once, and have it inspected."""
        self._show(view, "", ())
        arguments = (builders, made, view, RenderOptions(pictures=False))
        self.workers.add(Job((made.artifact, value), inspect_view, arguments))

    def _publish(
        self, builders: PackBuilders, value: str, made: Rendered, view: ArtifactView | None
    ) -> None:
        """Write an artifact to the output folder at once, unless preflight refuses it."""
        one, pack = made.artifact, builders.pack
        if view is None or has_errors(made):
            self.refused[key_of(one)] = value
            self._show(view, "", made.problems, key_of(one), saved=False)
            return
        if not self.publishes:
            self._show(view, value, ())
            return
        try:
            self.settled.pop(pack_name(pack), None)
            with locked(self.output, lambda: None):
                part = replace(self.options, only=[one.id])
                folder = OutputFolder(self.output, builders, [one], part)
                problems = folder.publish({one: made}, (), alone=True)
        except OutputError as error:
            self._show(view, "", _problems(error, pack.origin.file), saved=False)
        else:
            self._show(view, value, problems)

    def _show(
        self,
        view: ArtifactView | None,
        value: str,
        problems: Sequence[Problem],
        key: str = "",
        *,
        saved: bool = True,
    ) -> None:
        """Send an artifact to the server. `value` is its fingerprint, "" if anything is wrong."""
        key = view.key if view else key
        self.shown[key] = value
        if view:
            self.server.send(replace(view, saved=saved))
        self.server.send(ProblemsUpdate(key, tuple(problems)))

    def _settle(self) -> None:
        """When everything is made, write the reports and record that the pack is up to date."""
        if not self.publishes:
            return
        for name, pack in self.packs.items():
            state, report = self.language.get(name, ("", LanguageReport()))
            if self.settled.get(name) == state or state != sha256_of_file(pack.origin.file):
                continue
            self.settled[name] = state
            try:
                with locked(self.output, lambda: None):
                    builders = PackBuilders(pack, self.options.deck_template)
                    folder = OutputFolder(self.output, builders, builders.plan(), self.options)
                    if not folder.due:
                        folder.publish({}, (*warnings([pack]), *report.problems), report.facts)
            except OutputError as error:
                del self.settled[name]
                self.server.send(ProblemsUpdate(name, _problems(error, pack.origin.file)))


def _clear_caches() -> None:
    """Clear the program's caches: they hold the old templates, styles and theme."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ROOMS:
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()


def _problems(error: Exception, file: Path) -> tuple[Problem, ...]:
    """An error as problems that people can read: usually a template or style is broken."""
    if isinstance(error, ContentError):
        return error.problems
    if isinstance(error, TemplateError):
        fault = Fault(str(error).rstrip("."), "Fix the template, then save it.")
        return (Problem(Place(file), "", fault),)
    if isinstance(error, OutputError):
        fault = Fault(str(error).rstrip("."), "Fix that, then save the content file again.")
        return (Problem(Place(file), "", fault),)
    name = getattr(error, "filename", None)
    place = Place(Path(name), getattr(error, "lineno", None) or 1) if name else Place(TEMPLATES)
    what = str(error) if type(error) is RuntimeError else f"{type(error).__name__}: {error}"
    remedy = "Undo the last change to the template, style or theme, and save the file."
    return (Problem(place, "", Fault(what, remedy)),)
