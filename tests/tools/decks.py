"""Check a deck as a build does, with what its pack says."""

from pack.model import Pack
from pack.problems import Severity
from pack.reach import mailto
from pack.types import short_address
from preflight.findings import Finding
from preflight.powerpoint.checks import check_deck
from preflight.powerpoint.reader import read


def check(deck: bytes, pack: Pack) -> list[Finding]:
    """Everything that preflight finds in a pack's deck."""
    contacts = [contact.url for contact in pack.contacts.values() if contact.url]
    videos = [video.url for video in pack.videos.values()]
    codes = {address: short_address(address) for address in (*contacts, *videos)}
    language = pack.locale
    addresses = {*codes, pack.publisher.website}
    if school := pack.school:
        addresses |= {school.website or "", mailto(school.email or "")}
    return list(check_deck(read(deck), language=language, codes=codes, addresses=addresses))


def faults(deck: bytes, pack: Pack) -> list[str]:
    """The errors in a pack's deck, each with its slide."""
    errors = [one for one in check(deck, pack) if one.rule.severity is Severity.ERROR]
    return [f"slide {one.page}: {one.rule.name}: {one.what}" for one in errors]
