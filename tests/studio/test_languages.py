"""The pages for languages, over HTTP and in a browser, on a small pack with Spanish."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import polib
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from lxml import html as lxml_html
from openpyxl import load_workbook
from playwright.sync_api import expect

from languages.catalog import TranslationState
from pack.load import read_pack
from press.translations import TranslationFiles, open_translations
from tests.conftest import ROOT
from tests.languages.made_up import approve_all, start_in_spanish, write_translation

#: Two texts of the small pack; the second has a number.
BODY, NUMBER = "topics/what-helps/body", "contacts/emergency/use"


@dataclass
class Studio:
    """A running studio, its content file, and a client."""

    address: str
    content: Path
    client: httpx.Client

    @property
    def po(self) -> Path:
        return self.content.parent / "translations" / self.content.stem / "es.po"

    def translations(self, tag: str = "es") -> TranslationFiles:
        return open_translations(read_pack(self.content), tag)

    def target(self, context: str) -> str:
        return self.translations().catalog.by_context[context].target

    def state(self, context: str) -> TranslationState:
        return self.translations().catalog.by_context[context].state

    def edit_english(self, old: str, new: str) -> None:
        """Change the content file, as somebody does in an editor."""
        text = self.content.read_text("utf-8")
        assert old in text
        self.content.write_text(text.replace(old, new), "utf-8")

    def page(self, place: str) -> Any:
        answer = self.client.get(self.address + place)
        assert answer.status_code == 200, answer.text
        return lxml_html.fromstring(answer.text)

    def form(self, context: str, show: str = "all") -> dict[str, str]:
        """The form of a string as a page shows it, with what it would send unchanged."""
        page = self.page(f"/es?show={show}&q={context}")
        for form in page.xpath("//form[contains(@class, 'string')]"):
            fields = {name: (value or "").removeprefix("\n") for name, value in form.form_values()}
            if fields["context"] == context:
                return fields
        raise AssertionError(context)

    def send(self, fields: dict[str, str], **changed: str) -> httpx.Response:
        """Press a form's button, as a browser without a script does."""
        answer = self.client.post(f"{self.address}/es", data={**fields, **changed})
        assert answer.status_code in (200, 409), answer.text
        return answer


def _start(folder: Path) -> Iterator[Studio]:
    content = start_in_spanish(folder, {"Someone is in danger": "Call 911 for help"})
    command = (sys.executable, ROOT / "make_materials.py", "studio", content, "--port", "0")
    process = subprocess.Popen(
        [*map(str, command), "--output", str(folder / "out"), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.match(r"Studio: (http://127\.0\.0\.1:\d+)/", line)
        assert found, line
        with httpx.Client(timeout=60, follow_redirects=True) as client:
            yield Studio(f"{found[1]}/p/{content.stem}/languages", content, client)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
        assert printed == ""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    yield from _start(tmp_path_factory.mktemp("languages"))


@pytest.fixture
def studio(running: Studio) -> Iterator[Studio]:
    """The module's studio; after each test, all files are as they were."""
    folder, kept = running.content.parent, running.content.parent.with_name("kept")
    ours = (running.content.name, "translations")
    kept.mkdir()
    shutil.copy(folder / ours[0], kept)
    shutil.copytree(folder / ours[1], kept / ours[1])
    yield running
    shutil.rmtree(folder / ours[1])
    shutil.copy(kept / ours[0], folder)
    shutil.copytree(kept / ours[1], folder / ours[1])
    shutil.rmtree(kept)


def _said(answer: httpx.Response) -> str:
    return " ".join(lxml_html.fromstring(answer.text).find(".//main").text_content().split())


def test_all_languages_are_told_as_the_command_line_counts_them(studio: Studio) -> None:
    write_translation(studio.content, NUMBER, "Call–es 912 for help")
    write_translation(studio.content, BODY, "")
    cells = [cell.text_content() for cell in studio.page("").xpath("//tbody/tr/*")]
    count = str(len(studio.translations().strings))
    translated = str(len(studio.translations().strings) - 1)
    assert cells == [
        "Spanish Español",
        count,
        translated,
        "0",
        "1",
        "1",
        "0",
        "not ready: not built",
    ]


def test_a_language_is_ready_when_everything_is_approved(studio: Studio) -> None:
    assert studio.page("").xpath("string(//tbody/tr/td[last()])") == "draft: not all approved"
    approve_all(studio.content)
    assert studio.page("").xpath("string(//tbody/tr/td[last()])") == "all approved"


def test_a_language_is_added_by_its_name(studio: Studio) -> None:
    page = studio.page("")
    names = {one.text_content(): one.get("value") for one in page.xpath("//option")}
    assert names["Vietnamese"] == "vi"
    assert "Spanish" not in names and "English" not in names
    fields = {"token": _token(page), "language": names["Vietnamese"]}
    answer = studio.client.post(studio.address, data=fields)
    assert str(answer.url) == f"{studio.address}/vi"
    states = {one.state for one in studio.translations("vi").catalog.entries}
    assert states == {TranslationState.MISSING}
    assert studio.po.with_name("vi.po").is_file()


def _token(page: Any) -> str:
    return str(page.xpath("string(//body/@data-token)"))


@pytest.mark.parametrize("language", ["es", "en", "tlh", "../x", ""])
def test_what_is_no_new_language_adds_none(studio: Studio, language: str) -> None:
    before = sorted(studio.po.parent.iterdir())
    fields = {"token": _token(studio.page("")), "language": language}
    assert studio.client.post(studio.address, data=fields).status_code == 200
    assert sorted(studio.po.parent.iterdir()) == before


def test_a_language_whose_glossary_cannot_be_read_is_told_and_not_begun(studio: Studio) -> None:
    studio.po.with_name("vi.glossary.csv").write_text("nonsense\n", "utf-8")
    fields = {"token": _token(studio.page("")), "language": "vi"}
    answer = studio.client.post(studio.address, data=fields)
    assert answer.status_code == 409
    assert "vi.glossary.csv:1" in _said(answer)
    assert not studio.po.with_name("vi.po").exists()


@pytest.mark.parametrize("place", ["/vi", "/en", "/%2e%2e", "/es/export/exe"])
def test_there_is_no_page_of_what_there_is_not(studio: Studio, place: str) -> None:
    assert studio.client.get(studio.address + place).status_code == 404


def test_a_page_without_its_token_changes_nothing(studio: Studio) -> None:
    fields = {**studio.form(BODY), "target": "Otro texto", "token": "x"}
    assert studio.client.post(f"{studio.address}/es", data=fields).status_code == 403
    assert studio.target(BODY) != "Otro texto"


def test_a_translation_is_written_and_no_other_line_changes(studio: Studio) -> None:
    before = studio.po.read_text("utf-8").splitlines()
    studio.send(studio.form(BODY), target="Un segundo texto.")
    after = studio.po.read_text("utf-8").splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed == [('msgstr "A second–es text for the sheets."', 'msgstr "Un segundo texto."')]


def test_a_form_sent_as_it_was_changes_nothing(studio: Studio) -> None:
    before = studio.po.read_bytes()
    for context in (BODY, "topics/what-it-is/body"):  # the second has several paragraphs
        studio.send(studio.form(context))
    assert studio.po.read_bytes() == before


def test_a_wrong_number_is_told_and_what_was_typed_is_kept(studio: Studio) -> None:
    answer = studio.send(studio.form(NUMBER), target="Llame al 912")
    assert "The number 911 is missing. Write 911, just as in the English." in _said(answer)
    assert studio.target(NUMBER) == "Llame al 912"
    (problem,) = studio.page("/es?show=problems").xpath("//ol[@class='list']//h2")
    assert "Emergency" in problem.text_content()


def test_harmful_words_are_told(studio: Studio) -> None:
    answer = studio.send(studio.form(BODY), target="Es culpa de la víctima.")
    assert "is harmful and must not appear" in _said(answer)


def test_while_somebody_types_nothing_is_built_of_it(studio: Studio) -> None:
    fields = studio.form(BODY)
    headers = {"Accept": "application/json"}

    def typed(**changed: str) -> Any:
        form = {**fields, **changed}
        return studio.client.post(f"{studio.address}/es", data=form, headers=headers).json()

    assert "Unfinished" in typed(target="Un seg", finished="no")["state"]
    assert (studio.target(BODY), studio.state(BODY)) == ("Un seg", TranslationState.STALE)
    fields["old"] = "Un seg"
    typed(target="Un segundo texto.", finished="yes")
    assert studio.state(BODY) is TranslationState.CURRENT


def test_the_english_that_a_stale_translation_is_of_stands_beside_it(studio: Studio) -> None:
    studio.edit_english("A second text", "Another text")
    page = studio.page("/es?show=stale")
    assert page.xpath("string(//form//del/text())") == "A second"
    assert "A second–es" in page.xpath("string(//form//textarea)")


def test_a_stale_translation_that_is_still_right_is_one_of_todays_english(studio: Studio) -> None:
    studio.edit_english("A second text", "Another text")
    fields = studio.form(BODY, "stale")
    studio.send(fields)  # the button to keep it, with nothing typed
    assert studio.state(BODY) is TranslationState.STALE
    studio.send(fields, do="right")
    assert studio.state(BODY) is TranslationState.CURRENT
    assert not studio.page("/es?show=stale").xpath("//form[contains(@class, 'string')]")


def test_a_change_can_be_taken_back_and_made_again(studio: Studio) -> None:
    studio.edit_english("A second text", "Another text")
    old = studio.target(BODY)
    studio.send(studio.form(BODY), target="Otro texto.")
    assert studio.state(BODY) is TranslationState.CURRENT
    studio.send(studio.form(BODY), do="back")
    assert (studio.target(BODY), studio.state(BODY)) == (old, TranslationState.STALE)
    studio.send(studio.form(BODY), do="back")
    assert (studio.target(BODY), studio.state(BODY)) == ("Otro texto.", TranslationState.CURRENT)


def _edit_po(studio: Studio, context: str, target: str) -> None:
    """What a translator's program does."""
    file = polib.pofile(str(studio.po), wrapwidth=78)
    next(one for one in file if one.msgctxt == context).msgstr = target
    file.save()


@pytest.mark.parametrize(("choice", "kept"), [("mine", "El mío."), ("theirs", "El suyo.")])
def test_what_another_program_wrote_meanwhile_is_not_overwritten(
    studio: Studio, choice: str, kept: str
) -> None:
    fields = studio.form(BODY)
    _edit_po(studio, BODY, "El suyo.")
    answer = studio.send(fields, target="El mío.")
    assert answer.status_code == 409
    assert studio.target(BODY) == "El suyo."
    both = studio.page(f"/es?show=all&q={BODY}")
    assert "El suyo." in both.xpath("string(//main)")
    assert both.xpath("string(//textarea)").strip() == "El mío."
    studio.send(studio.form(BODY), do=choice)
    assert studio.target(BODY) == kept
    assert "El mío." not in studio.page("/es").xpath("string(//section)")


def test_another_text_that_another_program_wrote_is_kept_in_silence(studio: Studio) -> None:
    fields = studio.form(BODY)
    _edit_po(studio, NUMBER, "Llame al 911")
    assert studio.send(fields, target="El mío.").status_code == 200
    assert (studio.target(NUMBER), studio.target(BODY)) == ("Llame al 911", "El mío.")


def test_what_was_typed_for_an_english_that_has_changed_is_not_taken_for_the_new(
    studio: Studio,
) -> None:
    fields = studio.form(NUMBER)
    studio.edit_english("Call 911 for help", "Do not call 911")
    assert studio.send(fields, target="Llame al 911").status_code == 409
    assert studio.state(NUMBER) is TranslationState.STALE
    assert (
        studio.page(f"/es?show=all&q={NUMBER}").xpath("string(//textarea)").strip()
        == "Llame al 911"
    )
    studio.send(studio.form(NUMBER), target="No llame al 911", do="mine")
    assert studio.state(NUMBER) is TranslationState.CURRENT


def test_what_was_typed_for_a_text_that_is_gone_is_shown(studio: Studio) -> None:
    fields = studio.form("topics/what-helps/points/2/text")
    studio.edit_english("      - Another.\n", "")
    answer = studio.send(fields, target="Nada se pierde.")
    assert "no longer in the pack" in _said(answer)
    assert "Nada se pierde." in _said(answer)
    studio.send(fields, do="theirs")
    assert "Nada se pierde." not in studio.page("/es").xpath("string(//main)")


def test_what_was_typed_is_shown_while_the_content_cannot_be_read(studio: Studio) -> None:
    fields = studio.form(BODY)
    studio.edit_english("body: A second text", "boddy: A second text")
    answer = studio.send(fields, target="Nada se pierde.")
    assert answer.status_code == 409
    assert "“boddy” is not a known field here" in _said(answer)
    assert "Nada se pierde." in _said(answer)
    studio.edit_english("boddy: A second text", "body: A second text")
    assert studio.form(BODY)["target"] == "Nada se pierde."
    studio.send(studio.form(BODY), do="theirs")


def test_translations_are_of_the_saved_english(studio: Studio) -> None:
    start = studio.address.removesuffix("/languages")
    token = _token(studio.page(""))
    draft = {
        "token": token,
        "place": "topics/what-helps",
        "o:topics/what-helps/title": "What helps",
        "v:topics/what-helps/title": "What helps most",
    }
    studio.client.post(f"{start}/change", data=draft)
    page = studio.page("/es?show=all&q=topics/what-helps/title")
    assert "not saved yet" in page.xpath("string(//main)")
    assert page.xpath("string(//form//div[@lang='en'])") == "What helps"
    studio.client.post(f"{start}/do/undo", data={"token": token})
    assert "not saved yet" not in studio.page("/es").xpath("string(//main)")


def _approve(studio: Studio, sheet: str, by: str) -> httpx.Response:
    page = studio.page(f"/es/approve?sheet={sheet}")
    fields = {"token": _token(page), "entry": page.xpath("//input[@name='entry']/@value"), "by": by}
    return studio.client.post(f"{studio.address}/es/approve?sheet={sheet}", data=fields)


def test_what_a_sheet_shows_is_approved_by_a_role(studio: Studio) -> None:
    write_translation(studio.content, NUMBER, "Call–es 912 for help")
    assert "“” is not a role" in _said(_approve(studio, "tip-sheet", " "))
    assert "approved by “school counselor”" in _said(
        _approve(studio, "tip-sheet", "school counselor")
    )
    found = studio.translations()
    approved = {one.context for one in found.catalog.entries if found.reviews.approves(one)}
    shown = {one.context for one in found.strings if "tip-sheet" in one.shown_on.documents}
    assert approved == shown - {NUMBER}
    assert {one.by for one in found.reviews.rows} == {"school counselor"}


def test_only_what_was_read_is_approved(studio: Studio) -> None:
    page = studio.page("/es/approve")
    write_translation(studio.content, BODY, "Nadie ha leído esto.")
    fields = {"token": _token(page), "entry": page.xpath("//input[@name='entry']/@value")}
    answer = studio.client.post(f"{studio.address}/es/approve", data={**fields, "by": "counselor"})
    assert "One was changed or approved meanwhile: read it again." in _said(answer)
    found = studio.translations()
    left = [one.context for one in found.catalog.entries if not found.reviews.approves(one)]
    assert left == [BODY]


def _send_file(studio: Studio, name: str, data: bytes) -> httpx.Response:
    fields = {"token": _token(studio.page("/es"))}
    address = f"{studio.address}/es/import"
    return studio.client.post(address, data=fields, files={"file": (name, data)})


def test_a_workbook_goes_to_a_translator_and_back(studio: Studio) -> None:
    answer = studio.client.get(f"{studio.address}/es/export/xlsx?sheet=tip-sheet")
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
    assert "2 translations taken." in _said(sent())
    assert (studio.target(BODY), studio.target(NUMBER)) == ("Un segundo texto.", "Llame al 911")


def test_a_po_file_and_a_translation_memory_are_as_the_command_writes_them(studio: Studio) -> None:
    po = studio.client.get(f"{studio.address}/es/export/po").content
    assert po == studio.po.read_bytes()
    assert "0 translations taken." in _said(_send_file(studio, "es.po", po))
    memory = studio.client.get(f"{studio.address}/es/export/tmx")
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
    studio: Studio, name: str, data: bytes, said: str
) -> None:
    before = studio.po.read_bytes()
    answer = _send_file(studio, name, data)
    assert answer.status_code == 400
    assert said in answer.text
    assert studio.po.read_bytes() == before


def test_files_that_cannot_be_read_are_told_with_their_lines(studio: Studio) -> None:
    studio.po.write_text(studio.po.read_text("utf-8") + "\nnonsense\n", "utf-8")
    lines = len(studio.po.read_text("utf-8").splitlines())
    assert f"es.po:{lines}" in studio.page("").xpath("string(//tbody)")
    answer = studio.client.get(f"{studio.address}/es")
    assert answer.status_code == 409
    assert f"es.po:{lines}" in _said(answer)


@pytest.mark.parametrize("name", ["en", "ES", "es_MX", "klingon", "zz", "a b"])
def test_a_file_that_is_not_named_after_another_language_is_told(studio: Studio, name: str) -> None:
    shutil.copy(studio.po, studio.po.with_name(f"{name}.po"))
    cells = studio.page("").xpath("//tbody/tr/td[@colspan]")
    assert [cell.text_content() for cell in cells] == [
        f"{name}.po is not named after another language. Rename it, or remove it."
    ]
    assert studio.client.get(f"{studio.address}/{name}").status_code == 404


def test_each_text_is_on_exactly_one_page(studio: Studio) -> None:
    place, seen = "/es?show=all", []
    while place:
        page = studio.page(place)
        seen += page.xpath("//form//input[@name='context']/@value")
        links = page.xpath("//nav[@aria-label='Pages']//a[text()='Next texts']/@href")
        place = "/es" + links[0].split("/es", 1)[1] if links else ""
    assert seen == [one.context for one in studio.translations().strings]


def test_a_translator_types_in_the_browser(studio: Studio, browser: Any) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{studio.address}/es?show=all&q={NUMBER}")
    text = page.get_by_role("textbox", name="Spanish Contacts, Emergency")
    text.fill("Llame al 912")
    expect(page.locator(".problems")).to_contain_text("The number 911 is missing.", timeout=60_000)
    text.press("ControlOrMeta+a")
    text.press_sequentially("Llame al 911")
    expect(page.locator(".problems li")).to_have_count(0, timeout=60_000)
    page.locator("#words").focus()
    expect(page.locator(".state [role=status]")).to_have_text("Translated", timeout=60_000)
    assert studio.target(NUMBER) == "Llame al 911"
    text.fill("Llame al 911 ya")
    page.goto(studio.address)  # before the pause is over
    expect(page.locator("h1")).to_have_text("Languages")
    page.goto(f"{studio.address}/es?show=all&q={NUMBER}")
    expect(page.get_by_role("textbox", name="Spanish Contacts")).to_have_value("Llame al 911 ya")
    assert not failed
    page.close()


def test_what_was_typed_while_the_studio_was_started_again_is_kept(
    studio: Studio, browser: Any
) -> None:
    page = browser.new_page()
    page.goto(f"{studio.address}/es?show=all&q={NUMBER}")
    page.evaluate("document.querySelector('form.string [name=token]').value = 'of before'")
    page.get_by_role("textbox", name="Spanish Contacts").fill("Llame al 911 ya")
    page.reload()
    expect(page.get_by_text("Unfinished", exact=True)).to_be_visible(timeout=60_000)
    assert studio.target(NUMBER) == "Llame al 911 ya"
    page.close()


def test_forms_work_in_a_browser_without_its_script(studio: Studio, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{studio.address}/es?show=all&q={BODY}")
    page.get_by_role("textbox", name="Spanish Topics").fill("Un segundo texto.")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".state [role=status]")).to_have_text("Translated")
    assert studio.target(BODY) == "Un segundo texto."
    page.goto(f"{studio.address}/es/approve")
    page.get_by_role("textbox", name="Your role").fill("school counselor")
    page.get_by_role("button", name="approve").click()
    expect(page.get_by_role("alert")).to_contain_text("approved by “school counselor”")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["", "/es", "/es/approve"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_window(
    studio: Studio, browser: Any, place: str, scheme: str
) -> None:
    write_translation(studio.content, NUMBER, "Call–es 912 for help")
    studio.edit_english("A second text", "Another text")
    page = browser.new_page(viewport={"width": 768, "height": 900}, color_scheme=scheme)
    page.goto(studio.address + place)
    for part in page.locator("summary").all():
        part.click()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    page.close()
