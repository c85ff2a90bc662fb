"""The answers of the preview's server: nothing for strangers, and never too much."""

import asyncio
import http.client
import re
import resource
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.preview.conftest import Preview, open_page


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "", "[::1]:80"]
)
def test_a_foreign_host_is_refused(shared: Preview, host: str) -> None:
    for path in ("", "events", "assets/preview.js"):
        answer = httpx.get(shared.address + path, headers={"Host": host}, timeout=60)
        assert answer.status_code in (400, 421)
        assert "Water" not in answer.text


def test_another_page_can_request_nothing(shared: Preview) -> None:
    headers = {"Origin": "http://evil.example"}
    assert httpx.get(shared.address, headers=headers, timeout=60).status_code == 403
    port = httpx.URL(shared.address).port
    assert httpx.get(f"http://localhost:{port}/", timeout=60).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../make_materials.py",
        "/assets/../preflight/preflight.css",
        "/assets/%2e%2e/preflight/preflight.css",
        "/assets/..%2fpreflight%2fpreflight.css",
        "/files/../../manifest.json",
        "/files/..%2f..%2fmanifest.json",
        "/files/water/manifest.json",
        "/files/%00",
        "//etc/passwd",
        "/%ff%fe",
        "/pictures/a/b/0.png",
        "/pictures/a/b/-1.png",
        "/pictures/a/b/99999999999999999999.png",
    ],
)
def test_no_path_leads_outside(shared: Preview, path: str) -> None:
    connection = http.client.HTTPConnection(httpx.URL(shared.address).netloc.decode(), timeout=60)
    connection.putrequest("GET", path)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    assert answer.status in (400, 404)
    assert "Traceback" not in body and "preflight" not in body and "root:" not in body


def test_a_page_that_does_not_exist_has_no_picture(shared: Preview) -> None:
    source = re.search(r"/pictures/\w+/\w+/1\.png", httpx.get(shared.address, timeout=60).text)
    assert source
    address = shared.address.rstrip("/") + source[0]
    assert httpx.get(address, timeout=60).content.startswith(b"\x89PNG")
    for number in ("0", "2", "999"):
        other = address.replace("/1.png", f"/{number}.png")
        assert httpx.get(other, timeout=60).status_code == 404


def test_a_sheet_is_downloaded_and_a_deleted_sheet_is_reported(
    page: Any, start: Callable[..., Preview]
) -> None:
    preview = start()
    open_page(page, preview)
    file = preview.output / "water" / "tip-sheet.pdf"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download tip-sheet.pdf").click()
    assert waiting.value.suggested_filename == "tip-sheet.pdf"
    assert Path(waiting.value.path()).read_bytes() == file.read_bytes()
    found = re.search(r"/files/\w+", page.content())
    assert found
    file.unlink()
    answer = httpx.get(preview.address.rstrip("/") + found[0], timeout=60)
    assert answer.status_code == 404
    assert answer.text.startswith("tip-sheet.pdf is not in the output folder. Save")
    assert preview.stop() == (0, "")


def test_a_thousand_connections_at_once_are_answered_or_refused(shared: Preview) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    host = httpx.URL(shared.address).netloc.decode()

    async def ask() -> str:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(host.split(":")[1]))
            writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            answer = (await reader.read()).decode()
            writer.close()
        except ConnectionError:
            return "refused"
        return answer.partition("\r\n")[0].split()[1]

    async def ask_all() -> list[str]:
        return await asyncio.wait_for(asyncio.gather(*(ask() for _ in range(1000))), 120)

    try:
        with ThreadPoolExecutor(1) as thread:  # Playwright's loop runs in this one
            answers = thread.submit(lambda: asyncio.run(ask_all())).result()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert set(answers) <= {"200", "503", "refused"}
    assert "200" in answers
    assert httpx.get(shared.address, timeout=60).status_code == 200
