"""A build from content files to published artifacts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from press.errors import Refused, UnfitTemplate
from press.plan import Artifact, choose, pack_name
from press.preflight.checks import as_problem
from press.preflight.words import reading_level, safe_messaging, spelling
from source.documents import Variant
from source.model import Pack
from source.packs import deck_length, placeholders, read_pack
from source.problems import ContentError, Problem, Severity

if TYPE_CHECKING:
    from press.workers import Made


@dataclass(frozen=True)
class Report:
    """What a build made, in the content's order, and what it warns of."""

    made: "tuple[Made, ...]"
    warnings: tuple[Problem, ...]


def read_all(files: Sequence[Path]) -> list[Pack]:
    """Read every content file. Raises `ContentError` with the problems of all of them.

    Words that harm are problems too: no sheet with them may be made.
    """
    packs: list[Pack] = []
    problems: list[Problem] = []
    for file in files:
        try:
            packs.append(pack := read_pack(file))
            problems += safe_messaging(pack)
        except ContentError as error:
            problems += error.problems
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
    only: Collection[str] = (),
    *,
    release: bool = False,
    deck_template: Path | None = None,
    wanted: Variant | None = None,
    progress: "Callable[[Made, int], None]" = lambda made, total: None,
) -> Report:
    """Make the artifacts of content files and put them below `output`, all or none.

    `wanted` is the one edition of each sheet to make, if not all that the content declares;
    `progress` is told of each artifact when it is done, and of their number. Raises
    `ContentError`, `UnknownArtifact`, `MissingLibrary`, `OutputError` or, if `release` is asked
    for and there are warnings, `Refused`.
    """
    # Here, because what only checks content has no use for them.
    from press.publish import publish
    from press.workers import in_background, make_all

    packs = {pack_name(pack): pack for pack in read_all(files)}
    artifacts = choose(packs.values(), only, wanted)
    if release and (reasons := unfit(packs.values())):
        raise Refused(reasons)
    if deck_template:
        check_template(packs.values(), deck_template)
    # A part of a pack is made to look at it: its words and its report are those of the whole.
    whole = not (only or wanted)
    waiting = in_background(check_words, tuple(packs.values())) if whole else None
    made: dict[Artifact, Made] = {}
    for one in make_all(packs, artifacts, deck_template=deck_template):
        made[one.artifact] = one
        progress(one, len(artifacts))
    ordered = tuple(made[artifact] for artifact in artifacts)
    if problems := [problem for one in ordered for problem in one.problems]:
        raise ContentError(problems)
    words = waiting() if waiting else ()
    reports = (file for pack in packs.values() for file in _reports(pack, ordered, words))
    found = [
        as_problem(packs[one.artifact.pack], one.artifact, finding)
        for one in ordered
        for finding in one.findings
    ]
    if errors := [problem for problem in found if problem.severity is Severity.ERROR]:
        # The pages that show what is wrong; all other files stay as they were.
        publish(output, reports)
        raise ContentError(errors)
    publish(
        output, [*((one.artifact.path, one.data) for one in ordered), *(reports if whole else ())]
    )
    return Report(ordered, tuple(sorted((*warnings(packs.values()), *words, *found))))


def check_words(packs: Iterable[Pack]) -> tuple[Problem, ...]:
    """Warnings on words that are hard to read or misspelled."""
    return tuple(
        sorted(problem for pack in packs for problem in (*reading_level(pack), *spelling(pack)))
    )


def _reports(
    pack: Pack, made: "Iterable[Made]", words: Iterable[Problem]
) -> Iterator[tuple[Path, bytes]]:
    """What preflight found in a pack's artifacts, as files of its output folder."""
    from press.preflight.report import Checked, to_html, to_json

    checked = [
        Checked(one.artifact, one.data, one.pages, one.step, one.findings)
        for one in made
        if one.artifact.pack == pack_name(pack)
    ]
    own = [problem for problem in words if problem.place.file == pack.origin.file]
    folder = Path(pack_name(pack))
    yield folder / "preflight.json", to_json(pack, checked, own)
    yield folder / "preflight.html", to_html(pack, checked, own)
