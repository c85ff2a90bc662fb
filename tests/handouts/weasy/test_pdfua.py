"""Every sheet follows the rules of PDF/UA-1, as checked by veraPDF."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.tools import verapdf

Damage = Callable[[pikepdf.Pdf], None]


def _tagged(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    """The structure elements of one kind."""
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == tag
    ]


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
    del _tagged(pdf, "/Figure")[0].Alt


def _lose_link_text(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


def _lose_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Tabs


def _skip_heading_level(pdf: pikepdf.Pdf) -> None:
    for heading in _tagged(pdf, "/H2"):
        heading.S = pikepdf.Name.H3


#: How a sheet is damaged, and the rule that it then breaks.
DAMAGES: dict[Damage, str] = {
    _lose_language: "7.2-34",
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
def damaged(output: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Damage, list[str]]:
    """The rules that a sheet breaks after each kind of damage."""
    folder = tmp_path_factory.mktemp("damaged")
    files = [folder / f"{damage.__name__}.pdf" for damage in DAMAGES]
    for damage, file in zip(DAMAGES, files, strict=True):
        with pikepdf.open(output / "resource-list.pdf") as pdf:
            damage(pdf)
            pdf.save(file)
    found = verapdf.failures(files)
    return {damage: found[file] for damage, file in zip(DAMAGES, files, strict=True)}


def test_sheets_follow_every_rule(output: Path) -> None:
    sheets = sorted(output.glob("*.pdf"))
    assert sheets
    broken = {sheet.name: rules for sheet, rules in verapdf.failures(sheets).items() if rules}
    assert not broken


@pytest.mark.parametrize(
    "damage", [pytest.param(one, id=one.__name__.lstrip("_")) for one in DAMAGES]
)
def test_damage_is_found(damage: Damage, damaged: dict[Damage, list[str]]) -> None:
    assert DAMAGES[damage] in {rule.split(":")[0] for rule in damaged[damage]}
