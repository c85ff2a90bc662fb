"""Slides in the preview show what the deck shows: the school's logo and video posters."""

import io
import re
import time
from collections.abc import Callable

import httpx
from PIL import Image

from tests.preview.conftest import PATIENCE, Preview

RED, BLUE = (0xC0, 0x10, 0x60), (0x10, 0x40, 0xC0)

_VIDEO = """
videos:
  film:
    title: The film
    summary: What one sees in it.
    url: https://publisher.example/film
    from: sample
    file: talk.mp4
    poster: images/talk.svg

"""

_SCHOOL = """
school:
  name: Cedar School
  contact: Counseling office
  logo: images/cedar.png

"""


def _svg(color: tuple[int, int, int]) -> str:
    red, green, blue = color
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9">'
        f'<rect width="16" height="9" fill="rgb({red},{green},{blue})"/></svg>'
    )


def test_slides_show_the_schools_logo_and_the_posters_of_videos(
    start: Callable[..., Preview],
) -> None:
    preview = start()
    images = preview.content.parent / "images"
    (images / "talk.svg").write_text(_svg(BLUE))
    Image.new("RGB", (420, 100), RED).save(images / "cedar.png")
    # The first box of an MP4 file; what follows is not looked at before it plays.
    (images.parent / "talk.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(1000))
    slide = "    - {layout: big-number, figures: [one-watcher], minutes: 2}\n"
    preview.edit(slide, f"{slide}    - {{layout: video, videos: [film], minutes: 2}}\n")
    preview.edit("\nsources:\n", f"{_SCHOOL}{_VIDEO}\nsources:\n")

    title, _, video = _slides(preview, 16)[:3]
    assert _colors(title).get(RED, 0) > 1000
    assert _colors(video).get(BLUE, 0) > 10_000
    assert not {RED, BLUE} & _colors(_slides(preview, 16)[3]).keys()
    assert preview.stop() == (0, "")


def _slides(preview: Preview, count: int) -> list[bytes]:
    """The pictures of the deck's slides, as soon as there are `count` of them."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        page = httpx.get(preview.address, timeout=60).text
        for article in page.split("<article")[1:]:
            found = re.findall(r"/pictures/\w+/\w+/\d+\.png", article)
            if "family-evening.pptx" in article and len(found) == count:
                return [_picture(preview, address) for address in found[:4]]
        time.sleep(0.2)
    raise AssertionError("the deck was not made again")


def _picture(preview: Preview, address: str) -> bytes:
    answer = httpx.get(preview.address.rstrip("/") + address, timeout=60)
    assert answer.status_code == 200
    return answer.content


def _colors(picture: bytes) -> dict[object, int]:
    with Image.open(io.BytesIO(picture)) as image:
        found = image.convert("RGB").getcolors(image.width * image.height) or []
    return {color: count for count, color in found}
