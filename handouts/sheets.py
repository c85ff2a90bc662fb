"""One handout of a pack as a tagged PDF (PDF/UA-1): `render(pack, handout) -> bytes`."""

from collections.abc import Iterator

from handouts.printing import print_pdf
from source.documents import Block, Handout
from source.model import Pack
from source.problems import ContentError, Problem


def render(pack: Pack, handout: Handout) -> bytes:
    """The handout as PDF. A pure function: the same input gives the same bytes.

    Raises `ContentError` if it comes out with another page count than declared, if a text has no
    room, if a character is not in our face, or if WeasyPrint has anything to complain about.
    """
    data, _, complaints = print_pdf(
        pack, handout.template, handout.pages, handout=handout, sides=tuple(_sides(handout))
    )
    if complaints:
        number = pack.handouts.index(handout)
        place = pack.origin.place(("handouts", number, "pages"))
        raise ContentError(
            Problem(place, f"handouts → {handout.id}", what, remedy) for what, remedy in complaints
        )
    return data


def _sides(handout: Handout) -> Iterator[list[Block]]:
    """The blocks of each page; only blocks that say `new_page` start one."""
    side: list[Block] = []
    for block in handout.blocks:
        if block.new_page and side:
            yield side
            side = []
        side.append(block)
    yield side
