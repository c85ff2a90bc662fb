"""A slide that is shown as a list, because a text is too long for its picture, is told."""

from pathlib import Path

import pytest

from pack.items import School
from pack.load import read_pack
from preflight.checks import as_problem
from preflight.powerpoint.pictures import check_pictures
from press.builders import PackBuilders
from slides.draft import DeckDraft
from tests.conftest import CONTENT
from tests.preflight.broken_decks import short_pack
from tests.tools.templates import template

PACK = read_pack(CONTENT)
_LONG = "A point with many more words than fit beside a pictogram. " * 6
_GRID = "    - {layout: grid, topics: [what-it-is], title: Three, points: [%s]}\n"
_SHORT = "{text: Short., sign: eye}"


def _grid(text: str) -> str:
    return _GRID % ", ".join([_SHORT, f"{{text: {text}, sign: moon}}", _SHORT])


def test_a_text_that_is_too_long_for_its_picture_is_named_with_its_line(tmp_path: Path) -> None:
    pack = short_pack(tmp_path, _grid("Short.") + _grid(_LONG))
    builders = PackBuilders(pack)
    (artifact,) = (one for one in builders.plan() if one.kind == "deck")
    builder = builders.of(artifact)
    (data,) = builder.render((artifact,))
    told = [
        one for one in builder.preflight(artifact, data.data) if one.rule.name == "deck-as-list"
    ]
    (problem,) = (as_problem(pack, artifact, one) for one in told)
    slide = next(
        number
        for number, line in enumerate(pack.origin.file.read_text("utf-8").split("\n"), start=1)
        if "many more words" in line
    )
    assert problem.place.line == slide
    assert problem.what.startswith("“A point with many more words than fit beside")
    assert "too long for the slide's picture" in problem.what


@pytest.mark.parametrize("text", ["Short.", _LONG])
def test_a_districts_template_without_pictures_is_not_reported(text: str, tmp_path: Path) -> None:
    pack = short_pack(tmp_path, _grid(text))
    composed = DeckDraft(pack, template(tmp_path)).composition
    assert list(check_pictures(composed, pack.origin)) == []


def test_the_long_name_of_a_school_is_not_reported() -> None:
    school = School.model_construct(
        name="Cedar Valley " * 7, contact="Office", phone=None, email=None, website=None, logo=None
    )
    pack = PACK.for_school(school)
    composed = DeckDraft(pack).composition
    assert composed.too_long
    assert list(check_pictures(composed, pack.origin)) == []
