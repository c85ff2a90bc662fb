"""Whether the web addresses of packs answer: asked with `check --links`, never by default."""

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
from preflight.http_probe import MAX_REDIRECTS, Manners, Visit, visit

#: How long, in seconds, a site may take to connect, and again to answer.
TIMEOUT = 10.0

#: The pause in seconds between two requests to the same host.
PAUSE = 0.5

#: How many hosts are asked at the same time.
_AT_ONCE = 8


class Outcome(StrEnum):
    ANSWERED = "answered"
    MOVED = "moved"
    CLOSED = "closed to programs"
    FAILED = "failed"


@dataclass(frozen=True)
class LinkReport:
    """What came of asking: a problem for every line with an address that isn't good.

    `outcomes` counts the distinct addresses that were asked, `placeholders` those that were not.
    """

    problems: tuple[Problem, ...]
    outcomes: Mapping[Outcome, int]
    placeholders: int

    @property
    def summary(self) -> str:
        """Such as "12 addresses asked: 10 answered, 2 failed; 3 placeholders not asked."."""
        counts = {outcome: self.outcomes.get(outcome, 0) for outcome in Outcome}
        asked = sum(counts.values())
        text = f"{_counted(asked, 'address', 'addresses')} asked"
        if asked:
            told = (f"{count} {outcome}" for outcome, count in counts.items() if count)
            text += ": " + ", ".join(told)
        if self.placeholders:
            text += f"; {_counted(self.placeholders, 'placeholder', 'placeholders')} not asked"
        return f"{text}."


def check_links(
    packs: Sequence[Pack], *, timeout: float = TIMEOUT, pause: float = PAUSE
) -> LinkReport:
    """Ask for every web address of the packs, once for all the lines on which it stands.

    `timeout` and `pause` are seconds. What a site does wrong is a problem of its address: an
    error if families would not get there, a warning if the address has moved for good or if the
    site lets no program look.
    """
    lines: defaultdict[str, list[tuple[Place, str]]] = defaultdict(list)
    for pack in packs:
        for path, address in addresses(pack):
            lines[address].append((pack.origin.place(path), path_text(path)))
    asked = [address for address in lines if not is_placeholder(address)]
    manners = Manners(pause)
    trust, headers = _trust(), {"user-agent": _user_agent(packs)}

    def ask(address: str) -> _Answer:
        try:
            # One for each address, so that no site sees another visit's cookies.
            with httpx.Client(verify=trust, timeout=timeout, headers=headers) as client:
                return _judge(visit(address, client, manners))
        except Exception as error:  # such as a proxy's address that can't be read
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
    """What came of asking for an address; there is no fault if it has answered."""

    outcome: Outcome
    fault: Fault | None = None

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.outcome == Outcome.FAILED else Severity.WARNING


def _on_threads(ask: Callable[[str], _Answer], asked: Sequence[str]) -> dict[str, _Answer]:
    """The answer to each address. `ask` raises nothing."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, _Answer]] = queue.SimpleQueue()
    for address in asked:
        waiting.put(address)

    def work() -> None:
        while True:
            address = waiting.get()
            done.put((address, ask(address)))

    for _ in range(min(_AT_ONCE, len(asked))):
        # Daemons, because a pool would make Ctrl-C wait for every site that stays silent.
        threading.Thread(target=work, daemon=True).start()
    return dict(done.get() for _ in asked)


def _trust() -> ssl.SSLContext:
    """Whom browsers trust, and whom this computer does: schools often have a filter of their own
    that signs what passes through it."""
    trust = httpx.create_ssl_context()
    trust.load_default_certs()
    return trust


def _user_agent(packs: Iterable[Pack]) -> str:
    """Who asks, and where its owner is found."""
    sites = (pack.publisher.website for pack in packs)
    about = next((f"; +{site}" for site in sites if not is_placeholder(site)), "")
    return f"handout-press/{__version__} (check of links{about})"


def _judge(made: Visit) -> _Answer:
    """What a visit means for the person who wrote the address down."""
    way, status = _way(made.stops), made.status
    if made.error or not 200 <= status < 300:
        if status in (401, 403, 429):
            what = f"{way} doesn't let programs look ({status})"
            remedy = "Open it in a browser to see that it is the right page."
            return _Answer(Outcome.CLOSED, Fault(what, remedy))
        failed = _failure(way, made.error) if made.error else _refusal(way, status)
        return _Answer(Outcome.FAILED, failed)
    moved_to = made.stops[made.permanent]
    if moved_to == made.stops[0]:
        return _Answer(Outcome.ANSWERED)
    what = f"“{made.stops[0]}” has moved for good, to “{moved_to}”"
    remedy = f"Open it to see that it is still the right page, then write “{moved_to}” here."
    return _Answer(Outcome.MOVED, Fault(what, remedy))


def _way(stops: Sequence[str]) -> str:
    """The subject of a sentence: the address, and where it leads."""
    first, *others = dict.fromkeys(stops)
    if not others:
        return f"“{first}”"
    named = [f"“{stop}”" for stop in others]
    if len(named) > 3:
        named[1:-1] = ["…"]
    return f"“{first}” leads to {', then to '.join(named)}, which"


def _refusal(way: str, status: int) -> Fault:
    """What is wrong if a site answers with this status code."""
    if status in (404, 410):
        what = f"{way} is not there ({status})"
        return Fault(what, "Find the page on that site, and write its address.")
    if status >= 500:
        return Fault(
            f"{way} can't be shown: the site has a fault of its own ({status})",
            "Try it in a browser tomorrow. If it stays so, choose another page.",
        )
    return Fault(
        f"{way} shows no page: the site answers with code {status}",
        "Open it in a browser. If it doesn't show there either, write another address.",
    )


def _failure(way: str, error: Exception) -> Fault:
    """What is wrong if there is no answer."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Fault(
                f"{way} can't be opened safely: {_certificate_fault(cause)}",
                "Browsers warn families of it. Tell the owner of the site, or choose another page.",
            )
        if isinstance(cause, socket.gaierror | UnicodeError):
            return Fault(
                f"{way} can't be found: this computer knows no site of that name",
                "Compare it with the address in your browser, letter by letter, "
                "and see that this computer is connected to the internet.",
            )
        if isinstance(cause, ssl.SSLError):
            return Fault(
                f"{way} can't be opened safely: it offers no secure connection",
                "If it opens in a browser with http:// only, tell the owner of the site, "
                "or choose another page.",
            )
    browser = "Open it in a browser. If it doesn't open there either, write another address."
    match error:
        case httpx.TooManyRedirects():
            return Fault(f"{way} leads on and on: {MAX_REDIRECTS} redirects, and no page", browser)
        case httpx.UnsupportedProtocol():
            return Fault(
                f"{way} leads to “{error}”, which is not a web page",
                "Write the address of a page that starts with https://.",
            )
        case httpx.TimeoutException():
            return Fault(f"{way} did not answer in time, though it was asked twice", browser)
        case httpx.ProxyError():
            return Fault(f"{way} was not let through by this network's proxy ({error})", browser)
        case httpx.ConnectError():
            return Fault(f"{way} can't be reached: it takes no connection", browser)
        case httpx.TransportError():
            return Fault(
                f"{way} gave no answer that can be read, though it was asked twice", browser
            )
    return Fault(f"{way} could not be asked ({error})", browser)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


#: OpenSSL's codes (x509_vfy.h) in plain words.
_CERTIFICATE_FAULTS = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "it has signed its certificate itself",
    19: "its certificate comes from somebody whom browsers don't know",
    20: "its certificate comes from somebody whom browsers don't know",
    21: "its certificate comes from somebody whom browsers don't know",
    62: "its certificate is that of another site",
    64: "its certificate is that of another site",
}


def _certificate_fault(error: ssl.SSLCertVerificationError) -> str:
    known = _CERTIFICATE_FAULTS.get(error.verify_code)
    return known or f"there is something wrong with its certificate ({error.verify_message})"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
