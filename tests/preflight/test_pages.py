"""Preflight of pages as people see them: broken pages are caught, good pages pass."""

import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pack import html, markdown
from pack.documents import PLAIN
from pack.labels import fill
from pack.load import read_pack
from pack.model import Pack
from pack.types import short_address
from preflight.findings import Finding
from preflight.pdf.pages import Expected, check_pages
from press.builders import artifacts_of
from slides.content import SlideContent
from slides.draft import DeckDraft
from tests.conftest import CONTENT, WATER
from tests.preflight import broken_codes, broken_pages
from tests.preflight.small_pages import Broken, expected

GOOD = {**broken_pages.GOOD, **broken_codes.GOOD}
BROKEN = {**broken_pages.BROKEN, **broken_codes.BROKEN}


def _check(data: bytes | Path, wanted: Expected) -> list[Finding]:
    with pdfium.PdfDocument(data) as document:
        return list(check_pages(document, wanted))


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_fault_is_found_only_by_its_rule_and_at_its_place(broken: Broken) -> None:
    findings = _check(broken.data(), expected(**broken.expected))
    assert {finding.rule.name for finding in findings} == {broken.rule}, findings
    assert any(broken.said in finding.what for finding in findings), findings
    for finding in findings:
        quoted = re.findall("“([^…”]+)…?”", finding.what)
        assert not quoted or any(text in finding.subject for text in quoted)
    assert {finding.page for finding in findings} == {broken.page}
    if broken.at:
        x, y = broken.at
        spots = [finding.spot for finding in findings if finding.spot]
        assert any(spot[0] <= x <= spot[2] and spot[1] <= y <= spot[3] for spot in spots), spots


@pytest.mark.parametrize("good", GOOD.values(), ids=GOOD)
def test_good_pages_pass(good: Broken) -> None:
    assert _check(good.data(), expected(**good.expected)) == []


def _wanted(pack: Pack, name: str) -> Expected:
    """What a pack's sheet, guide or notes sheet must look like."""
    handout = next((one for one in pack.handouts if one.id == name), None)
    template = handout.template if handout else "guide"
    date = html.month(pack.about.revised, pack.about.language)
    colophon = fill(pack.labels.published, publisher=pack.publisher.name, date=date)
    cards = template in ("cards", "wallet-cards")
    parts = [] if handout else [part for one in _slides(pack) for part in one.notes.parts]
    sources = [line for part in parts if part.kind == "source" for line in part.lines(": ")]
    return Expected(
        pages=pack.pages_of(handout, PLAIN) if handout else None,
        size=(612, 792),
        margin=28.8,
        smallest=10.5 if cards or not handout else 11,
        small_print=8,
        small_texts=(markdown.plain(colophon), *sources),
        trimmed=cards,
        addresses={
            address: short_address(pack.printed(address)) for address in _addresses(pack, name)
        },
    )


def _addresses(pack: Pack, name: str) -> set[str]:
    """The addresses that a document shows as QR codes."""
    for handout in pack.handouts:
        if handout.id == name:
            return {
                item.url  # type: ignore[union-attr]
                for block in handout.blocks
                for item in pack.items(block)
                if block.kind == "videos"
                or (block.kind == "contacts" and handout.template in ("poster", "directory"))
                if item.url  # type: ignore[union-attr]
            }
    slides = _slides(pack)
    shown = [one for one in slides if name == "presenter-guide" or one.noted]
    videos = {video.url for video in pack.videos.values()}
    return {slide.code.address for slide in shown if slide.code} | videos


def _slides(pack: Pack) -> tuple[SlideContent, ...]:
    return DeckDraft(pack).composition.slides


def _documents(content: Path) -> list[tuple[Pack, str]]:
    pack = read_pack(content)
    return [(pack, one.id) for one in artifacts_of(pack) if one.file.endswith(".pdf")]


@pytest.mark.parametrize(("pack", "name"), _documents(CONTENT))
def test_our_sheets_pass(pack: Pack, name: str, output: Path) -> None:
    assert _check(output / f"{name}.pdf", _wanted(pack, name)) == []


@pytest.mark.parametrize(("pack", "name"), _documents(WATER))
def test_the_sheets_of_another_pack_pass(pack: Pack, name: str, water: Path) -> None:
    assert _check(water / f"{name}.pdf", _wanted(pack, name)) == []


def test_the_small_codes_of_a_guide_must_have_expected_addresses_too(output: Path) -> None:
    wanted = _wanted(read_pack(CONTENT), "presenter-guide")
    first, *others = sorted(wanted.addresses)
    fewer = {address: wanted.addresses[address] for address in others}
    findings = _check(
        output / "presenter-guide.pdf", Expected(**{**vars(wanted), "addresses": fewer})
    )
    assert {finding.rule.name for finding in findings} == {"qr-address"}
    assert all(first in finding.what and finding.spot for finding in findings)
