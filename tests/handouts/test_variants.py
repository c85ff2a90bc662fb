"""Editions of a sheet (black ink, large print, A4) suit their purpose."""

import re
import shutil
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageStat

from handouts import sheets
from pack.documents import PLAIN, Edition
from pack.items import School
from pack.load import read_pack
from pack.theme import load_theme
from tests.conftest import CONTENT, WATER, Run
from tests.tools import pdf, verapdf

PACK, OTHER = read_pack(CONTENT), read_pack(WATER)
SHEETS = {handout.id: handout for handout in PACK.handouts}
LARGE = [one.id for one in PACK.handouts if any(v.size != "standard" for v in one.variants)]
EVERY = sorted(SHEETS)
PRINTED = [*EVERY, "audience-notes", "presenter-guide"]

_COLOR = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b")


def _contents(file: Path) -> bytes:
    with pikepdf.open(file) as document:
        return b"\n".join(page.Contents.read_bytes() for page in document.pages)


@pytest.mark.parametrize("name", PRINTED)
def test_black_ink_is_the_same_layout_in_grays(name: str, output: Path) -> None:
    color, black = output / f"{name}.pdf", output / f"{name}-bw.pdf"
    assert _COLOR.search(_contents(color))
    assert not _COLOR.search(_contents(black))
    assert [(one.text, one.left, one.top) for one in pdf.characters(black)] == [
        (one.text, one.left, one.top) for one in pdf.characters(color)
    ]
    assert sorted(pdf.codes(black)) == sorted(pdf.codes(color))


@pytest.mark.parametrize("name", PRINTED)
def test_black_ink_has_no_background_that_wastes_toner(name: str, output: Path) -> None:
    assert _darkest(output / f"{name}-bw.pdf") < 0.7


def test_the_poster_takes_little_ink_in_color_too(output: Path) -> None:
    with pdfium.PdfDocument(output / "get-help-poster.pdf") as document:
        gray = document[0].render(scale=1, grayscale=True).to_pil()
    assert 1 - ImageStat.Stat(gray).mean[0] / 255 <= 0.15


def test_large_figures_are_outlined_in_black_ink(output: Path) -> None:
    color, black = (
        _darkest(output / "get-help-poster.pdf"),
        _darkest(output / "get-help-poster-bw.pdf"),
    )
    assert color > 0.7 > 0.6 > black


def _darkest(file: Path) -> float:
    """How much of the darkest square inch is dark; about half in a QR code."""
    found = 0.0
    with pdfium.PdfDocument(file) as document:
        for page in document:
            image = page.render(scale=1, grayscale=True).to_pil()
            for top in range(0, image.height - 72, 18):
                for left in range(0, image.width - 72, 18):
                    inch = image.crop((left, top, left + 72, top + 72))
                    found = max(found, sum(inch.histogram()[:128]) / 72**2)
    return found


@pytest.mark.parametrize("name", EVERY)
def test_the_black_edition_can_be_read_when_printed_in_one_bit(name: str, output: Path) -> None:
    """At 600 dpi in pure black and white, every letter of the page is there as dark pixels."""
    file = output / f"{name}-bw.pdf"
    with pdfium.PdfDocument(file) as document:
        bit = document[0].render(scale=600 / 72, grayscale=True).to_pil()
        bit = bit.convert("1", dither=Image.Dither.FLOYDSTEINBERG)
        height = document[0].get_height()
    scale = 600 / 72
    for letter in pdf.characters(file):
        if letter.page or not letter.text.isalnum():
            continue
        box = [letter.left, height - letter.top, letter.right, height - letter.bottom]
        left, top, right, bottom = (round(edge * scale) for edge in box)
        pixels = bit.crop((left, top, right, bottom)).convert("L")
        dark = sum(pixels.histogram()[:128]) / max(pixels.width * pixels.height, 1)
        # A letter is neither missing nor a blot.
        assert 0.08 < dark < 0.95, (letter, dark)


@pytest.mark.parametrize("name", LARGE)
def test_large_print_has_no_small_letter_and_wide_margins(name: str, output: Path) -> None:
    file = output / f"{name}-large-print.pdf"
    letters = list(pdf.characters(file))
    assert min(one.size for one in letters) >= 18 - 0.05
    assert min(one.left for one in letters) >= 71
    assert max(one.right for one in letters) <= 612 - 71


@pytest.mark.parametrize("name", LARGE)
def test_large_print_has_one_column(name: str, output: Path) -> None:
    """No line of text has a gap as wide as between columns."""
    with pdfium.PdfDocument(output / f"{name}-large-print.pdf") as document:
        for page in document:
            text = page.get_textpage()
            rects = sorted(text.get_rect(number) for number in range(text.count_rects()))
            for left, low, _, high in rects:
                middle = (low + high) / 2
                line = [one for one in rects if one[1] < middle < one[3]]
                before = [right for start, _, right, _ in line if start < left]
                assert not before or left - max(before) < 24


@pytest.mark.parametrize("name", LARGE)
def test_large_print_has_all_words_of_the_sheet(name: str, output: Path) -> None:
    def words(file: Path) -> set[str]:
        text = pdf.text(file).replace("-", "").lower()
        return set(re.findall(r"\w{3,}", re.sub(r"\s*of \d", "", text)))

    missing = words(output / f"{name}.pdf") - words(output / f"{name}-large-print.pdf")
    # Words that one of them breaks at the end of a line.
    assert len(missing) <= 6, missing


@pytest.mark.parametrize("name", LARGE)
def test_the_numbers_to_keep_in_mind_are_on_every_page_of_large_print(
    name: str, output: Path
) -> None:
    contacts = [PACK.contacts[name] for name in PACK.about.help_strip]
    short = [one.phone for one in contacts if one.phone and one.has_short_phone]
    assert short == ["911", "988"]
    with pdfium.PdfDocument(output / f"{name}-large-print.pdf") as document:
        for page in document:
            assert set(short) <= set(page.get_textpage().get_text_bounded().split())


@pytest.mark.parametrize("name", LARGE)
def test_in_large_print_of_a_school_help_is_on_the_first_page_and_its_number_has_a_label(
    name: str, tmp_path: Path
) -> None:
    school = School.model_construct(name="Cedar School", contact="Office", phone="303-555-0142")
    pack = PACK.model_copy(update={"school": school})
    pack._origin = PACK.origin
    large = next(one for one in SHEETS[name].variants if one.size != "standard")
    file = tmp_path / "large.pdf"
    file.write_bytes(sheets.render(pack, SHEETS[name], large).data["color"])
    with pdfium.PdfDocument(file) as document:
        first, *_, last = (page.get_textpage().get_text_bounded(bottom=90) for page in document)
    assert {"911", "988"} <= set(first.split())
    assert "My school 303-555-0142" in " ".join(last.split())


@pytest.mark.parametrize("name", LARGE)
def test_no_page_of_large_print_has_an_empty_quarter(name: str, output: Path) -> None:
    foot = 90
    lowest = defaultdict[int, float](lambda: 792)
    for letter in pdf.characters(output / f"{name}-large-print.pdf"):
        if letter.bottom > foot:
            lowest[letter.page] = min(lowest[letter.page], letter.bottom)
    for page, low in lowest.items():
        assert low - foot < 792 / 4, page + 1


def test_large_print_without_short_numbers_has_only_its_folio_in_the_foot(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    strip = "help_strip: [emergency, lifeline, fbi, take-it-down]"
    text = CONTENT.read_text("utf-8")
    assert strip in text
    file.write_text(text.replace(strip, "help_strip: [fbi, take-it-down]"), "utf-8")
    pack = read_pack(file)
    handout = next(one for one in pack.handouts if one.id == "resource-list")
    large = next(one for one in handout.variants if one.size != "standard")
    made = tmp_path / "large.pdf"
    made.write_bytes(sheets.render(pack, handout, large).data["color"])
    with pdfium.PdfDocument(made) as document:
        for number, page in enumerate(document, start=1):
            foot = page.get_textpage().get_text_bounded(top=90).strip()
            assert foot.endswith(f"{number} of {len(document)}") and len(foot.splitlines()) == 1


@pytest.mark.parametrize("name", LARGE)
def test_no_page_of_large_print_ends_with_a_heading(name: str, output: Path) -> None:
    last = {page: within for within, page in pdf.marked(output / f"{name}-large-print.pdf")}
    assert len(last) > 1
    for within in last.values():
        assert not any(re.fullmatch("/H[1-6]", kind) for kind, _ in within)


@pytest.mark.parametrize("name", [one for one in LARGE if SHEETS[one].template != "action-steps"])
def test_no_step_or_contact_stands_alone_on_a_page_of_large_print(name: str, output: Path) -> None:
    """Except on action sheets, whose steps are long."""
    lists = defaultdict[object, defaultdict[int, set[object]]](lambda: defaultdict(set))
    for within, page in pdf.marked(output / f"{name}-large-print.pdf"):
        for (kind, outer), (_, item) in pairwise(within):
            if kind == "/L":
                lists[outer][page].add(item)
    assert lists
    for pages in lists.values():
        assert min(map(len, pages.values())) > 1


@pytest.fixture(scope="module")
def a4(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every sheet on A4."""
    folder = tmp_path_factory.mktemp("a4")
    found = {}
    for name, handout in SHEETS.items():
        edition = Edition.model_construct(paper="a4")
        found[name] = folder / f"{name}.pdf"
        found[name].write_bytes(sheets.render(PACK, handout, edition).data["color"])
    return found


def test_every_sheet_fits_on_a4_with_the_same_number_of_pages(a4: dict[str, Path]) -> None:
    width, height = load_theme().papers["a4"]
    for name, file in a4.items():
        sizes = pdf.page_sizes(file)
        assert len(sizes) == PACK.pages_of(SHEETS[name], PLAIN)
        for size in sizes:
            assert size == pytest.approx((width, height), abs=0.5)


def test_ten_cards_of_85_by_54_mm_are_centered_on_a4(a4: dict[str, Path]) -> None:
    with pdfium.PdfDocument(a4["wallet-cards"]) as document:
        marks = [
            bounds
            for item in document[0].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH])
            if min((bounds := item.get_bounds())[2] - bounds[0], bounds[3] - bounds[1]) < 1
            and max(bounds[2] - bounds[0], bounds[3] - bounds[1]) < 30
        ]
    mm = 72 / 25.4
    down = {round((left + right) / 2 / mm) for left, low, right, high in marks if high - low > 3}
    across = {round((low + high) / 2 / mm) for left, low, right, high in marks if right - left > 3}
    assert sorted(down) == [20, 105, 190]
    assert [high - low for low, high in pairwise(sorted(across))] == [54] * 5


def test_every_sheet_on_a4_is_pdf_ua(a4: dict[str, Path]) -> None:
    """The other editions are checked in `weasy/test_pdfua.py`."""
    files = [*a4.values()]
    assert verapdf.failures(files) == {file: [] for file in files}


def test_an_edition_has_the_same_bytes_alone_and_with_another() -> None:
    both = sheets.render(PACK, SHEETS["wallet-cards"], inks=("color", "black")).data
    assert both["color"] == sheets.render(PACK, SHEETS["wallet-cards"]).data["color"]
    alone = sheets.render(PACK, SHEETS["wallet-cards"], inks=("black",)).data
    assert both["black"] == alone["black"]


def test_what_can_not_be_large_is_named_and_the_rest_is_made(tmp_path: Path, run: Run) -> None:
    result = run("build", WATER, "--size", "large-print", "--output", tmp_path)
    assert result.returncode == 0, result.stderr
    made = {file.name for file in (tmp_path / "water-safety").glob("*-large-print.pdf")}
    assert made == {f"{one.id}-large-print.pdf" for one in OTHER.handouts} - {
        "wallet-cards-large-print.pdf",
        "cards-large-print.pdf",
        "poster-large-print.pdf",
    }
    assert "handouts → cards: there is no large print of this sheet" in result.stderr


def test_if_nothing_can_be_large_nothing_is_made(tmp_path: Path, run: Run) -> None:
    result = run("build", WATER, "--only", "cards", "--size", "large-print", "--output", tmp_path)
    assert result.returncode == 1
    assert "there is no large print of this sheet" in result.stderr


def test_large_print_may_have_fewer_pages_than_it_may_have_at_most(
    tmp_path: Path, run: Run
) -> None:
    shutil.copytree(WATER.parent / "images", tmp_path / "images")
    content = tmp_path / "pack.yaml"
    variant = "    variants:\n      - {size: large-print, pages: 9}\n    blocks:\n"
    text = WATER.read_text("utf-8")
    content.write_text(text.replace("    blocks:\n", variant, 1), "utf-8")
    result = run("build", content, "--only", OTHER.handouts[0].id, "--output", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    file = tmp_path / "out" / "pack" / f"{OTHER.handouts[0].id}-large-print.pdf"
    assert 1 < len(pdf.page_sizes(file)) < 9
