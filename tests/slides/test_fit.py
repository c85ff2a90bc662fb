"""Text of any length fits its slide, or is refused with its line."""

import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import pytest
from pptx import Presentation

from pack import markdown
from pack.errors import ContentError
from pack.items import Part, Point
from pack.load import read_pack
from pack.model import Pack
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT
from tests.slides.drawn import draw, misplaced

PACK = read_pack(CONTENT)


def _stretched(text: str, factor: float) -> str:
    """A text made longer by repeating its own words."""
    words = text.replace("*", "").split()
    count = round(len(words) * factor)
    return " ".join((words * (int(factor) + 1))[:count])


def _longer(factor: float, *names: str) -> Pack:
    """The pack with the texts of the named fields made longer everywhere."""

    def walk(value: object, name: str = "") -> object:
        if isinstance(value, Point) and name in names:
            return value.model_copy(update={"text": _stretched(value.text, factor)})
        if isinstance(value, Part):
            fields = {key: walk(getattr(value, key), key) for key in type(value).model_fields}
            return value.model_copy(update=fields)
        if isinstance(value, Mapping):
            return {key: walk(entry) for key, entry in value.items()}
        if isinstance(value, tuple):
            return tuple(walk(entry, name) for entry in value)
        return _stretched(value, factor) if isinstance(value, str) and name in names else value

    longer = walk(PACK)
    assert isinstance(longer, Pack)
    longer._origin = PACK.origin
    return longer


def _misplaced(pack: Pack, folder: Path) -> list[str]:
    file = folder / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(pack)))
    return misplaced(file, draw(file, folder))


def test_our_deck_is_drawn_with_every_text_in_its_shape(tmp_path: Path) -> None:
    assert _misplaced(PACK, tmp_path) == []


def test_a_language_that_is_a_third_longer_fits(tmp_path: Path) -> None:
    assert _misplaced(_longer(1.3, "points", "short", "text", "use", "summary"), tmp_path) == []


def test_lists_of_double_length_run_on_to_more_slides(tmp_path: Path) -> None:
    pack = _longer(2, "points", "short", "use")
    assert _misplaced(pack, tmp_path) == []
    slides = Presentation(str(tmp_path / "deck.pptx")).slides
    titles = [
        slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title is not None
    ]
    assert len(slides) > len(DeckDraft(PACK).composition.slides)
    assert any(title.endswith("(2 of 2)") for title in titles)
    assert len(set(titles)) == len(titles)


def test_a_divided_list_is_complete() -> None:
    pack = _longer(2, "points")
    shown = {
        " ".join(line.text.split())
        for content in DeckDraft(pack).composition.slides
        for lines in content.texts.values()
        for line in lines
    }
    for topic in ("money", "paid-help", "what-happens-next"):
        for point in pack.topics[topic].points:
            # The names of a fork's ways follow its left point.
            assert any(text.startswith(markdown.plain(point.text)) for text in shown), point.text


@pytest.mark.parametrize(
    ("field", "where"),
    [
        ("lines", "conversations → strangers → lines → 4"),
        ("title", "topics → what-it-is → title"),
        ("short", "steps → police → short"),
    ],
)
def test_text_that_can_not_fit_is_refused_with_its_line(field: str, where: str) -> None:
    with pytest.raises(ContentError) as caught:
        deck.render(DeckDraft(_longer(20, field)))
    problem = next(one for one in caught.value.problems if one.where == where)
    assert problem.place == PACK.origin.place(problem_path(where))
    assert "does not fit on its slide" in problem.what


def problem_path(where: str) -> tuple[str | int, ...]:
    return tuple(int(key) - 1 if key.isdigit() else key for key in where.split(" → "))


def test_slide_keys_stay_when_a_slide_is_added_before() -> None:
    assert PACK.deck is not None
    contents = DeckDraft(PACK).composition.slides
    later = PACK.deck.model_copy(update={"slides": PACK.deck.slides[3:]})
    fewer = PACK.model_copy(update={"deck": later})
    fewer._origin = PACK.origin
    assert [one.key for one in DeckDraft(fewer).composition.slides] == [
        one.key for one in contents[3:]
    ]


def test_hidden_slides_are_in_the_file_but_not_in_the_show(tmp_path: Path) -> None:
    assert PACK.deck is not None
    slides = list(PACK.deck.slides)
    slides[4] = slides[4].model_copy(update={"hidden": True})
    pack = PACK.model_copy(update={"deck": PACK.deck.model_copy(update={"slides": tuple(slides)})})
    pack._origin = PACK.origin
    (tmp_path / "deck.pptx").write_bytes(deck.render(DeckDraft(pack)))
    shown = [
        slide._element.get("show", "1")
        for slide in Presentation(str(tmp_path / "deck.pptx")).slides
    ]
    assert shown.count("0") == 1
    assert shown[4] == "0"


def test_the_notes_of_a_slide_that_runs_on_are_divided_with_it() -> None:
    whole = {one.key: one.notes for one in DeckDraft(PACK).composition.slides}
    longer = DeckDraft(_longer(4, "points")).composition.slides
    divided = [one for one in longer if one.key.endswith("/1")]
    assert divided
    for first in divided:
        key = first.key.removesuffix("/1")
        parts = [one.notes for one in longer if one.key.startswith(f"{key}/")]
        clock, *others = (part.clock for part in parts)
        assert clock and not any(others)
        # Together they say all of it, in order; the last sentence is repeated if it must be.
        spoken = [" ".join(part.say) for part in parts]
        expected = " ".join(whole[key].say)
        assert " ".join(dict.fromkeys(spoken)) == expected
        assert all(part.say for part in parts)
        assert parts[-1].after == whole[key].after
        assert all(part.always == whole[key].always for part in parts)


def _with_addresses(length: int, folder: Path) -> Pack:
    """The pack with other web addresses of this length, such as links to files that are shared."""
    start = "https://www.youtube.com/watch?v=dQw4w9Wg"
    address = (start + "XcQ&list=PLW_Zlc-eyJyZWZlcnJhbEluZm8i" * 10)[: length - 3]
    numbers = count(100)
    written = re.sub(
        r"(?<=url: )https://\S+", lambda _: f"{address}{next(numbers)}", CONTENT.read_text("utf-8")
    )
    file = folder / "long.yaml"
    file.write_text(written, "utf-8")
    return read_pack(file)


@pytest.mark.parametrize("length", [43, 107, 300])
def test_an_address_of_any_length_is_drawn_in_its_shape(length: int, tmp_path: Path) -> None:
    assert _misplaced(_with_addresses(length, tmp_path), tmp_path) == []


def test_a_long_address_is_broken_in_pictures_of_slides_too(tmp_path: Path) -> None:
    pack = _with_addresses(43, tmp_path)
    (picture,) = [
        picture
        for content, picture in DeckDraft(pack).pictures()
        if content.title.text.startswith("One incident")
    ]
    rows = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", picture)
    first = rows.index("www.youtube.com/")
    assert rows[first : first + 3] == ["www.youtube.com/", "watch?", "v=dQw4w9Wg109"]
