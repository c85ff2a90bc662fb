"""The quiet zones of codes cover no letters on sheets that are tight because of a school."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts import sheets
from handouts.html import sheet_html
from pack.documents import PLAIN, Handout
from pack.items import School
from pack.load import read_pack
from tests.conftest import CONTENT
from tests.tools.pdf import characters

SCHOOL = School.model_construct(
    name="Cedar Valley Bilingual Elementary and Middle School of the Joint District No. 4",
    contact="School counselor's office",
    phone="303-555-0142",
    email="office@cedar-hill.example",
    website="https://cedar-hill.example/safety",
)
PACK = read_pack(CONTENT).for_school(SCHOOL)


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
