"""Content files as files: anything that can't be read is refused, with its line and column."""

import pickle
from pathlib import Path

import pytest

from pack.errors import ContentError
from pack.load import read_pack
from tests.pack.bad_packs import (
    GOOD,
    accepted,
    changed,
    line_of,
    only_problem,
    refused,
    refused_file,
    write,
)

BODY = "body: Somewhere online."
TITLE = "title: How it begins"


# Files


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    problem = only_problem(tmp_path / "nowhere.yaml")
    assert (problem.place.line, problem.place.column, problem.where) == (1, 1, "")
    assert "no such file" in problem.what
    assert "name" in problem.remedy


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    problem = only_problem(tmp_path)
    assert (problem.place.line, problem.place.column, problem.where) == (1, 1, "")
    assert "folder" in problem.what
    assert "YAML file" in problem.remedy


def test_a_file_in_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    problem = only_problem(file / "pack.yaml")
    assert (problem.place.line, problem.place.column, problem.where) == (1, 1, "")
    assert "can't be opened" in problem.what
    assert problem.remedy


@pytest.mark.parametrize(
    "text", ["", "\n\n  \n", "# a note\n\n# another\n", "---\n", "null\n"], ids=repr
)
def test_a_file_without_content_is_called_empty(tmp_path: Path, text: str) -> None:
    refused_file(tmp_path, text).says((1, 1), "", "empty", "copy of a working pack")


@pytest.mark.parametrize(
    "text", ["- one\n- two\n", "[one, two]\n", "only words\n", '""\n'], ids=repr
)
def test_a_file_must_hold_names_and_values(tmp_path: Path, text: str) -> None:
    refused_file(tmp_path, text).says(
        (1, 1), "", "no “name: value” lines", "copy of a working pack"
    )


def test_a_file_over_2_mb_is_refused(tmp_path: Path) -> None:
    text = GOOD + "#" * (2_000_001 - len(GOOD.encode()))
    refused_file(tmp_path, text).says((1, 1), "", "larger than 2 MB", "separate files")


def test_a_file_of_just_2_mb_is_read(tmp_path: Path) -> None:
    text = GOOD + "#" * (2_000_000 - len(GOOD.encode()))
    assert read_pack(write(tmp_path, text)).about.title == "Trial pack"


# Encoding and characters


def test_a_file_that_is_not_utf8_is_refused_at_the_first_such_byte(tmp_path: Path) -> None:
    data = changed(("The agency says so.", "The — café")).encode().replace("é".encode(), b"\xe9")
    problems = refused_file(tmp_path, data)
    line, column = problems.spot("The — caf")
    problems.says((line, column + len("The — caf")), "", "not saved as UTF-8", "encoding: UTF-8")


def test_the_byte_order_mark_does_not_shift_the_column_of_what_is_not_utf8(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + changed().encode().replace(b"Trial pack", b"Trial p\xe4ck")
    refused_file(tmp_path, data).says(
        (2, len("  title: Trial p") + 1), "", "not saved as UTF-8", "encoding: UTF-8"
    )


def test_utf16_is_refused_at_its_start(tmp_path: Path) -> None:
    data = GOOD.encode("utf-16")
    refused_file(tmp_path, data).says((1, 1), "", "not saved as UTF-8", "encoding: UTF-8")


def test_a_byte_order_mark_at_the_start_is_no_fault(tmp_path: Path) -> None:
    assert read_pack(write(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())) == accepted(tmp_path)


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["crlf", "cr"])
def test_other_line_endings_are_read_like_ours(tmp_path: Path, ending: str) -> None:
    assert read_pack(write(tmp_path, GOOD.replace("\n", ending))) == accepted(tmp_path)


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["crlf", "cr"])
def test_other_line_endings_keep_line_numbers(tmp_path: Path, ending: str) -> None:
    text = changed(("short: Keep it.", "short: Keep it.\n    colour: red"))
    at = refused_file(tmp_path, text).spot("colour")
    refused_file(tmp_path, text.replace("\n", ending)).says(
        at, "steps → save-it → colour", "“colour” is not a known field here", "Known names"
    )


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x9c", "U+009C"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u2028", "U+2028"),
        ("\x85", "U+0085"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_an_invisible_character_is_refused_where_it_stands(
    tmp_path: Path, character: str, name: str
) -> None:
    problems = refused(tmp_path, (TITLE, f"title: How {character}it begins"))
    problems.says(problems.spot(character), "", name, "Delete it")


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_hints_where_to_break_a_word_are_left_out_and_told(tmp_path: Path, character: str) -> None:
    pack = accepted(
        tmp_path,
        (TITLE, f"tit{character}le: How {character}it be{character}gins"),
        (BODY, f"{character}{BODY}"),
    )
    assert pack.topics["beginning"].title == "How it begins"
    (warning,) = pack.origin.warnings
    assert (warning.place.line, warning.place.column) == (line_of(pack, f"be{character}gins"), 8)
    assert f"U+{ord(character):04X}" in warning.what
    assert "3 more" in warning.what


@pytest.mark.parametrize(
    ("escape", "name"),
    [(r"\0", "U+0000"), (r"\e", "U+001B"), (r"\u202E", "U+202E"), (r"\uFEFF", "U+FEFF")],
)
def test_an_invisible_character_that_is_written_as_an_escape_is_refused(
    tmp_path: Path, escape: str, name: str
) -> None:
    problems = refused(tmp_path, (TITLE, f'title: "How {escape}it begins"'))
    line, _ = problems.spot('title: "How')
    assert [at[0] for at in problems.spots] == [line]
    assert name in problems.problems[0].what


def test_half_a_character_that_is_written_as_an_escape_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, (TITLE, r'title: "How \uD800 it begins"'))
    line, _ = problems.spot('title: "How')
    assert [at[0] for at in problems.spots] == [line]
    assert "U+D800" in problems.problems[0].what


@pytest.mark.parametrize("escape", [r"\U00110000", r"\UFFFFFFFF"])
def test_an_escape_beyond_unicode_is_refused(tmp_path: Path, escape: str) -> None:
    problems = refused(tmp_path, (TITLE, f'title: "How {escape} it begins"'))
    line, _ = problems.spot('title: "How')
    assert [at[0] for at in problems.spots] == [line]


def test_a_tab_before_a_line_is_refused_where_it_stands(tmp_path: Path) -> None:
    problems = refused(tmp_path, (f"    {TITLE}", f"  \t{TITLE}"))
    problems.says(problems.spot("\t"), "", "tab at the start", "Indent with spaces")


def test_every_tab_and_invisible_character_is_reported_at_once(tmp_path: Path) -> None:
    problems = refused(tmp_path, (f"    {TITLE}", f"\t{TITLE}"), ("Few have", "Few\u202e have"))
    assert problems.spots == [problems.spot("\t"), problems.spot("\u202e")]


def test_a_tab_inside_a_plain_text_is_called_a_tab(tmp_path: Path) -> None:
    problems = refused(tmp_path, (BODY, "body: Somewhere\tonline."))
    problems.says(problems.spot("\t"), "", "tab", "space")


def test_a_tab_inside_quotation_marks_is_no_fault(tmp_path: Path) -> None:
    pack = accepted(tmp_path, (BODY, 'body: "Somewhere\tonline."'))
    assert pack.topics["beginning"].body == "Somewhere\tonline."


# What is kept unchanged


@pytest.mark.parametrize("word", ["no", "yes", "on", "007", "1e3", "12:30", "0x1F", "2026-11-22"])
def test_words_that_yaml_would_turn_into_something_else_stay_text(
    tmp_path: Path, word: str
) -> None:
    assert accepted(tmp_path, (BODY, f"body: {word}")).topics["beginning"].body == word


def test_a_content_error_survives_pickling_with_all_its_problems(tmp_path: Path) -> None:
    file = write(tmp_path, changed((BODY, "bodi: x"), ("1-800-225-5324", "1-800-225")))
    with pytest.raises(ContentError) as caught:
        read_pack(file)
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert isinstance(copy, ContentError)
    assert copy.problems == caught.value.problems
    assert len(copy.problems) == 2
    assert str(copy) == str(caught.value)


def test_a_problem_is_printed_with_its_place_its_way_and_its_remedy(tmp_path: Path) -> None:
    file = write(tmp_path, changed((BODY, f"{BODY}\n    colour: red")))
    with pytest.raises(ContentError) as caught:
        read_pack(file)
    first, second = str(caught.value).split("\n")
    assert first.startswith(
        f"{file}:39:5: topics → beginning → colour: “colour” is not a known field"
    )
    assert second.startswith("    Known names: ")
