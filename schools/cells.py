"""What people write into the cells of a list of schools, as the program needs it."""

import re
from decimal import Decimal

from pack.phones import with_extension
from pack.problems import Fault

#: A phone number that Excel shows as a power of ten.
_POWER = re.compile(r"\d(\.\d+)?E\+?\d{1,2}", re.I)

#: Dashes that Excel and Word put between digits, and a slash after the area code.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SLASH = re.compile(r"(?<=\d)\)?\s*/\s*(?=\d{3}[\s.-]?\d{4}\b)")

#: A phone number as it is printed.
_PLAIN = re.compile(r"(?=.*[1-9])[(+]?\d+[).\s-][\d().\s-]*\d", re.A)

_EXTENSION = re.compile(r"(?:ext(?:ension|n)?|x|#)?[.:\s]*(\d{1,7})", re.I)

#: What is between several numbers or addresses in a cell, and what each must have.
_BETWEEN = re.compile(r"[/;,|&\n]|\bor\b|\band\b")
_COMPLETE = {
    "phone number": re.compile(r"(\d\D{0,3}){7}"),
    "e-mail address": re.compile("@"),
}

#: A web address without its scheme, and one whose scheme has a slip.
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?([/?#]\S*)?", re.I | re.A)
_SCHEME = re.compile(r"(https?)\s*(?::[/\\]*|[/\\]{1,2})\s*([^\s/\\?#]*)", re.I)

#: Rows below or between the schools that are none: sums, and headings and notes in a cell alone.
_TOTAL = re.compile(
    r"((grand|sub|district|state|statewide|county|city|school|overall|all)[ -]*)*"
    r"(totals?|subtotals?|averages?)( (of|all|number of))?( schools)?[\s:.=]*[\d,.]*",
    re.I,
)
_NOTE = re.compile(
    r"(sources?|notes?|footnotes?)\s*[:–-].*|[*†‡©^].*|.*\b(schools|academies|campuses|centers):?|"
    r"((last )?updated|revised|data as of|as of|prepared by|generated|copyright|page \d+)\b.*",
    re.I | re.S,
)


_DELETE = "Delete the row, or leave out all rows with problems with --skip-bad-rows."


def not_a_school(name: str, *, alone: bool) -> Fault | None:
    """Why a row is none of the schools; `alone` is whether it has only this cell."""
    if _TOTAL.fullmatch(name):
        return Fault("this row is a sum, not a school", _DELETE)
    if alone and _NOTE.fullmatch(name):
        return Fault("this row is a note or a heading, not a school", _DELETE)
    return None


def first_of(text: str, kind: str) -> tuple[str, Fault | None]:
    """The first of several numbers or addresses in a cell, and a remark if there are more."""
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if len(parts) < 2 or not all(map(_COMPLETE[kind].search, parts)):
        return text, None
    what = f"there are {len(parts)} {kind}s in a cell; only “{parts[0]}” is used"
    return parts[0], Fault(what, "Delete the others, or put another one first.")


def phone(text: str, extension: str, region: str) -> tuple[str, Fault | None]:
    """A phone number with its extension, which may be in a cell of its own; "" for none.

    The fault is that the number is no longer complete.
    """
    if not extension and _PLAIN.fullmatch(text):
        return text, None
    if _POWER.fullmatch(text):
        text, fault = _written_out(text)
        if fault:
            return "", fault
    # Some programs write zeros, or a letter, if there is no number.
    if re.fullmatch(r"[\s0().+-]*|[a-z]", text, re.I):
        return "", None
    text = _SLASH.sub("-", text.translate(_DASHES)).strip(" .,;")
    if text.isdecimal():
        text = _grouped(text, region)
    found = _EXTENSION.fullmatch(extension)
    if found and found[1].strip("0") and re.fullmatch(r"[^a-z#]*\d", text, re.I):
        text = with_extension(text, found[1])
    return text, None


def website(text: str) -> str:
    """A web address with its scheme."""
    text = text.rstrip(".,;")
    if text.startswith(("https://", "http://")):
        return text
    if _HOST.fullmatch(text):
        return f"https://{text}"
    if slip := _SCHEME.match(text):
        rest = text[slip.end() :].replace("\\", "/")
        return f"{slip[1].lower()}://{slip[2].lower()}{rest}"
    return text


def email(text: str) -> str:
    """An e-mail address alone."""
    return text.removeprefix("mailto:").strip(" <>;,")


def _written_out(power: str) -> tuple[str, Fault | None]:
    """A number such as 3.035550142E9 in digits, and a fault if Excel has rounded it."""
    number = Decimal(power)
    if len(number.as_tuple().digits) == number.adjusted() + 1:
        return str(int(number)), None
    what = f"Excel has shortened this phone number to “{power}”"
    return "", Fault(what, "Format the column as “Text”, then type the number again.")


def _grouped(digits: str, region: str) -> str:
    """A phone number that has only digits as people write it; Excel keeps no hyphens in numbers."""
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_valid_number(number):
        return digits
    style = phonenumbers.PhoneNumberFormat.NATIONAL
    return re.sub(r"^\((\d+)\) ", r"\1-", phonenumbers.format_number(number, style))
