"""Preflight of an artifact: checks the finished file against what its pack expects."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pack import markdown
from pack.artifacts import Artifact
from pack.documents import Handout
from pack.errors import template_errors
from pack.model import Pack, YamlPath
from pack.problems import Fault, Place, Problem
from pack.theme import load_theme
from pack.types import short_address
from pack.walk import addresses, emails, texts
from preflight.findings import Finding
from preflight.language.safe_messaging import unaccompanied
from preflight.numbers import numbers_of
from preflight.steps import misnumbered

if TYPE_CHECKING:
    from preflight.pdf.pages import Expected

#: The margin in pt that home printers can't print on: 0.4 in.
MARGIN = 28.8

#: Shorter texts, such as a page number, occur in too many others to be looked up.
_MIN_LENGTH = 3

#: A text with more spaces than this is no address that is written without them.
_WORDS_OF_ADDRESS = 2


def as_problem(pack: Pack, artifact: Artifact, finding: Finding) -> Problem:
    """A finding as the terminal shows it, with the line in which to fix it."""
    where = Path(*artifact.path.parts[1:]).as_posix()
    if finding.page:
        where += f", {artifact.unit} {finding.page}"
    return Problem(
        place_of(pack, artifact, finding),
        where,
        Fault(f"{finding.what} [{finding.rule.name}]", finding.remedy),
        finding.rule.severity,
    )


def place_of(pack: Pack, artifact: Artifact, finding: Finding) -> Place:
    """The line of the text or address that a finding is about, or else of the sheet or deck."""
    if finding.place:
        return finding.place
    own = pack.path_of(artifact.id, artifact.edition)
    around = own[:2] if own[0] == "handouts" else own[:1]
    return pack.origin.place(_path_of_subject(pack, finding.subject, around) or own)


def _path_of_subject(pack: Pack, subject: str, own: YamlPath) -> YamlPath | None:
    """The path to a text or address of a page; if several texts match, one below `own`."""
    words = _words(subject)
    wanted, spaced = "".join(words), f" {' '.join(words)} "
    if len(wanted) < _MIN_LENGTH:
        return None
    # The shortest text that holds it: a heading itself, not a sentence that repeats it.
    holding = [
        (len(written), path[: len(own)] != own, path)
        for path, text in texts(pack)
        if wanted in (written := "".join(_words(markdown.plain(text))))
    ]
    if holding:
        return min(holding, key=lambda match: match[:2])[2]
    for path, address in addresses(pack):
        if wanted in ("".join(_words(address)), "".join(_words(short_address(address)))):
            return path
    # A table or a slide's box shows several texts: take the longest, matching whole words.
    within = [
        (len(part), path)
        for path, text in texts(pack)
        for part in (" ".join(_words(paragraph)) for paragraph in markdown.paragraphs(text))
        if len(part) >= _MIN_LENGTH and f" {part} " in spaced
    ]
    return max(within, key=lambda match: match[0])[1] if within else None


def _words(text: str) -> list[str]:
    """The words of a text, without the line breaks, bullets and quotes that templates add."""
    return re.findall(r"\w+", text.lower())


def check_sheet(
    pack: Pack,
    handout: Handout,
    artifact: Artifact,
    data: bytes,
    translated: Pack | None = None,
) -> Iterator[Finding]:
    """Everything that makes a sheet unfit for the people who get it.

    `translated` is the pack in the language beside its own, for an edition in two.
    """
    template = load_theme().handouts[handout.template]
    expected = _expected(
        pack, artifact, template.smallest, _codes(pack, handout), trimmed=template.trimmed
    )
    # Cards may take less than a page, and large print as many pages as it needs.
    filled = not artifact.edition.runs_on and not template.trimmed
    is_draft = (translated or pack).is_draft
    small = tuple(_small_print(one, draft=is_draft) for one in _packs(pack, translated))
    expected = replace(expected, filled=filled, small_texts=small)
    found = _check_pdf(pack, data, expected, translated)
    return (_placed(one, pack, translated) for one in found) if translated else found


def _placed(finding: Finding, pack: Pack, translated: Pack) -> Finding:
    """A finding with its place, if it is about a text that only the translation has."""
    if finding.place or _path_of_subject(pack, finding.subject, ()):
        return finding
    path = _path_of_subject(translated, finding.subject, ())
    return replace(finding, place=translated.origin.place(path)) if path else finding


def check_guide(
    pack: Pack,
    artifact: Artifact,
    data: bytes,
    codes: Iterable[str],
    small_print: Iterable[str] = (),
) -> Iterator[Finding]:
    """The same for a guide to a deck; `codes` are the addresses of the QR codes on its slides.

    `small_print` holds the texts that may be set smaller, such as the slides' sources.
    """
    table_heads = 10.5
    expected = _expected(pack, artifact, table_heads, codes)
    small_texts = (*expected.small_texts, *small_print)
    return _check_pdf(pack, data, replace(expected, small_texts=small_texts))


def check_deck(pack: Pack, data: bytes, template: Path | None = None) -> Iterator[Finding]:
    """The same for a deck; `template` is the file that it was built on, if it is not ours."""
    from pack.reach import mailto
    from preflight.powerpoint.checks import check_deck as check
    from preflight.powerpoint.look import check_look
    from preflight.powerpoint.reader import read
    from preflight.powerpoint.templates import of_template

    with template_errors(template):
        deck = read(data)
        codes = _printed(pack, (address for _, address in addresses(pack)))
        known = {*codes, *(mailto(email) for _, email in emails(pack))}
        found = check(
            deck, language=pack.locale, codes=codes, addresses=known, numbers=numbers_of(pack)
        )
        yield from of_template(found, template) if template else found
        yield from () if template else check_look(deck)
        yield from unaccompanied([slide.read for slide in deck.slides], pack)
        yield from misnumbered((one for slide in deck.slides for one in slide.numbered), pack)


def _check_pdf(
    pack: Pack, data: bytes, expected: "Expected", translated: Pack | None = None
) -> Iterator[Finding]:
    import pikepdf
    import pypdfium2

    from preflight.pdf.pages import check_pages
    from preflight.pdf.tags import check_structure, numbered, read_tagged

    with pikepdf.open(io.BytesIO(data)) as document:
        tagged = read_tagged(document)
        packs = _packs(pack, translated)
        passages = _passages(*packs) if translated else {}
        yield from check_structure(document, tagged, pack.about.language, passages)
        steps = list(numbered(tagged)) if tagged and pack.steps else []
        for one in packs:
            yield from misnumbered(steps, one)
    texts_of_pages: list[str] = []
    with pypdfium2.PdfDocument(data) as drawn:
        yield from check_pages(drawn, expected, texts_of_pages)
    for one in packs:
        yield from unaccompanied(texts_of_pages, one)


def _packs(pack: Pack, translated: Pack | None) -> tuple[Pack, ...]:
    return (pack, translated) if translated else (pack,)


def _passages(*packs: Pack) -> dict[str, str]:
    """The paragraphs that only one of these packs has, each with its language.

    Without a few words in letters of addresses, which may be made of them and have no language.
    """
    every = [
        {part for _, text in texts(one) for part in markdown.paragraphs(text)} for one in packs
    ]
    shared = set.intersection(*every)
    return {
        text: pack.about.language
        for pack, own in zip(packs, every, strict=True)
        for text in own - shared
        if text.count(" ") > _WORDS_OF_ADDRESS or not text.isascii()
    }


def _expected(
    pack: Pack,
    artifact: Artifact,
    smallest: float,
    codes: Iterable[str],
    *,
    trimmed: bool = False,
) -> "Expected":
    """What a PDF must be like; `smallest` is the minimum text size in pt in standard print."""
    from preflight.pdf.pages import Expected

    small_print = 8.0
    if artifact.edition.size != "standard":
        size = load_theme().sizes[artifact.edition.size]
        smallest = min(setting.text for setting in size.settings)
        small_print = smallest
    return Expected(
        pages=artifact.pages or None,
        size=load_theme().papers[artifact.edition.paper],
        margin=MARGIN,
        smallest=smallest,
        small_print=small_print,
        small_texts=(_small_print(pack, draft=pack.is_draft),),
        trimmed=trimmed,
        addresses=_printed(pack, codes),
        fewer=artifact.edition.runs_on,
        numbers=numbers_of(pack),
    )


def _small_print(pack: Pack, *, draft: bool) -> str:
    """How the small print of a pack begins, which may be a `draft`."""
    from pack.html import published

    return markdown.plain(published(pack, draft=draft))


def _printed(pack: Pack, codes: Iterable[str]) -> dict[str, str]:
    """The form in which the address of each code is printed beside it."""
    return {address: short_address(pack.printed(address)) for address in codes}


def _codes(pack: Pack, handout: Handout) -> Iterator[str]:
    """The addresses of the QR codes on a sheet."""
    shown = load_theme().handouts[handout.template].codes
    for block in handout.blocks:
        if block.kind in shown:
            yield from filter(None, (getattr(item, "url", None) for item in pack.items(block)))
    if pack.school and pack.school.website and "school" in shown:
        yield pack.school.website
