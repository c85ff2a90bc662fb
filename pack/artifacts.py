"""The files that are built from a pack: what each one is, and what it is called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pack.documents import PLAIN, Edition
from pack.errors import ContentError, UnknownArtifact
from pack.formats import format_of, unit_of
from pack.model import Pack
from pack.problems import Fault, Problem, Severity, nearest, path_text
from pack.theme import load_theme


@dataclass(frozen=True)
class Artifact:
    """A file to build.

    `kind` names its builder: "sheet", "deck", or "guide" for what goes with the deck. `pages` is
    the planned number of pages or slides; 0 if it follows from the deck or isn't declared.
    `edition` is the paper, ink and size of a sheet.
    """

    pack: str
    id: str
    file: str
    kind: str
    pages: int
    source: str
    edition: Edition = PLAIN

    @property
    def path(self) -> Path:
        """Its path inside the output folder."""
        return Path(self.pack) / self.file

    @property
    def format(self) -> str:
        """Its file extension: "pdf" or "pptx"."""
        return format_of(self.file)

    @property
    def unit(self) -> str:
        """The unit of its length: "page" or "slide"."""
        return unit_of(self.file)


def thumbnail_name(artifact: Artifact) -> str:
    """The path of an artifact's thumbnail inside the pack's output folder."""
    return f"assets/{artifact.id}.webp"


def pack_name(pack: Pack) -> str:
    """The name of a pack and of its output folder: its file name without the extension.

    In another language than its file's, it is in a folder below: "sextortion/es".
    """
    translation = pack.origin.translation
    name = pack.origin.file.stem
    return f"{name}/{translation.language}" if translation else name


def choose(every: Sequence[Artifact], only: Collection[str]) -> list[Artifact]:
    """Select the artifacts named by id or file name, or all of them if `only` is empty.

    Raises `UnknownArtifact` if a name matches none of them.
    """
    known = {name for artifact in every for name in _names(artifact)}
    for name in only:
        if name not in known:
            raise UnknownArtifact(
                f"There is nothing to build named “{name}”. {nearest(name, known)}"
            )
    return [artifact for artifact in every if not only or _names(artifact) & set(only)]


def possible(
    packs: Sequence[Pack], chosen: Sequence[Artifact]
) -> tuple[list[Artifact], list[Problem]]:
    """The artifacts that can be made, and a warning for each sheet that has no large print.

    A large print that the pack declares is always tried. Raises `ContentError` if none can be made.
    """
    left_out = {
        (pack_name(pack), handout.id): Problem(
            pack.origin.place(("handouts", number, "template")),
            path_text(("handouts", handout.id)),
            Fault(
                f"there is no large print of this sheet: the boxes of the template "
                f"“{handout.template}” have a fixed size",
                "Use another template for it, or make it in the standard size only.",
            ),
            Severity.WARNING,
        )
        for pack in packs
        for number, handout in enumerate(pack.handouts)
        if load_theme().handouts[handout.template].designed
        and all(edition.size == PLAIN.size for edition in handout.variants)
    }
    kept, problems = [], []
    for artifact in chosen:
        problem = left_out.get((artifact.pack, artifact.id))
        if problem and artifact.edition.size != PLAIN.size:
            problems.append(problem)
        else:
            kept.append(artifact)
    if problems and not kept:
        raise ContentError(replace(problem, severity=Severity.ERROR) for problem in problems)
    return kept, problems


def _names(artifact: Artifact) -> set[str]:
    return {artifact.id, Path(artifact.file).stem}


def asked_edition(paper: str | None, ink: str | None, size: str | None) -> Edition | None:
    """The edition that these options ask for; None if all of them are empty.

    Raises `UnknownArtifact` if the theme has no such paper, ink or size.
    """
    theme = load_theme()
    for kind, value, known in (
        ("paper", paper, theme.papers),
        ("ink", ink, theme.inks),
        ("size", size, theme.sizes),
    ):
        if value and value not in known:
            raise UnknownArtifact(f"There is no {kind} “{value}”. {nearest(value, known)}")
    if not (paper or ink or size):
        return None
    return Edition.model_construct(
        paper=paper or PLAIN.paper, ink=ink or PLAIN.ink, size=size or PLAIN.size
    )
