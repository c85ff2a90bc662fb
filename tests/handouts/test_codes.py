"""The quiet zones of codes cover no letters on sheets that are tight because of a school."""

import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts import sheets
from handouts.html import sheet_html
from pack.documents import PLAIN, Handout
from pack.load import read_pack
from pack.types import short_address
from preflight.checks import check_sheet
from press.builders import artifacts_of
from tests.conftest import CONTENT, LONG_SCHOOL
from tests.tools import pdf
from tests.tools.pdf import characters

PACK = read_pack(CONTENT).for_school(LONG_SCHOOL)


def _codes(file: Path) -> list[tuple[int, tuple[float, ...]]]:
    """The page and the box in pt of every picture in a link: codes with their quiet zones."""
    found = []
    with pikepdf.open(file) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        elements: list[Any] = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        for element in elements:
            if element.get("/S") == "/Figure" and element.P.get("/S") == "/Link":
                found.append((pages[element.Pg.objgen], tuple(map(float, element.A.BBox))))
    return found


@pytest.mark.parametrize("length", [43, 123, 180, 300])
def test_a_code_of_a_long_address_has_room_and_can_be_read(length: int, tmp_path: Path) -> None:
    start = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list="
    address = (start + "PLW_Zlc-eyJyZWZlcnJhbEluZm8iOnsicmVmZXJyYWxBcHAiOiJT" * 6)[:length]
    videos = {
        name: video.model_copy(update={"url": f"{address[:-1]}{number}"})
        for number, (name, video) in enumerate(PACK.videos.items())
    }
    pack = PACK.for_school(None).model_copy(update={"videos": videos})
    sheet = pack.document("parent-tip-sheet")
    assert isinstance(sheet, Handout)
    artifact = next(one for one in artifacts_of(pack) if one.file == "parent-tip-sheet.pdf")
    data = sheets.render(pack, sheet).data["color"]
    assert list(check_sheet(pack, sheet, artifact, data)) == []
    file = tmp_path / "sheet.pdf"
    file.write_bytes(data)
    printed = re.sub(r"\s", "", pdf.text(file))
    for video in videos.values():
        assert short_address(video.url) in printed


def test_a_short_address_is_printed_and_the_code_opens_the_video(tmp_path: Path) -> None:
    url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    videos = {
        name: video.model_copy(update={"url": url, "short": "https://youtu.be/dQw4w9WgXcQ"})
        for name, video in PACK.videos.items()
    }
    pack = PACK.model_copy(update={"videos": videos})
    file = tmp_path / "sheet.pdf"
    sheet = pack.document("parent-tip-sheet")
    assert isinstance(sheet, Handout)
    file.write_bytes(sheets.render(pack, sheet).data["color"])
    assert set(pdf.codes(file, dpi=100)) == {url}
    printed = re.sub(r"\s", "", pdf.text(file))
    assert "youtu.be/dQw4w9WgXcQ" in printed
    assert "youtube.com" not in printed


@pytest.mark.parametrize("handout", PACK.handouts, ids=lambda one: one.id)
def test_no_letter_is_under_the_quiet_zone_of_a_code(handout: Handout, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(sheets.render(PACK, handout).data["color"])
    letters, codes = list(characters(file)), _codes(file)
    assert len(codes) == sheet_html(PACK, handout, PLAIN).count('class="qr"')
    for page, (left, bottom, right, top) in codes:
        under = [
            letter.text
            for letter in letters
            if letter.page == page
            and min(letter.right, right) - max(letter.left, left) > 0
            and min(letter.top, top) - max(letter.bottom, bottom) > 0
        ]
        assert not under
