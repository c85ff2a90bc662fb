"""Request a web address the way a polite visitor would, and record what happened."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

#: How many redirects are followed (browsers give up after about twenty).
MAX_REDIRECTS = 10

#: The longest wait, in seconds, that a site may ask for before a second attempt.
LONGEST_WAIT = 10.0

_PERMANENT = (301, 308)
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True)
class Visit:
    """The result of requesting an address.

    `stops` begins with the address, followed by where each redirect led. The first `permanent`
    redirects are permanent ones (RFC 9110, 15.4.2 and 15.4.9). `status` is the status code of the
    last stop, or 0 if there was no answer; `error` then says why.
    """

    stops: tuple[str, ...]
    permanent: int = 0
    status: int = 0
    error: Exception | None = None


@dataclass(frozen=True)
class Throttle:
    """Allows one request at a time per host, followed by a pause of `pause` seconds."""

    pause: float
    locks: dict[str, threading.Lock] = field(default_factory=dict)

    def lock(self, host: str) -> threading.Lock:
        return self.locks.setdefault(host, threading.Lock())


def visit(address: str, client: httpx.Client, throttle: Throttle) -> Visit:
    """Request an address and follow its redirects, without reading any page. Never raises."""
    stops, permanent = [address], 0
    try:
        request = client.build_request("HEAD", address)
        while True:
            response = _ask(client, request, throttle)
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
        # Whatever a site does is reported for its address and never stops the other checks.
        return Visit(tuple(stops), permanent, error=error)


def _ask(client: httpx.Client, request: httpx.Request, throttle: Throttle) -> httpx.Response:
    """The answer to HEAD or, if that is refused, to GET: some sites only answer what browsers send.

    Failures that may be temporary (no answer, too many requests, a server error) are retried once.
    Raises `httpx.TransportError` if there is no answer.
    """
    retried = False
    while True:
        try:
            response = _send(client, request, throttle)
        except httpx.TransportError:
            if retried:
                raise
            temporary = True
        else:
            if not response.is_error or _wait(response) > LONGEST_WAIT:
                return response
            too_many = response.status_code == _TOO_MANY_REQUESTS
            temporary = too_many or response.is_server_error
            refused = request.method == "HEAD" and not too_many
            if not refused and (retried or not temporary):
                return response
        retried = retried or temporary
        request = client.build_request("GET", request.url)


def _send(client: httpx.Client, request: httpx.Request, throttle: Throttle) -> httpx.Response:
    """Send one request. The host's next request waits for the pause that the host asks for."""
    pause = throttle.pause
    with throttle.lock(request.url.host):
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
    with suppress(ValueError, TypeError, OverflowError):  # neither, or a date out of range
        if asked.isdecimal():
            return float(asked)
        return (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds()
    return 0.0
