"""Excel workbooks that attack: `python -m tests.fuzz.workbooks --seed 1 --count 300`."""

import io
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import openpyxl

from tests.conftest import WATER
from tests.fuzz.mutate import VALUES, of_archive
from tests.fuzz.runner import Kind, main


@cache
def _base() -> dict[str, bytes]:
    """A good workbook with two sheets, 30 schools, and rows that are merged and hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["School Name", "Phone", "Website", "Opened"])
    for number in range(30):
        sheet.append([f"School {number}", f"303-555-01{number:02}", None, number / 3])
    sheet.merge_cells("A5:D5")
    sheet.row_dimensions[7].hidden = True
    book.create_sheet("Notes").append(["not", "read"])
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _make(random: Random, folder: Path) -> Sequence[object]:
    file = folder / "schools.xlsx"
    parts = dict(_base())
    if random.random() < 0.3:
        _attack_cells(random, parts)
    file.write_bytes(of_archive(random, parts) if random.random() < 0.9 else _stored(parts))
    return "schools", "--contact", "Office", "--check", file, WATER


def _attack_cells(random: Random, parts: dict[str, bytes]) -> None:
    """Rows and cells in impossible places, or far too many of them."""
    name = "xl/worksheets/sheet1.xml"
    many = random.choice([10, 1000, 300_000])
    column = random.choice(["A", "XFD", "ZZZ", "ZZZZZZZZ", ""])
    row = random.choice(["1", "2000000000", "1048576", "0", "-1", random.choice(VALUES[:25])])
    added = random.choice(
        [
            f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>x</t></is></c></row>',
            f'<row r="40">{"<c><v>1</v></c>" * many}</row>',
            "<row/>" * many,
            "".join(
                f'<row r="{at}"><c r="{column or "B"}{at}"/></row>'
                for at in range(40, 40 + min(many, 5000))
            ),
            f'<row r="40"><c t="inlineStr"><is><t>{"x" * many}</t></is></c></row>',
        ]
    )  # fmt: skip
    parts[name] = parts[name].replace(b"</sheetData>", added.encode() + b"</sheetData>")
    shared = next((one for one in parts if one.endswith("sharedStrings.xml")), "")
    if shared and random.random() < 0.2:
        parts[shared] = parts[shared].replace(b"</sst>", b"<si><t>x</t></si>" * many + b"</sst>")
    if random.random() < 0.2:
        style = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"><alignment/></xf>'
        styles = "xl/styles.xml"
        parts[styles] = parts[styles].replace(b"</cellXfs>", style * many + b"</cellXfs>")


def _stored(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


KIND = Kind("workbooks", _make)

if __name__ == "__main__":
    main(KIND)
