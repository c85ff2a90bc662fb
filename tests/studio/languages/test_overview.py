"""The page of all languages: how far each is, and new ones."""

import shutil

import pytest

from languages.catalog import TranslationState
from tests.languages.made_up import approve_all, write_translation
from tests.studio.languages.conftest import BODY, NUMBER, TranslatedStudio, said


def test_all_languages_are_told_as_the_command_line_counts_them(studio: TranslatedStudio) -> None:
    write_translation(studio.file, NUMBER, "Call–es 912 for help")
    write_translation(studio.file, BODY, "")
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


def test_a_language_is_ready_when_everything_is_approved(studio: TranslatedStudio) -> None:
    assert studio.page("").xpath("string(//tbody/tr/td[last()])") == "draft: not all approved"
    approve_all(studio.file)
    assert studio.page("").xpath("string(//tbody/tr/td[last()])") == "all approved"


def test_a_language_is_added_by_its_name(studio: TranslatedStudio) -> None:
    page = studio.page("")
    names = {one.text_content(): one.get("value") for one in page.xpath("//option")}
    assert names["Vietnamese"] == "vi"
    assert "Spanish" not in names and "English" not in names
    fields = {"token": studio.token, "language": names["Vietnamese"]}
    answer = studio.client.post(studio.languages, data=fields)
    assert str(answer.url) == f"{studio.languages}/vi"
    states = {one.state for one in studio.translations("vi").catalog.entries}
    assert states == {TranslationState.MISSING}
    assert studio.po.with_name("vi.po").is_file()


@pytest.mark.parametrize("language", ["es", "en", "tlh", "../x", ""])
def test_what_is_no_new_language_adds_none(studio: TranslatedStudio, language: str) -> None:
    before = sorted(studio.po.parent.iterdir())
    fields = {"token": studio.token, "language": language}
    assert studio.client.post(studio.languages, data=fields).status_code == 200
    assert sorted(studio.po.parent.iterdir()) == before


def test_a_language_whose_glossary_cannot_be_read_is_told_and_not_begun(
    studio: TranslatedStudio,
) -> None:
    studio.po.with_name("vi.glossary.csv").write_text("nonsense\n", "utf-8")
    fields = {"token": studio.token, "language": "vi"}
    answer = studio.client.post(studio.languages, data=fields)
    assert answer.status_code == 409
    assert "vi.glossary.csv:1" in said(answer)
    assert not studio.po.with_name("vi.po").exists()


@pytest.mark.parametrize("place", ["/vi", "/en", "/%2e%2e", "/es/export/exe"])
def test_there_is_no_page_of_what_there_is_not(studio: TranslatedStudio, place: str) -> None:
    assert studio.client.get(studio.languages + place).status_code == 404


def test_files_that_cannot_be_read_are_told_with_their_lines(studio: TranslatedStudio) -> None:
    studio.po.write_text(studio.po.read_text("utf-8") + "\nnonsense\n", "utf-8")
    lines = len(studio.po.read_text("utf-8").splitlines())
    assert f"es.po:{lines}" in studio.page("").xpath("string(//tbody)")
    answer = studio.client.get(f"{studio.languages}/es")
    assert answer.status_code == 409
    assert f"es.po:{lines}" in said(answer)


@pytest.mark.parametrize("name", ["en", "ES", "es_MX", "klingon", "zz", "a b"])
def test_a_file_that_is_not_named_after_another_language_is_told(
    studio: TranslatedStudio, name: str
) -> None:
    shutil.copy(studio.po, studio.po.with_name(f"{name}.po"))
    cells = studio.page("").xpath("//tbody/tr/td[@colspan]")
    assert [cell.text_content() for cell in cells] == [
        f"{name}.po is not named after another language. Rename it, or remove it."
    ]
    assert studio.client.get(f"{studio.languages}/{name}").status_code == 404
