"""Files of translations as they come back broken from translators and their programs."""

import datetime
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

HEAD = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: sextortion\\n"\n"Language: es\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
)
USE = 'msgctxt "contacts/fbi/use"\nmsgid "Report the crime"\nmsgstr "{}"\n'
BODY = 'msgctxt "steps/block/body"\nmsgid "Then change the account passwords."\nmsgstr "Luego."\n\n'


@dataclass(frozen=True)
class BrokenFile:
    """A broken file: what is written to it, where the fault is told, and in which words."""

    name: str
    data: bytes
    place: str
    told: str


def _po(name: str, text: str, line: int, told: str, encoding: str = "utf-8") -> BrokenFile:
    return BrokenFile(f"{name}.po", text.encode(encoding), f":{line}:", told)


def _entry(name: str, source: str, context: str, target: str, told: str) -> BrokenFile:
    """A PO file in which one translation is wrong, told at its entry."""
    entry = f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{target}"\n'
    return _po(name, HEAD + BODY + entry, 11, told)


PO = [
    _po("quote-open", HEAD + USE.format("Denuncie")[:-2] + "\n", 9, "not how a PO file is written"),
    _po("quote-inside", HEAD + USE.format('el "delito"'), 9, "not how a PO file is written"),
    _po("no-quotes", HEAD + 'msgctxt "a/b"\nmsgid Report\n', 8, "not how a PO file is written"),
    _po("wrong-escape", HEAD + USE.format("\\q"), 9, "not how a PO file is written"),
    _po("keyword", HEAD + USE.format("x").replace("msgstr", "msgtxt"), 9, "not how a PO file is"),
    _po("cut-off", HEAD + BODY + 'msgctxt "contacts/fbi/use"\nmsgid "Rep', 12, "not how a PO file"),
    _po("string-first", '"Language: es\\n"\n' + HEAD, 1, "not how a PO file is written"),
    _po("msgstr-first", HEAD + BODY + 'msgstr "x"\n', 11, "not how a PO file is written"),
    _po(
        "conflict", HEAD + "<<<<<<< ours\n" + BODY + "=======\n>>>>>>> theirs\n", 7, "two versions"
    ),
    _po(
        "latin-1",
        HEAD.replace("UTF-8", "ISO-8859-1") + USE.format("Señálelo"),
        5,
        "in ISO-8859-1, not in UTF-8",
        "latin-1",
    ),
    _po("not-utf-8", HEAD + USE.format("Señálelo"), 9, "not in UTF-8", "cp1252"),
    _po("utf-16", HEAD + USE.format("x"), 1, "not in UTF-8", "utf-16"),
    _po("separator", HEAD + USE.format("Denun\u2028cie"), 9, "invisible control character"),
    _po("null", HEAD + USE.format("Denun\0cie"), 9, "invisible control character"),
    _po("twice", HEAD + USE.format("Denuncie") + "\n" + USE.format("Avise"), 11, "is here twice"),
    _po("no-context", HEAD + USE.format("Denuncie").split("\n", 1)[1], 7, "has no context"),
    _po(
        "plural",
        HEAD + 'msgctxt "a/b"\nmsgid "page"\nmsgid_plural "pages"\nmsgstr[0] "página"\n',
        7,
        "there are plural forms",
    ),
    _po("other-language", HEAD.replace(": es", ": fr") + BODY, 1, "in the language “fr”"),
    _po("other-pack", HEAD.replace("sextortion", "water") + BODY, 1, "for “water”"),
    _po("no-header", BODY, 1, "has no header"),
    _po("empty", "", 1, "has no header"),
    _entry(
        "digit",
        "The FBI has interviewed victims as young as 8.",
        "figures/as-young-as-8/text",
        "El FBI ha entrevistado a víctimas de 9 años.",
        "the number 8 is missing",
    ),
    _entry("control", "Report the crime", "contacts/fbi/use", "Denun\\bcie", "(U+0008)"),
    _entry("direction", "Report the crime", "contacts/fbi/use", "\u202eDenuncie", "(U+202E)"),
    _entry("html", "Report the crime", "contacts/fbi/use", "<i>Denuncie</i>", "HTML"),
    _entry("jinja", "Report the crime", "contacts/fbi/use", "{{ 7*7 }}", "mark of a template"),
    _entry(
        "markdown",
        "**Report anyway.**",
        "topics/report-anyway/points/4/text",
        "**Denúncielo.",
        "**bold** is here not at all",
    ),
    _entry(
        "braces", "Slide {number}: {title}", "labels/slide_alt", "{título}", "{title} is missing"
    ),
    _entry("english", "Report the crime", "contacts/fbi/use", "Report the crime", "still the Engl"),
    _entry(
        "harmful",
        "If we pay, it stops.",
        "myths/pay/myth",
        "Hubo un suicidio consumado.",
        "is harmful",
    ),
]

Rows = list[list[Any]]
GOOD_ROWS: Rows = [
    ["context", "source", "target"],
    ["steps/block/body", "Then change the account passwords.", "Luego cambie las contraseñas."],
    ["contacts/fbi/use", "Report the crime", "Denuncie el delito"],
]


def write_rows(file: Path, rows: Rows, title: str = "es · sextortion", **cells: Any) -> None:
    """An Excel workbook with these rows, and other values in single cells."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for name, value in cells.items():
        sheet[name] = value
    book.save(file)


def _headings(file: Path) -> None:
    write_rows(file, GOOD_ROWS[1:])


def _swapped(file: Path) -> None:
    write_rows(file, [GOOD_ROWS[0], *([a, c, b] for a, b, c in GOOD_ROWS[1:])])


def _shifted(file: Path) -> None:
    """Someone has sorted one column alone."""
    sources = [row[1] for row in GOOD_ROWS[1:]][::-1]
    rows = [[row[0], source, row[2]] for row, source in zip(GOOD_ROWS[1:], sources, strict=True)]
    write_rows(file, [GOOD_ROWS[0], *rows])


def _error_value(file: Path) -> None:
    write_rows(file, GOOD_ROWS, C3="#REF!")
    book = load_workbook(file)
    book.worksheets[0]["C3"].data_type = "e"
    book.save(file)


def _no_workbook(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("note.txt", "nothing")


def _cut(file: Path) -> None:
    write_rows(file, GOOD_ROWS)
    file.write_bytes(file.read_bytes()[:-900])


def _text(file: Path) -> None:
    file.write_text("context;source;target")


def _of(**values: Any) -> Callable[[Path], None]:
    return lambda file: write_rows(file, GOOD_ROWS, **values)


#: What is written, where the fault is told, and in which words.
EXCEL: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "formula": (_of(C3='=HYPERLINK("https://a.example","x")'), "cell C3", "this is a formula"),
    "formula-in-context": (_of(A3="=A2"), "cell A3", "this is a formula"),
    "date": (_of(C3=datetime.date(2026, 1, 8)), "cell C3", "into a date"),
    "error": (_error_value, "cell C3", "an error of Excel: #REF!"),
    "no-context": (_of(A3=None), "cell A3", "no context"),
    "no-source": (_of(B3=None), "cell B3", "no English text"),
    "twice": (_of(A4="contacts/fbi/use", B4="Report the crime", C4="Avise"), "cell A4", "twice"),
    "headings": (_headings, ".xlsx", "there is no column “context”"),
    "swapped": (_swapped, ".xlsx", "the English text is where the translation belongs"),
    "number": (_of(C3=988), "cell C3", "the number 988 is not in the English"),
    "html": (_of(C3="<b>Denuncie</b>"), "cell C3", "HTML"),
    "mojibake": (_of(C3="SeÃ±Ã¡lelo"), "cell C3", "wrong charset"),
    "other-pack": (lambda file: write_rows(file, GOOD_ROWS, "es · water"), ".xlsx", "es · water"),
    "other-language": (
        lambda file: write_rows(file, GOOD_ROWS, "fr · sextortion"),
        ".xlsx",
        "fr · sextortion",
    ),
    "unknown": (
        lambda file: write_rows(file, [GOOD_ROWS[0], ["a/b", "Swim", "Nade"]]),
        ".xlsx",
        "for another pack: 1 of its 1",
    ),
    "no-workbook": (_no_workbook, ".xlsx", "can't be read"),
    "cut": (_cut, ".xlsx", "not an Excel workbook"),
    "text": (_text, ".xlsx", "not an Excel"),
}
