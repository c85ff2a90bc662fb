"""How to reach a contact: everything that sheets, slides and pages show wherever they name one."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from pack.items import Contact, TextMessage
from pack.labels import fill
from pack.model import Pack


class Number(NamedTuple):
    """A number to call or to text."""

    shown: str  #: as printed, like "Text HOME to 741741"
    link: str  #: the address behind it, like "sms:741741?body=HOME"


def numbers(contact: Contact, pack: Pack) -> tuple[Number, ...]:
    """All numbers of a contact, the one to show first at the front."""
    return tuple(_numbers(contact, pack))


def _numbers(contact: Contact, pack: Pack) -> Iterator[Number]:
    labels, region = pack.labels, pack.about.region
    if contact.phone:
        yield Number(contact.phone, dial(contact.phone, region))
    if text := contact.text:
        shown = (
            fill(labels.text_word, word=text.word, number=text.number)
            if text.word
            else fill(labels.text_number, number=text.number)
        )
        yield Number(shown, text_message(text, region))
    if contact.tty:
        yield Number(fill(labels.tty, number=contact.tty), dial(contact.tty, region))


@lru_cache(maxsize=256)
def dial(phone: str, region: str) -> str:
    """The tel: address of a phone number and its extension (RFC 3966)."""
    import phonenumbers

    extension = phonenumbers.parse(phone, region).extension
    return f"tel:{_digits(phone, region)}" + (f";ext={extension}" if extension else "")


def text_message(text: TextMessage, region: str) -> str:
    """The address that opens a text message, with its word already written (RFC 5724)."""
    body = f"?body={quote(text.word)}" if text.word else ""
    return f"sms:{_digits(text.number, region)}{body}"


def _digits(phone: str, region: str) -> str:
    """A number as machines dial it: with its country, unless it is a short one."""
    import phonenumbers

    number = phonenumbers.parse(phone, region)
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return re.sub(r"\D", "", phone)


def mailto(email: str) -> str:
    """The address that opens a new e-mail (RFC 6068)."""
    return f"mailto:{quote(email, safe='@')}"
