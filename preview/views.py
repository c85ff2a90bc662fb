"""An artifact as the page shows it: pages with their text, findings with their spot."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

from pack import markdown
from pack.artifacts import Artifact
from pack.model import Pack
from pack.problems import Fault, Severity
from pack.theme import slide_face_files
from preflight.checks import place_of
from preflight.findings import Finding, Spot
from press.render import Rendered, RenderOptions, make

#: How wide the picture of a page is, in pixels.
WIDTH = 900


@dataclass(frozen=True)
class PreviewPage:
    """A page or slide: width and height in pt, its text, and of a slide its SVG and title."""

    width: float
    height: float
    text: str
    svg: str = ""
    title: str = ""


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the page tells it; `page` counts from 1, 0 is the whole file; `spot` in pt."""

    page: int
    line: int
    severity: str
    fault: Fault
    rule: str
    spot: Spot | None


@dataclass(frozen=True, eq=False)
class ArtifactView:
    """What the page needs to know of an artifact. `data` are its bytes.

    `saved` says whether the file in the output folder is this one.
    """

    artifact: Artifact
    title: str
    data: bytes
    pages: tuple[PreviewPage, ...]
    notes: tuple[ShownFinding, ...]
    saved: bool = True

    @property
    def key(self) -> str:
        return key_of(self.artifact)

    @cached_property
    def digest(self) -> str:
        """Changes with every page, so that a picture's address stands for one picture."""
        parts = [self.data, *(page.svg.encode() for page in self.pages)]
        return sha256(b"".join(parts)).hexdigest()[:24]


def key_of(artifact: Artifact) -> str:
    """The name of an artifact among those of all packs: pack and file."""
    return artifact.path.as_posix()


def make_view(
    pack: Pack, artifact: Artifact, terms: RenderOptions
) -> tuple[Rendered, ArtifactView | None]:
    """Render an artifact and look at it; there is no view if the content does not fit."""
    made = make(pack, (artifact,), terms)[0]
    if made.problems:
        return made, None
    return made, _view(pack, artifact, made.data, made.findings, terms.deck_template)


def view_file(
    pack: Pack,
    artifact: Artifact,
    file: Path,
    findings: Sequence[Finding],
    deck_template: Path | None,
) -> ArtifactView:
    """Look at a finished file. Raises `OSError` if it is gone."""
    return _view(pack, artifact, file.read_bytes(), findings, deck_template)


def picture(view: ArtifactView, number: int) -> bytes:
    """A page or slide as PNG, `WIDTH` pixels wide. Not to be called by two threads at once."""
    page = view.pages[number - 1]
    if page.svg:
        import resvg_py

        drawn = resvg_py.svg_to_bytes(
            svg_string=page.svg, width=WIDTH, font_files=slide_face_files(), skip_system_fonts=True
        )
        return bytes(drawn)
    import pypdfium2

    with pypdfium2.PdfDocument(view.data) as document:
        # PDFium rounds up, so a hair less.
        image = document[number - 1].render(scale=(WIDTH - 0.01) / page.width).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)  # it travels no further than this computer
    return out.getvalue()


def _view(
    pack: Pack,
    artifact: Artifact,
    data: bytes,
    findings: Sequence[Finding],
    deck_template: Path | None,
) -> ArtifactView:
    pages = _slides(pack, deck_template) if artifact.kind == "deck" else _pages(data)
    notes = tuple(_note(pack, artifact, finding) for finding in findings)
    return ArtifactView(artifact, _title(pack, artifact), data, tuple(pages), notes)


def _note(pack: Pack, artifact: Artifact, finding: Finding) -> ShownFinding:
    return ShownFinding(
        finding.page,
        place_of(pack, artifact, finding).line,
        str(finding.rule.severity),
        finding.fault,
        f"{finding.rule.name} · {finding.rule.standard}",
        # PowerPoint's own slides are as large as our pictures of them, and set in the same boxes.
        finding.spot,
    )


def has_errors(made: Rendered) -> bool:
    """Whether preflight refuses an artifact."""
    return any(finding.rule.severity is Severity.ERROR for finding in made.findings)


def _title(pack: Pack, artifact: Artifact) -> str:
    deck = pack.deck
    documents = (*pack.handouts, *((deck, deck.guide, deck.notes_sheet) if deck else ()))
    return markdown.plain(next(one.title for one in documents if one and one.id == artifact.id))


def _pages(data: bytes) -> Iterator[PreviewPage]:
    import pypdfium2

    texts = _read_aloud(data)
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, start=1):
            width, height = page.get_size()
            yield PreviewPage(width, height, " ".join(texts.get(number, ())))


def _read_aloud(data: bytes) -> dict[int, list[str]]:
    """The words of each page as its tags have them read: two columns after each other."""
    import pikepdf

    from preflight.pdf.marked_content import read_content
    from preflight.pdf.structure_tree import Element, read_tree
    from preflight.pdf.text_extraction import TextExtractor

    texts: dict[int, list[str]] = {}
    with pikepdf.open(io.BytesIO(data)) as document:
        tree = read_tree(document)
        marks = read_content(document).marks
        words = TextExtractor(marks)

        def read(element: Element) -> None:
            if element.replacement:
                texts.setdefault(element.page, []).append(f"[{element.replacement}]")
                return
            for part in element.order:
                if isinstance(part, Element):
                    read(part)
                elif part in marks:
                    texts.setdefault(marks[part].page, []).append(words.of_mark(part))

        for element in tree.elements if tree else ():
            if element.parent is None:
                read(element)
    return texts


def _slides(pack: Pack, deck_template: Path | None) -> Iterator[PreviewPage]:
    from slides.deck import pictures

    for content, svg in pictures(pack, deck_template):
        root = ElementTree.fromstring(svg)  # noqa: S314 (we have just written it)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        lines = ("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))
        yield PreviewPage(width, height, " ".join(lines), svg, content.title.text)
