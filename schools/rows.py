"""A list of schools: a CSV, Excel or YAML file, read school by school.

Each school of a district gets the same pack with its own name, logo and contact line. A list may
cover a whole country: memory holds only one row at a time, and the ids of earlier rows.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zlib import crc32

from pydantic import ValidationError

from pack.items import School
from pack.logos import read_logo
from pack.model import Pack
from pack.problems import Fault, Place, Problem, Severity, nearest, path_text
from pack.theme import load_theme
from pack.types import is_placeholder
from pack.validation import Context
from schools.tables.table import Columns, TableRow, read_table

COLUMNS = Columns(
    "schools",
    ("id", "name", "logo", "contact", "phone", "email", "website", "language", "sheets"),
    ("id", "name", "contact"),
)

#: Short enough for the folder and its files on every system.
MAX_ID = 80

#: Names that Windows reserves for devices (Naming Files, Paths, and Namespaces).
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")

#: Letters that NFKD does not decompose, and characters that belong to a word.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("'’‘ʻʼ`", "")
)

#: A phone number that Excel shows as a power of ten.
_POWER = re.compile(r"\d(\.\d+)?E\+?\d{1,2}", re.I)


_HIDDEN = Fault(
    "this row is hidden in Excel, so no files are made for it",
    "To include it, show it: clear the filter, or choose “Unhide” for the row.",
)


@dataclass(frozen=True)
class SchoolRow:
    """One school of a list.

    `id` is the name of its folder (`folder_name`). `language` is None for the language of the first
    pack. `sheets` are ids of sheets, decks and guides; empty for all. `place` is the row's start.
    """

    id: str
    school: School
    language: str | None
    sheets: tuple[str, ...]
    place: Place


def read(
    file: Path, packs: Sequence[Pack], part: int = 0, parts: int = 1
) -> Iterator[SchoolRow | tuple[Problem, ...]]:
    """Each school of a list, or all problems of its row; a hidden row is only a warning.

    Several processes can share a list: with `parts`, each checks the rows that `part_of` assigns to
    it, and reads only the ids of the others. Phone numbers belong to the first pack's country.
    Logos are relative to the list's folder.
    Raises `ContentError` before the first row if the file can't be read or has wrong columns.
    """
    context = Context(ids={}, folder=file.parent, theme=load_theme(), region=packs[0].about.region)
    offer = _offer(packs)
    lines: dict[str, int] = {}
    empty = True
    for number, entry in enumerate(read_table(file, COLUMNS)):
        empty = empty and entry.hidden
        if part_of(number, parts) == part:
            yield _row(entry, context, offer, lines)
        elif name := folder_name(entry.texts.get("id", "")):
            lines.setdefault(name, entry.place.line)
    if empty and part == 0:
        what = "there are no schools in this list"
        remedy = "Write each school in a row of its own, below the column headings."
        yield (Problem(Place(file), "", Fault(what, remedy)),)


def part_of(number: int, parts: int) -> int:
    """Which part of a list a row belongs to; rows count from 0.

    Rows are not dealt out in turn: a list may have a pattern, such as a large logo in every second
    row.
    """
    return crc32(b"%d" % number) % parts


def _offer(packs: Sequence[Pack]) -> Mapping[str, frozenset[str]]:
    """The ids of all documents by language, the language of the first pack first."""
    offer: dict[str, frozenset[str]] = {}
    for pack in packs:
        ids = frozenset(document.id for document in pack.documents.values())
        offer[pack.about.language] = offer.get(pack.about.language, frozenset()) | ids
    return offer


def _row(
    entry: TableRow,
    context: Context,
    offer: Mapping[str, frozenset[str]],
    lines: dict[str, int],
) -> SchoolRow | tuple[Problem, ...]:
    """Check a row. `lines` has the line of each id so far; this row is added."""
    if entry.hidden:
        return (Problem(entry.place, "", _HIDDEN, Severity.WARNING),)
    texts = dict(entry.texts)
    faults = list(entry.faults)
    # A broken row is not checked further: its cells may be in the wrong columns.
    if any(not column for column, _ in faults):
        return _problems(entry, faults)
    faulty = {column for column, _ in faults}

    name = folder_name(texts.get("id", ""))
    if "id" in texts:
        if fault := _id_fault(texts["id"], name):
            faults.append(("id", fault))
        elif name in lines:
            what = f"the school on line {lines[name]} already has the id “{name}”"
            faults.append(("id", Fault(what, "Give each school its own id.")))
        else:
            lines[name] = entry.place.line

    language = next((one for one in offer if _same_language(one, texts.get("language"))), None)
    if "language" in texts and language is None:
        what = f"there is no pack in the language “{texts['language'][:20]}”"
        faults.append(("language", Fault(what, nearest(texts["language"], offer))))
    known = offer[language or next(iter(offer))]
    sheets = tuple(dict.fromkeys(re.findall(r"[^;,\s]+", texts.get("sheets", "").lower())))
    if "language" in texts or "language" not in faulty:
        for sheet in sheets:
            if sheet not in known:
                what = f"there is no sheet “{sheet[:MAX_ID]}”"
                faults.append(("sheets", Fault(what, nearest(sheet, known))))

    if "phone" in texts and _POWER.fullmatch(texts["phone"]):
        texts["phone"], fault = _written_out(texts["phone"])
        faults += [("phone", fault)] if fault else []
    if texts.get("phone", "").isdecimal():
        texts["phone"] = _grouped(texts["phone"], context.region)
    values = {column: texts[column] for column in School.model_fields if texts.get(column)}
    try:
        school = School.model_validate(values, context=context)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            column = str(details["loc"][0])
            if details["type"] == "content":
                fault = Fault(details["ctx"]["what"], details["ctx"]["remedy"])
                faults.append((column, fault))
            elif column not in faulty:
                faults.append((column, Fault(f"“{column}” is missing", "Fill it in.")))
    if "id" not in texts and "id" not in faulty:
        faults.append(("id", Fault("“id” is missing", "Fill it in.")))
    if faults:
        return _problems(entry, faults)
    return SchoolRow(name, school, language, sheets, entry.place)


def _problems(entry: TableRow, faults: Sequence[tuple[str, Fault]]) -> tuple[Problem, ...]:
    known_as = entry.texts.get("id", f"line {entry.place.line}")[:MAX_ID]
    return tuple(
        Problem(
            entry.locate(column),
            path_text(("schools", known_as, column) if column else ("schools", known_as)),
            fault,
        )
        for column, fault in faults
    )


def folder_name(text: str) -> str:
    """An id as the name of a folder: letters a to z, digits, and single hyphens between them.

    Accents are dropped (Unicode NFKD), capitals become lowercase, anything else becomes a hyphen.
    So no name leads out of its folder or is hidden, and names that differ only in capitals are the
    same. Names that Windows reserves, names longer than `MAX_ID` and empty names are returned
    unchanged, and `read` refuses them: if they were shortened, two might become equal.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def _id_fault(text: str, name: str) -> Fault | None:
    if not name:
        what = f"the id “{text[:MAX_ID]}” has no characters that can be used in a folder name"
        return Fault(what, "Use letters a to z, digits and hyphens, like “oak-hill”.")
    if _RESERVED.fullmatch(name):
        what = f"Windows does not allow a folder named “{name}”"
        return Fault(what, f"Add a word, like “{name}-school”.")
    if len(name) > MAX_ID:
        what = f"this id has {len(name)} characters; the limit is {MAX_ID}"
        return Fault(what, "Make it shorter.")
    return None


def _same_language(language: str, text: str | None) -> bool:
    return text is not None and language.lower() == text.lower().replace("_", "-")


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


def placeholders(row: SchoolRow) -> Iterator[Problem]:
    """A warning for each address of a school that is a placeholder and must not reach families."""
    for column, address in (("email", row.school.email), ("website", row.school.website)):
        if address and is_placeholder(address):
            yield _warning(
                row,
                column,
                Fault(
                    f"“{address}” is a placeholder",
                    "Write the real address here before you print for families.",
                ),
            )


def poor_logo(row: SchoolRow) -> Iterator[Problem]:
    """A warning for each reason why a school's logo prints poorly."""
    if row.school.logo:
        logo = read_logo(row.place.file.parent / row.school.logo)
        for what, remedy in logo.warnings:
            yield _warning(row, "logo", Fault(what, remedy))


def _warning(row: SchoolRow, column: str, fault: Fault) -> Problem:
    where = path_text(("schools", row.id, column))
    return Problem(row.place, where, fault, Severity.WARNING)
