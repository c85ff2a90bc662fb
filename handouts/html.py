"""A sheet or guide as HTML: Jinja2 templates filled in from a pack, without WeasyPrint."""

from collections.abc import Iterator, Sequence
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from handouts import filters, illustrations
from handouts.two_languages import ROW, side_by_side
from pack import html, templates
from pack.documents import Block, Edition, Guide, Handout, NotesSheet
from pack.model import Pack
from pack.scripts import script_of
from pack.theme import load_theme


def sheet_html(
    pack: Pack, handout: Handout, edition: Edition, translated: Pack | None = None
) -> str:
    """The HTML of a handout in one of its editions.

    `translated` is the pack in the language beside its own, for an edition in two.
    """
    if translated:
        return _in_two_languages(pack, translated, pack.handouts.index(handout))
    numbered = pack.pages_of(handout, edition) != 1
    sides = tuple(_sides(handout))
    large = edition.size == "large-print"
    return fill(
        pack,
        handout.template,
        handout=handout,
        title=html.titled(handout.title, pack),
        numbered=numbered,
        sides=sides,
        large=large,
        narrow=large,
    )


def _in_two_languages(pack: Pack, translated: Pack, number: int) -> str:
    """A handout by its number, in the languages of two packs that are the same but for them."""
    packs = (pack, translated)
    title = " · ".join(html.titled(one.handouts[number].title, one) for one in packs)
    first, second = (
        fill(
            one,
            one.handouts[number].template,
            handout=one.handouts[number],
            title=title,
            numbered=True,
            sides=(one.handouts[number].blocks,),
            narrow=True,
            row=Markup(ROW),  # noqa: S704 (a constant)
            draft=translated.is_draft,
        )
        for one in packs
    )
    language = translated.about.language
    return side_by_side(first, second, language, script_of(language).direction)


def guide_html(
    pack: Pack,
    document: Guide | NotesSheet,
    slides: Sequence[object] = (),
    talk: Sequence[object] = (),
) -> str:
    """The HTML of a guide or notes sheet; `slides` are `guide.SlidePage`s, `talk` its parts."""
    title = html.titled(document.title, pack)
    return fill(
        pack, guide_template(document), handout=document, title=title, slides=slides, talk=talk
    )


def guide_template(document: Guide | NotesSheet) -> str:
    """The name of the template for a guide or notes sheet."""
    return "presenter-guide" if isinstance(document, Guide) else "audience-notes"


def fill(pack: Pack, template: str, **values: object) -> str:
    """A template filled in from a pack and other values.

    It has `narrow` columns in `large` print and beside another language, for which it has a `row`.
    """
    page = environment().get_template(f"{template}.html.j2")
    script = pack.script
    shared = {
        "pack": pack,
        "labels": pack.labels,
        "script": script,
        "draft": pack.is_draft,
        "large": False,
        "narrow": False,
        "row": "",
        **values,
    }
    shared["published"] = filters.published(pack, draft=bool(shared["draft"]))
    made = page.render(**shared)
    made = filters.with_names_whole(made, (contact.name for contact in pack.contacts.values()))
    return html.in_script(made, script)


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
    made.globals.update(
        fill=filters.fill,
        quoted=filters.quoted,
        qr_code=filters.qr_code,
        code_side=filters.code_side,
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
