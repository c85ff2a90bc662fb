"""The types of values in a content file: text, addresses, phone numbers, references.

Each is an annotated type. Its check runs inside pydantic, so that a fault has its path, and says
both what is wrong and how to fix it. Scalars arrive here as the text in the file (`yaml_reader.py`
never guesses that "988" is a number or "no" a truth value).
"""

import contextlib
import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from annotated_types import MinLen
from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from pack import glyphs, logos, markdown, media, phones, pictograms
from pack.problems import nearest
from pack.theme import load_theme
from pack.validation import context_of, fault

#: A longer address makes a QR code too large for a card (69 modules of 0.5 mm hold 331 bytes).
MAX_ADDRESS = 300

#: Nobody types a longer address: it is printed in a short form of at most `BRIEF` characters.
_TYPED, BRIEF = 100, 40

#: A space, a quotation mark, or the punctuation of Chinese, which has no spaces.
_WORDS_ONLY = re.compile("[\\s“”«»„\u3000-\u303f\uff00-\uffef]")

_PLACEHOLDER_HOST = re.compile(r"(^|\.)(example|invalid|test)$|(^|\.)example\.(org|com|net)$")

#: What HTML's e-mail fields accept (HTML, 4.10.5.1.5), but with a dot in the host.
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.A)

#: The ends of names of files, which may look like the names of hosts.
_FILES = ("pdf", "png", "jpg", "jpeg", "gif", "svg", "webp", "mp4", "doc", "docx", "pptx", "html")

_COPY_IT = "Copy it from your browser's address bar; it looks like https://www.place.org/page."

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_placeholder(address: str) -> bool:
    """Whether a web or e-mail address is a placeholder, at a host that RFC 2606 reserves."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return False
    return bool(_PLACEHOLDER_HOST.search(host))


def is_words(printed: str) -> bool:
    """Whether what is printed for an address is not one, but words such as “fbi.gov, search …”."""
    return bool(_WORDS_ONLY.search(printed))


def short_address(address: str, most: int = _TYPED) -> str:
    """An address as people read and type it, without its scheme and final slash.

    If it has more than `most` characters, only its host and the beginning of its path are left.
    """
    short = re.sub(r"^https?://", "", address).removesuffix("/")
    if len(short) <= most:
        return short
    host, *folders = re.split(r"[?#]", short)[0].split("/")
    brief = f"{host}/"
    for folder in folders[:-1]:
        if len(brief) + len(folder) + 2 > BRIEF:
            break
        brief += f"{folder}/"
    return f"{brief}…"


def _text(value: str) -> str:
    if not (value := value.strip().translate(glyphs.VARIANTS)):
        raise fault("there is no text here", "Write the text, or remove the line.")
    if re.search(r"!\[[^\]]*\]\(", value):
        raise fault(
            "this text has a picture in it (“![…](…)”), which would not be shown",
            "Remove it: texts can't have pictures.",
        )
    for address in markdown.links(value):
        if not address:
            raise fault("this link has no address", "Write the address in the parentheses.")
        scheme, _, written = address.rpartition(":")
        if _EMAIL.fullmatch(written) or scheme in ("mailto", "tel", "sms"):
            raise fault(
                f"this text has a link to “{address}”, but texts can only link to web pages",
                f"Write only the text “{written}” itself, without a link.",
            )
        _address(address)
    return value


def _line(shortest: int, longest: int) -> AfterValidator:
    """For a line that is printed exactly as written; normalized to composed letters (NFC)."""

    def check(value: str, info: ValidationInfo) -> str:
        if character := glyphs.hidden(value):
            raise fault(
                f"there is an invisible character ({glyphs.described(character)}) here",
                "Type the text again instead of copying it.",
            )
        value = " ".join(unicodedata.normalize("NFC", value).split())
        if characters := glyphs.unknown(value, context_of(info).language):
            raise fault(*glyphs.without_glyphs(characters))
        if len(value) < shortest:
            raise fault(f"“{value}” is too short", "Write it in full.")
        if len(value) > longest:
            raise fault(
                f"this text has {len(value)} characters, but there is only room for {longest}",
                "Shorten it.",
            )
        return value

    return AfterValidator(check)


def _address(value: str) -> str:
    if re.search(r"\s", value):
        if not re.match(r"\w+:|www\.", value):
            raise fault(f"“{value}” is not a web address", _COPY_IT)
        raise fault(
            f"the address “{value}” contains a space", "Remove the space, or write it as %20."
        )
    if not value:
        raise fault("there is no address here", "Write the address, or remove the line.")
    if _EMAIL.fullmatch(value.removeprefix("mailto:")):
        raise fault(
            f"“{value}” is an e-mail address; this is for a web address",
            "Write the address of a web page, like https://www.place.org/contact.",
        )
    # Digits after the colon are a port, so what precedes it is not a scheme.
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)", value)
    if scheme is None:
        named = re.match(r"[\w-]+(\.[\w-]+)+(?![\w.-])", bare := value.lstrip("/"))
        if not named or named[0].rpartition(".")[2].lower() in _FILES:
            raise fault(f"“{value}” is not a web address", _COPY_IT)
        raise fault(
            f"the address “{value}” does not start with https://",
            f"Write https:// in front of it, like “https://{bare}”.",
        )
    if scheme[1].lower() not in ("http", "https"):
        raise fault(
            f"“{scheme[1]}:” is not allowed in an address",
            "Use a web address that starts with https://.",
        )
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname or "", parts.port
        user, password = parts.username, parts.password
    except ValueError:
        host, user, password = "", None, None
    if password is not None:
        raise fault(
            "there is a password in this web address",
            "Remove everything before the “@”: anyone who scans the code would see it.",
        )
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+|localhost", host) or user is not None:
        raise fault(f"“{value}” is not a complete web address", _COPY_IT)
    if not value.isascii():
        raise fault(
            f"the address “{value}” has letters that some phones can't read in a QR code",
            "Copy it from your browser's address bar, where they are written with % signs.",
        )
    if len(value) > MAX_ADDRESS:
        raise fault(
            f"this address is {len(value)} characters long",
            f"Up to {MAX_ADDRESS} can be scanned from paper: look for a shorter one on that site, "
            "such as under “Share”.",
        )
    return value


#: Hosts whose video players we show, and how the paths of their players start.
EMBED_HOSTS = {"www.youtube-nocookie.com": "/embed/", "player.vimeo.com": "/video/"}


def _embed(value: str) -> str:
    parts = urlsplit(value)
    start = EMBED_HOSTS.get(parts.netloc)
    if parts.scheme != "https" or start is None or not parts.path.removeprefix(start):
        known = " or ".join(f"https://{host}{path}…" for host, path in EMBED_HOSTS.items())
        raise fault(
            f"“{value}” is not the address of a supported video player",
            f"Copy it from “Share”, “Embed” on the video's page; it starts with {known}",
        )
    if not parts.path.startswith(start):
        raise fault(
            f"“{value}” opens a page, not a player",
            f"Write https://{parts.netloc}{start} followed by the id of the video.",
        )
    return value


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise fault(f"“{value}” is not an e-mail address", "It looks like office@place.org.")
    return value


def _identity(value: str) -> str:
    if not _ID.fullmatch(value):
        raise fault(
            f"the name “{value}” can't be used here",
            "Use lowercase letters a to z, digits and single hyphens, like “how-it-starts”.",
        )
    return value


def _whole(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[1-9][0-9]{0,3}", value):
        raise fault(f"“{value}” is not a whole number", "Write a number in digits, like 2.")
    return int(value)


def _truth(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.lower() not in ("true", "yes", "false", "no"):
        raise fault(f"“{value}” is neither true nor false", "Write true or false.")
    return value.lower() in ("true", "yes")


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    with contextlib.suppress(ValueError):
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return datetime.date.fromisoformat(value)
    raise fault(f"“{value}” is not a date", "Write the date as year-month-day, like 2026-11-22.")


#: A tag as in BCP 47: language, script, country.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def _language(value: str) -> str:
    if not _TAG.fullmatch(value):
        raise fault(
            f"“{value}” is not a language code", "Write a code like en, es or pt-BR (BCP 47)."
        )
    if not is_language(value):
        raise fault(
            f"we can't write dates in the language “{value}”",
            "Write a code like en, es or pt-BR (BCP 47).",
        )
    return value


def is_language(value: str) -> bool:
    """Whether we can write dates in the language with this tag."""
    if not _TAG.fullmatch(value):
        return False
    # Babel formats the dates. It has a file per language; importing it would take 30 ms.
    babel = find_spec("babel")
    languages = Path(babel.origin or "").parent / "locale-data" if babel else Path()
    return (languages / f"{value.replace('-', '_')}.dat").exists()


def _region(value: str) -> str:
    if not is_region(value):
        raise fault(f"“{value}” is not a country code", "Write two capital letters, like US.")
    return value


def is_region(value: str) -> bool:
    """Whether phonenumbers knows a country (ISO 3166-1)."""
    from phonenumbers import SUPPORTED_REGIONS

    return value in SUPPORTED_REGIONS


@dataclass(frozen=True)
class _InSchema(AfterValidator):
    """A check, and the keywords that tell editors and forms of it in the JSON Schema."""

    # Not compared, as annotations must have a hash, which a dict has not.
    keywords: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(core_schema), **self.keywords}


def _one_of(kind: str) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        known = getattr(context_of(info).theme, kind)
        if value not in known:
            kinds = "templates" if kind == "handouts" else kind
            raise fault(f"there is no “{value}” among the {kinds}", nearest(value, known))
        return value

    return _InSchema(check, {"enum": [*getattr(load_theme(), kind)]})


def _layout(value: str, info: ValidationInfo) -> str:
    """The name of a slide's layout, also if the file has the name that it had before."""
    theme = context_of(info).theme
    known, value = theme.layouts, theme.former_layouts.get(value, value)
    if value not in known:
        raise fault(f"there is no “{value}” among the layouts", nearest(value, known))
    return value


def _among(*known: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise fault(f"“{value}” can't be used here", nearest(value, known))
        return value

    return _InSchema(check, {"enum": [*known]})


def _under(collection: str) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        known = context_of(info).ids.get(collection, ())
        if known is not None and value not in known:
            raise fault(f"there is no “{value}” under “{collection}”", nearest(value, known))
        return value

    return _InSchema(check, {"x-names": collection})


def filled_in(*names: str) -> AfterValidator:
    """For a label with words in braces, such as "{page} of {pages}": each once, and no others."""

    def check(value: str) -> str:
        found = re.findall(r"\{(\w*)\}", value)
        remedy = "Keep the words in braces unchanged; the program replaces them."
        for name in names:
            if name not in found:
                raise fault(f"the label “{value}” has no {{{name}}}", remedy)
        if sorted(found) != sorted(names):
            wanted = " and ".join(f"{{{name}}}" for name in names)
            raise fault(
                f"the label “{value}” must have {wanted} once, and nothing else in braces", remedy
            )
        return value

    return AfterValidator(check)


Text = Annotated[str, _InSchema(_text, {"contentMediaType": "text/markdown"})]
SchoolName = Annotated[Text, _line(2, 90)]
Role = Annotated[Text, _line(2, 120)]
Address = Annotated[str, _InSchema(_address, {"format": "uri"})]
Embed = Annotated[Address, AfterValidator(_embed)]
Email = Annotated[str, AfterValidator(_email)]
Phone = Annotated[str, AfterValidator(phones.check_phone)]
TextNumber = Annotated[str, AfterValidator(phones.check_text_number)]
TextWord = Annotated[str, _line(1, 30)]
Extension = Annotated[str, AfterValidator(phones.check_extension)]
ContactPhone = Annotated[str, AfterValidator(phones.check_contact_phone)]
Identity = Annotated[str, _InSchema(_identity, {"pattern": f"^{_ID.pattern}$"})]
Whole = Annotated[int, BeforeValidator(_whole, json_schema_input_type=int)]
Truth = Annotated[bool, BeforeValidator(_truth, json_schema_input_type=bool)]
Date = Annotated[datetime.date, BeforeValidator(_date), Field(json_schema_extra={"format": "date"})]
Language = Annotated[str, AfterValidator(_language)]
Region = Annotated[str, AfterValidator(_region)]
Picture = Annotated[str, _InSchema(media.picture, {"x-file": "picture"})]
SchoolLogo = Annotated[str, _InSchema(logos.check_school, {"x-file": "logo"})]
PublisherLogo = Annotated[str, _InSchema(logos.check_publisher, {"x-file": "logo"})]
Movie = Annotated[str, _InSchema(media.movie, {"x-file": "movie"})]
Sign = Annotated[str, _InSchema(pictograms.check, {"x-names": "pictograms"})]
Motif = Annotated[str, _among("door")]
PeopleKind = Annotated[str, _among("person", "pair", "row")]
PointPlace = Annotated[str, _among("claim", "below", "left", "right")]
Tone = Annotated[str, _among("threat")]
BlockForm = Annotated[str, _among("picture")]

Presentation = Annotated[str, _InSchema(media.presentation, {"x-file": "presentation"})]
HandoutTemplate = Annotated[str, _one_of("handouts")]
Paper = Annotated[str, _one_of("papers")]
Ink = Annotated[str, _one_of("inks")]
Size = Annotated[str, _one_of("sizes")]
SlideLayout = Annotated[str, _InSchema(_layout, {"enum": [*load_theme().layouts]})]

# References: a name that must exist in the same file, in the collection named here.
SourceName = Annotated[str, _under("sources")]
SourceNames = Annotated[
    tuple[SourceName, ...],
    MinLen(1),
    BeforeValidator(
        lambda value: (value,) if isinstance(value, str) else value,
        json_schema_input_type=SourceName | Annotated[list[SourceName], MinLen(1)],
    ),
]
ContactName = Annotated[str, _under("contacts")]
VideoName = Annotated[str, _under("videos")]
TopicName = Annotated[str, _under("topics")]
ConversationName = Annotated[str, _under("conversations")]
StepName = Annotated[str, _under("steps")]
ChecklistName = Annotated[str, _under("checklists")]
PledgeName = Annotated[str, _under("pledges")]
MythName = Annotated[str, _under("myths")]
FigureName = Annotated[str, _under("figures")]
QuoteName = Annotated[str, _under("quotes")]
QuestionName = Annotated[str, _under("questions")]
HandoutName = Annotated[str, _under("handouts")]
