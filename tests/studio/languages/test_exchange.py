"""Approvals, and files that go to translators and come back."""

import io

import httpx
import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook

from tests.languages.made_up import write_translation
from tests.studio.languages.conftest import BODY, NUMBER, TranslatedStudio, said


def _approve(studio: TranslatedStudio, sheet: str, by: str) -> httpx.Response:
    page = studio.page(f"/es/approve?sheet={sheet}")
    fields = {"token": studio.token, "entry": page.xpath("//input[@name='entry']/@value"), "by": by}
    return studio.client.post(f"{studio.languages}/es/approve?sheet={sheet}", data=fields)


def test_what_a_sheet_shows_is_approved_by_a_role(studio: TranslatedStudio) -> None:
    write_translation(studio.file, NUMBER, "Call–es 912 for help")
    assert "“” is not a role" in said(_approve(studio, "tip-sheet", " "))
    assert "approved by “school counselor”" in said(
        _approve(studio, "tip-sheet", "school counselor")
    )
    found = studio.translations()
    approved = {one.context for one in found.catalog.entries if found.reviews.approves(one)}
    shown = {one.context for one in found.strings if "tip-sheet" in one.shown_on.documents}
    assert approved == shown - {NUMBER}
    assert {one.by for one in found.reviews.rows} == {"school counselor"}


def test_only_what_was_read_is_approved(studio: TranslatedStudio) -> None:
    page = studio.page("/es/approve")
    write_translation(studio.file, BODY, "Nadie ha leído esto.")
    fields = {"token": studio.token, "entry": page.xpath("//input[@name='entry']/@value")}
    answer = studio.client.post(
        f"{studio.languages}/es/approve", data={**fields, "by": "counselor"}
    )
    assert "One was changed or approved meanwhile: read it again." in said(answer)
    found = studio.translations()
    left = [one.context for one in found.catalog.entries if not found.reviews.approves(one)]
    assert left == [BODY]


def _send_file(studio: TranslatedStudio, name: str, data: bytes) -> httpx.Response:
    fields = {"token": studio.token}
    address = f"{studio.languages}/es/import"
    return studio.client.post(address, data=fields, files={"file": (name, data)})


def test_a_workbook_goes_to_a_translator_and_back(studio: TranslatedStudio) -> None:
    answer = studio.client.get(f"{studio.languages}/es/export/xlsx?sheet=tip-sheet")
    assert (
        answer.headers["content-disposition"] == 'attachment; filename="reading-tip-sheet-es.xlsx"'
    )
    book = load_workbook(io.BytesIO(answer.content))
    rows = {row[0].value: row for row in book.worksheets[0].iter_rows()}
    rows[BODY][2].value, rows[NUMBER][2].value = "Un segundo texto.", "Llame al 912"
    place = rows[NUMBER][2].coordinate

    def sent() -> httpx.Response:
        file = io.BytesIO()
        book.save(file)
        return _send_file(studio, "from translator.xlsx", file.getvalue())

    before = studio.po.read_bytes()
    refused = sent()
    assert refused.status_code == 400
    cells = [
        cell.text_content() for cell in lxml_html.fromstring(refused.text).xpath("//table[1]//td")
    ]
    assert cells[:2] == [f"cell {place}", NUMBER]
    assert {"The number 911 is missing.", "Write 911, just as in the English."} <= {*cells}
    assert studio.po.read_bytes() == before

    rows[NUMBER][2].value = "Llame al 911"
    assert "2 translations taken." in said(sent())
    assert (studio.target(BODY), studio.target(NUMBER)) == ("Un segundo texto.", "Llame al 911")


def test_a_po_file_and_a_translation_memory_are_as_the_command_writes_them(
    studio: TranslatedStudio,
) -> None:
    po = studio.client.get(f"{studio.languages}/es/export/po").content
    assert po == studio.po.read_bytes()
    assert "0 translations taken." in said(_send_file(studio, "es.po", po))
    memory = studio.client.get(f"{studio.languages}/es/export/tmx")
    assert memory.content.count(b"<tu>") == len(studio.translations().strings)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("es.docx", b"x", "choose one that ends in .xlsx or .po"),
        ("", b"", "choose one that ends in .xlsx or .po"),
        ("es.po", b"x" * 5_000_001, "more than 5 MB"),
        ("es.po", b"x", "not how a PO file is written"),
        ("es.xlsx", b"x", "not an Excel workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    studio: TranslatedStudio, name: str, data: bytes, said: str
) -> None:
    before = studio.po.read_bytes()
    answer = _send_file(studio, name, data)
    assert answer.status_code == 400
    assert said in answer.text
    assert studio.po.read_bytes() == before
