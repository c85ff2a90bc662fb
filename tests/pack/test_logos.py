"""School logos: what is accepted and made safe, what is refused, and what causes a warning."""

import io
import random
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFile

from pack.logos import Logo, read_logo
from pack.pictures import PictureError
from tests.tools.profiles import swapped

INK = "#103040"


def _picture(file: Path, size: tuple[int, int] = (420, 100), **how: Any) -> Path:
    Image.new(how.pop("mode", "RGB"), size, how.pop("color", INK)).save(file, **how)
    return file


def _svg(file: Path, inside: str, head: str = 'viewBox="0 0 300 100"') -> Path:
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f"{head}>{inside}</svg>"
    )
    return file


def _refused(file: Path) -> str:
    """What is reported for a refused logo, which must come with a remedy."""
    with pytest.raises(PictureError) as caught:
        read_logo(file)
    assert caught.value.fault.remedy
    return caught.value.fault.what


def _jpeg() -> str:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), INK).save(out, "JPEG")
    return b64encode(out.getvalue()).decode()


BAR = f'<rect width="300" height="100" fill="{INK}"/>'


# Bitmaps


@pytest.mark.parametrize(
    ("mode", "color", "kind"),
    [
        ("RGB", INK, "png"),
        ("RGBA", INK, "png"),
        ("L", 0, "png"),
        ("LA", (0, 255), "png"),
        ("P", 0, "png"),
        ("1", 0, "png"),
        ("I;16", 9000, "png"),
        ("RGB", INK, "jpeg"),
        ("L", 0, "jpeg"),
        ("CMYK", (255, 255, 0, 0), "jpeg"),
    ],
)
def test_every_kind_of_pixels_is_read(mode: str, color: Any, kind: str, tmp_path: Path) -> None:
    logo = read_logo(_picture(tmp_path / "logo.x", mode=mode, color=color, format=kind))
    assert (logo.kind, logo.width, logo.height, logo.warnings) == (kind, 420, 100, ())
    with Image.open(io.BytesIO(logo.data)) as image:
        assert image.mode == ("RGBA" if mode in ("RGBA", "LA") else "RGB")


def test_grey_of_sixteen_bits_keeps_its_lights(tmp_path: Path) -> None:
    logo = read_logo(_picture(tmp_path / "logo.png", mode="I;16", color=0x4000))
    with Image.open(io.BytesIO(logo.data)) as image:
        assert image.getpixel((0, 0)) == (0x40, 0x40, 0x40)


@pytest.mark.parametrize(
    ("mode", "color", "seen"),
    [
        ("RGB", (200, 20, 40), (40, 20, 200)),
        ("RGBA", (200, 20, 40, 99), (40, 20, 200, 99)),
        ("P", (200, 20, 40), (40, 20, 200)),
        ("L", 90, (90, 90, 90)),
    ],
)
def test_a_picture_has_the_colors_of_its_profile(
    mode: str, color: Any, seen: tuple[int, ...], tmp_path: Path
) -> None:
    picture = _picture(tmp_path / "logo.png", mode=mode, color=color, icc_profile=swapped())
    with Image.open(io.BytesIO(read_logo(picture).data)) as image:
        assert "icc_profile" not in image.info
        assert image.getpixel((0, 0)) == pytest.approx(seen, abs=2)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
@pytest.mark.parametrize("profile", [b"no profile", swapped()[:300]])
def test_a_broken_profile_is_ignored(kind: str, profile: bytes, tmp_path: Path) -> None:
    logo = read_logo(_picture(tmp_path / "logo.x", format=kind, icc_profile=profile))
    with Image.open(io.BytesIO(logo.data)) as image:
        assert image.getpixel((0, 0)) == pytest.approx((0x10, 0x30, 0x40), abs=2)


def test_a_profile_for_other_pixels_is_ignored(tmp_path: Path) -> None:
    file = _picture(
        tmp_path / "logo.jpg", mode="CMYK", color=(255, 255, 0, 0), icc_profile=swapped()
    )
    with Image.open(io.BytesIO(read_logo(file).data)) as image:
        assert image.getpixel((0, 0)) == pytest.approx((0, 0, 255), abs=3)


def test_moving_and_interlaced_pictures_are_read(tmp_path: Path) -> None:
    still, other = Image.new("RGB", (420, 100), INK), Image.new("RGB", (420, 100), "white")
    still.save(tmp_path / "moving.png", save_all=True, append_images=[other])
    assert read_logo(tmp_path / "moving.png").warnings == ()
    still.save(tmp_path / "progressive.jpg", progressive=True)
    assert read_logo(tmp_path / "progressive.jpg").kind == "jpeg"


def test_a_picture_is_upright_and_says_nothing_of_its_camera(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # on its side
    exif[0x010E] = "taken at home"
    logo = read_logo(_picture(tmp_path / "logo.jpg", exif=exif))
    assert (logo.width, logo.height) == (100, 420)
    assert b"taken at home" not in logo.data


@pytest.mark.parametrize("size", [(3000, 10), (10, 3000), (1, 2000)])
def test_any_shape_is_a_logo(size: tuple[int, int], tmp_path: Path) -> None:
    assert read_logo(_picture(tmp_path / "logo.png", size)).warnings == ()


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    logo = read_logo(_picture(tmp_path / "logo.png", (6000, 3000)))
    assert (logo.width, logo.height) == (2000, 1000)


@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "as WeasyPrint sets it"])
@pytest.mark.parametrize("name", ["logo.png", "logo.jpg"])
def test_a_broken_picture_is_refused(
    name: str, lenient: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    noise = Image.new("RGB", (420, 100))
    noise.putdata([(random.randrange(200),) * 3 for _ in range(42_000)])
    noise.save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    for length in (0, 3, 20, 200, len(data) // 2):
        (tmp_path / name).write_bytes(data[:length])
        assert "not a picture, or it is damaged" in _refused(tmp_path / name)


@pytest.mark.parametrize("kind", ["webp", "gif", "bmp"])
def test_a_picture_from_a_website_is_converted(kind: str, tmp_path: Path) -> None:
    logo = read_logo(_picture(tmp_path / "logo.png", format=kind))
    assert (logo.kind, logo.width, logo.height, logo.warnings) == ("png", 420, 100, ())
    with Image.open(io.BytesIO(logo.data)) as image:
        assert (image.format, image.mode) == ("PNG", "RGB")


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7", "in the format PDF"),
        (b"\0\0\0\x18ftypheic", "in the format HEIC"),
        (b"8BPS\0\1", "in the format Photoshop"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG picture"),
    ],
)
def test_a_file_of_another_format_is_called_what_it_is(
    start: bytes, what: str, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(start + bytes(100))
    assert what in _refused(tmp_path / "logo.png")


def test_a_picture_of_another_format_is_refused(tmp_path: Path) -> None:
    assert "in the format TIFF" in _refused(_picture(tmp_path / "logo.tiff"))
    assert "not an SVG" in _refused(_picture(tmp_path / "logo.svg", format="png"))


@pytest.mark.parametrize("size", [(9000, 9000), (20_000, 20_000)])
def test_a_picture_with_too_many_pixels_is_refused(size: tuple[int, int], tmp_path: Path) -> None:
    assert "50 megapixels" in _refused(_picture(tmp_path / "logo.png", size, mode="1", color=0))


def test_a_picture_with_one_transparent_color_may_have_half_as_many_pixels(tmp_path: Path) -> None:
    file = _picture(tmp_path / "logo.png", (6000, 5000), transparency=(255, 255, 255))
    assert "25 megapixels" in _refused(file)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(bytes(10_000_001))
    assert "larger than 10 MB" in _refused(tmp_path / "logo.png")


# On paper


@pytest.mark.parametrize(
    ("size", "reported"),
    [
        ((140, 10), "may look blurry"),
        ((139, 83), "would look blurry"),
        ((10, 84), "may look blurry"),
        ((209, 10), "may look blurry"),
        ((210, 10), ""),
        ((10, 125), ""),
        ((30, 30), "would look blurry"),
    ],
)
def test_the_pixels_are_counted_at_the_size_on_paper(
    size: tuple[int, int], reported: str, tmp_path: Path
) -> None:
    file = _picture(tmp_path / "logo.png", size)
    if reported == "would look blurry":
        assert reported in _refused(file)
    else:
        assert [reported in what for what, _ in read_logo(file).warnings] == [True] * bool(reported)


@pytest.mark.parametrize("color", ["white", "#fff", "#ffe680", "#e0e0e0", (0, 0, 0, 0)])
def test_a_logo_that_is_not_seen_on_white_paper_is_refused(color: Any, tmp_path: Path) -> None:
    file = _picture(tmp_path / "logo.png", mode="RGBA", color=color)
    assert "would be invisible on white paper" in _refused(file)


def test_a_pale_logo_is_warned_of_with_its_contrast(tmp_path: Path) -> None:
    ((what, remedy),) = read_logo(_picture(tmp_path / "logo.png", color="#7cb47c")).warnings
    assert "2.4:1 with white" in what
    assert "white paper" in remedy


def test_a_few_dark_pixels_do_not_make_a_white_logo_seen(tmp_path: Path) -> None:
    image = Image.new("RGB", (420, 100), "#ffe680")
    for x in range(40):
        image.putpixel((x * 10, 50), (0, 0, 0))
    image.save(tmp_path / "logo.png")
    assert "would be invisible" in _refused(tmp_path / "logo.png")


def test_thin_dark_lines_on_white_are_seen(tmp_path: Path) -> None:
    image = Image.new("RGB", (1680, 400), "white")
    image.paste("black", (0, 200, 1680, 208))
    image.save(tmp_path / "logo.png")
    assert read_logo(tmp_path / "logo.png").warnings == ()


# SVG


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ("<script>alert(1)</script>", "alert"),
        ('<g onload="alert(1)" ONCLICK="alert(1)"/>', "alert"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">hi</p></foreignObject>', "hi"),
        ('<p xmlns="http://www.w3.org/1999/xhtml" onclick="x()">hi</p>', "hi"),
        ('<a xlink:href="javascript:alert(1)"><g/></a>', "alert"),
        ('<a href="https://oak.example"><g/></a>', "oak.example"),
        ('<set attributeName="href" to="https://oak.example"/>', "oak.example"),
        ('<animate attributeName="fill" values="red"/>', "animate"),
        ("<metadata>made at home</metadata>", "home"),
        ("<!-- made at home -->", "home"),
        ("<style>@import url(https://oak.example/a.css); .a{fill:red}</style>", "oak.example"),
        ("<style>@font-face{src:url(https://oak.example/a)} .a{fill:red}</style>", "oak.example"),
    ],
)
def test_what_acts_or_loads_is_removed_from_an_svg(inside: str, gone: str, tmp_path: Path) -> None:
    logo = read_logo(_svg(tmp_path / "logo.svg", BAR + inside))
    assert gone.encode() not in logo.data
    assert INK.encode() in logo.data


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<text>Oak</text>", "text that needs a font"),
        ('<image href="https://oak.example/a.png"/>', "something from another file"),
        ('<image xlink:href="../a.png"/>', "something from another file"),
        ('<use href="file:///etc/passwd#a"/>', "something from another file"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "something from another file"),
        ('<rect fill="url(https://oak.example/#a)"/>', "something from another file"),
        ("<style>.a{fill:url(' https://oak.example')}</style>", "something from another file"),
        ("<style>.a{fill:u\\72l(https://oak.example)}</style>", "could hide an address"),
        ('<g style="fill:u\\72l(x)"/>', "could hide an address"),
        ('<image href="data:image/png;base64,AAAA"/>', "broken or too large"),
        (f'<image href="data:image/png;base64,{_jpeg()}"/>', "its format is not what the SVG says"),
        ('<path d="M0 0h9v9z X 30"/>', "broken outline"),
        ('<path d="M0 0h9v9z5 5"/>', "broken outline"),
        ("<style>.a{fill:var(--red)}</style>", "“var(”"),
        ('<rect fill="oklch(0.5 0.2 30)"/>', "“oklch(”"),
        ('<rect fill="rgb(10 20 30 / 50%)"/>', "“rgb(10 20 30 / 50%)”"),
        ('<rect fill="currentcolor"/>', "“currentcolor”"),
        ("<style>.a{transform:rotate(9deg)}</style>", "“transform:”"),
        ('<g style="fill:red; transform:scale(2)"/>', "“transform:”"),
        (
            "".join(
                f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 10 + "</g>" for n in range(12)
            ),
            "more than 100,000 parts",
        ),
        ("<g>" * 100 + "</g>" * 100, "nested more than 64 levels deep"),
        (
            "".join(f'<g id="a{n}"><use href="#a{n - 1}"/></g>' for n in range(300)),
            "nested more than 64 levels deep",
        ),
    ],
)  # fmt: skip
def test_what_can_not_be_removed_from_an_svg_is_refused(
    inside: str, what: str, tmp_path: Path
) -> None:
    assert what in _refused(_svg(tmp_path / "logo.svg", BAR + inside))


def test_an_svg_with_entities_is_refused_and_one_with_a_plain_doctype_is_not(
    tmp_path: Path,
) -> None:
    file = _svg(tmp_path / "logo.svg", BAR)
    text = file.read_text()
    file.write_text('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">' + text)
    assert b"DOCTYPE" not in read_logo(file).data
    file.write_text('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text)
    assert "entities" in _refused(file)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('viewBox="0 0 300 100"', (300, 100)),
        ('viewBox="10,10,300,100" width="100%"', (300, 100)),
        ('width="300" height="100"', (300, 100)),
        ('width="3in" height="96px"', (288, 96)),
        ('viewBox="0 0 1000000 1"', (1_000_000, 1)),
    ],
)
def test_an_svg_says_how_large_it_is(head: str, size: tuple[float, float], tmp_path: Path) -> None:
    inside = f'<rect width="1000000" height="1000" fill="{INK}"/>'
    logo = read_logo(_svg(tmp_path / "logo.svg", inside, head))
    assert (logo.width, logo.height) == size
    assert b"viewBox" in logo.data


@pytest.mark.parametrize("head", ["", 'width="100%" height="100%"', 'viewBox="0 0 0 0"'])
def test_an_svg_without_a_size_is_refused(head: str, tmp_path: Path) -> None:
    assert "does not say how large" in _refused(_svg(tmp_path / "logo.svg", BAR, head))


def test_rules_after_an_import_count(tmp_path: Path) -> None:
    style = '@import url("https://fonts.example/css?wght@400;700");.a{fill:#a01020}'
    inside = f'<style>{style}</style><rect class="a" width="300" height="100"/>'
    logo = read_logo(_svg(tmp_path / "logo.svg", inside))
    assert b"fonts.example" not in logo.data
    with Image.open(io.BytesIO(logo.drawn)) as image:
        assert image.getpixel((100, 100)) == (0xA0, 0x10, 0x20, 255)


@pytest.mark.parametrize(
    ("inside", "head"),
    [
        (f'<rect x="1in" width="2in" height="1in" fill="{INK}"/>', 'viewBox="0 0 288 96"'),
        (
            f'<rect x="12345796" y="0" width="192" height="96" fill="{INK}"/>',
            'viewBox="12345700 0 288 96"',
        ),
        (
            f'<rect x="96" width="192" height="96" fill="{INK} icc-color(a, 0.1)"/>',
            'viewBox="0 0 288 96"',
        ),
    ],
)
def test_an_svg_is_drawn_in_its_units_and_place(inside: str, head: str, tmp_path: Path) -> None:
    logo = read_logo(_svg(tmp_path / "logo.svg", inside, head))
    with Image.open(io.BytesIO(logo.drawn)) as image:
        assert image.getbbox() == (image.width // 3, 0, image.width, image.height)


def test_an_svg_is_judged_on_white_paper_too(tmp_path: Path) -> None:
    white = BAR.replace(INK, "white")
    assert "would be invisible" in _refused(_svg(tmp_path / "logo.svg", white))
    assert "would be invisible" in _refused(_svg(tmp_path / "empty.svg", ""))


def test_the_same_logo_is_read_once_whatever_its_name(tmp_path: Path) -> None:
    logos = {
        id(read_logo(_picture(tmp_path / f"logo{number}.png", color="#203040")))
        for number in range(5)
    }
    assert len(logos) == 1
    assert isinstance(read_logo(tmp_path / "logo0.png"), Logo)
