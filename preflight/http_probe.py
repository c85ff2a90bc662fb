"""Asking for a web address the way a polite visitor does, and telling what came of it."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

#: How many redirects are followed (browsers give up after some twenty).
MAX_REDIRECTS = 10

#: The longest wait, in seconds, that a site may ask for before it is tried once more.
LONGEST_WAIT = 10.0

_PERMANENT = (301, 308)
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True)
class Visit:
    """What came of asking for an address.

    `stops` begins with the address; the others are where redirects led, in order. The first
    `permanent` of these redirects are meant for good (RFC 9110, 15.4.2 and 15.4.9). `status` is
    the status code of the last stop; it is 0 if there is none, and then `error` says why.
    """

    stops: tuple[str, ...]
    permanent: int = 0
    status: int = 0
    error: Exception | None = None


@dataclass(frozen=True)
class Manners:
    """At each host one request at a time, with a pause of so many seconds after it."""

    pause: float
    turns: dict[str, threading.Lock] = field(default_factory=dict)

    def turn(self, host: str) -> threading.Lock:
        return self.turns.setdefault(host, threading.Lock())


def visit(address: str, client: httpx.Client, manners: Manners) -> Visit:
    """Ask for an address and follow its redirects, reading no page. Raises nothing."""
    stops, permanent = [address], 0
    try:
        request = client.build_request("HEAD", address)
        while True:
            response = _ask(client, request, manners)
            if response.next_request is None:
                return Visit(tuple(stops), permanent, response.status_code)
            request = response.next_request
            if request.url.scheme not in ("http", "https"):
                raise httpx.UnsupportedProtocol(response.headers["location"])
            if len(stops) > MAX_REDIRECTS:
                raise httpx.TooManyRedirects(f"more than {MAX_REDIRECTS}")
            if response.status_code in _PERMANENT and permanent == len(stops) - 1:
                permanent += 1
            stops.append(str(request.url))
    except Exception as error:
        # Whatever a site does is told of its address, and never ends the check of the others.
        return Visit(tuple(stops), permanent, error=error)


def _ask(client: httpx.Client, request: httpx.Request, manners: Manners) -> httpx.Response:
    """The answer to HEAD; if that is refused, to GET, for some sites only know what browsers ask.

    What may pass (no answer, too many requests, a fault of the site) is tried once more.
    Raises `httpx.TransportError` if there is no answer.
    """
    tried_again = False
    while True:
        try:
            response = _send(client, request, manners)
        except httpx.TransportError:
            if tried_again:
                raise
            may_pass = True
        else:
            if not response.is_error or _wait(response) > LONGEST_WAIT:
                return response
            too_many = response.status_code == _TOO_MANY_REQUESTS
            may_pass = too_many or response.is_server_error
            refused = request.method == "HEAD" and not too_many
            if not refused and (tried_again or not may_pass):
                return response
        tried_again = tried_again or may_pass
        request = client.build_request("GET", request.url)


def _send(client: httpx.Client, request: httpx.Request, manners: Manners) -> httpx.Response:
    """One request in its turn. The host's next turn comes after the pause that it asks for."""
    pause = manners.pause
    with manners.turn(request.url.host):
        try:
            response = client.send(request, stream=True, follow_redirects=False)
            response.close()  # without its body
            if _wait(response) <= LONGEST_WAIT:
                pause = max(pause, _wait(response))
            return response
        finally:
            time.sleep(pause)


def _wait(response: httpx.Response) -> float:
    """The seconds that a site asks to wait: a number or a date (RFC 9110, 10.2.3)."""
    asked = response.headers.get("retry-after", "")
    with suppress(ValueError, TypeError, OverflowError):  # neither, or a date out of this world
        if asked.isdecimal():
            return float(asked)
        return (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds()
    return 0.0
