"""Good and bad websites on this computer, for programs that request addresses."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pack.problems import Problem
from preflight.links import LinkReport, check_links
from tests.pack.bad_packs import Change, accepted

PLACEHOLDER = "https://place.example/"


@dataclass
class Site:
    """A website on which each path behaves differently (see `_Pages`)."""

    port: int
    scheme: str
    #: The method, path and User-Agent of every request.
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    #: How many requests for /crowd/... are open now, and the maximum so far.
    crowd: int = 0
    largest_crowd: int = 0
    #: Set once a client waits for the page that never answers.
    waiting: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)
    #: Opens when two pages below /meet are requested at the same time.
    meeting: threading.Barrier = field(default_factory=lambda: threading.Barrier(2, timeout=20))
    lock: threading.Lock = field(default_factory=threading.Lock)
    first_asked: float = 0
    #: Whether a client read all of /long, 100 MB.
    long_page_read: bool = False

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def methods(self, path: str) -> list[str]:
        """The methods with which a path was requested, in order."""
        return [method for method, asked, _ in self.requests if asked == path]


@contextmanager
def open_site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A website for the duration of the context; with `tls`, over HTTPS."""
    server = _Server(("127.0.0.1", 0), _Pages)
    server.site = site = Site(server.server_port, "https" if tls else "http")
    if tls:
        # Do the handshake in the thread that answers, so that a bad one doesn't block others.
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    site: Site

    def handle_error(self, *_: object) -> None:
        """Ignore clients that disconnect early."""


class _Pages(BaseHTTPRequestHandler):
    """The path determines what happens: /status/404, /moved/301/page, and the cases below."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        site, get = self.server.site, self.command == "GET"
        site.requests.append((self.command, self.path, self.headers["User-Agent"]))
        tries = len(site.methods(self.path))
        match self.path.split("/")[1:]:
            case ["status", status]:
                self._answer(int(status))
            case ["moved", status, *rest]:
                self._answer(int(status), {"Location": "/" + "/".join(rest)})
            case ["loop"]:
                self._answer(302, {"Location": "/loop/back"})
            case ["loop", "back"]:
                self._answer(302, {"Location": "/loop"})
            case ["to-an-app"]:
                self._answer(301, {"Location": "itms-apps://apps.invalid/app"})
            case ["to-nonsense"]:
                self._answer(302, {"Location": "https://place.example:port/"})
            case ["cookie"]:
                known = "seen=1" in self.headers.get("Cookie", "")
                back = {"Location": "/cookie", "Set-Cookie": "seen=1"}
                self._answer(200 if known else 301, {} if known else back)
            case ["only-get", status]:
                self._answer(200 if get else int(status))
            case ["only-get-and-busy-once"]:
                self._answer((405, 503, 200)[tries - 1])
            case ["once", status]:
                self._answer(int(status) if tries == 1 else 200)
            case ["once-silent"]:
                if tries == 1:
                    site.closing.wait()
                self._answer(200)
            case ["in-a-second"]:
                now = time.monotonic()
                site.first_asked = site.first_asked or now
                self._answer(200 if now - site.first_asked >= 1 else 503, {"Retry-After": "1"})
            case ["in-an-hour"]:
                self._answer(429, {"Retry-After": "3600"})
            case ["silent"]:
                site.waiting.set()
                site.closing.wait()
            case ["hangs-up"]:
                self.close_connection = True
            case ["babbles"]:
                self.wfile.write(b"What do you want?\r\n\r\n")
            case ["long"]:
                self._answer(200 if get else 405, {"Content-Length": str(10**8)})
                for _ in range(100 if get else 0):
                    self.wfile.write(bytes(10**6))
                site.long_page_read = get
            case ["meet", _]:
                site.meeting.wait()
                self._answer(200)
            case ["crowd", _]:
                with site.lock:
                    site.crowd += 1
                    site.largest_crowd = max(site.crowd, site.largest_crowd)
                time.sleep(0.02)
                with site.lock:
                    site.crowd -= 1
                self._answer(200)
            case _:
                self._answer(200)

    do_HEAD = do_GET

    def _answer(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": "0", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()


def changes(contact: str, *more: str) -> list[Change]:
    """Changes that set a contact's address and more in a text, and placeholders for all others."""
    sentence = " ".join(f"Look [here]({address})." for address in more) or "Somewhere."
    return [
        ("https://tips.fbi.gov/", contact),
        ("website: https://www.fbi.gov/\n", f"website: {PLACEHOLDER}\n"),
        ("https://www.fbi.gov/video", PLACEHOLDER),
        ("body: Somewhere online.", f"body: {sentence}"),
    ]


def ask(folder: Path, *addresses: str, timeout: float = 20) -> LinkReport:
    """The report on a pack with these addresses."""
    pack = accepted(folder, *changes(*addresses))
    return check_links([pack], timeout=timeout, pause=0)


def problem(report: LinkReport) -> Problem:
    """The only problem, which is at the contact's address."""
    (one,) = report.problems
    assert one.where == "contacts → bureau → url"
    return one
