"""Pictograms: a closed list, and those that a pack brings itself."""

from pathlib import Path

import pytest

from pack.errors import ContentError
from pack.load import read_pack
from press.fingerprint import named_files
from tests.pack.bad_packs import GOOD, write

_OWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    '<path opacity="0.2" d="M1 1h8v8h-8z"/><path d="M0 0h10v1a5 5 0 0 1-10 0z"/></svg>'
)


def _pack(folder: Path, sign: str, own: str = "") -> Path:
    if own:
        (folder / "images").mkdir()
        (folder / "images" / f"{sign}.svg").write_text(own)
    point = f"- {{text: In any app., sign: {sign}}}"
    return write(folder, GOOD.replace("- In any app.", point, 1))


def test_a_pack_names_pictograms_and_brings_its_own(tmp_path: Path) -> None:
    pack = read_pack(_pack(tmp_path, "lifebuoy", _OWN))
    assert pack.topics["beginning"].points[0].sign == "lifebuoy"
    assert pack.topics["beginning"].points[1].sign is None


def test_its_own_pictograms_are_among_the_files_that_a_pack_is_made_from(tmp_path: Path) -> None:
    pack = read_pack(_pack(tmp_path, "lifebuoy", _OWN))
    assert [*named_files(pack)] == [tmp_path / "images" / "lifebuoy.svg"]


@pytest.mark.parametrize(
    ("sign", "own", "what", "remedy"),
    [
        ("hart", "", "there is no pictogram “hart”", "Did you mean “heart”"),
        ("../heart", "", "there is no pictogram", "images/"),
        ("mine", _OWN.replace("0 0 10 10", "0 0 10 20"), "must be square", "square page"),
        ("mine", _OWN.replace('opacity="0.2"', 'stroke="red"'), "has outlines", "plain path"),
        ("mine", _OWN.replace("<path d", "<path transform='scale(2)' d"), "turned", "plain path"),
        ("mine", _OWN.replace("</svg>", "<circle r='2'/></svg>"), "has “circle”", "plain path"),
        ("mine", _OWN.replace("<path d", "<path fill='none' d"), "no path to show", "plain path"),
        ("mine", _OWN.replace("M0 0h10v1a5 5 0 0 1-10 0z", " "), "no path to show", "plain path"),
        ("mine", _OWN.replace("M0 0h10", "M0 0L"), "path “M0 0Lv1a", "plain path"),
        ("mine", _OWN.replace("M0 0h10", "L9 9"), "path “L9 9v1a", "plain path"),
        ("mine", _OWN.replace("M0 0h10", "M0 0L1e400 1"), "path “M0 0L1e400", "plain path"),
        ("mine", _OWN.replace("0 0 1-10 0z", "0 2 1-10 0z"), "can't be drawn", "plain path"),
        ("mine", "<svg", "is not an SVG", "SVG"),
    ],
)
def test_what_is_no_pictogram_is_refused_with_its_remedy(
    sign: str, own: str, what: str, remedy: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentError) as refused:
        read_pack(_pack(tmp_path, sign, own))
    (problem,) = refused.value.problems
    assert problem.where == "topics → beginning → points → 1 → sign"
    assert what in problem.what and remedy in problem.remedy
