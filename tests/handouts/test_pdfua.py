"""Every sheet keeps the rules of PDF/UA-1, as veraPDF checks them."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.tools import verapdf


def _figures(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
    ]


def _links(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for page in pdf.pages for one in page.Annots if one.Subtype == "/Link"]


def _lose_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _lose_marking(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _lose_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _lose_title_display(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _lose_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def _lose_picture_text(pdf: pikepdf.Pdf) -> None:
    del _figures(pdf)[0].Alt


def _lose_link_text(pdf: pikepdf.Pdf) -> None:
    del _links(pdf)[0].Contents


def _lose_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Tabs


def _skip_heading_level(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/H2":
            thing.S = pikepdf.Name.H3


DAMAGES: dict[Callable[[pikepdf.Pdf], None], str] = {
    _lose_language: "7.2",
    _lose_marking: "6.2-1",
    _lose_structure: "7.1-11",
    _lose_title_display: "7.1-10",
    _lose_metadata: "7.1-8",
    _lose_picture_text: "7.3-1",
    _lose_link_text: "7.18.5-2",
    _lose_tab_order: "7.18.3-1",
    _skip_heading_level: "7.4.2-1",
}


@pytest.fixture(scope="module")
def damaged(
    output: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[Callable[[pikepdf.Pdf], None], list[str]]:
    """What veraPDF says of a sheet after each damage."""
    folder = tmp_path_factory.mktemp("damaged")
    files = [folder / f"{damage.__name__}.pdf" for damage in DAMAGES]
    for damage, file in zip(DAMAGES, files, strict=True):
        with pikepdf.open(output / "resource-list.pdf") as pdf:
            damage(pdf)
            pdf.save(file)
    found = verapdf.failures(files)
    return dict(zip(DAMAGES, found.values(), strict=True))


def test_sheets_keep_every_rule(output: Path) -> None:
    sheets = sorted(output.glob("*.pdf"))
    assert sheets
    assert verapdf.failures(sheets) == {sheet: [] for sheet in sheets}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_damage_is_found(
    damage: Callable[[pikepdf.Pdf], None],
    damaged: dict[Callable[[pikepdf.Pdf], None], list[str]],
) -> None:
    rules = [text.split(":")[0] for text in damaged[damage]]
    assert any(rule.startswith(DAMAGES[damage]) for rule in rules), rules
