"""Phone numbers: whether they can be dialed, how they are printed, what letters dial.

The checks are used by the types of values in a content file (`pack.types`).
"""

import re

from pydantic import ValidationInfo

from pack.validation import context_of, fault

_EXTENSION = re.compile(r"(.*\d\)?)[\s,;]*(?:ext(?:ension|n)?|x|#)[.:\s]*(\d{1,7})", re.I)
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_LETTERS_IN_PHONE = re.compile(r"[^0-9\s().+-]")


def with_extension(phone: str, extension: str) -> str:
    """A phone number and its extension as they are printed; the link to dial has both."""
    return f"{phone} ext.\N{NO-BREAK SPACE}{extension}"


def check_contact_phone(value: str, info: ValidationInfo) -> str:
    if _LETTERS_IN_PHONE.search(value) and not _EXTENSION.fullmatch(value):
        raise fault(
            f"the phone number “{value}” contains letters or symbols",
            "Use digits and hyphens only; a number spelled with letters goes under “vanity”.",
        )
    return check_phone(value, info)


def check_phone(value: str, info: ValidationInfo) -> str:
    """A phone number that can be called, perhaps with an extension, however that is written."""
    import phonenumbers
    from phonenumbers import is_valid_number, is_valid_short_number_for_region

    value = " ".join(value.split())
    extension = _EXTENSION.fullmatch(value)
    value = extension[1] if extension else value
    if _LETTERS_IN_PHONE.search(value):
        raise fault(
            f"the phone number “{value}” contains letters or symbols",
            "Use digits and hyphens only, like 303-555-0142.",
        )
    region = context_of(info).region
    if not region:
        return value  # the region is wrong, which is already reported
    try:
        number = phonenumbers.parse(value, region)
        good = is_valid_number(number) or (
            not extension and is_valid_short_number_for_region(number, region)
        )
    except phonenumbers.NumberParseException:
        good = False
    if not good:
        raise fault(
            f"“{value}” is not a phone number that can be dialed",
            "Count the digits, and compare them with the owner's website.",
        )
    # North American codes of 5 or 6 digits only take text messages (CTIA, Short Code Registry).
    digits = re.sub(r"\D", "", value)
    if number.country_code == 1 and len(digits) in (5, 6):
        raise fault(
            f"“{value}” is a number for text messages, and can't be called",
            "Write a number that can be called; or, in a contact, write this one under “text:” "
            f"with the word to send: “text: {{number: {digits}, word: HOME}}”.",
        )
    return with_extension(value, extension[2]) if extension else value


def check_text_number(value: str, info: ValidationInfo) -> str:
    """A number that takes text messages: a short code, or a phone number."""
    import phonenumbers
    from phonenumbers import is_possible_short_number_for_region, is_valid_number

    region = context_of(info).region
    value = " ".join(value.split())
    if not region:
        return value
    try:
        number = phonenumbers.parse(value, region)
        good = is_valid_number(number) or is_possible_short_number_for_region(number, region)
    except phonenumbers.NumberParseException:
        good = False
    if not good or re.search(r"[^0-9\s().+-]", value):
        raise fault(
            f"“{value}” is not a number that takes text messages",
            "Write its digits, and compare them with the owner's website.",
        )
    return value


def check_extension(value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,7}", value):
        raise fault(f"“{value}” is not an extension", "Write its digits only, like 12.")
    return value


def vanity_digits(vanity: str) -> str:
    """The digits dialed by a number spelled with letters (ITU-T E.161 keypad)."""
    return re.sub(r"\D", "", vanity.upper().translate(_KEYPAD))
