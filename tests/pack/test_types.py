"""The types of values in a content file, and the limits on their number."""

from pathlib import Path

import pytest

from tests.pack.bad_packs import accepted, refused


@pytest.mark.parametrize(
    ("old", "new", "at", "where", "expected", "found", "remedy"),
    [
        ("title: How it begins", "title: [a, b]", "title: [a, b]",
         "topics → beginning → title", "text", "a list", "Write the text"),
        ("title: How it begins", "title: {a: b}", "title: {a: b}",
         "topics → beginning → title", "text", "a group of", "Write the text"),
        ("sign: [Parent]", "sign: Parent", "sign: Parent",
         "pledges → promise → sign", "a list", "text", "after “- ”"),
        ("sign: [Parent]", "sign: {a: b}", "sign: {a: b}",
         "pledges → promise → sign", "a list", "a group of", "after “- ”"),
        ("sign: [Parent]", "sign: [Parent, [Child]]", "[Child]",
         "pledges → promise → sign → 2", "text", "a list", "Write the text"),
        ("myths:\n", "school: Our school\nmyths:\n", "school: Our",
         "school", "a group of", "text", "Indent"),
        ("      - task: No phones in bedrooms.\n",
         "      - task: No phones in bedrooms.\n      - No games.\n", "No games",
         "checklists → nights → tasks → 2", "a group of", "text", "Indent"),
        ("phone: 1-800-225-5324", "phone: [1-800-225-5324]", "phone: [",
         "contacts → bureau → phone", "text", "a list", "Write the text"),
        ("url: https://tips.fbi.gov/", "url: {https: //tips.fbi.gov/}", "url: {",
         "contacts → bureau → url", "text", "a group of", "Write the text"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_reported_with_the_type_that_is_expected(
    tmp_path: Path,
    old: str,
    new: str,
    at: str,
    where: str,
    expected: str,
    found: str,
    remedy: str,
) -> None:
    problems = refused(tmp_path, (old, new))
    problems.says(problems.spot(at), where, f"expected {expected}", remedy)
    assert f"here, but found {found}" in problems.problems[0].what


def test_a_collection_must_be_a_group_of_names(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("\nmyths:\n", "\nmyths: none yet\nmore:\n"))
    problems.says_among_others(
        problems.spot("myths: none"), "myths", "expected a group of names here", "Indent each name"
    )


def test_an_item_of_a_collection_must_be_a_group_of_lines(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("\nmyths:\n", "\nmyths:\n  always: It is so.\n"))
    problems.says(
        problems.spot("always"), "myths → always", "expected a group of “name: value”", "Indent"
    )


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("title: How it begins", "title:", "topics → beginning → title"),
        ("title: How it begins", "title: ~", "topics → beginning → title"),
        ("title: How it begins", "title: null", "topics → beginning → title"),
        ("language: en", "language:", "pack → language"),
        ("revised: 2026-11-22", "revised:", "pack → revised"),
        (
            "pages: 1\n    blocks:\n      - c",
            "pages:\n    blocks:\n      - c",
            "handouts → 2 → pages",
        ),
        ("- pledges:", "- new_page:\n        pledges:", "handouts → 2 → blocks → 2 → new_page"),
        ("help_strip: [bureau]", "help_strip:", "pack → help_strip"),
    ],
)
def test_a_name_without_a_value_is_reported_as_nothing_written(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    problems = refused(tmp_path, (old, new))
    at = problems.spot(new.removeprefix("- ").split("\n")[0] + "\n")
    problems.says(at, where, "nothing is written here", "Write the value")


def test_a_hyphen_with_nothing_after_it_is_reported_as_nothing_written(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("      - In any game.\n", "      - \n"))
    line, _ = problems.spot("      - \n")
    assert [at[0] for at in problems.spots] == [line]
    assert problems.problems[0].where == "topics → beginning → points → 2"
    assert problems.problems[0].what == "nothing is written here"


@pytest.mark.parametrize("text", ['""', '"   "', "''", ">-"])
@pytest.mark.parametrize(
    ("old", "where", "remedy"),
    [
        ("title: How it begins", "topics → beginning → title", "Write the value."),
        ("revised: 2026-11-22", "pack → revised", "Write the value."),
        ("website: https://www.fbi.gov/", "publisher → website", "Write the value."),
        ("    minutes: 1\n", "deck → slides → 1 → minutes", "or remove the line."),
        ("    url: https://tips.fbi.gov/\n", "contacts → bureau → url", "or remove the line."),
        ("  say: Say\n", "labels → say", "or remove the line."),
    ],
)
def test_an_empty_value_is_refused_and_a_line_that_is_needed_is_not_to_be_removed(
    tmp_path: Path, text: str, old: str, where: str, remedy: str
) -> None:
    name = old.strip().partition(":")[0]
    new = f"{name}: {text}".rstrip()
    (problem,) = refused(tmp_path, (old, old.replace(old.strip(), new))).problems
    assert (problem.where, problem.what) == (where, "nothing is written here")
    assert problem.remedy.endswith(remedy)


@pytest.mark.parametrize("value", ["two", "-1", "1.0", '"1,000"', "²", "123456"])
def test_a_number_of_pages_is_a_whole_number(tmp_path: Path, value: str) -> None:
    old = "pages: 1\n    blocks:\n      - checklists"
    problems = refused(tmp_path, (old, old.replace("1", value)))
    problems.says(
        problems.spot(f"pages: {value}\n    blocks:\n      - checklists"),
        "handouts → 2 → pages",
        "is not a whole number",
        "digits",
    )


@pytest.mark.parametrize("value", ["[2]", "{two: 2}"])
def test_a_list_for_a_number_is_called_a_list_and_never_shown_as_code(
    tmp_path: Path, value: str
) -> None:
    problems = refused(tmp_path, ("minutes: 1\n", f"minutes: {value}\n"))
    at = problems.spot(f"minutes: {value}")
    problems.says(at, "deck → slides → 1 → minutes", "whole number", "digits")
    assert "('" not in problems.problems[0].what
    assert "{'" not in problems.problems[0].what


def test_a_sheet_can_not_have_zero_pages(tmp_path: Path) -> None:
    old = "pages: 1\n    blocks:\n      - checklists: [nights]\n      - pledges: [promise]\n"
    new = "pages: 0\n    blocks:\n      - contacts: [bureau]\n"
    problems = refused(tmp_path, ("template: checklist", "template: poster"), (old, new))
    assert problems.spots == [problems.spot("pages: 0")]
    assert problems.problems[0].where == "handouts → 2 → pages"


@pytest.mark.parametrize(
    ("word", "truth"),
    [("true", True), ("yes", True), ("True", True), ("false", False), ("no", False)],
)
def test_new_page_is_true_or_false(tmp_path: Path, word: str, truth: bool) -> None:
    pages = "pages: 1\n    blocks:\n      - checklists"
    pack = accepted(
        tmp_path,
        (pages, pages.replace("1", "2" if truth else "1")),
        ("- pledges:", f"- new_page: {word}\n        pledges:"),
    )
    assert pack.handouts[1].blocks[1].new_page is truth


def test_new_page_is_nothing_but_true_or_false(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("- pledges:", "- new_page: maybe\n        pledges:"))
    problems.says(
        problems.spot("new_page: maybe"),
        "handouts → 2 → blocks → 2 → new_page",
        "“maybe” is neither true nor false",
        "Write true or false",
    )


@pytest.mark.parametrize("language", ["English", "EN", "e", "en_US", "en-us"])
def test_the_language_is_a_code(tmp_path: Path, language: str) -> None:
    problems = refused(tmp_path, ("language: en", f"language: {language}"))
    problems.says(
        problems.spot(f"language: {language}"),
        "pack → language",
        f"“{language}” is not a language code",
        "like en, es",
    )


def test_a_language_that_nobody_speaks_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("language: en", "language: zz"))
    problems.says(
        problems.spot("language: zz"),
        "pack → language",
        "dates in the language “zz”",
        "like en, es",
    )


def test_a_list_that_must_not_be_empty_is_reported(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("help_strip: [bureau]", "help_strip: []"))
    problems.says(
        problems.spot("help_strip: []"), "pack → help_strip", "this list is empty", "at least one"
    )


def test_the_help_strip_holds_four_contacts_at_the_most(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("help_strip: [bureau]", f"help_strip: [{'bureau, ' * 5}]"))
    problems.says(
        problems.spot("help_strip: [bureau"), "pack → help_strip", "more than 4", "Remove some"
    )
