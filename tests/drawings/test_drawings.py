"""Drawings as plain data: what is drawn is what was asked for, wherever it is drawn."""

import io
from pathlib import Path

import pytest
import resvg_py
from PIL import Image, ImageChops, ImageOps, ImageStat

from drawings import figures
from drawings.pictograms import pictogram
from drawings.shapes import Illustration, PaintedPath, arc, bounds, ellipse
from drawings.svg import shapes_svg
from pack import pictograms
from pack.theme import load_theme

COLORS = load_theme().colors


def _drawn(shapes: tuple[PaintedPath, ...], side: int = 128) -> Image.Image:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128" width="{side}" '
        f'height="{side}"><path fill="#fff" d="M0 0h128v128h-128z"/>'
        f"{shapes_svg(shapes, COLORS.__getitem__)}</svg>"
    )
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).convert("RGB")


@pytest.mark.parametrize("name", pictograms.names())
def test_every_pictogram_fits_its_square_in_two_tones(name: str, tmp_path: Path) -> None:
    drawn = pictogram(name, tmp_path, 0, 0, 128)
    assert {shape.fill for shape in drawn.shapes} <= {"deep", "sand", "white"}
    assert drawn.alt == ""
    left, top, right, bottom = bounds(drawn.shapes)
    assert min(left, top) > -1 and max(right, bottom) < 129
    ink = Image.eval(_drawn(drawn.shapes).convert("L"), lambda value: 255 * (value < 128))
    assert 0.04 < sum(ink.histogram()[255:]) / 128**2 < 0.5


@pytest.mark.parametrize(
    "data",
    [
        "m16 8h96a24 24 0 0 1 0 48q-40 0-48 60t-48-60z",
        "M16,8 H112 A24,24 0 0 1 112,56 Q72,56 64,116 T16,56 Z",  # as Inkscape writes it
        "M16 8H112C140-4 140 60 112.5.5L64-4 16 56Z",  # as SVGO writes it
        "M16 8L112 8L64 116ZM40 16C50 20 60 20 70 16L64 60Z",  # as in our own files
    ],
)
def test_a_picture_of_any_svg_path_is_the_same_as_the_path_itself(
    data: str, tmp_path: Path
) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "own.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128"><path d="{data}"/></svg>'
    )
    ours = _drawn(pictogram("own", tmp_path, 0, 0, 128).shapes)
    theirs = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">'
    theirs += (
        f'<path fill="#fff" d="M0 0h128v128h-128z"/><path fill="{COLORS["deep"]}" d="{data}"/>'
    )
    expected = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=theirs + "</svg>"))))
    pairs = zip(ours.convert("L").tobytes(), expected.convert("L").tobytes(), strict=True)
    assert sum(abs(one - other) > 40 for one, other in pairs) < 30


def test_people_stand_on_one_line_and_the_first_are_filled_in() -> None:
    for kind in ("person", "pair", "row"):
        shapes = figures.group(5, 2, kind, 100)
        assert bounds(shapes)[3] == pytest.approx(0)
        filled = [shape.fill for shape in shapes if shape.fill in ("deep", "sand")]
        assert len(filled) == 2 * 2 * (2 if kind == "pair" else 1)  # heads and bodies


def test_a_door_opens_to_the_right() -> None:
    for openness in (0.4, 0.9):
        leaf = next(one for one in figures.door(0, 0, 50, 100, openness) if one.fill == "leaf")
        assert bounds([leaf])[0] == pytest.approx(50 * openness)
    assert not [one for one in figures.door(0, 0, 50, 100, 1) if one.fill == "leaf"]


def test_round_shapes_are_round() -> None:
    assert bounds([PaintedPath(ellipse(1, 2, 30, 40))]) == pytest.approx((1, 2, 31, 42))
    ends = arc((0, 0), 10, 30, 210)
    assert ends[0][1] == pytest.approx((5, -8.66), abs=0.01)
    assert ends[-1][1][-2:] == pytest.approx((-5, 8.66), abs=0.01)


def test_a_figure_is_mirrored_and_a_sign_only_moved() -> None:
    drawn = Illustration("Both", (*figures.pair(10, 100, 80), *_sign("check-circle").shapes))
    turned = drawn.mirrored(200)
    for shape, other in zip(drawn.shapes, turned.shapes, strict=True):
        left, top, right, bottom = bounds((shape,))
        expected = (200 - right, top, 200 - left, bottom)
        assert bounds((other,)) == pytest.approx(expected, abs=2)
    sign = _sign("check-circle").mirrored(200)
    assert _drawn(sign.moved(-72, 0).shapes) == _drawn(_sign("check-circle").shapes)
    # The way out leads in the direction of reading.
    turned_image = ImageOps.mirror(_drawn(_sign("sign-out").mirrored(128).shapes))
    difference = ImageChops.difference(turned_image, _drawn(_sign("sign-out").shapes))
    assert ImageStat.Stat(difference).mean < [1, 1, 1]


def _sign(name: str) -> Illustration:
    return pictogram(name, None, 0, 0, 128)
