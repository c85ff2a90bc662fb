"""Phone numbers and addresses inside sentences, which don't follow when the contact changes."""

import re
from collections.abc import Collection, Iterator

from pack.model import Pack, YamlPath
from pack.problems import Fault, Problem, Severity, path_text
from pack.walk import texts

#: Texts that may have them: names as they are printed, and the words that spelling accepts.
_NAMES = ("name", "vanity", "words")
#: Every address has one of these in it; searching for whole addresses takes long.
_SIGN = re.compile(r"@|://|www\.|\.(?:com|edu|gov|info|net|org|example)\b", re.I)
_SEVEN_DIGITS = re.compile(r"(?:\d[\s.()/–-]{0,2}){7}")
_LINK = re.compile(r"\]\([^)]*\)")
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:https?://|\bwww\.)[^\s<>()“”\"]+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|edu|gov|info|net|org|example)\b(?:/[^\s<>()“”\"]*)?",
    re.I,
)


def loose_contacts(pack: Pack) -> Iterator[Problem]:
    """A warning for every text that has a phone number or an address written in it."""
    known = {word.lower() for word in pack.about.words}
    messages = (contact.text for contact in pack.contacts.values() if contact.text)
    codes = {text.number for text in messages if re.fullmatch(r"\d{5,6}", text.number)}
    for path, text in texts(pack):
        if _is_sentence(path):
            for found in _loose(_LINK.sub("]", text), codes, pack.about.region):
                if found.lower() not in known:
                    yield _warning(pack, path, found)


def _is_sentence(path: YamlPath) -> bool:
    if path[0] == "contacts" and path[-1] == "short":  # stands for an address
        return False
    return path[0] not in ("school", "labels") and not any(name in path for name in _NAMES)


def _loose(text: str, codes: Collection[str], region: str) -> Iterator[str]:
    # Five or six digits may be anything, unless they are a contact's number for text messages.
    yield from (code for code in codes if re.search(rf"\b{re.escape(code)}\b", text))
    if _SIGN.search(text):
        yield from (match[0].rstrip(".,;:!?’'") for match in _ADDRESS.finditer(text))
    if _SEVEN_DIGITS.search(text):
        from phonenumbers import PhoneNumberMatcher

        yield from (match.raw_string for match in PhoneNumberMatcher(text, region))


def _warning(pack: Pack, path: YamlPath, found: str) -> Problem:
    fault = Fault(
        f"“{found}” is written inside a text",
        "Make it a contact, and name the contact instead: then one change reaches every place.",
    )
    return Problem(pack.origin.place(path), path_text(path), fault, Severity.WARNING)
