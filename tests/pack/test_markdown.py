"""Text as people write it: bold, italic, links and lists; everything else is printed unchanged."""

import pytest

from pack.markdown import (
    Bullets,
    Paragraph,
    Table,
    TextRun,
    links,
    paragraphs,
    parse_body,
    parse_line,
    plain,
    runs_of,
    with_ending_bound,
)

HERE = "https://www.fbi.gov/"


def words(text: str) -> Paragraph:
    return Paragraph((TextRun(text),))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain words", (TextRun("plain words"),)),
        ("**bold**", (TextRun("bold", bold=True),)),
        ("__bold__", (TextRun("bold", bold=True),)),
        ("*italic*", (TextRun("italic", italic=True),)),
        ("_italic_", (TextRun("italic", italic=True),)),
        ("***both***", (TextRun("both", bold=True, italic=True),)),
        ("a **b** c", (TextRun("a "), TextRun("b", bold=True), TextRun(" c"))),
        (
            "**a *b* c**",
            (
                TextRun("a ", bold=True),
                TextRun("b", bold=True, italic=True),
                TextRun(" c", bold=True),
            ),
        ),
        (f"[here]({HERE})", (TextRun("here", link=HERE),)),
        (f"[**h**ere]({HERE})", (TextRun("h", bold=True, link=HERE), TextRun("ere", link=HERE))),
        (f"**[here]({HERE})**", (TextRun("here", bold=True, link=HERE),)),
        (f"[a]({HERE}) b", (TextRun("a", link=HERE), TextRun(" b"))),
    ],
)
def test_bold_italic_and_links_become_runs(text: str, runs: tuple[TextRun, ...]) -> None:
    assert parse_line(text) == runs


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> <br> <script>alert(1)</script> <!-- note -->",
        "{{ 7 * 7 }} {% include x %} {# note #}",
        "&lt; &amp; &#65; &nbsp;",
        "`code` ~~gone~~ ==marked==",
        "# Heading",
        "> quotation",
        "- a hyphen",
        "1. a number",
        "https://www.fbi.gov/some_page_here",
        "<https://www.fbi.gov/>",
        "snake_case_word",
        "2 * 3 * 4",
        "a** b",
        "*",
        "**",
        "[only brackets]",
        "[a] (b)",
        "[a][b]",
        "wait... (c) (tm) -- ---",
    ],
)
def test_what_is_not_allowed_markup_stays_as_it_stands_on_one_line(text: str) -> None:
    assert parse_line(text) == (TextRun(text),)


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n<p>raw</p>\n</div>",
        "{{ 7 * 7 }}\n{% raw %}",
        "# Heading",
        "> quotation",
        "Heading\n=======",
        "---",
        "```\ncode\n```",
        "| a | b |",
        "[a]: https://www.fbi.gov/",
        "&lt;b&gt;",
    ],
)
def test_what_is_not_allowed_markup_stays_as_it_stands_in_a_text(text: str) -> None:
    assert parse_body(text) == (words(text.replace("\n", " ")),)


@pytest.mark.parametrize("character", ["*", "_", "[", "]", "\\"])
def test_a_backslash_takes_away_the_meaning_of_a_character(character: str) -> None:
    text = f"a \\{character}b\\{character} c"
    assert parse_line(text) == (TextRun(f"a {character}b{character} c"),)


def test_straight_quotation_marks_become_curly() -> None:
    assert parse_line('don\'t say "no"') == (TextRun("don’t say “no”"),)
    assert parse_line('*"hi"*') == (TextRun("“hi”", italic=True),)
    assert parse_body("don't") == (words("don’t"),)


def test_a_line_is_one_line_however_it_was_folded() -> None:
    assert parse_line("  one\n   two\n\nthree  ") == (TextRun("one two three"),)
    assert parse_line(" *one*\n two ") == (TextRun("one", italic=True), TextRun(" two"))


@pytest.mark.parametrize("dash", "–—")
def test_a_dash_between_words_never_begins_a_line(dash: str) -> None:
    bound = f"\N{NO-BREAK SPACE}{dash} "
    assert parse_line(f"one {dash} two {dash} three") == (TextRun(f"one{bound}two{bound}three"),)
    assert parse_line(f"**one** {dash} two") == (TextRun("one", bold=True), TextRun(f"{bound}two"))
    assert parse_body(f"one\n{dash} two") == (words(f"one{bound}two"),)
    assert plain(f"9:00{dash}5:00, a -{dash}b") == f"9:00{dash}5:00, a -{dash}b"


def test_neighbours_of_one_style_are_one_run() -> None:
    assert parse_line("**a** **b**") == (
        TextRun("a", bold=True),
        TextRun(" "),
        TextRun("b", bold=True),
    )
    assert parse_line("a\\*b*") == (TextRun("a*b*"),)


def test_a_text_has_paragraphs() -> None:
    assert parse_body("one\n\ntwo *three*") == (
        words("one"),
        Paragraph((TextRun("two "), TextRun("three", italic=True))),
    )


def test_a_text_has_lists() -> None:
    assert parse_body("Do:\n\n- one\n- two") == (
        words("Do:"),
        Bullets(((words("one"),), (words("two"),))),
    )
    assert parse_body("1. one\n2. two") == (
        Bullets(((words("one"),), (words("two"),)), ordered=True),
    )


def test_lists_stand_inside_lists_and_an_entry_has_several_paragraphs() -> None:
    assert parse_body("- one\n  - two\n\n  three") == (
        Bullets(((words("one"), Bullets(((words("two"),),)), words("three")),)),
    )


def test_paragraphs_are_plain_and_so_is_each_entry_of_a_list() -> None:
    text = "One **bold**\nword.\n\n- a [link](https://x.org)\n- b\n\n  - c\n"
    assert paragraphs(text) == ("One bold word.", "a link", "b", "c")


def test_a_line_that_ends_in_the_file_goes_on_on_paper() -> None:
    assert parse_body("one\ntwo  \n  three") == (words("one two three"),)
    assert parse_body("- one\n  two") == (Bullets(((words("one two"),),)),)
    assert parse_body("*one\ntwo*") == (Paragraph((TextRun("one two", italic=True),)),)


def test_an_empty_text_has_nothing() -> None:
    assert parse_body("") == ()
    assert "".join(run.text for run in parse_line("")) == ""


def test_nothing_of_a_dashed_line_is_lost() -> None:
    (line,) = runs_of(parse_body("- " * 30 + "cut here"))
    assert "cut here" in "".join(run.text for run in line)


def test_a_table_has_a_head_and_rows() -> None:
    (before, table) = parse_body(
        "Who:\n\n| When | Who |\n|---|---|\n| Now | **911** |\n| Later | |"
    )
    assert before == words("Who:")
    assert table == Table(
        head=((TextRun("When"),), (TextRun("Who"),)),
        rows=(
            ((TextRun("Now"),), (TextRun("911", bold=True),)),
            ((TextRun("Later"),), ()),
        ),
    )


def test_a_year_before_a_full_stop_is_not_the_number_of_a_list() -> None:
    (paragraph,) = parse_body("2026. That is the year.")
    assert paragraph == words("2026. That is the year.")


def test_plain_is_the_line_without_its_markup() -> None:
    assert plain(f"**a** *b* [c]({HERE}) <d>") == "a b c <d>"


def test_every_address_of_a_text_is_found() -> None:
    text = f"[a]({HERE})\n\n- [b](javascript:x)\n  1. **[c](<a b>)**\n\n(d)[e] [f](#g)"
    assert list(links(text)) == [HERE, "javascript:x", "a b", "#g"]
    assert list(links("no [link] (here)")) == []


@pytest.mark.parametrize(
    "text",
    [
        "[a\n\nb](javascript:x)",
        "[a\n- b](javascript:x)",
        "- " * 15 + "[a](javascript:x)",
    ],
    ids=["across paragraphs", "across a list", "in a deep list"],
)
def test_every_link_of_the_text_as_one_line_is_among_the_addresses_that_are_judged(
    text: str,
) -> None:
    shown = {run.link for run in parse_line(text) if run.link is not None}
    assert shown == {"javascript:x"}
    assert shown <= set(links(text))


@pytest.mark.parametrize("markup", ["*", "_", "[", "](", "\\", '"', "- ", "1. ", "*a **", "[](<"])
def test_a_text_of_nothing_but_markup_is_parsed(markup: str) -> None:
    text = markup * 20_000
    assert parse_line(text)
    assert isinstance(parse_body(text), tuple)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("They ask a child for more and more photographs.", ""),
        ("It gives steps for the major platforms.", "major platforms."),
        ("You can learn what rights there are if images were posted.", "were posted."),
        ("The child is always the victim of a crime.", "of a crime."),
        ("Keep the profile and all of the messages. Take screenshots.", "Take screenshots."),
        ("Be there, no matter what", "no matter what"),
        ("Write to us at an unforgettably-long-address", ""),
    ],
)
def test_no_more_words_are_bound_than_keep_the_last_from_looking_lost(
    text: str, bound: str
) -> None:
    kept = text.removesuffix(bound) + bound.replace(" ", "\N{NO-BREAK SPACE}")
    assert with_ending_bound((TextRun(text),)) == (TextRun(kept),)
