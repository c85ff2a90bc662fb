"""Take docs/studio.png again, the picture of the studio: `python -m docs.look.make_studio_picture`.

It shows a studio with a copy of the real content, in Chromium: the form of a contact, in which a
text was just changed, beside the sheet that shows it.
"""

import io
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parent.parent
_CONTENT = DOCS.parent / "content" / "sextortion.yaml"

#: The size of the picture in pixels, and how many colors it has at most.
_WIDTH, _HEIGHT, _COLORS = 1360, 760, 128


def take(address: str) -> bytes:
    """A picture of the studio at an address, as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        page.goto(f"{address}p/{_CONTENT.stem}/edit/contacts/safe2tell")
        own = page.locator("#shown rect.own").first
        own.wait_for(state="attached")
        before = page.locator("#shown img").first.get_attribute("src")
        page.get_by_role("textbox", name="What it is for").fill("Tell us what worries you")
        page.wait_for_function(
            "before => document.querySelector('#shown img').getAttribute('src') !== before",
            arg=before,
        )
        page.wait_for_timeout(2_000)  # until it is inspected
        own.scroll_into_view_if_needed()
        taken = page.screenshot()
        browser.close()
    return taken


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content" / _CONTENT.name
        shutil.copytree(_CONTENT.parent, content.parent, ignore=shutil.ignore_patterns(".studio"))
        program = DOCS.parent / "make_materials.py"
        studio = subprocess.Popen(  # noqa: S603 (it is ours)
            [
                *(sys.executable, str(program), "studio", str(content)),
                *("--port=0", "--no-browser", f"--output={folder}/output"),
            ],
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            assert studio.stdout  # noqa: S101 (it has a pipe)
            taken = take(re.findall(r"http://\S+", studio.stdout.readline())[0])
        finally:
            studio.send_signal(signal.SIGINT)
            studio.wait()
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    colors = image.quantize(_COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    colors.save(DOCS / "studio.png", optimize=True)
    print("studio.png")


if __name__ == "__main__":
    main()
