"""A PDF as a whole: its language and title, its restrictions, its fonts.

The clauses are those of ISO 14289-1 (PDF/UA-1) and of WCAG 2.1.
"""

from collections.abc import Iterator

import pikepdf

from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.pdf.remedies import program_fault
from preflight.pdf.structure_tree import Key, entry

MARKED = Rule("pdf-not-marked", "ISO 14289-1, 6.2")
SUSPECTS = Rule("pdf-suspects", "ISO 14289-1, 7.1")
LANGUAGE = Rule("pdf-language", "ISO 14289-1, 7.2; WCAG 2.1, 3.1.1")
TITLE = Rule("pdf-title", "ISO 14289-1, 7.1; WCAG 2.1, 2.4.2")
TITLE_SHOWN = Rule("pdf-title-shown", "ISO 14289-1, 7.1")
DECLARED = Rule("pdf-ua-declared", "ISO 14289-1, 5")
LOCKED = Rule("pdf-locked", "ISO 14289-1, 7.16")
SCRIPT = Rule("pdf-script", "ISO 14289-1, 7.19")
XFA = Rule("pdf-xfa", "ISO 14289-1, 7.15")
TABS = Rule("pdf-tab-order", "ISO 14289-1, 7.18.3")
EMBEDDED = Rule("pdf-font-embedded", "ISO 14289-1, 7.21.4.1")
READABLE = Rule("pdf-font-unreadable", "ISO 14289-1, 7.21.7")

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
#: Encodings that every program can decode (ISO 32000-1, 9.10.2).
_ENCODINGS = ("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding")
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}part"


def check_document(document: pikepdf.Pdf, language: str) -> Iterator[Finding]:
    """Yield what is wrong with the document as a whole; `language` is the required language."""
    root = document.Root
    if entry(root, "/MarkInfo", "/Marked") is not True:
        yield _finding(
            MARKED,
            "the file does not say that it is tagged, so screen readers guess the reading order",
            "The catalog needs /MarkInfo with /Marked true.",
        )
    if entry(root, "/MarkInfo", "/Suspects") is True:
        yield _finding(
            SUSPECTS,
            "the file says that its own tags may be wrong",
            "/Suspects in /MarkInfo must not be true.",
        )
    yield from _check_language(str(entry(root, "/Lang") or ""), language)
    yield from _check_title(document)
    if not document.allow.accessibility:
        yield _finding(
            LOCKED,
            "the file is locked so that screen readers can't read it",
            "Don't encrypt the file, or allow access for accessibility.",
        )
    if entry(root, "/AcroForm", "/XFA") is not None:
        yield _finding(XFA, "the file is an XFA form, which few programs can read", "Remove /XFA.")
    yield from _check_pages(document)
    yield from _check_fonts(document)


def _check_language(given: str, language: str) -> Iterator[Finding]:
    fix = f"The catalog's /Lang must be “{language}”, the language of the content file."
    if not given:
        yield _finding(LANGUAGE, "the file does not say what language it is in", fix)
    elif given.casefold() != language.casefold():
        what = f"the file says that its language is “{given}”, but its text is in “{language}”"
        yield _finding(LANGUAGE, what, fix)


def _check_title(document: pikepdf.Pdf) -> Iterator[Finding]:
    described = document.open_metadata() if "/Metadata" in document.Root else None
    title = str((described and described.get("dc:title")) or "").strip()
    info = str(entry(document.trailer, "/Info", "/Title") or "").strip()
    if not title or not info:
        missing = {"its metadata (XMP)": title, "its properties": info}
        where = " and ".join(place for place, text in missing.items() if not text)
        yield _finding(TITLE, f"the file has no title in {where}", "It must be in both places.")
    elif title != info:
        what = f"the file has two titles: “{title}” in its metadata, “{info}” in its properties"
        yield _finding(TITLE, what, "dc:title and /Title must be the same.", subject=title)
    if described is None or described.get(_PDFUA) != "1":
        yield _finding(
            DECLARED,
            "the file does not say that it follows PDF/UA-1, the standard for accessible PDF",
            "The metadata (XMP) needs pdfuaid:part with the value 1.",
        )
    if entry(document.Root, "/ViewerPreferences", "/DisplayDocTitle") is not True:
        yield _finding(
            TITLE_SHOWN,
            "PDF readers show and read out the file name instead of the title",
            "/ViewerPreferences needs /DisplayDocTitle true.",
        )


def _check_pages(document: pikepdf.Pdf) -> Iterator[Finding]:
    root = document.Root
    named = entry(root, "/Names", "/JavaScript") is not None
    scripted = {0} if named or _has_script(root, "/OpenAction") else set()
    for number, page in enumerate(document.pages, start=1):
        annotations = list(entry(page.obj, "/Annots") or ())
        if annotations and page.obj.get("/Tabs") != "/S":
            yield _finding(
                TABS,
                "the Tab key does not follow the reading order",
                "A page with links needs /Tabs /S.",
                number,
            )
        if _has_script(page.obj) or any(map(_has_script, annotations)):
            scripted.add(number)
    for number in sorted(scripted):
        yield _finding(
            SCRIPT,
            "the file runs a script (JavaScript), which PDF readers block or warn about",
            "Remove all JavaScript actions.",
            number,
        )


def _has_script(holder: pikepdf.Object, own: str = "/A") -> bool:
    """Whether an object's own action, or one of its additional actions (/AA), runs a script."""
    reactions = entry(holder, "/AA") or pikepdf.Dictionary()
    for action in (entry(holder, own), *(reaction for _, reaction in reactions.items())):
        chained = action
        for _ in range(100):  # A chain of actions may be circular.
            if entry(chained, "/S") == "/JavaScript":
                return True
            chained = entry(chained, "/Next")
    return False


def _check_fonts(document: pikepdf.Pdf) -> Iterator[Finding]:
    seen: set[Key] = set()
    for scope in document.content_scopes():
        fonts = entry(scope.resources, "/Font") or pikepdf.Dictionary()
        for _, font in fonts.items():
            if font.objgen not in seen:
                seen |= {font.objgen} - {(0, 0)}
                yield from _check_font(font)


def _check_font(font: pikepdf.Object) -> Iterator[Finding]:
    kind = str(entry(font, "/Subtype"))
    name = str(entry(font, "/BaseFont") or entry(font, "/Name") or "/?")[1:]
    called = f"the font “{name.rpartition('+')[2]}”"
    real = font.DescendantFonts[0] if kind == "/Type0" else font
    if kind != "/Type3" and not any(entry(real, "/FontDescriptor", file) for file in _FILES):
        yield _finding(
            EMBEDDED,
            f"{called} is not embedded, so other computers show a different one",
            "Every font must be embedded.",
        )
    if "/ToUnicode" not in font and (
        kind in ("/Type0", "/Type3") or not _is_plain(font.get("/Encoding"))
    ):
        yield _finding(
            READABLE,
            f"{called} does not say which characters it shows, so text can't be read or copied",
            "Every font needs a /ToUnicode table or a standard encoding.",
        )


def _is_plain(encoding: object) -> bool:
    return isinstance(encoding, pikepdf.Name) and str(encoding) in _ENCODINGS


def _finding(rule: Rule, what: str, fix: str, page: int = 0, subject: str = "") -> Finding:
    return Finding(rule, page, Fault(what, program_fault(fix)), subject)
