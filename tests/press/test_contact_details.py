"""Wherever a contact is shown, so is all that it takes to reach it."""

import re
from pathlib import Path

import pikepdf
import pytest
from lxml import html
from pptx import Presentation

from tests.conftest import ROOT, Run
from tests.tools import pdf

CONTACTS = """\
  line:
    name: Text line
    use: Day and night
    text: {number: "741741", word: HOME}
    added: true

  office:
    name: Counseling office
    use: Ask anything
    extension: 4
    phone: 303-555-0142
    text: {number: 303-555-0143}
    tty: 303-555-0144
    email: office@school.example
    hours: School days, 8 to 4
    added: true

  desk:
    name: The desk
    use: Write to us
    email: desk@school.example
    hours: Mondays
    added: true

"""

#: What must be printed wherever the contacts are, and the links of it.
SHOWN = {
    "Text HOME to 741741": "sms:741741?body=HOME",
    "303-555-0142 ext. 4": "tel:+13035550142;ext=4",
    "Text 303-555-0143": "sms:+13035550143",
    "TTY: 303-555-0144": "tel:+13035550144",
    "office@school.example": "mailto:office@school.example",
    "School days, 8 to 4": "",
    "desk@school.example": "mailto:desk@school.example",
    "Mondays": "",
}

SHEETS = {
    "tip-sheet": "contacts: [line, office, desk]",
    "directory": "contacts: [line, office, desk]",
    "poster": "contacts: [line, office, desk]",
    "wallet-cards": "contacts: [line, office, desk]",
    "cards": "conversations: [talk]",
    "action-steps": "steps: [first-step]",
}


def _content(text: str) -> str:
    """The starter, with the contacts above on sheets of all kinds and on slides."""
    sheets = "".join(
        f"  - {{id: {name}, template: {name}, title: Help, kicker: For you, lead: It is free.,\n"
        f"     about: Help., pages: 1, blocks: [{{{block}}}]}}\n\n"
        for name, block in SHEETS.items()
    )
    talk = (
        "conversations:\n  talk: {title: Talk, when: Today, from: main, lines: [Hello.]}\n\nsteps:"
    )
    edits = {
        r"(?m)^  learn-more:": f"{CONTACTS}  learn-more:",
        r"help_strip: \[.*?\]": "help_strip: [line, office, desk]",
        r"contacts: \[emergency\]": "contacts: [line, office, desk]",
        r"(?m)^steps:": talk,
        r"(?ms)^handouts:\n.*?^(?=# ── 6)": f"handouts:\n{sheets}",
        r"contacts: \[emergency, learn-more\]": "contacts: [line, office, desk]",
    }
    for old, new in edits.items():
        text, found = re.subn(old, new, text, count=1)
        assert found, old
    return text


@pytest.fixture(scope="module")
def made(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all materials of that pack."""
    folder = tmp_path_factory.mktemp("contacts")
    starter = (ROOT / "templates" / "starter.yaml").read_text(encoding="utf-8")
    (folder / "help.yaml").write_text(_content(starter), encoding="utf-8")
    result = run("build", folder / "help.yaml", "--output", folder / "output")
    assert result.returncode == 0, result.stderr
    return folder / "output" / "help"


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_shows_and_links_every_way_to_reach_a_contact(sheet: str, made: Path) -> None:
    file = made / f"{sheet}.pdf"
    printed = re.sub(r"\s", "", pdf.text(file))
    with pikepdf.open(file) as document:
        links = {
            str(annotation.A.URI)
            for page in document.pages
            for annotation in page.get("/Annots", [])
            if "/URI" in annotation.get("/A", {})
        }
    for shown, link in SHOWN.items():
        assert re.sub(r"\s", "", shown) in printed
        assert not link or link in links


@pytest.mark.parametrize("layout", ["Contacts", "Steps"])
def test_a_slide_shows_every_way_to_reach_a_contact(layout: str, made: Path) -> None:
    shown = "\n".join(
        "".join(node.itertext()).replace("\N{NO-BREAK SPACE}", " ")
        for slide in Presentation(str(made / "slides.pptx")).slides
        if slide.slide_layout.name == layout
        for node in slide._element.iter("{*}p")
    )
    assert [way for way in SHOWN if way not in shown] == []


def test_the_page_shows_and_links_every_way_to_reach_a_contact(made: Path) -> None:
    page = html.fromstring((made / "index.html").read_bytes())
    (contacts, *_) = page.find_class("contacts")
    text = re.sub(r"\s+", " ", contacts.text_content())
    assert [way for way in SHOWN if way not in text] == []
    links = {link for link in SHOWN.values() if link}
    assert links <= set(contacts.xpath(".//@href"))
