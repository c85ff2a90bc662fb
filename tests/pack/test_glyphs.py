"""Texts with signs are accepted; characters that our fonts have no glyph for are reported."""

from pathlib import Path

import pytest

from tests.pack.bad_packs import GOOD, accepted, refused

SIGNS = "≥ ≤ ≠ → ← ✓ ✔ ☐ ☑ ₂ ² µ × ÷ ° ½ …"


def test_signs_are_accepted_in_every_text(tmp_path: Path) -> None:
    pack = accepted(
        tmp_path,
        ("name: The Foundation", f"name: The Foundation {SIGNS}"),
        ("body: Somewhere online.", f"body: Somewhere {SIGNS}"),
    )
    assert pack.publisher.name.endswith(SIGNS)


@pytest.mark.parametrize(
    ("old", "where"),
    [
        ("name: The Foundation", "publisher → name"),
        ("title: How it begins", "topics → beginning → title"),
        ("body: Keep everything.", "steps → save-it → body"),
        ("scan_to_watch: Scan to watch", "labels → scan_to_watch"),
    ],
)
@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("☕☕", "“☕” (U+2615)"),
        ("你好", "“你” (U+4F60), “好” (U+597D)"),
        ("𝓯𝓪𝓷𝓬𝔂𝓮", "“𝓬” (U+1D4EC), “𝔂” (U+1D502) and 1 more"),
    ],
)
def test_a_character_without_a_glyph_is_reported_at_its_text(
    tmp_path: Path, old: str, where: str, more: str, named: str
) -> None:
    problems = refused(tmp_path, (old, f"{old} {more}"))
    problems.says(problems.spot(f"{old} {more}"), where, "our fonts have no glyph for", "out")
    assert named in problems.problems[0].what


def test_the_form_of_a_sign_that_telephones_ask_for_is_left_out(tmp_path: Path) -> None:
    pack = accepted(tmp_path, ("title: How it begins", "title: ✔\ufe0f It begins"))
    assert pack.topics["beginning"].title == "✔ It begins"


def test_slides_alone_are_not_limited_to_our_fonts(tmp_path: Path) -> None:
    start, end = GOOD.index("handouts:\n"), GOOD.index("deck:\n")
    pack = accepted(tmp_path, (GOOD[start:end], ""), ("title: A parent night", "title: Родителям"))
    assert pack.deck is not None
