"""Lists of schools with one fault each, and the expected message."""

from dataclasses import dataclass

HEADS = "id,name,logo,contact,phone,email,website,language,sheets\n"
GOOD = "oak,Oak School,,The office,303-555-0142,,,,\n"


@dataclass(frozen=True)
class Bad:
    """A file, the line and column of its problem, what is wrong, and how to fix it.

    `rows` is how many schools are read anyway; None if the list is refused as a whole.
    """

    name: str
    data: str | bytes
    line: int
    column: int
    what: str
    remedy: str
    rows: int | None = 0
    file: str = "schools.csv"


def cells(column: str, value: str) -> list[str]:
    """The cells of a school with one bad cell."""
    elm = {"id": "elm", "name": "Elm School", "contact": "The office", column: value}
    return [elm.get(name, "") for name in HEADS.strip().split(",")]


def cell(column: str, value: str, what: str, remedy: str, called: str = "") -> Bad:
    """A list with a good school, and on line 3 a school with a bad cell."""
    row = cells(column, value)
    before = row[: HEADS.strip().split(",").index(column)]
    start = len("".join(f"{one}," for one in before)) + 1
    data = HEADS + GOOD + ",".join(row) + "\n"
    return Bad(called or f"{column} {value[:20]!r}", data, 3, start, what, remedy, rows=1)


GLYPH, LEAVE = "our fonts have no glyph for", "Leave this character out"
HIDDEN, AGAIN = "there is an invisible character", "Type the cell again"
OPEN, CLOSE = "a quotation mark in this row is never closed", "Add the closing quotation mark"
YAML = "schools:\n  - {id: oak, name: Oak School, contact: The office}\n"

BAD = [
    # Headings
    Bad("empty", "", 1, 1, "this list is empty", "id, name, logo, contact", None),
    Bad("blank lines", "\n\n\n", 1, 1, "this list is empty", "Begin with", None),
    Bad("no headings", GOOD, 1, 1, "no heading of this list is known to mean “name”: “oak”",
        '--column name="…"', None),
    Bad("headings alone", HEADS, 1, 1, "there are no schools in this list", "Write each school"),
    Bad("no name", "id,contact\n", 1, 1, "no heading of this list is known to mean “name”",
        "Write “name” above the column", None),
    Bad("no contact", "id;name\n", 1, 1, "does not say whom to ask", "--contact", None),
    # Rows
    Bad("too many cells", HEADS + "oak,Oak, Hill,,Office,,,,,,x\n", 2, 1,
        "more cells than the list has columns", '"Oak, Hill"'),
    Bad("too few cells", HEADS + GOOD + "elm,Elm School\n", 3, 1,
        "“contact” is missing", "--contact", 1),
    Bad("no name in a short row", HEADS + GOOD + "elm\n", 3, 1,
        "ends before the column “name”", "Add the missing cells", 1),
    Bad("cell under no heading", "id,name,contact,,\noak,Oak,Office,x\n", 2, 1,
        "more cells than the list has columns", "quotation marks"),
    Bad("open quotation", HEADS + 'elm,"Elm School,,Office\n' + GOOD, 2, 1,
        OPEN, CLOSE, 1),
    Bad("open quotation at the end", HEADS + GOOD + 'elm,"Elm School,,Office', 3, 1,
        OPEN, CLOSE, 1),
    Bad("open quotation closed rows later", HEADS + 'elm,"Elm,,Office\n' + 'a,"Oak",,Office\n', 2,
        1, OPEN, CLOSE, 1),
    Bad("text after a quotation", HEADS + 'elm,"Elm" School,,Office\n' + GOOD, 2, 1,
        "text after a closing quotation mark", "Double the", 1),
    Bad("open quotation far above", HEADS + 'elm,"Elm' + "\n" * 30 + GOOD, 2, 1,
        OPEN, CLOSE, 1),
    Bad("an endless line", HEADS + GOOD + "x" * 200_000, 3, 1,
        "more than 100,000 characters", "really a CSV file", 1),
    Bad("an endless first line", "x" * 200_000, 1, 1,
        "more than 100,000 characters", "really a CSV file", None),
    # Required cells
    cell("id", "", "“id” is missing", "Fill it in"),
    cell("name", "", "“name” is missing", "Fill it in"),
    cell("name", "  ", "“name” is missing", "Fill it in"),
    cell("contact", "", "“contact” is missing", "Fill it in"),
    # Ids
    cell("id", "学校", "the id “学校” has no characters that can be used", "letters a to z"),
    cell("id", "../..", "the id “../..” has no characters that can be used", "letters a to z"),
    cell("id", "CON", "Windows does not allow a folder named “con”", "“con-school”"),
    cell("id", "/nul.", "Windows does not allow a folder named “nul”", "“nul-school”"),
    cell("id", "com1", "Windows does not allow a folder named “com1”", "Add a word"),
    cell("id", "a" * 81, "has 81 characters; the limit is 80", "shorter", "long id"),
    cell("id", "Oak", "the school on line 2 already has the id “oak”", "its own id"),
    cell("id", "../OÂK.", "the school on line 2 already has the id “oak”", "its own id"),
    cell("id", "e\0lm", f"{HIDDEN} (U+0000)", AGAIN),
    # Names
    cell("name", "E", "“E” is too short", "in full"),
    cell("name", "E" * 91, "91 characters, but there is only room for 90", "Shorten", "long name"),
    cell("name", "Elm 😀 School", f"{GLYPH} “😀” (U+1F600)", LEAVE),
    cell("name", "榆树小学", f"{GLYPH} “榆” (U+6986), “树”", "Leave these characters out"),
    cell("name", "Elm ☃", f"{GLYPH} “☃” (U+2603)", LEAVE),
    cell("name", "Elm \ue000", f"{GLYPH} U+E000", LEAVE),
    *(
        cell("name", f"E{sign}lm", f"{HIDDEN} (U+{ord(sign):04X})", AGAIN)
        for sign in "\u200e\u200f\u202a\u202e\u2066\u2069\x07\x1b\x7f\u2028"
    ),
    cell("name", "[Elm](javascript:x)", "“javascript:” is not allowed", "https://"),
    cell("contact", "E" * 121, "121 characters, but there is only room for 120", "Shorten",
         "long contact"),
    cell("contact", "Office ☕️", f"{GLYPH} “☕” (U+2615)", LEAVE),
    # Reaching the school
    cell("phone", "303-555-014", "not a phone number that can be dialed", "Count the digits"),
    cell("phone", "call us", "contains letters or symbols", "Use digits and hyphens only, like"),
    cell("phone", "3.04E+09", "Excel has shortened this phone number", "“Text”"),
    cell("email", "office", "“office” is not an e-mail address", "office@place.org"),
    cell("email", "a@b.example; office", "is not an e-mail address", "office@place.org"),
    cell("website", "elm", "“elm” is not a web address", "address bar"),
    cell("website", "javascript:alert(1)", "“javascript:” is not allowed", "https://"),
    cell("website", "https://elm.example/a b", "contains a space", "%20"),
    cell("website", "https://elm.example/" + "a" * 300, "320 characters long", "shorter",
         "long website"),
    # What to print
    cell("language", "es", "there are no materials in Spanish", "Choose from: English"),
    cell("language", "es-MX", "there are no materials in Spanish (Mexico)", "translate es-MX"),
    cell("language", "Englsh", "“Englsh” is not a language", "Did you mean “English”?"),
    cell("language", "en;Klingon", "“Klingon” is not a language", "Known names: English"),
    cell("language", "\x02", f"{HIDDEN} (U+0002)", AGAIN),
    cell("sheets", "tip-sheet;tip-shet", "there is no sheet “tip-shet”", "“tip-sheet”"),
    cell("sheets", "evening deck", "there is no sheet “deck”", "Known names: evening"),
    # Formulas and errors of Excel
    cell("name", '=HYPERLINK("x")', "there is a formula in this cell", "Values only"),
    cell("phone", "=1+1", "there is a formula in this cell", "Values only"),
    cell("name", "#REF!", "Excel shows an error here (#REF!)", "the text itself"),
    # Logos
    cell("logo", "none.png", "there is no picture “none.png”", "put the file into"),
    cell("logo", "../out.png", "there is no picture “../out.png”", "put the file into"),
    cell("logo", "/etc/passwd", "is outside the content folder", "Copy it into"),
    # Encodings and files
    Bad("an unknown encoding", HEADS.encode() + b"elm,Escola S\x81o,,x\n", 2, 1,
        "not saved as UTF-8: this line has “S�o”", "CSV UTF-8", None),
    Bad("UTF-16 without its mark", HEADS.encode("utf-16-le"), 1, 1,
        "not a text file, or it is not saved as UTF-8", "CSV UTF-8", None),
    Bad("UTF-16 cut off", "id,name".encode("utf-16")[:-1], 1, 1,
        "starts as UTF-16, but not all of it is", "CSV UTF-8", None),
    Bad("workbook called .csv", b"PK\x03\x04rest", 1, 1, "this is a workbook or an archive",
        ".xlsx or .csv", None),
    Bad("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 1, 1, "from an old version of Excel",
        "Excel Workbook (.xlsx)", None, "schools.xls"),
    Bad("another file", "x", 1, 1, "a list can't be a “.pdf” file", ".csv, .xlsx or .yaml", None,
        "schools.pdf"),
    Bad("broken workbook", "x", 1, 1, "this is not an Excel workbook", "Save it again", None,
        "schools.xlsx"),
    # YAML
    Bad("YAML without the list", "{}\n", 1, 1, "there is no list “schools:”", "Write “schools:”",
        None, "schools.yaml"),
    Bad("YAML with an empty list", "schools: []\n", 1, 1, "there is no list “schools:”",
        "after “- ”", None, "schools.yaml"),
    Bad("YAML with another list", YAML + "school: []\n", 3, 1, "“school” is not a known field",
        "“schools”", None, "schools.yaml"),
    Bad("YAML with an unknown key", YAML + "  - {id: e, nam: x, name: Elm, contact: Of}\n", 3, 13,
        "“nam” is not a known field", "“name”", 1, "schools.yaml"),
    Bad("YAML with a list for a name", YAML + "  - {id: e, name: {a: b}, contact: Of}\n", 3, 13,
        "expected text here", "on this line", 1, "schools.yaml"),
    Bad("YAML with text for a school", YAML + "  - elm\n", 3, 5, "“name: value” lines", "“- id:”",
        1, "schools.yaml"),
    Bad("YAML with an id twice", YAML + "  - {id: OAK, name: Elm, contact: Of}\n", 3, 6,
        "the school on line 2 already has the id", "its own", 1, "schools.yaml"),
    Bad("YAML that is broken", YAML + "  - [\n", 3, 1, "YAML can't be read", "Compare",
        None, "schools.yaml"),
]  # fmt: skip
