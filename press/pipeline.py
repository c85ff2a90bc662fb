"""From content files to published artifacts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from press.build import Options, Report
from press.errors import OutputError, Refused, UnfitTemplate
from press.manifest import read_manifest
from press.plan import choose, pack_name
from press.preflight.words import Lexicon, reading_level, safe_messaging, spelling
from source.model import Pack
from source.packs import deck_length, placeholders, read_pack
from source.problems import ContentError, Problem, Severity

if TYPE_CHECKING:
    from press.folders import Folder
    from press.workers import Made


@dataclass(frozen=True)
class Words:
    """What was found in the words of a pack, and what dictionaries said of them (`Lexicon`)."""

    problems: tuple[Problem, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


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


def open_all(
    files: Sequence[Path], output: Path, options: Options
) -> "tuple[list[Pack], list[Folder]]":
    """Read every pack, and find what is to be made in its folder. Raises as `build.build` does."""
    from press.folders import Folder

    packs = read_all(files)
    artifacts = choose(packs, options.only, options.wanted)
    if options.release and (reasons := unfit(packs)):
        raise Refused(reasons)
    if options.deck_template:
        check_template(packs, options.deck_template)
    return packs, [Folder(output, pack, artifacts, options) for pack in packs]


def run(
    packs: Sequence[Pack],
    folders: "Sequence[Folder]",
    output: Path,
    options: Options,
    progress: "Callable[[Made, int], None]",
) -> Report:
    """Make what is missing or changed of packs, and publish it. Raises as `build.build` does."""
    # Here, because what only checks content has no use for them.
    from press.processes import in_background
    from press.publish import replace_files
    from press.workers import Terms, make_all

    # Where a part of a pack is all there is, it is made to look at it: without page and reports.
    paged = [folder.pack for folder in folders if folder.paged]
    words = in_background(check_words, tuple(paged), output) if paged else None
    due = [artifact for folder in folders for artifact in folder.due]
    made = {}
    steps = {artifact: step for folder in folders for artifact, step in folder.steps()}
    terms = Terms(options.deck_template, steps, pictures=bool(paged))
    named = {pack_name(pack): pack for pack in packs}
    try:
        making = make_all(named, due, terms)
        if paged:
            from website.pages import prepare

            for pack in paged:
                prepare(pack)
        for one in making:
            made[one.artifact] = one
            progress(one, len(due))
    except OSError as error:
        # WeasyPrint keeps typefaces in the temporary folder.
        place = error.filename or gettempdir()
        raise OutputError(f"{place} can't be used: {error.strerror or error}") from None
    if problems := [problem for one in made.values() for problem in one.problems]:
        raise ContentError(problems)
    checked = words() if words else {}
    found = (*warnings(packs), *(one for each in checked.values() for one in each.problems))
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
    kept: list[Problem] = []
    for folder in folders:
        words_of = checked.get(pack_name(folder.pack))
        kept += folder.publish(made, found, words_of.facts if words_of else None)
    if options.whole and len(packs) > 1:
        from website.pages import overview

        replace_files(output, overview(packs))
    others = [problem for folder in folders for problem in folder.findings(made)]
    return Report(
        tuple(row for folder in folders for row in folder.rows(made)),
        tuple(file for folder in folders for file in folder.removed),
        tuple(sorted({*found, *others, *kept})),
    )


def check_words(packs: Iterable[Pack], output: Path) -> dict[str, Words]:
    """Of each pack the warnings on words that are hard to read or misspelled."""
    return {pack_name(pack): _check_words(pack, output / pack_name(pack)) for pack in packs}


def _check_words(pack: Pack, folder: Path) -> Words:
    lexicon = Lexicon(pack.pack.language, read_manifest(folder).words)
    found = tuple(sorted((*reading_level(pack, lexicon), *spelling(pack, lexicon))))
    return Words(found, lexicon.facts())
