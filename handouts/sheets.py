"""One handout of a pack as tagged PDF (PDF/UA-1): `render(pack, handout) -> Sheet`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handouts.html import sheet_html
from handouts.slots import Slot
from handouts.weasy.pdf import Printed, PrintSettings, print_pdf
from languages.tags import english_name
from pack.documents import PLAIN, Edition, Handout
from pack.errors import ContentError
from pack.model import Pack, YamlPath
from pack.problems import Fault, LongPart, Problem
from pack.theme import Setting


@dataclass(frozen=True)
class Sheet:
    """A finished sheet: its PDF for each ink, its number of pages, and its copyfit setting.

    `layouts` is how often it was laid out until it fit, `slots` are the places of the school's
    words.
    """

    data: Mapping[str, bytes]
    pages: int
    setting: Setting
    layouts: int = field(default=1, compare=False)
    slots: tuple[Slot, ...] = ()


def render(
    pack: Pack,
    handout: Handout,
    edition: Edition = PLAIN,
    inks: Sequence[str] = ("color",),
    setting: Setting | None = None,
    translated: Pack | None = None,
) -> Sheet:
    """The handout as PDF. A pure function: the same input gives the same bytes.

    `edition` gives its paper and size; it is laid out once for all `inks`. `setting` is the
    copyfit setting to try first; the result does not depend on it. `translated` is the pack in the
    language beside its own, for an edition in two. Raises `ContentError` if the
    sheet can't be set in the declared number of pages, if a text has no room, if our fonts have no
    glyph for a character, or if WeasyPrint logs a problem.
    """
    html = sheet_html(pack, handout, edition, translated)
    form = PrintSettings(edition.paper, edition.layout, tuple(inks), edition.other_language)
    counts = _page_counts(pack, handout, edition)
    printed = print_pdf(html, handout.template, pack, form, counts, setting)
    if printed.faults or not printed.data:
        raise ContentError(_problems(pack, handout, edition, printed))
    return Sheet(printed.data, printed.pages, printed.setting, printed.layouts, printed.slots)


def _page_counts(pack: Pack, handout: Handout, edition: Edition) -> Sequence[int]:
    """How many pages to try, the fewest first: a translation in large print may have more.

    Nothing for a sheet with any number of pages.
    """
    most = pack.pages_of(handout, edition)
    if most is None:
        return ()
    if edition.size == "standard":
        return (most,)
    return range(min(most, handout.pages_of(edition) or most), most + 1)


def _problems(
    pack: Pack, handout: Handout, edition: Edition, printed: Printed
) -> Iterator[Problem]:
    path: YamlPath = ("handouts", pack.handouts.index(handout))
    name = f"handouts → {handout.id}{edition.name}"
    if pack.origin.translation:
        name += f", in {english_name(pack.about.language)}"
    place = pack.origin.place((*pack.path_of(handout.id, edition), "pages"))
    for fault in printed.faults:
        yield Problem(place, name, fault)
    pages = pack.pages_of(handout, edition) or printed.pages
    declared = "1 page" if pages == 1 else f"{pages} pages"
    if printed.pages < pages and not edition.runs_on:
        made = "1 page" if printed.pages == 1 else f"{printed.pages} pages"
        yield Problem(
            place,
            name,
            Fault(
                f"the sheet has {made} instead of {declared}",
                "Change the number after “pages:”, or put more on the sheet.",
            ),
        )
    elif printed.over or printed.pages > pages:
        # What is too high for a page may be less than a line.
        lines = "1 line" if printed.over <= 1 else f"{printed.over} lines"
        # Designed pages have parts that are no blocks of the handout, as have those in two
        # languages; those are left out.
        longest = tuple(
            _long_part(pack, handout, (*path, "blocks", block), count)
            for block, count in (() if edition.languages else printed.blocks)
            if block < len(handout.blocks) and count
        )
        what = f"the sheet is about {lines} too long for {declared}"
        remedy = "Shorten the text, or move part of it to another sheet."
        if edition.runs_on:  # its number of pages is the most that it may have
            remedy = f"Allow more after “pages:”. {remedy}"
        fault = Fault(f"{what}, even at the tightest setting", remedy)
        yield Problem(place, name, fault, longest=longest)


def _long_part(pack: Pack, handout: Handout, path: YamlPath, lines: int) -> LongPart:
    kind = handout.blocks[int(path[-1])].kind
    return LongPart(path, pack.origin.place(path).line, kind, lines)
