"""Check that the web addresses in packs work: `check --links` only, never by default."""

import queue
import socket
import ssl
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import httpx

from pack import __version__
from pack.model import Pack
from pack.problems import Fault, Place, Problem, Severity, path_text
from pack.types import is_placeholder
from pack.walk import addresses
from preflight.http_probe import MAX_REDIRECTS, Throttle, Visit, visit

#: How long, in seconds, a site may take to connect, and then to answer.
TIMEOUT = 10.0

#: The pause in seconds between two requests to a host.
PAUSE = 0.5

#: How many hosts are requested at the same time.
_WORKERS = 8


class Outcome(StrEnum):
    OK = "OK"
    MOVED = "moved"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True)
class LinkReport:
    """The result of a check: one problem for every line with a bad address.

    `outcomes` counts the distinct addresses that were checked, `placeholders` those that were not.
    """

    problems: tuple[Problem, ...]
    outcomes: Mapping[Outcome, int]
    placeholders: int

    @property
    def summary(self) -> str:
        """For example "12 addresses checked: 10 OK, 2 failed; 3 placeholders skipped."."""
        counts = {outcome: self.outcomes.get(outcome, 0) for outcome in Outcome}
        asked = sum(counts.values())
        text = f"{_counted(asked, 'address', 'addresses')} checked"
        if asked:
            parts = (f"{count} {outcome}" for outcome, count in counts.items() if count)
            text += ": " + ", ".join(parts)
        if self.placeholders:
            text += f"; {_counted(self.placeholders, 'placeholder', 'placeholders')} skipped"
        return f"{text}."


def check_links(
    packs: Sequence[Pack], *, timeout: float = TIMEOUT, pause: float = PAUSE
) -> LinkReport:
    """Request every web address in the packs, once per address however often it is used.

    `timeout` and `pause` are in seconds. A bad address is an error if families would not reach a
    page, and a warning if the page has moved permanently or the site blocks programs.
    """
    lines: defaultdict[str, list[tuple[Place, str]]] = defaultdict(list)
    for pack in packs:
        for path, address in addresses(pack):
            lines[address].append((pack.origin.place(path), path_text(path)))
    asked = [address for address in lines if not is_placeholder(address)]
    throttle = Throttle(pause)
    trust, headers = _trust(), {"user-agent": _user_agent(packs)}

    def ask(address: str) -> _Answer:
        try:
            # One client per address, so that no site sees cookies from another visit.
            with httpx.Client(verify=trust, timeout=timeout, headers=headers) as client:
                return _judge(visit(address, client, throttle))
        except Exception as error:  # such as a malformed proxy address
            return _judge(Visit((address,), error=error))

    answers = _on_threads(ask, asked)
    problems = sorted(
        Problem(place, where, answer.fault, answer.severity)
        for address, answer in answers.items()
        if answer.fault
        for place, where in lines[address]
    )
    outcomes = Counter(answer.outcome for answer in answers.values())
    return LinkReport(tuple(problems), outcomes, len(lines) - len(asked))


@dataclass(frozen=True)
class _Answer:
    """The result for an address; `fault` is None if it works."""

    outcome: Outcome
    fault: Fault | None = None

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.outcome == Outcome.FAILED else Severity.WARNING


def _on_threads(ask: Callable[[str], _Answer], asked: Sequence[str]) -> dict[str, _Answer]:
    """The answer for each address. `ask` must not raise."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, _Answer]] = queue.SimpleQueue()
    for address in asked:
        waiting.put(address)

    def work() -> None:
        while True:
            address = waiting.get()
            done.put((address, ask(address)))

    for _ in range(min(_WORKERS, len(asked))):
        # Daemon threads: with a pool, Ctrl-C would wait for every site that doesn't answer.
        threading.Thread(target=work, daemon=True).start()
    return dict(done.get() for _ in asked)


def _trust() -> ssl.SSLContext:
    """Certificates that browsers trust, and those that this computer trusts: many schools have a
    web filter that signs everything that passes through it."""
    trust = httpx.create_ssl_context()
    trust.load_default_certs()
    return trust


def _user_agent(packs: Iterable[Pack]) -> str:
    """The name of this program, and the publisher's website if there is one."""
    sites = (pack.publisher.website for pack in packs)
    about = next((f"; +{site}" for site in sites if not is_placeholder(site)), "")
    return f"handout-press/{__version__} (link check{about})"


def _judge(result: Visit) -> _Answer:
    """What a visit means for the person who wrote the address."""
    way, status = _way(result.stops), result.status
    if result.error or not 200 <= status < 300:
        if status in (401, 403, 429):
            what = f"{way} can't be checked, because the site blocks programs ({status})"
            remedy = "Open it in a browser to make sure that it is the right page."
            return _Answer(Outcome.BLOCKED, Fault(what, remedy))
        fault = _failure(way, result.error) if result.error else _refusal(way, status)
        return _Answer(Outcome.FAILED, fault)
    moved_to = result.stops[result.permanent]
    if moved_to == result.stops[0]:
        return _Answer(Outcome.OK)
    what = f"“{result.stops[0]}” has moved permanently to “{moved_to}”"
    remedy = f"Open it to make sure it is still the right page, then write “{moved_to}” here."
    return _Answer(Outcome.MOVED, Fault(what, remedy))


def _way(stops: Sequence[str]) -> str:
    """The subject of a sentence: the address, and where it redirects to."""
    first, *others = dict.fromkeys(stops)
    if not others:
        return f"“{first}”"
    named = [f"“{stop}”" for stop in others]
    if len(named) > 3:
        named[1:-1] = ["…"]
    return f"“{first}” redirects to {', then to '.join(named)}, which"


def _refusal(way: str, status: int) -> Fault:
    """The fault if a site answers with this status code."""
    if status in (404, 410):
        what = f"{way} was not found ({status})"
        return Fault(what, "Find the page on the site, and write its new address here.")
    if status >= 500:
        return Fault(
            f"{way} can't be shown because of an error on the site ({status})",
            "Try it in a browser tomorrow. If it still fails, choose another page.",
        )
    return Fault(
        f"{way} shows no page: the site answered with status code {status}",
        "Open it in a browser. If it doesn't work there either, use another address.",
    )


def _failure(way: str, error: Exception) -> Fault:
    """The fault if there is no answer."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Fault(
                f"{way} can't be opened safely: {_certificate_fault(cause)}",
                "Browsers will warn families. Tell the owner of the site, or choose another page.",
            )
        if isinstance(cause, socket.gaierror | UnicodeError):
            return Fault(
                f"{way} can't be found: there is no site with that name",
                "Compare it with the address in your browser, letter by letter, "
                "and make sure that this computer is connected to the internet.",
            )
        if isinstance(cause, ssl.SSLError):
            return Fault(
                f"{way} can't be opened safely: it has no secure connection",
                "If it only opens in a browser with http://, tell the owner of the site, "
                "or choose another page.",
            )
    browser = "Open it in a browser. If it doesn't open there either, use another address."
    match error:
        case httpx.TooManyRedirects():
            return Fault(f"{way} shows no page after {MAX_REDIRECTS} redirects", browser)
        case httpx.UnsupportedProtocol():
            return Fault(
                f"{way} redirects to “{error}”, which is not a web page",
                "Use the address of a page that starts with https://.",
            )
        case httpx.TimeoutException():
            return Fault(f"{way} did not answer in time, in two attempts", browser)
        case httpx.ProxyError():
            return Fault(f"{way} was blocked by this network's proxy ({error})", browser)
        case httpx.ConnectError():
            return Fault(f"{way} can't be reached: the site refuses connections", browser)
        case httpx.TransportError():
            return Fault(f"{way} gave no readable answer, in two attempts", browser)
    return Fault(f"{way} could not be requested ({error})", browser)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


#: OpenSSL's codes (x509_vfy.h) in plain words.
_CERTIFICATE_FAULTS = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "its certificate is self-signed",
    19: "browsers don't trust the issuer of its certificate",
    20: "browsers don't trust the issuer of its certificate",
    21: "browsers don't trust the issuer of its certificate",
    62: "its certificate belongs to another site",
    64: "its certificate belongs to another site",
}


def _certificate_fault(error: ssl.SSLCertVerificationError) -> str:
    known = _CERTIFICATE_FAULTS.get(error.verify_code)
    return known or f"there is something wrong with its certificate ({error.verify_message})"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
