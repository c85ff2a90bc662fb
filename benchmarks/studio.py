"""How long people wait in the studio: for its first page, for a new picture, and for a save.

`python -m benchmarks.studio`: medians of twenty on the real content, with a page open in Chromium.
"Picture" is the moment when the new picture of the sheet has been decoded in the page.
"""

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.preview import CONTENT, chromium, start, stop

RUNS = 20
#: The pause in typing after which the page sends what was typed, in seconds.
PAUSE = 0.25


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        content = Path(folder) / "content" / CONTENT.name
        shutil.copytree(CONTENT.parent, content.parent)
        output = Path(folder) / "out"
        opened = [open_once(content, output) for _ in range(RUNS)]
        server, address = start("studio", content, output)
        browser = chromium(playwright)
        try:
            pictures, saves = measure(browser.new_page(), address, content)
        finally:
            browser.close()
            stop(server)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {RUNS} of each")
    report("first page, from the start of the program", opened, 1.5)
    report("picture, from the keystroke", pictures, PAUSE + 0.5)
    report("picture, from the end of the pause", [one - PAUSE for one in pictures], 0.5)
    report("save", saves, 0.2)


def open_once(content: Path, output: Path) -> float:
    before = time.time()
    server, address = start("studio", content, output)
    urlopen(address).read()  # noqa: S310 (it is ours)
    found = time.time() - before
    stop(server)
    return found


def measure(page: Any, address: str, content: Path) -> tuple[list[float], list[float]]:
    """Seconds until each new picture, and until each save is done."""
    page.goto(f"{address}p/{content.stem}/edit/contacts/safe2tell")
    page.wait_for_selector("#shown img", timeout=60_000)
    page.wait_for_timeout(5_000)
    pictures, saves = [], []
    for number in range(RUNS):
        page.evaluate(_WATCH)
        phone = page.locator("[id=f-contacts-safe2tell-phone]")
        phone.fill(f"1-877-542-{7300 + number}")
        begin = page.evaluate("() => window.typed")
        pictures.append((page.evaluate("() => window.pictured") - begin) / 1000)
        page.wait_for_timeout(500)
        saves.append(page.evaluate(_SAVE) / 1000)
        page.wait_for_timeout(500)
    return pictures, saves


#: `window.typed` is the time in ms of the keystroke, `window.pictured` that of the new picture.
_WATCH = """() => {
  const before = document.querySelector("#shown img").src;
  document.addEventListener("input", () => { window.typed = performance.now(); }, { once: true });
  window.pictured = new Promise((done) => {
    const watch = new MutationObserver(async () => {
      const picture = document.querySelector("#shown img");
      if (!picture || picture.src === before) return;
      watch.disconnect();
      await picture.decode();
      done(performance.now());
    });
    watch.observe(document.getElementById("shown"), { childList: true, subtree: true });
  });
}"""

_SAVE = """() => new Promise((done) => {
  const begin = performance.now();
  const watch = new MutationObserver(() => {
    if (document.querySelector("#status [data-unsaved]")) return;
    watch.disconnect();
    done(performance.now() - begin);
  });
  watch.observe(document.getElementById("status"), { childList: true, subtree: true });
  document.querySelector("#status button.primary").click();
})"""


def report(what: str, seconds: list[float], goal: float) -> None:
    median, most = statistics.median(seconds), max(seconds)
    print(f"{what}: {median * 1000:.0f} ms (most {most * 1000:.0f} ms, goal {goal * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
