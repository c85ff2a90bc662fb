"""Unsupported marks are reported with their text, and never printed literally."""

from pathlib import Path

import pytest

from tests.pack.bad_packs import Change, accepted, refused


def _body(text: str) -> Change:
    lines = "".join(f"      {line}\n" for line in text.splitlines())
    return "body: Somewhere online.\n", f"body: |\n{lines}"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("## Sizes", "a heading"),
        ("| Age | Size |\n| 3 | small |", "a table"),
        ("Sizes:\n- | Age | Size |\n| 3 | small |", "a table"),
        ("> A parent said this.", "a quotation"),
        ("- [ ] Fence the pool", "a checkbox"),
        ("Fence it<br>today.", "HTML"),
        ("<b>Now</b> & <script>alert(1)</script>", "HTML"),
        ("Tea &amp; cake", "HTML"),
        ("It helps.[^1]", "a footnote"),
        ("Say `no`.", "a backtick"),
        ("This is **not closed.", "stars"),
        ("This is ** not bold **.", "stars"),
        ('Not**"bold"**either', "stars"),
        ("**Not bold\n\nover paragraphs** either", "stars"),
        ("- one\n-\n- two", "without any text"),
    ],
)
def test_an_unsupported_mark_is_reported(tmp_path: Path, text: str, what: str) -> None:
    problems = refused(tmp_path, _body(text))
    (problem,) = problems.problems
    assert problem.where == "topics → beginning → body"
    assert what in problem.what


@pytest.mark.parametrize(
    "text",
    [
        "**Bold**, *italic* and [a link](https://place.org/page).",
        "1. Call 911.\n2. Wait.",
        "**Bold that goes on\nover a line**, and **again**",
        "- one\n- two\n\n  and more of two",
        "5 < 7 and 7 > 5, AT&T & Co.; {braces} and ${HOME} and 3 * 4 * 5",
        "Sizes:\n\n| Age | Size |\n|-----|------|\n| 3 | **small** |\n\nThat is all.",
        "A # sign, a | sign and a snake_case_word",
    ],
)
def test_supported_markdown_is_accepted(tmp_path: Path, text: str) -> None:
    assert accepted(tmp_path, _body(text)).topics["beginning"].body == text


@pytest.mark.parametrize("text", ["First:\\n\\n- one\\n- two", "1. Call\\n2. Wait"])
def test_a_list_in_a_one_paragraph_text_is_reported(tmp_path: Path, text: str) -> None:
    problems = refused(tmp_path, ("title: Save it", f'title: "{text}"'))
    assert "entries would run together" in problems.problems[0].what


def test_a_number_before_a_title_is_no_list(tmp_path: Path) -> None:
    assert accepted(tmp_path, ("title: Save it", "title: 1. Save it"))


def test_a_table_in_a_one_paragraph_text_is_reported(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("title: Save it", 'title: "| a | b |\\n|---|---|\\n| 1 | 2 |"'))
    assert "a table" in problems.problems[0].what
