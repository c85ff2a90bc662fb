"""A finding leads to the line of the text or address that it is about."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from pack.artifacts import Artifact, asked_edition
from pack.documents import Edition
from pack.load import read_pack
from pack.model import Pack, YamlPath
from pack.problems import Fault
from preflight.checks import place_of
from preflight.findings import Finding, Rule
from preflight.language.safe_messaging import unaccompanied
from preflight.pdf.pages import check_pages
from press.builders import PackBuilders, artifacts_of
from slides import deck
from slides.draft import DeckDraft
from tests.conftest import CONTENT
from tests.pack.bad_packs import Change, line_of, with_body
from tests.preflight import broken_slides  # noqa: F401 (registers its damages)
from tests.preflight.broken_decks import BROKEN, broken, short_pack
from tests.preflight.small_pages import expected, make
from tests.tools.decks import check

PACK = read_pack(CONTENT)
SHEET, *_ = artifacts_of(PACK)
DECK = next(one for one in artifacts_of(PACK) if one.kind == "deck")

#: More characters than a message shows.
LONG = "When a child tells you, listen first and stay calm, and say that it is not to blame. "


def _line(pack: Pack, *path: str | int) -> int:
    return pack.origin.place(path).line


def _about(subject: str) -> Finding:
    return Finding(Rule("rule", "a standard"), 1, Fault("what is wrong", "How to fix it."), subject)


def _small(text: str) -> Finding:
    """The finding on a page with this text in 7 pt."""
    html = f'<h1>Heading</h1><p style="font-size: 7pt">{text}</p>'
    with pypdfium2.PdfDocument(make(html)) as document:
        (finding,) = check_pages(document, expected())
    return finding


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('Say: "It is not your fault." Then listen.', "Say: “It is not your fault.” Then listen."),
        (
            "Say that **nobody** is *ever* to blame.",
            "Say that <b>nobody</b> is <i>ever</i> to blame.",
        ),
        ("Listen first.\n\nThen ask what happened.", "“Then ask what happened.”"),
        ("- Keep every message.\n- Block the account.", "• Block the account."),
        ("Call now, by day or by night.", "CALL NOW, BY DAY"),
        (
            "Listen first.\n\nThen ask what happened.",
            "Listen first. To do: Then ask what happened.",
        ),
    ],
    ids=["quotation", "markup", "paragraph", "bullet", "capitals", "several"],
)
def test_a_text_on_a_page_leads_to_its_line(tmp_path: Path, body: str, shown: str) -> None:
    pack = with_body(tmp_path, body)
    place = place_of(pack, artifacts_of(pack)[0], _small(shown))
    assert place.line == line_of(pack, "body: |")


def test_a_long_text_is_distinguished_from_one_that_begins_like_it(tmp_path: Path) -> None:
    earlier: Change = ("- In any app.", f"- {LONG}")
    pack = with_body(tmp_path, f"{LONG}Then call us.", earlier)
    finding = _small(f"{LONG}Then call us.")
    assert "…”" in finding.what
    assert finding.subject == f"{LONG}Then call us."
    assert place_of(pack, artifacts_of(pack)[0], finding).line == line_of(pack, "body: |")


def test_if_texts_are_equal_the_one_in_the_artifact_is_meant() -> None:
    assert PACK.deck
    number, title = next(
        (number, slide.title)
        for number, slide in enumerate(PACK.deck.slides)
        if slide.layout == "section" and slide.title
    )
    cards = PACK.handouts[1].model_copy(update={"title": title})
    handouts = (PACK.handouts[0], cards, *PACK.handouts[2:])
    pack = PACK.model_copy(update={"handouts": handouts})
    sheet = _sheet(1, cards.variants[0])
    assert place_of(pack, sheet, _about(title)).line == _line(PACK, "handouts", 1, "title")
    own = _line(PACK, "deck", "slides", number, "title")
    assert place_of(pack, DECK, _about(title)).line == own


def test_a_heading_is_not_taken_for_a_sentence_that_repeats_it(tmp_path: Path) -> None:
    pack = with_body(
        tmp_path, "Keep it.", ("body: Somewhere online.", "body: First save it, then call.")
    )
    finding = _about("Save it")
    assert place_of(pack, artifacts_of(pack)[0], finding).line == line_of(pack, "title: Save it")


@pytest.mark.parametrize("shown", ["https://tips.fbi.gov/", "tips.fbi.gov"])
def test_an_address_leads_to_its_line(tmp_path: Path, shown: str) -> None:
    pack = with_body(tmp_path, "Report it.")
    assert place_of(pack, artifacts_of(pack)[0], _about(shown)).line == line_of(
        pack, "url: https://tips.fbi.gov/"
    )


def _on_deck(pack: Pack, damage: str) -> Finding:
    """The first finding on a short deck with this damage."""
    case = next(one for one in BROKEN if one.damage.__name__ == damage)
    finding, *_ = check(broken(deck.render(DeckDraft(pack)), case.damage), pack)
    return finding


@pytest.mark.parametrize(
    ("damage", "path"),
    [
        ("text_is_light_gray", ("topics", "what-it-is", "points")),
        ("title_is_small", ("topics", "what-it-is", "title")),
        ("text_runs_over_the_edge", ("topics", "what-it-is", "points")),
        ("head_of_the_table_is_not_flagged", ("contacts",)),
        ("code_is_small", ("videos", "explained", "url")),
        ("address_of_the_code_is_not_written", ("videos", "explained", "url")),
        ("placeholder_is_empty", ("deck",)),
        ("code_has_no_alternative_text", ("deck",)),
        ("link_leads_to_a_foreign_page", ("deck",)),
    ],
)
def test_a_box_of_a_slide_leads_to_its_text_and_its_name_to_nothing(
    damage: str, path: YamlPath, tmp_path: Path
) -> None:
    """Box names such as “Text”, “Table” and “Help” are also words in the content."""
    pack = short_pack(tmp_path)
    place = place_of(pack, DECK, _on_deck(pack, damage))
    inside = [mark for mark, (line, _) in pack.origin.marks.items() if line == place.line]
    assert any(mark[: len(path)] == path for mark in inside)
    if path == ("deck",):
        assert place == pack.origin.place(path)


def test_a_word_without_its_number_leads_to_the_text_that_is_on_the_page() -> None:
    """Other texts contain the word, too."""
    page = "Talk openly.\r\n• It has led to deaths by suicide. There is\r\nhelp and hope."
    (finding,) = unaccompanied([page], PACK)
    assert place_of(PACK, SHEET, finding).line == _line(PACK, "topics", "money", "points", 3)


def _edition(size: str | None = None, paper: str | None = None) -> Artifact:
    edition = asked_edition(paper, None, size)
    assert edition
    return _sheet(0, edition)


def _sheet(number: int, edition: Edition) -> Artifact:
    artifact = PackBuilders(PACK).plan_edition("sheet", PACK.handouts[number].id, edition)
    assert artifact
    return artifact


def test_what_is_about_no_text_leads_to_the_line_of_the_edition() -> None:
    large = _edition(size="large-print")
    assert place_of(PACK, large, _about("")).line == _line(PACK, "handouts", 0, "variants", 1)
    assert (
        "size: large-print"
        in CONTENT.read_text("utf-8").splitlines()[place_of(PACK, large, _about("")).line - 1]
    )
    for artifact in (SHEET, _edition(paper="a4")):
        assert place_of(PACK, artifact, _about("")).line == _line(PACK, "handouts", 0)
    assert place_of(PACK, DECK, _about("2")).line == _line(PACK, "deck")


def test_the_place_that_a_finding_has_is_kept() -> None:
    place = PACK.origin.place(("labels",))
    assert place_of(PACK, SHEET, replace(_about("Save everything"), place=place)) == place
