"""What a PowerPoint file is used for as a template: its layouts, by the slides that they show."""

from dataclasses import dataclass
from pathlib import Path

from slides.draft import DeckDraft
from slides.foreign_template import CONTENT
from slides.frames import Frame
from slides.layout import open_template


@dataclass(frozen=True)
class LayoutUse:
    """A layout of a template, and what it is used for.

    `purposes` are our names for the slides that it shows. `frames` are the boxes that hold their
    text, by our names. `merged` is true if all text of a slide goes into one list. `logo` is true
    if it has a place for a logo.
    """

    name: str
    purposes: tuple[str, ...]
    frames: dict[str, Frame]
    merged: bool
    logo: bool


@dataclass(frozen=True)
class TemplateReport:
    """A template's size in pt, the number of its layouts, and those that are used."""

    file: Path
    width: float
    height: float
    layouts: int
    uses: tuple[LayoutUse, ...]


def report(draft: DeckDraft, template: Path) -> TemplateReport:
    """What a draft's template is used for. Raises as `DeckDraft.composition` does."""
    composed = draft.composition
    layouts = list(open_template(template).slide_layouts)
    purposes: dict[int, list[str]] = {}
    for name, choice in composed.chosen.items():
        purposes.setdefault(choice.number, []).extend([name] if name != CONTENT else [])
    uses = []
    for number, names in purposes.items():
        choice = next(one for one in composed.chosen.values() if one.number == number)
        frames = {name: frame for name, frame in choice.layout.frames.items() if name != "Table"}
        if names:
            uses.append(
                LayoutUse(
                    layouts[number].name,
                    tuple(names),
                    frames,
                    choice.merged,
                    choice.logo_room is not None,
                )
            )
    return TemplateReport(template, *composed.size, len(layouts), tuple(uses))
