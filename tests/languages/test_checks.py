"""A translation must have every number, address and mark of the English, and nothing hidden."""

from pathlib import Path

import pytest

from languages.checks import faults
from languages.glossary import Glossary, Term, read_glossary
from languages.strings import SourceString, strings
from pack.load import read_pack
from tests.conftest import CONTENT

TERMS = Glossary((Term("FBI", ("FBI",)), Term("Take It Down", ("Take It Down",))))


def found(source: str, target: str, field: str = "body", longest: int | None = None) -> list[str]:
    string = SourceString(f"topics/x/{field}", source, ("topics", "x", field), longest=longest)
    return [f"{what}. {remedy}" for what, remedy in faults(string, target, TERMS)]


GOOD = {
    "plain": ("Report the crime", "Denuncie el delito"),
    "numbers": ("In 8 of 10 cases, 2.1 GB", "En 8 de 10 casos, 2,1 GB"),
    "number first": ("1 in 5 parents", "من كل 5 آباء، 1 فقط"),
    "phone": ("Call 1-800-225-5324 or 988.", "Llame al 988 o al 1-800-225-5324."),
    "two short numbers": ("Call 911. 988 helps, too.", "Llame al 988 o al 911."),
    "address": ("fbi.gov, search for “sextortion”", "fbi.gov, busque “sextorsión”"),
    "link": ("See [this](https://a.example/x).", "Vea [esto](https://a.example/x)."),
    "marks": ("**Stop** and *tell*.", "*Cuénteselo* y **pare**."),
    "nested marks": ("*“**Stop** now”*", "*«**Pare** ya»*"),
    "chinese": (
        "It is a crime, and the child is the **victim**.",
        "这是犯罪，孩子是 **受害者** 。",
    ),
    "no spaces": ("Call 1-800-225-5324 or see fbi.gov.", "请拨打1-800-225-5324或访问fbi.gov。"),
    "address in a sentence": ("See https://a.org/x.", "请访问https://a.org/x。"),
    "list": ("Do:\n\n- a bit\n- a lot", "Haga:\n\n- poco\n- mucho"),
    "other bullets": ("- a bit\n- a lot", "* poco\n* mucho"),
    "braces": ("{page} of {pages}", "{pages} / {page}"),
    "one form": ("1 page | {count} pages", "Страниц: {count}"),
    "kept name": ("FBI", "FBI"),
    "kept names": ("Take It Down (FBI)", "Take It Down (FBI)"),
    "nothing to translate": ("A4", "A4"),
    "persian": ("They ask", "می‌پرسند"),
    "no-break space": ("What?", "Quoi\u00a0?"),
    "decomposed": ("Help", "Gi\u0075\u0301p \u0111\u01a1\u0303"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_faithful_translation_has_no_faults(name: str) -> None:
    assert found(*GOOD[name]) == []


BAD = {
    "empty": ("Stop", " ", "there is no text here"),
    "still English": ("Report the crime", "Report the Crime", "still the English text"),
    "dropped number": ("Victims as young as 8", "Víctimas muy jóvenes", "the number 8 is missing"),
    "changed digit": ("Call 988 now", "Llame al 998 ya", "the number 988 is missing"),
    "added number": ("Call now", "Llame al 911 ya", "the number 911 is not in the English"),
    "repeated number": ("Call 911", "911: llame al 911", "here too often"),
    "phone digit": ("Call 1-800-225-5324", "Llame al 1-800-225-5342", "1-800-225-5324 is missing"),
    "phone regrouped": ("Call 1-800-225-5324", "Llame 1 800 225 5324", "1-800-225-5324 is missing"),
    "phone reversed": ("1-800-225-5324 now", "5324-225-800-1 ya", "1-800-225-5324 is missing"),
    "arabic digits": ("Call 988", "اتصل على ٩٨٨", "the digit “٩” is not on every phone"),
    "persian digits": ("Call 988", "با ۹۸۸ تماس بگیرید", "the digit “۹”"),
    "full-width digits": ("Call 988", "请拨打９８８", "the digit “９”"),
    "devanagari digits": ("Call 988", "९८८ पर कॉल करें", "the digit “९”"),
    "circled digit": ("First", "① primero", "the digit “①”"),
    "dropped address": ("See fbi.gov now", "Vea la página", "the address fbi.gov is missing"),
    "other address": ("See fbi.gov now", "Vea fbi.com ya", "the address fbi.com is not in"),
    "e-mail": ("Write to a@b.org please", "Escriba a b@b.org", "the address a@b.org is missing"),
    "link changed": (
        "[this](https://a.example/x)",
        "[esto](https://a.example/y)",
        "the address https://a.example/x is missing",
    ),
    "link lost": ("[this](https://a.example/x)", "esto https://a.example/x", "[a link](…) is here"),
    "braces lost": ("{page} of {pages}", "{page} de muchas", "{pages} is missing"),
    "braces translated": ("Slide {number}", "Diapositiva {número}", "{number} is missing"),
    "braces twice": ("Slide {number}", "{number}: {number}", "here too often"),
    "template": ("Stop", "{{ title }}", "a mark of a template"),
    "statement": ("Stop", "{% include 'x' %}", "a mark of a template"),
    "tag": ("Stop", "<b>Pare</b>", "there is HTML here"),
    "script": ("Stop", "Pare<script>x()</script>", "there is HTML here"),
    "comment": ("Stop", "Pare <!-- ya -->", "there is HTML here"),
    "entity": ("Stop", "Pare&nbsp;ya", "there is HTML here"),
    "bold lost": (
        "**Stop** now",
        "Pare ya",
        "**bold** is here not at all, but in the English once",
    ),
    "bold added": ("Stop now", "**Pare** ya", "**bold** is here once"),
    "bold open": ("**Stop** now", "**Pare ya", "**bold** is here not at all"),
    "bold with space": ("**Stop** now", "** Pare ** ya", "**bold** is here not at all"),
    "bold in Chinese": ("**Stop.** Now", "**“停止。”**现在", "**bold** is here not at all"),
    "stray star": ("Stop now", "Pare* ya", "the mark “*” would be printed"),
    "digit without spaces": (
        "Call 1-800-225-5324",
        "拨打1-800-225-5342",
        "1-800-225-5324 is missing",
    ),
    "italic": ("*Stop* now", "**Pare** ya", "**bold** is here once"),
    "list lost": ("- a bit\n- a lot", "poco y mucho", "2 × - paragraph"),
    "list shorter": ("- a bit\n- a lot", "- mucho", "1 × list of 1"),
    "other list": ("1. a bit\n2. a lot", "- poco\n- mucho", "numbered list of 2"),
    "paragraphs joined": ("One thing.\n\nTwo things.", "Una cosa. Dos cosas.", "2 × paragraph"),
    "heading": ("Stop", "# Pare", "a heading in it"),
    "backtick": ("Stop", "`Pare`", "a backtick"),
    "control": ("Stop", "Pa\x07re", "invisible character (U+0007)"),
    "override": ("Stop now", "Pare \u202eya", "(U+202E) here. Remove it: numbers and addresses"),
    "isolate": ("Call 988", "اتصل \u2066988\u2069", "(U+2066)"),
    "mark of direction": ("Call 988", "اتصل \u200f988", "(U+200F)"),
    "soft hyphen": ("Stop", "Pa\u00adre", "(U+00AD)"),
    "byte order mark": ("Stop", "\ufeffPare", "(U+FEFF)"),
    "mojibake": ("Say it", "DÃ\u00adgalo así", "invisible character"),
    "mojibake é": ("Say it", "JosÃ© lo dijo", "wrong charset"),
    "replaced": ("Say it", "D\ufffdgalo", "wrong charset"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_kind_of_fault_is_found_and_its_remedy_told(name: str) -> None:
    source, target, expected = BAD[name]
    told = found(source, target)
    assert told
    assert expected in " ".join(told)
    assert all(one.endswith(".") for one in told)


def test_a_word_that_is_the_same_in_both_languages_is_in_the_glossary() -> None:
    string = SourceString("labels/video", "Video", ("labels", "video"))
    glossary = Glossary((Term("video", ("vídeo", "video")),))
    assert list(faults(string, "Video", Glossary()))
    assert not list(faults(string, "Video", glossary))


def test_a_text_that_is_longer_than_its_place_is_found() -> None:
    assert found("Search it", "Búsquelo", longest=8) == []
    assert found("Search it", "Búsquelo ya", longest=8) == [
        "this text has 11 characters, but there is room for 8. Shorten it."
    ]


def test_lists_are_for_texts_that_can_have_them() -> None:
    assert found("Do: a, b", "Haga:\n- a\n- b", field="title")


def test_the_english_of_the_shipped_pack_differs_from_a_translation_only_in_its_language() -> None:
    """Every text of the real pack passes all checks but one if it is its own translation."""
    only = "this is still the English text"
    for string in strings(read_pack(CONTENT)):
        told = {what for what, _ in faults(string, string.source, Glossary())}
        assert told <= {only}, string.context


def test_a_glossary_tells_terms_that_are_translated_otherwise() -> None:
    glossary = read_glossary(
        "term,translation,note\n"
        "victim,víctima,never “culpable”\n"
        "victim,persona afectada,\n"
        "Victim Services Division,=,\n"
        "report,denunci*,\n"
        "IT,informática,\n".encode(),
        Path("es.glossary.csv"),
    )

    def unrendered(source: str, target: str) -> list[str]:
        return [what for what, _ in glossary.unrendered(source, target)]

    assert unrendered("Victims can report it.", "Las víctimas pueden denunciarlo.") == []
    assert unrendered("A victim", "Una persona afectada") == []
    assert unrendered("A victim", "Un niño") == [
        "for “victim”, the glossary has “víctima” or “persona afectada”"
    ]
    assert unrendered("Victim Services Division", "La división") == [
        "for “Victim Services Division”, the glossary leaves it as it is"
    ]
    assert glossary.terms[0].hint == "victim: víctima or persona afectada (never “culpable”)"
    assert [term.hint for term in glossary.terms_in("The Victim Services Division")] == [
        "Victim Services Division: stays as it is"
    ]
