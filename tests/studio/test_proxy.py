"""The studio behind a proxy that people sign on to, below a path of its own."""

import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from tests.studio.conftest import PATIENCE, field, new_page
from tests.studio.small_studio import small_studio

PATH = "/tools/studio"


class SignOnProxy(ThreadingHTTPServer):
    """Passes on what is below its path, and says that it was asked by Pat."""

    daemon_threads = True
    target = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{PATH}/"


class _Handler(BaseHTTPRequestHandler):
    server: SignOnProxy

    def do_GET(self) -> None:
        if not self.path.startswith(f"{PATH}/"):
            self.send_error(404)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        # What a visitor says of himself is replaced; the host stays that of the proxy.
        headers = {**self.headers, "X-Forwarded-User": "pat@district.example"}
        with closing(HTTPConnection(self.server.target)) as studio:
            studio.request(self.command, self.path.removeprefix(PATH), body, headers)
            answer = studio.getresponse()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() != "transfer-encoding":
                    self.send_header(name, value)
            self.end_headers()
            with suppress(HTTPException, OSError):  # the studio or the page is gone
                while part := answer.read1():
                    self.wfile.write(part)

    do_POST = do_GET

    def log_message(self, *about: Any) -> None:
        pass


@pytest.fixture
def proxy() -> Iterator[SignOnProxy]:
    with SignOnProxy(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_all_works_through_a_proxy_and_the_history_says_who(
    proxy: SignOnProxy, browser: Any, tmp_path: Path
) -> None:
    options = (f"--base-url={proxy.address}", "--trust-proxy-user=X-Forwarded-User")
    with (
        small_studio(tmp_path, *options) as studio,
        new_page(browser) as page,
        new_page(browser) as other,
    ):
        proxy.target = urlsplit(studio.address).netloc
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(proxy.address)
        page.goto(urljoin(page.url, "publisher"))
        other.goto(page.url)
        picture = page.locator("#shown img").first
        expect(picture).to_have_js_property("naturalWidth", 900, timeout=PATIENCE)
        field(page, "Name").fill("Lake Patrol")
        # The other page hears of it.
        expect(field(other, "Name")).to_have_value("Lake Patrol", timeout=PATIENCE)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#said")).to_have_text("Saved in water.yaml.", timeout=PATIENCE)
        assert "Lake Patrol" in studio.file.read_text("utf-8")
        page.get_by_role("link", name="History").click()
        expect(page.locator("main tbody tr").first).to_contain_text("pat@district.example")
        assert all(url.startswith((proxy.address, "data:,")) for url in asked)
