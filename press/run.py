"""A build from content files to published artifacts."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from press.errors import OutputError, Refused, UnfitTemplate
from press.fingerprint import program
from press.manifest import digest_of, read_manifest
from press.plan import choose, pack_name
from press.preflight.words import reading_level, safe_messaging, spelling
from press.rows import Row
from source.documents import Variant
from source.model import Pack
from source.packs import deck_length, placeholders, read_pack
from source.problems import ContentError, Problem, Severity

if TYPE_CHECKING:
    from press.workers import Made


@dataclass(frozen=True)
class Report:
    """What a build made and kept, in the content's order, what it removed, what it warns of."""

    rows: tuple[Row, ...]
    removed: tuple[Path, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Options:
    """What a build is asked for.

    `only` are the names of artifacts, all if there are none. `wanted` is the one edition of each
    sheet to make, if not all that the content declares. `force` makes what need not be made.
    `deck_template` is a PowerPoint file to build decks on instead of our own.
    """

    only: Collection[str] = ()
    release: bool = False
    force: bool = False
    deck_template: Path | None = None
    wanted: Variant | None = None

    @property
    def whole(self) -> bool:
        """Whether everything is built that the content declares."""
        return not (self.only or self.wanted)


def read_all(files: Sequence[Path]) -> list[Pack]:
    """Read every content file. Raises `ContentError` with the problems of all of them."""
    packs: list[Pack] = []
    problems: list[Problem] = []
    for file in files:
        try:
            pack = read_pack(file)
        except ContentError as error:
            problems += error.problems
        else:
            packs.append(pack)
            problems += safe_messaging(pack)
    if problems:
        raise ContentError(problems)
    return packs


def warnings(packs: Iterable[Pack]) -> tuple[Problem, ...]:
    """What people should know of, though the materials can be made."""
    return tuple(
        sorted(problem for pack in packs for problem in (*placeholders(pack), *deck_length(pack)))
    )


def unfit(packs: Iterable[Pack]) -> tuple[Problem, ...]:
    """What must be mended before the materials reach a family."""
    return tuple(sorted(problem for pack in packs for problem in placeholders(pack)))


def check_template(packs: Iterable[Pack], template: Path) -> None:
    """Raises `UnfitTemplate` if decks can't be built on a PowerPoint file."""
    from slides.adopt import TemplateError
    from slides.deck import check

    try:
        for pack in packs:
            check(pack, template)
    except TemplateError as error:
        raise UnfitTemplate(str(error)) from None


def build(
    files: Sequence[Path],
    output: Path,
    options: Options = Options(),
    *,
    progress: "Callable[[Made, int], None]" = lambda made, total: None,
    waiting: Callable[[], None] = lambda: None,
) -> Report:
    """Make what is missing or changed, and put it below `output`: of each pack all, or nothing.

    `progress` is told of each artifact when it is done, and of their number; `waiting` is called
    if another build must end first. Raises `ContentError`, `UnknownArtifact`, `MissingLibrary`,
    `OutputError` or, if a release is asked for and there are placeholders, `Refused`.
    """
    from press.publish import locked

    with locked(output, waiting):
        if report := _unchanged(files, output, options):
            return report
        return _build(read_all(files), output, options, progress)


def _unchanged(files: Sequence[Path], output: Path, options: Options) -> Report | None:
    """The report of a build that has nothing to do; None if there may be something."""
    if options.force or options.release or options.deck_template or not options.whole:
        return None
    rows: list[Row] = []
    found: list[Problem] = []
    for file in files:
        folder = output / file.stem
        manifest = read_manifest(folder)
        here = {file.parent / name: value for name, value in manifest.inputs.items()}
        here |= {folder / name: entry.sha256 for name, entry in manifest.entries.items()}
        here |= {folder / name: value for name, value in manifest.others.items()}
        if manifest.program != program() or not manifest.inputs:
            return None
        if any(digest_of(path) != value for path, value in here.items()):
            return None
        rows += [entry.row(folder / name) for name, entry in manifest.entries.items()]
        # The content may have been named in another way then.
        found += [replace(one, place=replace(one.place, file=file)) for one in manifest.warnings]
    return Report(tuple(rows), (), tuple(sorted(set(found))))


def _build(
    packs: Sequence[Pack],
    output: Path,
    options: Options,
    progress: "Callable[[Made, int], None]",
) -> Report:
    # Here, because what only checks content has no use for them.
    from press.folders import Folder
    from press.workers import Terms, in_background, make_all

    artifacts = choose(packs, options.only, options.wanted)
    if options.release and (reasons := unfit(packs)):
        raise Refused(reasons)
    if options.deck_template:
        check_template(packs, options.deck_template)
    # A part of a pack is made to look at it: its words are checked with the whole of it.
    words = in_background(check_words, tuple(packs)) if options.whole else None
    folders = [Folder(output, pack, artifacts, options) for pack in packs]
    due = [artifact for folder in folders for artifact in folder.due]
    made = {}
    steps = {artifact: step for folder in folders for artifact, step in folder.steps()}
    terms = Terms(options.deck_template, steps)
    named = {pack_name(pack): pack for pack in packs}
    try:
        for one in make_all(named, due, terms):
            made[one.artifact] = one
            progress(one, len(due))
    except OSError as error:
        # WeasyPrint keeps typefaces in the temporary folder.
        place = error.filename or gettempdir()
        raise OutputError(f"{place} can't be used: {error.strerror or error}") from None
    if problems := [problem for one in made.values() for problem in one.problems]:
        raise ContentError(problems)
    found = (*warnings(packs), *(words() if words else ()))
    errors = [
        problem
        for folder in folders
        for problem in folder.findings(made)
        if problem.severity is Severity.ERROR
    ]
    if errors:
        # The pages that show what is wrong; all other files stay as they were.
        for folder in folders:
            folder.publish_reports(made, found)
        raise ContentError(errors)
    kept = [problem for folder in folders for problem in folder.publish(made, found)]
    others = [problem for folder in folders for problem in folder.findings(made)]
    return Report(
        tuple(row for folder in folders for row in folder.rows(made)),
        tuple(file for folder in folders for file in folder.removed),
        tuple(sorted({*found, *others, *kept})),
    )


def check_words(packs: Iterable[Pack]) -> tuple[Problem, ...]:
    """Warnings on words that are hard to read or misspelled."""
    return tuple(
        sorted(problem for pack in packs for problem in (*reading_level(pack), *spelling(pack)))
    )
