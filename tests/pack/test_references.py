"""References in a content file: contacts, sources, and everything that sheets and slides show."""

from pathlib import Path

import pytest

from tests.pack.bad_packs import Change, accepted, refused

TIP_SHEET_BLOCK = "blocks:\n      - topics: [beginning]\n"


@pytest.mark.parametrize(
    ("change", "at", "where", "collection", "near"),
    [
        (("help_strip: [bureau]", "help_strip: [bureau, burau]"), "burau",
         "pack → help_strip → 2", "contacts", "bureau"),
        (("help: [bureau]", "help: [burau]"), "burau",
         "topics → beginning → help → 1", "contacts", "bureau"),
        (("contacts: [bureau]", "contacts: [bureau, burau]"), "burau",
         "steps → save-it → contacts → 2", "contacts", "bureau"),
        (("page: bureau", "page: burau"), "page: burau",
         "sources → agency → page", "contacts", "bureau"),
        (("url: https://tips.fbi.gov/\n    from: agency", "url: https://a.org\n    from: agncy"),
         "from: agncy", "contacts → bureau → from", "sources", "agency"),
        (("Somewhere online.\n", "Somewhere.\n    from: agncy\n"), "from: agncy",
         "topics → beginning → from", "sources", "agency"),
        (("    fact: It happens anywhere.\n",
          "    fact: Yes.\n    note: {title: N, body: B, from: agncy}\n"), "from: agncy",
         "myths → never → note → from", "sources", "agency"),
        (("- pledges: [promise]", "- topics: [beginnin]"), "beginnin]",
         "handouts → 2 → blocks → 2 → topics → 1", "topics", "beginning"),
        (("- pledges: [promise]", "- steps: [saveit]"), "saveit",
         "handouts → 2 → blocks → 2 → steps → 1", "steps", "save-it"),
        (("- pledges: [promise]", "- conversations: [car-tak]"), "car-tak",
         "handouts → 2 → blocks → 2 → conversations → 1", "conversations", "car-talk"),
        (("- pledges: [promise]", "- videos: [flim]"), "flim",
         "handouts → 2 → blocks → 2 → videos → 1", "videos", "film"),
        (("- pledges: [promise]", "- contacts: [burau]"), "burau",
         "handouts → 2 → blocks → 2 → contacts → 1", "contacts", "bureau"),
        (("- pledges: [promise]", "- checklists: [nigths]"), "nigths",
         "handouts → 2 → blocks → 2 → checklists → 1", "checklists", "nights"),
        (("- pledges: [promise]", "- pledges: [promise, promse]"), "promse",
         "handouts → 2 → blocks → 2 → pledges → 2", "pledges", "promise"),
        (("- pledges: [promise]", "- myths: [nevr]"), "nevr",
         "handouts → 2 → blocks → 2 → myths → 1", "myths", "never"),
        (("- pledges: [promise]", "- figures: [one-in-fve]"), "one-in-fve",
         "handouts → 2 → blocks → 2 → figures → 1", "figures", "one-in-five"),
        (("layout: key-points\n      topics: [beginning]",
          "layout: key-points\n      topics: [begining]"), "begining",
         "deck → slides → 2 → topics → 1", "topics", "beginning"),
    ],
)  # fmt: skip
def test_a_reference_to_nothing_is_reported_with_its_line_and_the_nearest_name(
    tmp_path: Path, change: Change, at: str, where: str, collection: str, near: str
) -> None:
    without_a_second_source = ("    help: [bureau]\n    from: agency\n", "    help: [bureau]\n")
    changes = [change]
    if "Somewhere online." in change[0]:
        changes.append(without_a_second_source)
    problems = refused(tmp_path, *changes)
    name = at.removesuffix("]").removeprefix("from: ").removeprefix("page: ")
    problems.says(
        problems.spot(at),
        where,
        f"there is no “{name}” under “{collection}”",
        f"Did you mean “{near}”?",
    )


def test_a_text_may_come_from_several_sources(tmp_path: Path) -> None:
    second = "sources:\n  other: {name: Another, page: bureau}\n"
    pack = accepted(
        tmp_path, ("sources:\n", second), ("Save it\n", "Save it\n    from: [agency, other]\n"),
        ("contacts: [bureau]\n    from: agency\n", "contacts: [bureau]\n"),
    )  # fmt: skip
    assert pack.steps["save-it"].sources == ("agency", "other")
    assert pack.topics["beginning"].sources == ("agency",)


def test_each_of_several_sources_must_be_there(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, ("[Parent]\n    from: agency\n", "[Parent]\n    from: [agency, agncy]\n")
    )
    problems.says(
        problems.spot("agncy"),
        "pledges → promise → from → 2",
        "there is no “agncy” under “sources”",
        "Did you mean “agency”?",
    )


def test_a_list_of_no_sources_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("[Parent]\n    from: agency\n", "[Parent]\n    from: []\n"))
    problems.says(
        problems.spot("from: []"), "pledges → promise → from", "this list is empty", "at least one"
    )


def test_a_source_is_a_name_or_a_list_of_names(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("[Parent]\n    from: agency\n", "[Parent]\n    from: {a: b}\n"))
    problems.says(
        problems.spot("from: {a"), "pledges → promise → from", "expected a list here", "Write"
    )


def test_the_only_reference_of_the_only_block_is_not_called_an_empty_list_too(
    tmp_path: Path,
) -> None:
    problems = refused(tmp_path, (TIP_SHEET_BLOCK, TIP_SHEET_BLOCK.replace("beg", "bge")))
    problems.says(
        problems.spot("bgeinning"),
        "handouts → 1 → blocks → 1 → topics → 1",
        "there is no “bgeinning” under “topics”",
        "“beginning”",
    )


def test_a_reference_into_a_collection_that_is_empty_says_so(tmp_path: Path) -> None:
    changes = ("  film:\n    title: The film\n    summary: What one sees.\n"
               "    url: https://www.fbi.gov/video\n    from: agency\n", "  {}\n")  # fmt: skip
    problems = refused(tmp_path, changes, ("- pledges: [promise]", "- videos: [film]"))
    problems.says(
        problems.spot("film]"),
        "handouts → 2 → blocks → 2 → videos → 1",
        "there is no “film” under “videos”",
        "none yet",
    )
