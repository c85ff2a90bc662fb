"""A sheet of any length keeps its number of pages or is refused; nothing is cut off."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts import sheets
from handouts.sheets import Sheet
from handouts.weasy import pdf as printing
from pack.documents import PLAIN, Choice, Edition, Handout
from pack.errors import ContentError
from pack.items import Part
from pack.load import read_pack
from pack.model import Pack
from pack.theme import Setting, Size, load_theme
from tests.conftest import CONTENT
from tests.tools import pdf

PACK = read_pack(CONTENT)
SHEETS = {handout.id: handout for handout in PACK.handouts}

#: The settings that the sheets below have: the tightest is for tip sheets and cards alone.
SETTINGS = [one for one in load_theme().sizes["standard"].settings if one.text >= 11]

#: Test cases for each of the eight sheets; set it higher for a longer run.
CASES = int(os.environ.get("COPYFIT_CASES", "2"))

#: Fields that are no texts of sheets: names, numbers, addresses, counts, fixed words.
_KEPT = {"id", "template", "url", "file", "poster", "figure", "sources", "help", "deck", "labels"}
_KEPT |= {"publisher", "about", "school", *Choice.model_fields}


def stretched(pack: Pack, factor: float, wanted: frozenset[str] | None = None) -> Pack:
    """The pack with its texts, or those of the named fields, made longer or shorter."""

    def walk(value: object, name: str = "") -> object:
        if isinstance(value, Part):
            fields = {key: getattr(value, key) for key in type(value).model_fields}
            return value.model_copy(
                update={
                    key: walk(one, key)
                    for key, one in fields.items()
                    if (key not in _KEPT or (isinstance(one, Mapping) and key != "contacts"))
                    and not (key == "sign" and isinstance(one, str))  # a pictogram's name
                }
            )
        if isinstance(value, Mapping):
            return {key: walk(entry, name) for key, entry in value.items()}
        if isinstance(value, tuple):
            return tuple(walk(entry, name) for entry in value)
        if not isinstance(value, str) or (wanted and name not in wanted):
            return value
        words = value.replace("*", "").split()
        return " ".join((words * 4)[: max(round(len(words) * factor), 1)])

    longer = walk(pack)
    assert isinstance(longer, Pack)
    longer._origin = pack.origin
    return longer


def rendered(pack: Pack, name: str, edition: Edition = PLAIN) -> Sheet:
    handout = next(one for one in pack.handouts if one.id == name)
    return sheets.render(pack, handout, edition)


def clipped(data: bytes) -> list[str]:
    """Text in a PDF that is outside the page, or nearer to its edge than printers can print."""
    found = []
    with pdfium.PdfDocument(data) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for number in range(text.count_rects()):
                left, low, right, high = text.get_rect(number)
                if left < 28 or low < 20 or right > width - 28 or high > height - 28:
                    found.append(text.get_text_bounded(left, low, right, high))
    return found


@pytest.fixture
def with_settings(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[Setting], int], None]:
    """A function that makes the theme declare other settings, or another one to start from."""

    def declare(settings: Sequence[Setting], first: int) -> None:
        theme = load_theme()
        sizes = {**theme.sizes, "standard": Size(tuple(settings), first, first)}
        monkeypatch.setattr(printing, "load_theme", lambda: replace(theme, sizes=sizes))

    return declare


@pytest.mark.parametrize("name", ["myths-and-facts", "home-safety-checklist", "get-help-poster"])
def test_the_setting_is_the_loosest_in_which_the_sheet_fits(
    name: str, with_settings: Callable[[Sequence[Setting], int], None]
) -> None:
    chosen = SETTINGS.index(rendered(PACK, name).setting)
    for number, setting in enumerate(SETTINGS):
        with_settings([setting], 0)
        try:
            fits = rendered(PACK, name).setting == setting
        except ContentError:
            fits = False
        assert fits == (number >= chosen), setting


@pytest.mark.parametrize("start", [0, len(SETTINGS) // 2, len(SETTINGS) - 1])
def test_where_the_search_starts_makes_no_difference(
    start: int, with_settings: Callable[[Sequence[Setting], int], None]
) -> None:
    expected = rendered(PACK, "myths-and-facts")
    with_settings(SETTINGS, start)
    assert rendered(PACK, "myths-and-facts") == expected


def test_nor_does_it_for_large_print_which_runs_on_from_page_to_page() -> None:
    sheet = SHEETS["parent-tip-sheet"]
    edition = next(one for one in sheet.variants if one.size == "large-print")
    tightest = load_theme().sizes["large-print"].settings[-1]
    assert sheets.render(PACK, sheet, edition, setting=tightest) == sheets.render(
        PACK, sheet, edition
    )


def test_a_short_sheet_is_set_looser_and_a_long_one_tighter() -> None:
    fields = frozenset({"myth", "fact", "body"})
    packs = [stretched(PACK, factor, fields) for factor in (0.34, 0.8, 1, 1.15)]
    chosen = [SETTINGS.index(rendered(pack, "myths-and-facts").setting) for pack in packs]
    assert chosen == sorted(chosen)
    assert chosen[0] < SETTINGS.index(rendered(PACK, "myths-and-facts").setting) < chosen[-1]


def test_a_card_that_is_too_long_is_refused_by_its_first_words() -> None:
    with pytest.raises(ContentError) as caught:
        rendered(stretched(PACK, 3, frozenset({"lines"})), "conversation-cards")
    assert any("the card that starts" in problem.what for problem in caught.value.problems)


def test_text_never_runs_into_a_code() -> None:
    wide = PACK.contacts["fbi"].model_copy(update={"use": "Report" * 14})
    pack = PACK.model_copy(update={"contacts": {**PACK.contacts, "fbi": wide}})
    pack._origin = PACK.origin
    with pytest.raises(ContentError) as caught:
        rendered(pack, "get-help-poster")
    assert "ReportReport" in caught.value.problems[0].what


@pytest.mark.parametrize("name", sorted(SHEETS))
@settings(max_examples=CASES, deadline=None, derandomize=True)
@given(
    factor=st.floats(1 / 3, 3),
    field=st.sampled_from(
        ["", "lead", "body", "title", "lines", "short", "task", "fact", "text", "summary", "when"]
    ),
)
def test_a_sheet_of_any_length_keeps_its_pages_or_is_refused(
    name: str, factor: float, field: str
) -> None:
    pack = stretched(PACK, factor, frozenset({field}) if field else None)
    handout: Handout = next(one for one in pack.handouts if one.id == name)
    try:
        sheet = sheets.render(pack, handout)
    except ContentError as error:
        assert factor > 1 or all("character" in one.what for one in error.problems)
        return
    assert sheet.pages == pack.pages_of(handout, PLAIN)
    (data,) = sheet.data.values()
    with pdfium.PdfDocument(data) as document:
        assert len(document) == sheet.pages
    if name != "wallet-cards":  # its cards reach to the foot of the page
        assert clipped(data) == []
    assert sorted(pdf.codes(data)) == _codes(name)


@cache
def _codes(name: str) -> list[str]:
    return sorted(pdf.codes(rendered(PACK, name).data["color"]))
