"""A video that plays in a hall without internet access."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation

from pack.errors import ContentError
from pack.load import read_pack
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT, Run
from tests.slides.drawn import draw, misplaced
from tests.tools.decks import faults
from tests.tools.profiles import swapped
from website import pages

_FILE = "    url: https://videos.example/explained\n"


def _content(folder: Path, *lines: str) -> Path:
    """The real content with more lines for its first video, and a small video next to it."""
    # The first box of an MP4 file; the rest is not read before it plays.
    (folder / "talk.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(1000))
    Image.new("RGB", (320, 180), "#0b3b46").save(folder / "talk.png")
    text = CONTENT.read_text("utf-8")
    assert _FILE in text
    more = "".join(f"    {line}\n" for line in lines)
    file = folder / "sextortion.yaml"
    file.write_text(text.replace(_FILE, _FILE + more), "utf-8")
    return file


def test_a_video_file_is_embedded_with_its_poster(tmp_path: Path) -> None:
    pack = read_pack(_content(tmp_path, "file: talk.mp4", "poster: talk.png"))
    file = tmp_path / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(pack)))
    result = validate_pptx(file)
    assert result.is_valid, [str(error) for error in result.errors]
    slides: Any = Presentation(str(file)).slides
    (movie,) = (shape for slide in slides for shape in slide.shapes if shape.name == "Movie")
    assert movie._element.find(".//{*}cNvPr").get("descr") == "Sextortion explained"
    media = (movie.part.related_part(one.rId) for one in movie.part.rels.values() if _is_media(one))
    assert (tmp_path / "talk.mp4").read_bytes() in [one.blob for one in media]
    assert faults(file.read_bytes(), pack) == []
    assert misplaced(file, draw(file, tmp_path)) == []


def test_a_poster_in_svg_is_embedded_as_pixels(tmp_path: Path) -> None:
    (tmp_path / "talk.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9" onload="alert(1)">'
        '<rect width="16" height="9" fill="#c01060"/><script>alert(1)</script></svg>'
    )
    pack = read_pack(_content(tmp_path, "file: talk.mp4", "poster: talk.svg"))
    file = tmp_path / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(pack)))
    assert validate_pptx(file).is_valid
    slides: Any = Presentation(str(file)).slides
    (movie,) = (shape for slide in slides for shape in slide.shapes if shape.name == "Movie")
    with Image.open(io.BytesIO(movie.poster_frame.blob)) as image:
        assert (image.format, image.size) == ("PNG", (1280, 720))
        assert image.convert("RGB").getcolors() == [(1280 * 720, (0xC0, 0x10, 0x60))]


def _is_media(relation: Any) -> bool:
    return str(relation.reltype).endswith("/media")


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (["file: talk.mp4"], "a video with a “file” needs a “poster”"),
        (["file: talk.png", "poster: talk.png"], "“talk.png” is not an MP4 video"),
        (["file: ../talk.mp4", "poster: talk.png"], "there is no video “../talk.mp4”"),
    ],
)
def test_a_video_file_that_can_not_be_used_is_refused(
    tmp_path: Path, lines: list[str], what: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read_pack(_content(tmp_path, *lines))
    assert [problem.what for problem in caught.value.problems] == [what]


def test_a_poster_has_the_colors_of_its_profile_in_the_deck_and_on_the_page(
    tmp_path: Path,
) -> None:
    content = _content(tmp_path, "file: talk.mp4", "poster: talk.png")
    Image.new("RGB", (320, 180), "#c81428").save(tmp_path / "talk.png", icc_profile=swapped())
    pack = read_pack(content)
    page = pages.render(pack, ())
    found = [data for name, data in page.items() if name.endswith("video.explained.webp")]
    file = tmp_path / "deck.pptx"
    file.write_bytes(deck.render(DeckDraft(pack)))
    with zipfile.ZipFile(file) as package:
        media = [name for name in package.namelist() if "media/" in name]
        found += [package.read(name) for name in media if package.read(name)[1:4] == b"PNG"]
    seen: set[Any] = set()
    for data in found:
        with Image.open(io.BytesIO(data)) as image:
            seen.add(image.convert("RGB").getpixel((9, 9)))
    assert any(color[2] > 190 and color[0] < 50 for color in seen)
    assert not any(color[0] > 190 and color[2] < 50 for color in seen)


def test_a_pack_with_a_poster_can_be_built(tmp_path: Path, run: Run) -> None:
    content = _content(tmp_path, "file: talk.mp4", "poster: talk.png")
    text = content.read_text("utf-8")
    # With one sheet and no deck.
    others, end = text.index("  - id: conversation-cards\n"), text.index("\nlabels:\n")
    content.write_text(text[:others] + text[end:], "utf-8")
    result = run("build", content, "--output", tmp_path / "out", "--quiet")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out" / "sextortion" / "assets" / "video.explained.webp").exists()
