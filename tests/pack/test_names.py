"""The names in a content file: unknown, missing, or not allowed."""

from pathlib import Path

import pytest

from tests.pack.bad_packs import GOOD, refused, refused_file


def test_an_unknown_name_is_reported_with_its_line_and_the_nearest_name(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("body: Keep everything.", "body: Keep.\n    contcts: [bureau]"))
    problems.says(
        problems.spot("contcts"),
        "steps → save-it → contcts",
        "“contcts” is not a known field here",
        "Did you mean “contacts”",
    )


@pytest.mark.parametrize(
    ("old", "new", "where", "known"),
    [
        ("pack:\n", "pack:\n  titel: x\n", "pack → titel", "title"),
        ("publisher:\n", "publisher:\n  webiste: x\n", "publisher → webiste", "website"),
        ("  bureau:\n", "  bureau:\n    vanty: x\n", "contacts → bureau → vanty", "vanity"),
        ("  film:\n", "  film:\n    minuts: 3\n", "videos → film → minuts", "minutes"),
        ("  agency:\n", "  agency:\n    pge: x\n", "sources → agency → pge", "page"),
        ("  beginning:\n", "  beginning:\n    pionts: x\n", "topics → beginning → pionts",
         "points"),
        ("  car-talk:\n", "  car-talk:\n    wen: x\n", "conversations → car-talk → wen", "when"),
        ("  nights:\n", "  nights:\n    taskz: x\n", "checklists → nights → taskz", "tasks"),
        ("  promise:\n", "  promise:\n    sgin: x\n", "pledges → promise → sgin", "sign"),
        ("  never:\n", "  never:\n    facts: x\n", "myths → never → facts", "fact"),
        ("  one-in-five:\n", "  one-in-five:\n    txt: x\n", "figures → one-in-five → txt", "text"),
        ("pages: 1\n    blocks:\n      - ch", "pgaes: 2\n    pages: 1\n    blocks:\n      - ch",
         "handouts → 2 → pgaes", "pages"),
        ("- pledges:", "- newpage: true\n        pledges:", "handouts → 2 → blocks → 2 → newpage",
         "new_page"),
        ("deck:\n", "deck:\n  sildes: x\n", "deck → sildes", "slides"),
        ("- layout: title\n", "- layout: title\n      layuot: x\n", "deck → slides → 1 → layuot",
         "layout"),
        ("labels:\n", "labels:\n  pge_of: x\n", "labels → pge_of", "page_of"),
        ("videos:\n", "vidoes: x\nvideos:\n", "vidoes", "videos"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_compared_with_the_names_of_its_own_part(
    tmp_path: Path, old: str, new: str, where: str, known: str
) -> None:
    problems = refused(tmp_path, (old, new))
    name = where.rpartition(" → ")[2]
    problems.says(
        problems.spot(f"{name}: "), where, f"“{name}” is not a known field here", f"“{known}”"
    )


def test_an_unknown_name_that_is_near_to_none_is_answered_with_all_that_are_known(
    tmp_path: Path,
) -> None:
    problems = refused(tmp_path, ("  never:\n", "  never:\n    zzzz: x\n"))
    problems.says(
        problems.spot("zzzz"),
        "myths → never → zzzz",
        "“zzzz” is not a known field here",
        "Known names: fact, from, myth, note.",
    )


def test_an_unknown_name_inside_a_note_is_compared_with_the_names_of_notes(tmp_path: Path) -> None:
    note = "fact: It happens anywhere.\n    note: {title: N, body: B, from: agency, boddy: x}"
    problems = refused(tmp_path, ("fact: It happens anywhere.", note))
    problems.says(
        problems.spot("boddy"), "myths → never → note → boddy", "not a known field here", "“body”"
    )


@pytest.mark.parametrize("identity", ["title", "contacts", "body", "say"])
def test_an_item_may_have_the_name_of_a_field_and_still_hold_an_unknown_name(
    tmp_path: Path, identity: str
) -> None:
    problems = refused(
        tmp_path, ("  save-it:", f"  {identity}:"), ("short: Keep it.", "short: K.\n    shrt: x")
    )
    problems.says(
        problems.spot("shrt"), f"steps → {identity} → shrt", "not a known field here", "“short”"
    )


def test_an_item_that_has_the_name_of_a_part_is_not_taken_for_that_part(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("  save-it:", "  note:"), ("short: Keep it.", "short: K.\n    shrt: x")
    )
    problems.says(problems.spot("shrt"), "steps → note → shrt", "not a known field here", "“short”")


def test_a_section_with_a_name_in_brackets_is_an_unknown_name(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("labels:\n", '"[key]": x\nlabels:\n'))
    problems.says(
        problems.spot('"[key]"'), "[key]", "“[key]” is not a known field here", "Known names"
    )


def test_an_item_with_a_name_in_brackets_is_reported_at_its_own_line(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("  save-it:", '  "[key]":'))
    problems.says(
        problems.spot('"[key]"'),
        "steps → [key]",
        "the name “[key]” can't be used",
        "lowercase letters",
    )


@pytest.mark.parametrize(
    ("line", "at", "where"),
    [
        ("  subtitle: What tests need\n", "pack:\n", "pack → subtitle"),
        ("  website: https://www.fbi.gov/\n", "publisher:\n", "publisher → website"),
        ("    use: Report the crime\n", "bureau:\n", "contacts → bureau → use"),
        ("    body: Somewhere online.\n", "beginning:\n", "topics → beginning → body"),
        ("    short: Keep it.\n", "save-it:\n", "steps → save-it → short"),
        ("    when: On the way home\n", "car-talk:\n", "conversations → car-talk → when"),
        ("    sign: [Parent]\n", "promise:\n", "pledges → promise → sign"),
        ("    fact: It happens anywhere.\n", "never:\n", "myths → never → fact"),
        ("    figure: 1 in 5\n", "one-in-five:\n", "figures → one-in-five → figure"),
        ("    kicker: For the door\n", "id: second-sheet", "handouts → 2 → kicker"),
        ("  title: A parent night\n", "deck:\n", "deck → title"),
    ],
)
def test_a_missing_name_is_reported_at_the_part_that_lacks_it(
    tmp_path: Path, line: str, at: str, where: str
) -> None:
    problems = refused(tmp_path, (line, ""))
    name = where.rpartition(" → ")[2]
    problems.says(problems.spot(at), where, f"“{name}” is missing", f"Add a line “{name}:”")


def test_a_missing_source_is_asked_for_by_the_name_that_people_write(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("[Parent]\n    from: agency\n", "[Parent]\n"))
    problems.says(
        problems.spot("promise:\n"), "pledges → promise → from", "“from” is missing", "“from:”"
    )


def test_every_missing_section_is_reported(tmp_path: Path) -> None:
    problems = refused_file(tmp_path, "\n# a pack to be\n\nhandouts: []\n")
    assert problems.spots == [(4, 1)] * 4
    assert [problem.where for problem in problems.problems] == [
        "contacts",
        "pack",
        "publisher",
        "sources",
    ]
    for problem in problems.problems:
        assert problem.what == f"“{problem.where}” is missing"
        assert f"“{problem.where}:”" in problem.remedy


@pytest.mark.parametrize(
    "identity", ["Save it", "save_it", "Save", "-save", "save--it", "é", "a/b"]
)
def test_the_name_of_an_item_has_small_letters_digits_and_hyphens(
    tmp_path: Path, identity: str
) -> None:
    problems = refused(tmp_path, ("  save-it:", f'  "{identity}":'))
    problems.says(
        problems.spot(f'"{identity}"'),
        f"steps → {identity}",
        f"the name “{identity}” can't be used",
        "lowercase letters",
    )


@pytest.mark.parametrize("identity", ["../escape", "Sheet", "a b", ".", "con.pdf"])
def test_the_id_of_a_handout_can_not_lead_out_of_the_output_folder(
    tmp_path: Path, identity: str
) -> None:
    problems = refused(tmp_path, ("id: second-sheet", f"id: {identity}"))
    problems.says(
        problems.spot(f"id: {identity}"),
        "handouts → 2 → id",
        f"the name “{identity}” can't be used",
        "lowercase letters",
    )


def test_the_id_of_the_deck_can_not_lead_out_of_the_output_folder(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("id: evening", "id: ../evening"))
    problems.says(
        problems.spot("id: ../evening"), "deck → id", "can't be used", "lowercase letters"
    )


def test_names_in_a_section_that_can_not_be_read_are_not_reported_one_by_one(
    tmp_path: Path,
) -> None:
    text = GOOD[: GOOD.index("contacts:\n")] + "contacts: none yet\n\n"
    text += GOOD[GOOD.index("videos:\n") :]
    (problem,) = refused_file(tmp_path, text).problems
    assert (problem.where, problem.what[:26]) == ("contacts", "expected a group of names ")
