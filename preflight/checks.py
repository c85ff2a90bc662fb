"""Preflight of an artifact: what its pack expects of it, checked on its bytes."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pack import markdown
from pack.artifacts import Artifact
from pack.documents import Handout
from pack.model import Pack, YamlPath
from pack.problems import Fault, Place, Problem
from pack.theme import load_theme
from pack.types import short_address
from pack.walk import addresses, emails, texts
from preflight.findings import Finding
from preflight.language.safe_messaging import unaccompanied

if TYPE_CHECKING:
    from preflight.pdf.pages import Expected

#: What home printers reach, in pt: 0.4 in.
MARGIN = 28.8

#: Texts with fewer characters, such as a page's number, stand in too many others to be looked up.
_LEAST = 3


def check(pack: Pack, artifact: Artifact, data: bytes) -> tuple[Finding, ...]:
    """Everything that keeps an artifact from being fit for the people who get it."""
    found = _check_deck(pack, data) if artifact.kind == "deck" else _check_pdf(pack, artifact, data)
    return tuple(found)


def as_problem(pack: Pack, artifact: Artifact, finding: Finding) -> Problem:
    """A finding as people read it in the terminal, with the line to mend it in."""
    unit = "slide" if artifact.kind == "deck" else "page"
    where = f"{artifact.file}, {unit} {finding.page}" if finding.page else artifact.file
    return Problem(
        place_of(pack, artifact, finding),
        where,
        Fault(f"{finding.what} [{finding.rule.name}]", finding.remedy),
        finding.rule.severity,
    )


def place_of(pack: Pack, artifact: Artifact, finding: Finding) -> Place:
    """The line of the text or address that a finding is about, or that of the sheet or deck."""
    if finding.place:
        return finding.place
    own = _path_of_artifact(pack, artifact)
    return pack.origin.place(_path_of_subject(pack, finding.subject, own[:2]) or own)


def _path_of_artifact(pack: Pack, artifact: Artifact) -> YamlPath:
    sheets = (one for one in pack.handouts if artifact.kind == "sheet" and one.id == artifact.id)
    handout = next(sheets, None)
    return pack.path_of(handout, artifact.edition) if handout else ("deck",)


def _path_of_subject(pack: Pack, subject: str, own: YamlPath) -> YamlPath | None:
    """Where a text or address of a page stands in the content; of equal texts one below `own`."""
    words = _words(subject)
    wanted, spaced = "".join(words), f" {' '.join(words)} "
    if len(wanted) < _LEAST:
        return None
    # The shortest text that holds it: of a heading the heading, not a sentence that repeats it.
    holding = [
        (len(written), path[: len(own)] != own, path)
        for path, text in texts(pack)
        if wanted in (written := "".join(_words(markdown.plain(text))))
    ]
    if holding:
        return min(holding, key=lambda one: one[:2])[2]
    for path, address in addresses(pack):
        if wanted in ("".join(_words(address)), "".join(_words(short_address(address)))):
            return path
    # A table or a slide's box shows several texts: the longest of them, by whole words.
    within = [
        (len(part), path)
        for path, text in texts(pack)
        for part in (" ".join(_words(one)) for one in markdown.paragraphs(text))
        if len(part) >= _LEAST and f" {part} " in spaced
    ]
    return max(within, key=lambda one: one[0])[1] if within else None


def _words(text: str) -> list[str]:
    """The words of a text. Lines, bullets and quotation marks are the template's on many pages."""
    return re.findall(r"\w+", text.lower())


def _check_pdf(pack: Pack, artifact: Artifact, data: bytes) -> Iterator[Finding]:
    import pikepdf
    import pypdfium2

    from preflight.pdf.pages import check_pages
    from preflight.pdf.tags import check_structure

    with pikepdf.open(io.BytesIO(data)) as document:
        yield from check_structure(document, pack.about.language)
    with pypdfium2.PdfDocument(data) as drawn:
        yield from check_pages(drawn, _expected(pack, artifact))
        words = [page.get_textpage().get_text_range() for page in drawn]
    yield from unaccompanied(words, pack)


def _check_deck(pack: Pack, data: bytes) -> Iterator[Finding]:
    from pack.html import mailto
    from preflight.powerpoint.checks import check_deck
    from preflight.powerpoint.reader import read

    deck = read(data)
    codes = {address: short_address(address) for _, address in addresses(pack)}
    known = {*codes, *(mailto(email) for _, email in emails(pack))}
    yield from check_deck(deck, language=pack.locale, codes=codes, addresses=known)
    yield from unaccompanied([slide.text for slide in deck.slides], pack)


def _expected(pack: Pack, artifact: Artifact) -> "Expected":
    from pack.html import published
    from preflight.pdf.pages import Expected

    handout = next((one for one in pack.handouts if one.id == artifact.id), None)
    template = load_theme().handouts[handout.template] if handout else None
    size = load_theme().sizes[artifact.edition.size]
    smallest, small_print = min(step.text for step in size.steps), 8.0
    if artifact.edition.size != "standard":
        small_print = smallest
    elif template is None:
        smallest = 10.5  # the heads of the guide's tables
    else:
        smallest = template.smallest
    codes = _codes(pack, handout) if handout else _codes_of_slides(pack)
    return Expected(
        pages=artifact.pages or None,
        size=load_theme().papers[artifact.edition.paper],
        margin=MARGIN,
        smallest=smallest,
        small_print=small_print,
        small_texts=(markdown.plain(published(pack)),),
        trimmed=bool(template and template.trimmed),
        addresses={address: short_address(address) for address in codes},
    )


def _codes(pack: Pack, handout: Handout) -> Iterator[str]:
    """The addresses of the QR codes on a sheet."""
    shown = load_theme().handouts[handout.template].codes
    for block in handout.blocks:
        if block.kind in shown:
            yield from filter(None, (getattr(item, "url", None) for item in pack.items(block)))
    if pack.school and pack.school.website and "school" in shown:
        yield pack.school.website


def _codes_of_slides(pack: Pack) -> Iterator[str]:
    """The addresses of the QR codes in what goes with a deck: those of its slides."""
    from slides.outline import plan

    yield from (slide.code.address for slide in plan(pack) if slide.code)
