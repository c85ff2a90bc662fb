"""Pictures that a content file names: where they are, and what is in them."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from pack.errors import ContentError
from pack.load import poor_logos, read_pack
from tests.pack.bad_packs import Refused, accepted, changed, refused, write

WEBSITE = "  website: https://www.fbi.gov/\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, extra: bytes = b"") -> bytes:
    """A PNG file of this size, or one that claims to be so large; black, to keep it small."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * min(height, 5000))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_logo(folder: Path, name: str, data: bytes | None = None) -> Refused:
    """What is reported for a pack whose logo is the file `name` with these bytes."""
    if data is not None:
        (folder / name).write_bytes(data)
    problems = refused(folder, (WEBSITE, f"{WEBSITE}  logo: {name}\n"))
    assert problems.spots == [problems.spot("logo: ")]
    assert problems.problems[0].where == "publisher → logo"
    return problems


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><path d="M0 0h16v9H0z"/></svg>'

VIDEO = "    url: https://www.fbi.gov/video\n"


def test_pictures_in_the_folder_of_the_pack_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "a.png").write_bytes(png(90, 90))
    (tmp_path / "images" / "b.svg").write_bytes(SVG)
    Image.new("RGB", (90, 90)).save(tmp_path / "c.jpg")
    (tmp_path / "d.png").symlink_to("a.png")
    for name in ("a.png", "images/b.svg", "c.jpg", "d.png", "images/../a.png"):
        pack = accepted(tmp_path, (WEBSITE, f"{WEBSITE}  logo: {name}\n"))
        assert pack.publisher.logo == name
        assert pack.folder == tmp_path


def test_a_picture_from_a_telephone_that_holds_two_is_accepted(tmp_path: Path) -> None:
    picture = Image.new("RGB", (90, 90))
    picture.save(tmp_path / "a.jpg", format="MPO", save_all=True, append_images=[picture])
    pack = accepted(tmp_path, (WEBSITE, f"{WEBSITE}  logo: a.jpg\n"))
    assert pack.publisher.logo == "a.jpg"


@pytest.mark.parametrize("name", ["logo.png", "images/logo.png", "../logo.png", "/no/logo.png"])
def test_a_picture_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    problem = with_logo(tmp_path, name).problems[0]
    assert problem.what == f"there is no picture “{name}”"
    assert str(tmp_path) in problem.remedy


def test_a_picture_above_the_folder_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "logo.png").write_bytes(png(9, 9))
    problem = with_logo(inner, "../logo.png").problems[0]
    assert "“../logo.png” is outside the content folder" in problem.what
    assert "Copy it into" in problem.remedy


def test_a_picture_in_a_folder_whose_name_starts_like_ours_is_refused(tmp_path: Path) -> None:
    inner, beside = tmp_path / "pack", tmp_path / "pack-2"
    inner.mkdir()
    beside.mkdir()
    (beside / "logo.png").write_bytes(png(9, 9))
    assert (
        "is outside the content folder" in with_logo(inner, "../pack-2/logo.png").problems[0].what
    )


def test_an_absolute_path_is_refused_even_into_the_folder(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(9, 9))
    problem = with_logo(tmp_path, str(tmp_path / "logo.png")).problems[0]
    assert "is outside the content folder" in problem.what
    assert "like images/logo.png" in problem.remedy


def test_a_symbolic_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "logo.png").write_bytes(png(9, 9))
    (inner / "link.png").symlink_to(tmp_path / "logo.png")
    assert "is outside the content folder" in with_logo(inner, "link.png").problems[0].what


def test_a_folder_behind_a_symbolic_link_is_outside_too(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "logo.png").write_bytes(png(9, 9))
    (inner / "images").symlink_to(tmp_path, target_is_directory=True)
    assert "is outside the content folder" in with_logo(inner, "images/logo.png").problems[0].what


def test_a_symbolic_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.png").symlink_to("loop.png")
    assert "there is no picture" in with_logo(tmp_path, "loop.png").problems[0].what


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"these are words"),
        ("b.png", b""),
        ("c.png", png(9, 9)[:40]),
        ("d.png", png(9, 9)[:-20] + b"x" * 20),
        ("e.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"abc")),
        ("o.png", png(9, 9)[:33] + chunk(b"IEND", b"")),
        ("f.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
        ("g.jpg", b"\xff\xd8\xff\xe0"),
    ],
)
def test_a_file_that_is_not_a_picture_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    problem = with_logo(tmp_path, name, data).problems[0]
    assert problem.what == "this file is not a picture, or it is damaged"
    assert "PNG, JPEG or SVG" in problem.remedy


@pytest.mark.parametrize(
    "data",
    [
        b"<html/>",
        b"these are words",
        SVG[:-2],
        b"<svg/>",
        b'<?xml version="1.0" encoding="no-such"?>' + SVG,
        b'<?xml version="1.0" encoding="hex"?>' + SVG,
    ],
)
def test_a_file_that_is_not_an_svg_is_refused(tmp_path: Path, data: bytes) -> None:
    problem = with_logo(tmp_path, "logo.svg", data).problems[0]
    assert problem.what == "this file is not an SVG picture"
    assert "PNG or JPEG" in problem.remedy


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ('<image href="https://oak.example/a.png"/>', "something from another file"),
        ('<image href="file:///etc/passwd"/>', "something from another file"),
        ("<style>.a{fill:url(https://oak.example)}</style>", "something from another file"),
        ("<text>Oak</text>", "text that needs a font"),
        ('<path d="M0 0h9v9z X 30"/>', "broken outline"),
        ("<g>" * 100 + "</g>" * 100, "nested more than 64 levels deep"),
    ],
)
def test_an_svg_that_can_not_be_made_safe_is_refused_at_its_line(
    tmp_path: Path, inside: str, what: str
) -> None:
    data = SVG[:-6] + f"{inside}</svg>".encode()
    problem = with_logo(tmp_path, "a.svg", data).problems[0]
    assert what in problem.what
    assert "logo" not in problem.what + problem.remedy
    poster = refused(tmp_path, (VIDEO, f"{VIDEO}    poster: a.svg\n"))
    assert poster.spots == [poster.spot("poster: ")]
    assert poster.problems[0].where == "videos → film → poster"
    assert (poster.problems[0].what, poster.problems[0].remedy) == (problem.what, problem.remedy)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">hi</p></foreignObject>',
    ],
)
def test_an_svg_that_can_be_made_safe_is_accepted(tmp_path: Path, inside: str) -> None:
    (tmp_path / "a.svg").write_bytes(SVG[:-6] + f"{inside}</svg>".encode())
    pack = accepted(
        tmp_path,
        (WEBSITE, f"{WEBSITE}  logo: a.svg\n"),
        (VIDEO, f"{VIDEO}    poster: a.svg\n"),
    )
    assert pack.publisher.logo == pack.videos["film"].poster == "a.svg"


def test_an_svg_without_a_size_or_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    bare = SVG.replace(b' viewBox="0 0 16 9"', b"")
    assert "does not say how large" in with_logo(tmp_path, "a.svg", bare).problems[0].what
    large = SVG + b" " * 10_000_000
    assert "larger than 10 MB" in with_logo(tmp_path, "a.svg", large).problems[0].what


def test_a_link_to_an_svg_is_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(SVG[:-6] + b"<text>Oak</text></svg>")
    (tmp_path / "a.png").symlink_to("a.svg")
    assert "needs a font" in with_logo(tmp_path, "a.png").problems[0].what


def test_a_folder_is_not_a_picture(tmp_path: Path) -> None:
    (tmp_path / "logo.png").mkdir()
    assert "can't be opened" in with_logo(tmp_path, "logo.png").problems[0].what
    (tmp_path / "logo.svg").mkdir()
    assert "can't be opened" in with_logo(tmp_path, "logo.svg").problems[0].what


def test_a_picture_of_50_megapixels_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(10_000, 5000))
    pack = accepted(tmp_path, (WEBSITE, f"{WEBSITE}  logo: a.png\n"))
    assert pack.publisher.logo == "a.png"


@pytest.mark.parametrize(("width", "height"), [(10_000, 5001), (1, 51_000_000), (10_000, 10_000)])
def test_a_picture_of_more_than_50_megapixels_is_refused(
    tmp_path: Path, width: int, height: int
) -> None:
    problem = with_logo(tmp_path, "a.png", png(width, height)).problems[0]
    assert "has more than 50 megapixels" in problem.what
    assert "smaller copy" in problem.remedy


def test_a_picture_that_swells_when_it_is_opened_is_refused(tmp_path: Path) -> None:
    problem = with_logo(tmp_path, "bomb.png", png(60_000, 60_000)).problems[0]
    assert "megapixels" in problem.what
    assert "smaller copy" in problem.remedy


def test_a_picture_whose_comment_swells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # WeasyPrint, if another test has imported it, tells Pillow to ignore such comments.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    comment = chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(100_000_000)))
    problem = with_logo(tmp_path, "bomb.png", png(9, 9, comment)).problems[0]
    assert problem.what == "this file is not a picture, or it is damaged"


def test_an_svg_whose_entities_swell_is_refused(tmp_path: Path) -> None:
    entities = b'<!ENTITY a0 "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    svg = b"<!DOCTYPE svg [%s]>" % entities + SVG[:-6] + b"&a11;</svg>"
    problem = with_logo(tmp_path, "bomb.svg", svg).problems[0]
    assert problem.what == "this file is not an SVG picture"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("white.svg", SVG.replace(b"<path", b'<path fill="#fff"'), "invisible on white paper"),
        ("blank.svg", SVG.replace(b'<path d="M0 0h16v9H0z"/>', b""), "invisible on white paper"),
        ("small.png", png(40, 12), "40 × 12 pixels, 39 per inch in print: it would look blurry"),
        ("later.svg", SVG.replace(b"<path", b'<path fill="var(--ink)"'), "“var(”"),
    ],
)
def test_a_logo_of_the_publisher_that_nobody_could_see_is_refused(
    tmp_path: Path, name: str, data: bytes, what: str
) -> None:
    assert what in with_logo(tmp_path, name, data).problems[0].what


def test_a_poor_logo_is_warned_of_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "poor.png").write_bytes(png(40, 40))
    pack = accepted(tmp_path, (WEBSITE, f"{WEBSITE}  logo: poor.png\n"))
    (problem,) = poor_logos(pack)
    assert (problem.place.line, problem.severity) == (13, "warning")
    assert problem.where == "publisher → logo"
    assert "131 per inch in print: it may look blurry" in problem.what


def test_a_poster_may_be_white_and_small(tmp_path: Path) -> None:
    Image.new("RGB", (16, 9), "white").save(tmp_path / "a.png")
    pack = accepted(tmp_path, (VIDEO, f"{VIDEO}    poster: a.png\n"))
    assert pack.videos["film"].poster == "a.png"


@pytest.mark.parametrize("escape", [r"\0", r"\ud800"])
def test_a_picture_name_that_no_file_can_have_is_refused(tmp_path: Path, escape: str) -> None:
    file = write(tmp_path, changed((WEBSITE, f'{WEBSITE}  logo: "a{escape}b"\n')))
    with pytest.raises(ContentError) as caught:
        read_pack(file)
    assert [problem.place.line for problem in caught.value.problems] == [13]
