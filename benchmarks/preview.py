"""How long it takes after saving a phone number until its PDF and its picture are there.

`python -m benchmarks.preview`: medians of twenty saves of the real content, while a preview runs
with its page open in Chromium. "PDF" is the first changed file in the output folder, "picture" the
moment when its new picture has been decoded in the page.
"""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content" / "sextortion.yaml"
#: A number without a spelling in letters, which would have to be changed with it.
PHONE = "1-877-542-7233"
RUNS = 20
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        content = Path(folder) / "content" / CONTENT.name
        shutil.copytree(CONTENT.parent, content.parent)
        output = Path(folder) / "out"
        server, address = start("preview", content, output)
        browser = chromium(playwright)
        page = browser.new_page()
        page.goto(address)
        try:
            files, pictures = measure(page, content, output / content.stem)
        finally:
            browser.close()
            stop(server)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {RUNS} saves")
    report("PDF in the folder", files, 0.4)
    report("picture in the browser", pictures, 0.7)


def start(command: str, content: Path, output: Path) -> "tuple[subprocess.Popen[str], str]":
    """A server of a content file, and its address, as soon as it says it."""
    server = subprocess.Popen(
        [
            *(sys.executable, str(ROOT / "make_materials.py"), command, str(content)),
            *("--port=0", "--no-browser", f"--output={output}"),
        ],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert server.stdout  # noqa: S101 (it has a pipe)
    return server, re.findall(r"http://\S+", server.stdout.readline())[0]


def stop(server: "subprocess.Popen[str]") -> None:
    server.send_signal(signal.SIGINT)
    server.wait()


def chromium(playwright: "Playwright") -> "Browser":
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(_FLAGS))


def measure(page: Any, content: Path, output: Path) -> tuple[list[float], list[float]]:
    """Seconds from each save to the first file, and to its picture."""
    good = content.read_text("utf-8")
    files, pictures = [], []
    for number in range(RUNS):
        settle(page)
        page.evaluate(_WAIT)
        before = stamps(output)
        start = time.time()
        content.write_text(good.replace(PHONE, f"1-877-542-{7200 + number}"), "utf-8")
        while stamps(output) == before:
            if time.time() - start > 60:
                raise SystemExit("The preview made no file: " + page.locator("#state").inner_text())
            time.sleep(0.01)  # checking all the time would keep a processor busy
        files.append(time.time() - start)
        pictures.append(page.evaluate("() => window.pictured") / 1000 - start)
    return files, pictures


#: `window.pictured` is the time in ms when the first sheet that changes shows its new picture.
_WAIT = """() => { window.pictured = new Promise((done) => {
  const watch = new MutationObserver((changes) => {
    for (const one of changes.flatMap((change) => [...change.addedNodes])) {
      const picture = one.querySelector?.("article.changed img");
      const own = one.matches?.("article.changed") ? one.querySelector("img") : picture;
      if (own) own.decode().then(() => { watch.disconnect(); done(Date.now()); });
    }
  });
  watch.observe(document.getElementById("sheets"), { childList: true });
}); }"""


def stamps(folder: Path) -> dict[str, int]:
    """When each PDF was written."""
    try:
        return {file.name: file.stat().st_mtime_ns for file in folder.glob("*.pdf")}
    except FileNotFoundError:
        return {}


def settle(page: Any) -> None:
    page.get_by_text("Everything is up to date.").wait_for(timeout=120_000)
    time.sleep(0.5)


def report(name: str, seconds: list[float], goal: float) -> None:
    middle, worst = statistics.median(seconds), max(seconds)
    print(f"{name:<24} {middle:6.2f} s   longest {worst:.2f} s   goal {goal} s")


if __name__ == "__main__":
    main()
