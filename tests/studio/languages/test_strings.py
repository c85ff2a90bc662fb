"""The strings of a language beside their English: what was typed is written, checked, and kept."""

from typing import Any

import polib
import pytest

from languages.catalog import TranslationState
from tests.studio.languages.conftest import BODY, NUMBER, TranslatedStudio, said


def test_a_page_without_its_token_changes_nothing(studio: TranslatedStudio) -> None:
    fields = {**studio.form(BODY), "target": "Otro texto", "token": "x"}
    assert studio.client.post(f"{studio.languages}/es", data=fields).status_code == 403
    assert studio.target(BODY) != "Otro texto"


def test_a_translation_is_written_and_no_other_line_changes(studio: TranslatedStudio) -> None:
    before = studio.po.read_text("utf-8").splitlines()
    studio.send(studio.form(BODY), target="Un segundo texto.")
    after = studio.po.read_text("utf-8").splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed == [('msgstr "A second–es text for the sheets."', 'msgstr "Un segundo texto."')]


def test_a_form_sent_as_it_was_changes_nothing(studio: TranslatedStudio) -> None:
    before = studio.po.read_bytes()
    for context in (BODY, "topics/what-it-is/body"):  # the second has several paragraphs
        studio.send(studio.form(context))
    assert studio.po.read_bytes() == before


def test_a_wrong_number_is_told_and_what_was_typed_is_kept(studio: TranslatedStudio) -> None:
    answer = studio.send(studio.form(NUMBER), target="Llame al 912")
    assert "The number 911 is missing. Write 911, just as in the English." in said(answer)
    assert studio.target(NUMBER) == "Llame al 912"
    (problem,) = studio.page("/es?show=problems").xpath("//ol[@class='list']//h2")
    assert "Emergency" in problem.text_content()


def test_harmful_words_are_told(studio: TranslatedStudio) -> None:
    answer = studio.send(studio.form(BODY), target="Es culpa de la víctima.")
    assert "is harmful and must not appear" in said(answer)


def test_while_somebody_types_nothing_is_built_of_it(studio: TranslatedStudio) -> None:
    fields = studio.form(BODY)
    headers = {"Accept": "application/json"}

    def typed(**changed: str) -> Any:
        form = {**fields, **changed}
        return studio.client.post(f"{studio.languages}/es", data=form, headers=headers).json()

    assert "Unfinished" in typed(target="Un seg", finished="no")["state"]
    assert (studio.target(BODY), studio.state(BODY)) == ("Un seg", TranslationState.STALE)
    fields["old"] = "Un seg"
    typed(target="Un segundo texto.", finished="yes")
    assert studio.state(BODY) is TranslationState.CURRENT


def test_the_english_that_a_stale_translation_is_of_stands_beside_it(
    studio: TranslatedStudio,
) -> None:
    studio.edit_english("A second text", "Another text")
    page = studio.page("/es?show=stale")
    assert page.xpath("string(//form//del/text())") == "A second"
    assert "A second–es" in page.xpath("string(//form//textarea)")


def test_a_stale_translation_that_is_still_right_is_one_of_todays_english(
    studio: TranslatedStudio,
) -> None:
    studio.edit_english("A second text", "Another text")
    fields = studio.form(BODY, "stale")
    studio.send(fields)  # the button to keep it, with nothing typed
    assert studio.state(BODY) is TranslationState.STALE
    studio.send(fields, do="right")
    assert studio.state(BODY) is TranslationState.CURRENT
    assert not studio.page("/es?show=stale").xpath("//form[contains(@class, 'string')]")


def test_a_change_can_be_taken_back_and_made_again(studio: TranslatedStudio) -> None:
    studio.edit_english("A second text", "Another text")
    old = studio.target(BODY)
    studio.send(studio.form(BODY), target="Otro texto.")
    assert studio.state(BODY) is TranslationState.CURRENT
    studio.send(studio.form(BODY), do="back")
    assert (studio.target(BODY), studio.state(BODY)) == (old, TranslationState.STALE)
    studio.send(studio.form(BODY), do="back")
    assert (studio.target(BODY), studio.state(BODY)) == ("Otro texto.", TranslationState.CURRENT)


def _edit_po(studio: TranslatedStudio, context: str, target: str) -> None:
    """What a translator's program does."""
    file = polib.pofile(str(studio.po), wrapwidth=78)
    next(one for one in file if one.msgctxt == context).msgstr = target
    file.save()


@pytest.mark.parametrize(("choice", "kept"), [("mine", "El mío."), ("theirs", "El suyo.")])
def test_what_another_program_wrote_meanwhile_is_not_overwritten(
    studio: TranslatedStudio, choice: str, kept: str
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


def test_another_text_that_another_program_wrote_is_kept_in_silence(
    studio: TranslatedStudio,
) -> None:
    fields = studio.form(BODY)
    _edit_po(studio, NUMBER, "Llame al 911")
    assert studio.send(fields, target="El mío.").status_code == 200
    assert (studio.target(NUMBER), studio.target(BODY)) == ("Llame al 911", "El mío.")


def test_what_was_typed_for_an_english_that_has_changed_is_not_taken_for_the_new(
    studio: TranslatedStudio,
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


def test_what_was_typed_for_a_text_that_is_gone_is_shown(studio: TranslatedStudio) -> None:
    fields = studio.form("topics/what-helps/points/2/text")
    studio.edit_english("      - Another.\n", "")
    answer = studio.send(fields, target="Nada se pierde.")
    assert "no longer in the pack" in said(answer)
    assert "Nada se pierde." in said(answer)
    studio.send(fields, do="theirs")
    assert "Nada se pierde." not in studio.page("/es").xpath("string(//main)")


def test_what_was_typed_is_shown_while_the_content_cannot_be_read(studio: TranslatedStudio) -> None:
    fields = studio.form(BODY)
    studio.edit_english("body: A second text", "boddy: A second text")
    answer = studio.send(fields, target="Nada se pierde.")
    assert answer.status_code == 409
    assert "“boddy” is not a known field here" in said(answer)
    assert "Nada se pierde." in said(answer)
    studio.edit_english("boddy: A second text", "body: A second text")
    assert studio.form(BODY)["target"] == "Nada se pierde."
    studio.send(studio.form(BODY), do="theirs")


def test_translations_are_of_the_saved_english(studio: TranslatedStudio) -> None:
    draft = {
        "place": "topics/what-helps",
        "o:topics/what-helps/title": "What helps",
        "v:topics/what-helps/title": "What helps most",
    }
    studio.post("change", **draft)
    page = studio.page("/es?show=all&q=topics/what-helps/title")
    assert "not saved yet" in page.xpath("string(//main)")
    assert page.xpath("string(//form//div[@lang='en'])") == "What helps"
    studio.post("do/undo")
    assert "not saved yet" not in studio.page("/es").xpath("string(//main)")


def test_each_text_is_on_exactly_one_page(studio: TranslatedStudio) -> None:
    place, seen = "/es?show=all", []
    while place:
        page = studio.page(place)
        seen += page.xpath("//form//input[@name='context']/@value")
        links = page.xpath("//nav[@aria-label='Pages']//a[text()='Next texts']/@href")
        place = "/es" + links[0].split("/es", 1)[1] if links else ""
    assert seen == [one.context for one in studio.translations().strings]
