"""A sheet or guide as HTML: Jinja2 templates filled in from a pack, without WeasyPrint."""

from collections.abc import Iterator, Sequence
from functools import cache

from jinja2 import Environment

from handouts import filters, illustrations
from pack import html, templates
from pack.documents import Block, Edition, Guide, Handout, NotesSheet
from pack.model import Pack
from pack.scripts import script_of
from pack.theme import load_theme


def sheet_html(pack: Pack, handout: Handout, edition: Edition) -> str:
    """The HTML of a handout in one of its editions."""
    numbered = pack.pages_of(handout, edition) != 1
    sides = tuple(_sides(handout))
    large = edition.size != "standard"
    return fill(
        pack, handout.template, handout=handout, numbered=numbered, sides=sides, large=large
    )


def guide_html(
    pack: Pack,
    document: Guide | NotesSheet,
    slides: Sequence[object] = (),
    talk: Sequence[object] = (),
) -> str:
    """The HTML of a guide or notes sheet; `slides` are `guide.SlidePage`s, `talk` its parts."""
    return fill(pack, guide_template(document), handout=document, slides=slides, talk=talk)


def guide_template(document: Guide | NotesSheet) -> str:
    """The name of the template for a guide or notes sheet."""
    return "presenter-guide" if isinstance(document, Guide) else "audience-notes"


def fill(pack: Pack, template: str, **values: object) -> str:
    """A template filled in from a pack and other values."""
    page = environment().get_template(f"{template}.html.j2")
    script = script_of(pack.about.language)
    shared = {"pack": pack, "labels": pack.labels, "published": filters.published(pack)}
    made = page.render(**{"large": False, "script": script, **shared, **values})
    made = filters.with_names_whole(made, (contact.name for contact in pack.contacts.values()))
    return html.isolated(made) if script.is_right_to_left else made


def _sides(handout: Handout) -> Iterator[list[Block]]:
    """The blocks of each page; only a block with `new_page` starts a new page."""
    side: list[Block] = []
    for block in handout.blocks:
        if block.new_page and side:
            yield side
            side = []
        side.append(block)
    yield side


@cache
def environment() -> Environment:
    """The templates of sheets, each compiled once per process."""
    made = templates.environment("handouts")
    made.filters.update(filters.FILTERS)
    made.globals.update(fill=filters.fill, qr_code=filters.qr_code, code_side=filters.code_side)
    made.globals.update(
        sign=illustrations.sign,
        motif=illustrations.motif,
        light=illustrations.light,
        cycle=illustrations.cycle,
        tail=illustrations.tail,
        way_out=illustrations.way_out,
        people=illustrations.people,
    )
    made.globals.update(colors=load_theme().colors)
    return made
