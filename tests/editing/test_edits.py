"""Edits of a content file: values change as asked, and every other line stays as it was."""

from pathlib import Path

import pytest

from editing.edits import (
    CannotEdit,
    Edit,
    Insert,
    Move,
    Remove,
    Rename,
    SetValue,
    apply,
    follow,
)
from editing.yaml_source import YamlSource
from pack.errors import ContentError
from pack.load import read_pack
from tests.conftest import CONTENT

FILE = Path("pack.yaml")

LONG = "A text of so many words that it is too long for one line of the file, however one counts."


def source(text: str) -> YamlSource:
    return YamlSource.parse(text.encode(), FILE)


def after(text: str, *edits: Edit) -> str:
    """A file's text after some edits."""
    found = source(text)
    for edit in edits:
        found = apply(found, edit)
    return found.data.decode()


def refusal(text: str, edit: Edit) -> str:
    with pytest.raises(CannotEdit) as caught:
        apply(source(text), edit)
    return str(caught.value)


# Texts


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("Old", "New", "New"),
        ("Old", "New: one", '"New: one"'),
        ("Old", 'The "new" # one', "'The \"new\" # one'"),
        ("Old", 'It\'s "new": so', '"It\'s \\"new\\": so"'),
        ("Old", " New ", '" New "'),
        ("Old", "ends in a colon:", '"ends in a colon:"'),
        ("Old", "", '""'),
        ("Old", "a\tb", "a\tb"),
        *(("Old", text, f'"{text}"') for text in ("null", "~", "{}", "- a", "? b", "@a", "`a")),
        *(
            ("Old", text, f'"{text}"')
            for text in ("%a", "&a", "*a", "!a", "[a", "#a", "yes", "911")
        ),
        *(("Old", text, f'"{text}"') for text in ("2026-01-01", "1e3", "0x1F", "1:30", "off", "=")),
        *(
            ("Old", text, text)
            for text in ("😀", "שלום עולם", "a:b", "C#", "x" * 300, "-a", "a, b")
        ),
        ('"Old"', "New", '"New"'),
        ("'Old'", "It's new", "'It''s new'"),
        ("'Old'", "New\\", "'New\\'"),
        ("2026-11-22", "2026-12-01", "2026-12-01"),
        ("2", "45", "45"),
        ("2026-11-22", "45", '"45"'),
    ],
)
@pytest.mark.parametrize("tail", ["", "   # a note"])
def test_a_text_in_a_line_keeps_its_style_if_it_can(
    old: str, text: str, new: str, tail: str
) -> None:
    before = f"# above\npack:\n  title:   {old}{tail}\n  # below\n  note: x\n"
    edit = SetValue(("pack", "title"), text)
    assert after(before, edit) == before.replace(f"   {old}", f"   {new}", 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: Old  # note\n", "a: |  # note\n  One.\n\n  # Two:\n"),
        ('a: "Old"\n', "a: |\n  One.\n\n  # Two:\n"),
        ("a: |  # note\n    Old\n", "a: |  # note\n    One.\n\n    # Two:\n"),
        ("a: |2-\n   Old\n  text\n", "a: |2-\n  One.\n\n  # Two:\n"),
        ("a: |-\n  Old\n  text\n", "a: |-\n  One.\n\n  # Two:\n"),
        ("a: >-\n  Old\n", "a: >\n  One.\n\n\n  # Two:\n"),
        ("a: >\n  Old\n", "a: >\n  One.\n\n\n  # Two:\n"),
        ("a:\n", "a: |\n  One.\n\n  # Two:\n"),
        ("a: # note\n", "a: | # note\n  One.\n\n  # Two:\n"),
    ],
)
def test_several_paragraphs_go_below(old: str, new: str) -> None:
    assert after(f"{old}\nb: x\n", SetValue(("a",), "One.\r\n\r\n# Two:")) == f"{new}\nb: x\n"


def test_a_folded_text_is_wrapped_again_only_from_where_it_changes() -> None:
    text = (
        "a: >-\n"
        "  The first of its lines stays where it is, for it has no other words than\n"
        "  before. The second one gets more of them, and the last one then too.\n"
        "b: x\n"
    )
    old = str(source(text).values["a"])
    assert after(text, SetValue(("a",), old.replace("more", "many more words instead"))) == (
        "a: >-\n"
        "  The first of its lines stays where it is, for it has no other words than\n"
        "  before. The second one gets many more words instead of them, and the\n"
        "  last one then too.\n"
        "b: x\n"
    )


def test_a_text_over_several_lines_is_wrapped_again_in_its_style() -> None:
    text = 'a: "The text\n  of old: it is over"   # note\nb: x\n'
    assert after(text, SetValue(("a",), "Short: now")) == 'a: "Short: now"   # note\nb: x\n'
    assert after(text, SetValue(("a",), LONG)) == (
        'a: "A text of so many words that it is too long for one line of the\n'
        '  file, however one counts."   # note\nb: x\n'
    )


def test_a_note_under_a_text_is_never_swallowed_by_it() -> None:
    text = "a:\n  b: x\n    # deep\nc: y\n"
    assert after(text, SetValue(("a", "b"), "One.\n\nTwo.")) == (
        'a:\n  b: "One.\\n\\nTwo.\\n"\n    # deep\nc: y\n'
    )


@pytest.mark.parametrize("character", ["\0", "\x1b", "\u2028", "\u202e", "\ud800"])
def test_control_characters_are_refused(character: str) -> None:
    told = refusal("a: x\n", SetValue(("a",), f"b{character}"))
    assert f"U+{ord(character):04X}" in told


def test_invisible_hints_from_a_word_processor_are_left_out() -> None:
    assert after("a: x\n", SetValue(("a",), "sex\u00adtor\u200btion")) == "a: sextortion\n"
    text = "a: x\u00ady\nb: z\n"
    assert after(text, SetValue(("b",), "new")) == "a: x\u00ady\nb: new\n"
    assert after(text, SetValue(("a",), "new")) == "a: new\nb: z\n"


def test_the_same_text_changes_nothing() -> None:
    text = "a: |\n  One.\n\n\nb: 'x'\n"
    assert after(text, SetValue(("a",), "One."), SetValue(("b",), "x")) == text


def test_numbers_and_yes_or_no_are_written_plain() -> None:
    text = "a: 1  # note\nb: x\n"
    edits = SetValue(("a",), 45), SetValue(("b",), True), SetValue(("c",), "true")
    assert after(text, *edits) == 'a: 45  # note\nb: true\nc: "true"\n'


# Entries

LIST = """\
points:

  # about one
  # in two lines
  - one   # here

  # A note for all that follow.

  # about two
  - text: two
    # inside
    sign: heart
      # deeper
  - {text: three}

end: x
"""


def test_a_new_entry_stands_as_those_beside_it() -> None:
    assert after(LIST, Insert(("points",), 1, "new")) == LIST.replace(
        "# here\n", "# here\n\n  - new\n"
    )
    assert after(LIST, Insert(("points",), 3, {"text": "new", "sign": "x"})) == LIST.replace(
        "three}\n", "three}\n  - text: new\n    sign: x\n"
    )
    in_braces = "a:\n- {text: one}\n- {text: two}\n"
    assert after(in_braces, Insert(("a",), 1, {"text": "x, y", "sign": "b"})) == (
        'a:\n- {text: one}\n- {text: "x, y", sign: b}\n- {text: two}\n'
    )
    assert after(in_braces, Insert(("a",), 0, {"text": LONG, "body": "One.\n\nTwo."})) == (
        f"a:\n- text: {LONG}\n  body: |\n    One.\n\n    Two.\n- {{text: one}}\n- {{text: two}}\n"
    )


def test_an_entry_is_removed_with_its_notes_and_no_others() -> None:
    found = after(LIST, Remove(("points", 1)))
    start, end = LIST.index("  # about two"), LIST.index("  - {text: three}")
    assert found == LIST[:start] + LIST[end:]
    start, end = LIST.index("  # about one"), LIST.index("  # A note")
    assert after(LIST, Remove(("points", 0))) == LIST[:start] + LIST[end:]
    assert after(LIST, Remove(("points", 2))) == LIST.replace("  - {text: three}\n", "")


def test_an_entry_moves_with_its_notes_and_gaps_stay() -> None:
    assert after(LIST, Move(("points", 1), 0)) == (
        "points:\n\n  # about two\n  - text: two\n    # inside\n    sign: heart\n      # deeper\n\n"
        "  # A note for all that follow.\n\n  # about one\n  # in two lines\n  - one   # here\n"
        "  - {text: three}\n\nend: x\n"
    )
    assert after(LIST, Move(("points", 1), 0), Move(("points", 1), 0)) == LIST


def test_the_first_field_of_an_entry_shares_its_line_with_the_hyphen() -> None:
    text = "a:\n  - text: one  # c\n    # about sign\n    sign: x\n  - two\n"
    assert after(text, Move(("a", 0, "sign"), 0)) == (
        "a:\n  - # about sign\n    sign: x\n    text: one  # c\n  - two\n"
    )
    assert after(text, Remove(("a", 0, "text"))) == ("a:\n  - # about sign\n    sign: x\n  - two\n")
    assert after(text, Insert(("a", 0), 0, "y", "as")) == text.replace(
        "- text", '- as: "y"\n    text'
    )


def test_what_a_file_starts_with_is_about_all_of_it() -> None:
    text = "# The file.\na: 1\n# about b\nb: 2\n"
    assert after(text, Move(("b",), 0)) == "# The file.\n# about b\nb: 2\na: 1\n"
    assert after(text, Remove(("a",))) == "# The file.\n# about b\nb: 2\n"


def test_a_new_field_goes_after_the_nearest_that_should_be_before_it() -> None:
    text = "c:\n  name: N.\n  url: u\n  from: f\n"
    order = ("name", "use", "phone", "url", "hours", "from")
    assert after(text, SetValue(("c", "phone"), "911", order)) == text.replace(
        "N.\n", 'N.\n  phone: "911"\n'
    )
    assert after(text, SetValue(("c", "hours"), "all day", order)) == text.replace(
        "u\n", "u\n  hours: all day\n"
    )
    assert after(text, SetValue(("c", "other"), "o", order)) == text + "  other: o\n"


def test_a_missing_or_empty_part_is_filled() -> None:
    text = "a:   # nothing yet\n\n# Next\n\nb: {}\nc: []\n"
    assert after(text, Insert(("a",), 0, {"name": "N."}, "fbi")) == text.replace(
        "yet\n", "yet\n  fbi:\n    name: N.\n"
    )
    assert after(text, Insert(("b",), 5, "x", "k"), Insert(("c",), 0, "one two")) == text.replace(
        "b: {}\nc: []\n", "b:\n  k: x\nc:\n  - one two\n"
    )
    assert after(text, SetValue(("s", "name"), "N.")).endswith("\nc: []\ns:\n  name: N.\n")


def test_the_last_entry_takes_its_field_along() -> None:
    text = "x: y\n# about a\na:\n  b:\n    - one\n"
    assert after(text, Remove(("a", "b", 0))) == "x: y\n"
    assert after("a:\n  - b: x\n  - c\n", Remove(("a", 0, "b"))) == "a:\n  - {}\n  - c\n"


def test_an_entry_gets_another_name_in_its_place() -> None:
    text = '# about it\n"fbi":  # note\n  name: N.\nb: x\n'
    assert after(text, Rename(("fbi",), "fbi-2")) == text.replace('"fbi"', "fbi-2")
    assert after(text, Rename(("fbi",), "null")) == text.replace('"fbi"', '"null"')
    assert "already" in refusal(text, Rename(("fbi",), "b"))


# Brackets


def test_one_text_within_brackets_is_replaced_alone() -> None:
    text = 'a:\n  - { text: "One.",  sign: [b,c] }   # note\n'
    assert after(text, SetValue(("a", 0, "text"), "Two")) == text.replace("One.", "Two")
    assert after(text, SetValue(("a", 0, "sign", 1), "x, y")) == text.replace("c]", '"x, y"]')


def test_entries_within_brackets_stay_in_a_line_while_it_is_short() -> None:
    text = 'a: {b: [x,  "y z"], c: "911", d: {}}   # note\n'
    assert after(text, Insert(("a", "b"), 1, "new")) == text.replace('x,  "y z"', 'x, new, "y z"')
    assert after(text, Move(("a", "c"), 0)) == 'a: {c: "911", b: [x,  "y z"], d: {}}   # note\n'
    assert after(text, Remove(("a", "b", 0)), Remove(("a", "b", 0))) == (
        'a: {c: "911", d: {}}   # note\n'
    )
    assert after(text, SetValue(("a", "e"), LONG)) == (
        f'a:   # note\n  b: [x,  "y z"]\n  c: "911"\n  d: {{}}\n  e: {LONG}\n'
    )


def test_notes_within_brackets_are_not_lost() -> None:
    text = "a: [\n  one,  # first\n  two,\n]\nb: x\n"
    assert after(text, SetValue(("a", 1), "three")) == text.replace("two", "three")
    assert "notes (#)" in refusal(text, Remove(("a", 1)))
    assert "notes (#)" in refusal("a:\n  # note\n  - one\n", SetValue(("a",), "x"))


# Files


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_stay(end: str, bom: str) -> None:
    text = bom + "a: x\nb:\n  - one\n".replace("\n", end)
    edits = SetValue(("a",), "One\n\nTwo"), Insert(("b",), 1, "two"), SetValue(("c",), "z")
    assert after(text, *edits) == bom + (
        "a: |\n  One\n\n  Two\nb:\n  - one\n  - two\nc: z\n".replace("\n", end)
    )


def test_a_new_line_ends_like_its_neighbor() -> None:
    text = "a: x\nb: y\r\nc: z\n"
    assert after(text, SetValue(("a",), "1\n2"), SetValue(("b",), "new")) == (
        "a: |\n  1\n  2\nb: new\r\nc: z\n"
    )


def test_a_last_line_without_an_end_stays_so_until_something_follows() -> None:
    assert after("a: x\nb: y", SetValue(("b",), "z")) == "a: x\nb: z"
    assert after("a: x\nb: y", SetValue(("c",), "z")) == "a: x\nb: y\nc: z\n"
    assert after("a: x\nb: |\n  y", SetValue(("c",), "z")) == "a: x\nb: |-\n  y\nc: z\n"
    assert after("a: x\nb: |\n  y", SetValue(("a",), "z")) == "a: z\nb: |\n  y"


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(("b", "c"), "x"),
        SetValue((), "x"),
        Insert(("a",), 0, "x"),
        Insert(("l",), 0, "x", "name"),
        Insert((), 0, "x", "a"),
        Insert((), 0, "x", ""),
        Remove(("c",)),
        Remove(("l", 2)),
        Move(("l", 0), 2),
        Rename(("l", 0), "x"),
        Rename(("a",), "b\nc"),
    ],
)
def test_what_is_not_there_can_not_be_edited(edit: Edit) -> None:
    assert refusal("a: x\nb: y\nl: [1, 2]\n", edit)


def test_a_name_that_is_there_twice_is_left_to_people() -> None:
    text = "a: 1\nb: 2\na: 3\n"
    assert "twice" in refusal(text, Remove(("a",)))


def test_a_source_reads_and_refuses_what_the_reader_does() -> None:
    found = YamlSource.parse(CONTENT.read_bytes(), CONTENT)
    assert read_pack(CONTENT, contents=found.contents) == read_pack(CONTENT)
    with pytest.raises(ContentError, match=r"pack\.yaml:2:3.*bullet|hyphen"):
        source("a:\n  • one\n")


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (Insert(("l",), 1, "x"), ("l", 2, "a")),
        (Insert(("l",), 2, "x"), ("l", 1, "a")),
        (Remove(("l", 0)), ("l", 0, "a")),
        (Remove(("l", 1)), None),
        (Remove(("l",)), None),
        (Move(("l", 1), 3), ("l", 3, "a")),
        (Move(("l", 3), 0), ("l", 2, "a")),
        (Move(("l", 0), 1), ("l", 0, "a")),
        (Move(("l", 2), 3), ("l", 1, "a")),
        (Rename(("l",), "m"), ("m", 1, "a")),
        (Rename(("l", 1, "a"), "b"), ("l", 1, "b")),
        (SetValue(("l", 1), "x"), None),
        (SetValue(("l", 1), {"a": "x"}), ("l", 1, "a")),
        (SetValue(("l", 0), "x"), ("l", 1, "a")),
    ],
)
def test_a_path_is_followed_through_an_edit(edit: Edit, where: object) -> None:
    assert follow(("l", 1, "a"), edit) == where
