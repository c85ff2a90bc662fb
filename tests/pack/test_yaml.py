"""Content files as YAML: anything that can't be read is refused, with its line and column."""

from pathlib import Path

import pytest

from pack.load import read_pack
from tests.pack.bad_packs import (
    GOOD,
    accepted,
    refused,
    refused_file,
    write,
)

BODY = "body: Somewhere online."
TITLE = "title: How it begins"


# YAML syntax


def test_a_syntax_error_is_reported_where_the_parser_stops(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("      - In any game.", "     - In any game."))
    problems.says(problems.spot("- In any game."), "", "YAML can't be read here", "indentation")


def test_a_quotation_mark_that_is_never_closed_is_reported_where_it_opens(tmp_path: Path) -> None:
    problems = refused(tmp_path, ('quotes: "“{text}”"', 'quotes: "“{text}”'))
    problems.says(problems.spot('"“{text}”'), "", "opened but never closed", "Close it")


def test_an_unclosed_apostrophe_is_reported_where_it_opens(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("A parent night", "'A parent night"))
    problems.says(problems.spot("'A parent night"), "", "opened but never closed", "Close it")


@pytest.mark.parametrize(
    ("text", "at"),
    [("Some text: online", ": online"), ("Some text\n      Note: more", ": more")],
    ids=["same line", "next line"],
)
def test_a_colon_in_plain_text_is_reported_with_the_remedy_of_quotation_marks(
    tmp_path: Path, text: str, at: str
) -> None:
    problems = refused(tmp_path, ("body: Somewhere online.", f"body: {text}"))
    problems.says(problems.spot(at), "", "there is a colon", "Put quotation marks")


def test_a_colon_in_a_list_entry_is_reported_with_the_remedy_of_quotation_marks(
    tmp_path: Path,
) -> None:
    problems = refused(tmp_path, ("- In any app.", "- In any app: the free ones too."))
    problems.says(
        problems.spot("In any app"),
        "topics → beginning → points → 1",
        "expected text here",
        "quotation marks",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [(BODY, "body: **Somewhere** online."), ("- In any app.", "- **In any** app.")],
    ids=["after a name", "in a list"],
)
def test_a_text_that_starts_with_two_stars_needs_quotation_marks(
    tmp_path: Path, old: str, new: str
) -> None:
    problems = refused(tmp_path, (old, new))
    line, column = problems.spot("**Somewhere" if "body" in new else "**In any")
    problems.says((line, column), "", "“*”", "quotation marks")


@pytest.mark.parametrize("character", ["@", "`", "%"])
def test_a_text_that_starts_with_a_special_character_needs_quotation_marks(
    tmp_path: Path, character: str
) -> None:
    problems = refused(tmp_path, (BODY, f"body: {character}Somewhere online."))
    problems.says(
        problems.spot(f"{character}Somewhere"), "", "special meaning in YAML", "quotation marks"
    )


@pytest.mark.parametrize("text", ["[Tips](https://www.fbi.gov/) for you", "{page} of {pages}"])
def test_a_text_that_starts_with_a_bracket_needs_quotation_marks(tmp_path: Path, text: str) -> None:
    problems = refused(tmp_path, (BODY, f"body: {text}"))
    line, _ = problems.spot(f"body: {text}")
    assert [at[0] for at in problems.spots] == [line]
    assert "quotation marks" in problems.problems[0].remedy


def test_several_documents_are_refused_where_the_second_starts(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("publisher:\n", "---\npublisher:\n"))
    line, _ = problems.spot("---")
    assert [at[0] for at in problems.spots] == [line]
    assert "more than one document" in problems.problems[0].what
    assert "Remove" in problems.problems[0].remedy


def test_a_line_before_the_only_document_is_no_fault(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path, f"---\n{GOOD}...\n"))
    assert pack.model_dump() == accepted(tmp_path).model_dump()


@pytest.mark.parametrize("directive", ["%YAML 9.9", "%YAML x", "%YAML " + "9" * 5000 + ".1"])
def test_a_directive_that_yaml_does_not_know_is_refused(tmp_path: Path, directive: str) -> None:
    problems = refused_file(tmp_path, f"{directive}\n---\n{GOOD}")
    assert [at[0] for at in problems.spots] == [1]
    assert problems.problems[0].where == ""
    assert problems.problems[0].remedy


# YAML features that staff never need


def test_an_alias_bomb_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)
    ]
    problems = refused_file(tmp_path, "\n".join(lines))
    problems.says((1, 5), "", "“&”", "quotation marks")


@pytest.mark.parametrize(
    "value",
    ["&name Somewhere", "*name", "&name [Somewhere]", "&name {a: b}", "&name"],
    ids=["text", "alias", "list", "mapping", "nothing"],
)
def test_anchors_and_aliases_are_refused(tmp_path: Path, value: str) -> None:
    problems = refused(tmp_path, (BODY, f"body: {value}"))
    problems.says(problems.spot(value), "", f"“{value[0]}”", "quotation marks")


@pytest.mark.parametrize("key", ["&name body", "!!str body"])
def test_anchors_and_tags_before_a_name_are_refused(tmp_path: Path, key: str) -> None:
    problems = refused(tmp_path, (BODY, f"{key}: Somewhere online."))
    problems.says(problems.spot(key), "", f"“{key[0]}”", "quotation marks")


@pytest.mark.parametrize(
    "value",
    [
        '!!python/object/apply:os.system ["echo"]',
        "!!python/name:os.system",
        "!!binary aGVsbG8=",
        "!important read this",
        "!<tag:yaml.org,2002:str> Somewhere",
    ],
)
def test_tags_are_refused(tmp_path: Path, value: str) -> None:
    problems = refused(tmp_path, (BODY, f"body: {value}"))
    problems.says(problems.spot(value), "", "“!”", "quotation marks")


def test_a_lone_exclamation_mark_is_never_dropped_from_a_text(tmp_path: Path) -> None:
    problems = refused(tmp_path, (BODY, "body: ! Somewhere online."))
    problems.says(problems.spot("! Somewhere"), "", "“!”", "quotation marks")


def test_a_merge_key_is_an_unknown_name(tmp_path: Path) -> None:
    problems = refused(tmp_path, (BODY, f"{BODY}\n    <<: {{title: Other}}"))
    problems.says(
        problems.spot("<<"), "topics → beginning → <<", "not a known field here", "Known names"
    )


@pytest.mark.parametrize("value", ["{{name}}", "{[a, b]: c}", "{? [a] : b}"])
def test_a_list_or_mapping_can_not_be_a_name(tmp_path: Path, value: str) -> None:
    problems = refused(tmp_path, (BODY, f"body: {value}"))
    line, _ = problems.spot(value)
    assert [at[0] for at in problems.spots] == [line]
    assert "a name is missing" in problems.problems[0].what


@pytest.mark.parametrize("depth", [51, 100, 100_000])
@pytest.mark.parametrize("opening", ["[", "- "], ids=["brackets", "hyphens"])
def test_nesting_deeper_than_50_is_refused_where_it_becomes_too_deep(
    tmp_path: Path, depth: int, opening: str
) -> None:
    problems = refused_file(tmp_path, opening * (depth + 1))
    problems.says((1, len(opening) * 51 + 1), "", "more than 50 levels deep", "never closed")


def test_mappings_nested_100_000_deep_are_refused(tmp_path: Path) -> None:
    problems = refused_file(tmp_path, "{a: " * 100_000)
    problems.says((1, len("{a: ") * 51 + 1), "", "more than 50 levels deep", "never closed")


def test_nesting_up_to_50_is_no_fault_of_reading(tmp_path: Path) -> None:
    body = "body: " + "[" * 47 + "]" * 47
    problems = refused(tmp_path, (BODY, body))
    problems.says(
        problems.spot(body), "topics → beginning → body", "but found a list", "Write the text"
    )


# Repeated names


def test_a_name_that_stands_twice_is_reported_where_it_stands_again(tmp_path: Path) -> None:
    problems = refused(tmp_path, (BODY, f"{BODY}\n    title: Once more"))
    first, _ = problems.spot(TITLE)
    problems.says(
        problems.spot("title: Once more"),
        "topics → beginning → title",
        f"“title” appears here a second time (first on line {first})",
        "Keep one of the two",
    )


def test_an_item_that_stands_twice_is_reported_where_it_stands_again(tmp_path: Path) -> None:
    twice = "  save-it: {title: A, body: B, short: C, from: agency}\n"
    problems = refused(tmp_path, ("steps:\n", "steps:\n" + twice))
    problems.says(
        problems.spot("save-it:\n"),
        "steps → save-it",
        "“save-it” appears here a second time",
        "name",
    )


def test_a_section_that_stands_twice_is_reported_where_it_stands_again(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("labels:\n", "myths: {}\nlabels:\n"))
    problems.says(
        problems.spot("myths: {}"), "myths", "“myths” appears here a second time", "Keep one"
    )
