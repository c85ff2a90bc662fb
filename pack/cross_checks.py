"""Faults that only show up when parts of a content file are checked together."""

from collections.abc import Iterator, Mapping, Sequence

from pack.documents import (
    Block,
    Choice,
    DeckGuide,
    Edition,
    GuideEdition,
    Handout,
    Slide,
)
from pack.download_page import Page
from pack.items import AnyItem, Figure, Topic
from pack.model import Origin, Pack, YamlPath
from pack.problems import Fault, Problem, path_text
from pack.theme import Template, load_theme


def document_problems(
    handouts: Mapping[int, Handout],
    slides: Mapping[int, Slide],
    pack: Pack | None,
    origin: Origin,
) -> Iterator[Problem]:
    """Find the faults that only show up when parts of the file are checked together.

    `pack` is None if other faults kept it from being built; its items are not checked then.
    """
    theme = load_theme()

    def problem(path: YamlPath, fault: Fault) -> Problem:
        return Problem(origin.place(path), path_text(path), fault)

    ids: dict[str, int] = {}
    for number, handout in handouts.items():
        path: YamlPath = ("handouts", number)
        if handout.id in ids:
            yield problem(
                (*path, "id"),
                Fault(
                    f"two handouts have the id “{handout.id}” "
                    f"(the first is number {ids[handout.id]})",
                    "Give this one a different id: it becomes the name of the file.",
                ),
            )
        ids.setdefault(handout.id, number + 1)
        template = theme.handouts[handout.template]
        for below, fault in _handout_faults(handout, template, pack):
            yield problem((*path, *below), fault)
    for number, slide in slides.items():
        for below, fault in _slide_faults(slide, theme.layouts[slide.layout], pack):
            yield problem(("deck", "slides", number, *below), fault)
    if pack and not origin.translation:
        for path, fault in _language_faults(pack):
            yield problem(path, fault)
    if pack and pack.page:
        for below, fault in _page_faults(pack.page):
            yield problem(("page", *below), fault)
    for path, document in (pack.documents if pack else {}).items():
        if isinstance(document, DeckGuide):
            for below, fault in _repeated(document.variants, "document", "paper or ink"):
                yield problem((*path, *below), fault)


#: A path inside a handout or slide, and what is wrong there.
_Located = tuple[YamlPath, Fault]


def _handout_faults(handout: Handout, template: Template, pack: Pack | None) -> Iterator[_Located]:
    name = f"template “{handout.template}”"
    for number, block in enumerate(handout.blocks):
        path: YamlPath = ("blocks", number)
        yield from _misfit(path, block, name, template)
        if block.form and block.kind in template.shows:
            for below, fault in _picture_faults(block, name, template, pack):
                yield (*path, *below), fault
        if template.designed:
            for field in ("title", "lead", "new_page"):
                if getattr(block, field):
                    yield (
                        (*path, field),
                        Fault(f"the {name} has no room for “{field}”", "Remove this line."),
                    )
    if len(handout.blocks) > template.most:
        yield (
            ("blocks", template.most),
            Fault(
                f"the {name} can show only {template.most} block, and this is one too many",
                "Remove it, or choose a different template.",
            ),
        )
    yield from _repeated(handout.variants, "sheet", "paper, ink, size or languages")
    for number, edition in enumerate(handout.variants):
        if edition.languages and template.designed:
            yield (
                ("variants", number, "languages"),
                Fault(
                    f"the {name} can't show two languages: its boxes have a fixed size",
                    "Remove this variant: the build makes the sheet in each language.",
                ),
            )
    started = 1 + sum(block.new_page for block in handout.blocks[1:])
    if not template.designed and started != handout.pages:
        yield (
            ("pages",),
            Fault(
                f"“pages” says {handout.pages}, but the blocks add up to {started}",
                "Write “new_page: true” in each block that starts a new page, or correct “pages”.",
            ),
        )


def _language_faults(pack: Pack) -> Iterator[_Located]:
    """What is wrong with editions in two languages, seen from the pack's own."""
    own = pack.about.language
    for number, handout in enumerate(pack.handouts):
        for place, edition in enumerate(handout.variants):
            if edition.languages and edition.languages[0] != own:
                others = [one for one in edition.languages if one != own]
                yield (
                    ("handouts", number, "variants", place, "languages"),
                    Fault(
                        f"the first language is “{edition.languages[0]}”, but this pack's own is "
                        f"“{own}”",
                        f"Write this line as: languages: [{own}, {others[-1]}]",
                    ),
                )


def _page_faults(page: Page) -> Iterator[_Located]:
    groups: dict[str, str] = {}
    for number, group in enumerate(page.groups):
        for place, name in enumerate(group.handouts):
            if name in groups:
                yield (
                    ("groups", number, "handouts", place),
                    Fault(
                        f"the sheet “{name}” is already in the group “{groups[name]}”",
                        "Remove it from one of them: the page shows each sheet once.",
                    ),
                )
            groups.setdefault(name, group.title)


def _picture_faults(
    block: Block, name: str, template: Template, pack: Pack | None
) -> Iterator[_Located]:
    if block.kind not in template.pictures:
        yield ("as",), Fault(f"the {name} can't show {block.kind} as pictures", "Remove this line.")
        return
    for number, item in enumerate(pack.items(block) if pack else ()):
        figure = item if isinstance(item, Figure) else None
        if isinstance(item, Topic):
            figure = pack.figures[item.figure] if pack and item.figure else None
            if not item.picture:
                yield (
                    (block.kind, number),
                    Fault(
                        f"the topic “{item.title}” has nothing to draw",
                        "Give it a “figure”; or two or three points with a “sign”, one of them "
                        "with a “tone”; or three or four with a “sign”, and an “exit”. Or remove "
                        "“as: picture”.",
                    ),
                )
        if figure and not figure.people:
            yield (
                (block.kind, number),
                Fault(
                    f"the figure “{figure.figure}” has no people to draw",
                    "Add “people:” to it, like {of: 5, on: 1}, or remove “as: picture”.",
                ),
            )


def _repeated(
    variants: Sequence[Edition | GuideEdition], what: str, fields: str
) -> Iterator[_Located]:
    names = [""]
    for number, edition in enumerate(variants):
        if edition.name in names:
            yield (
                ("variants", number),
                Fault(
                    f"this variant is the same as the {what} itself or a variant above",
                    f"Remove it, or change its {fields}.",
                ),
            )
        names.append(edition.name)


def _slide_faults(slide: Slide, layout: Template, pack: Pack | None) -> Iterator[_Located]:
    name = f"layout “{slide.layout}”"
    yield from _misfit((), slide, name, layout)
    if len(slide.names) > layout.most and slide.kind in layout.shows:
        yield (
            (slide.kind, layout.most),
            Fault(
                f"the {name} can show only {layout.most} of “{slide.kind}”, "
                "and this is one too many",
                "Put it on a slide of its own.",
            ),
        )
    for field in ("text", "points"):
        if getattr(slide, field) and field not in layout.takes:
            yield (field,), Fault(f"the {name} has no room for “{field}”", "Remove it.")
    if not (slide.kind or slide.points or layout.alone):
        yield (
            (),
            Fault(
                "this slide shows nothing",
                f"Add one of: {', '.join((*layout.shows, *layout.takes))}.",
            ),
        )
    if pack:
        yield from _item_faults(slide, pack.items(slide))
        yield from _points_faults(slide, layout, pack)
        if slide.layout == "take-home":
            yield from _code_faults(slide, pack)


def _points_faults(slide: Slide, layout: Template, pack: Pack) -> Iterator[_Located]:
    """What the points of a slide lack for the picture that its layout makes of them."""
    name = f"layout “{slide.layout}”"
    for item in pack.items(slide):
        if slide.layout == "people" and isinstance(item, Figure) and not item.people:
            what = f"the {name} shows people, but “{item.figure}” says nothing about any"
            yield (
                ("figures",),
                Fault(what, "Add “people: {of: 5, on: 1}” to it, or use “big-number”."),
            )
        if not isinstance(item, Topic):
            continue
        points = slide.points or item.points
        loose = [point for point in points if not point.place]
        if layout.points and len(loose) not in layout.points:
            counts = " or ".join(map(str, layout.points))
            what = f"the {name} shows {counts} points, but “{item.title}” has {len(loose)}"
            remedy = "Add or remove some, give one a place, like “as: below”, or use “key-points”."
            yield ("topics",), Fault(what, remedy)
        elif layout.signs and not all(point.sign for point in loose):
            what = f"the {name} shows a pictogram with each point, but one has none"
            yield (
                ("topics",),
                Fault(what, "Write it as “{text: …, sign: heart}”, or use “key-points”."),
            )
        for place in layout.places:
            if points and not any(point.place == place for point in points):
                what = f"the {name} needs a point with “as: {place}”"
                yield (
                    ("topics",),
                    Fault(what, f"Write it as “{{text: …, as: {place}}}”, or use “key-points”."),
                )
        if layout.exit and not item.exit:
            what = f"the {name} needs an “exit”: the way out must be on the same slide"
            yield ("topics",), Fault(what, "Add “exit:” and a topic to this topic.")


def _code_faults(slide: Slide, pack: Pack) -> Iterator[_Located]:
    """Whether there is an address for the code that people scan."""
    names = [name for topic in slide.topics for name in pack.topics[topic].help[:1]]
    if slide.topics and not names:
        what = "this topic has no contact under “help” whose address could be scanned"
        yield ("topics",), Fault(what, "Add “help:” and a contact to it, or name the contact here.")
    if any(not pack.contacts[name].url for name in (*slide.contacts, *names)):
        what = "this contact has no web address to scan"
        yield (slide.kind,), Fault(what, "Choose a contact with a “url:”.")


def _item_faults(slide: Slide, items: Sequence[AnyItem]) -> Iterator[_Located]:
    if not (slide.title or any(getattr(item, "title", "") for item in items)):
        what = "this slide has no title"
        yield (), Fault(what, "Add a line “title:”; screen readers need it.")
    for item in items:
        if isinstance(item, Topic) and not (item.points or slide.points):
            yield (
                ("topics",),
                Fault(
                    f"the topic “{item.title}” has no points for a slide",
                    "Add “points:” to the topic or to this slide.",
                ),
            )


def _misfit(path: YamlPath, choice: Choice, name: str, template: Template) -> Iterator[_Located]:
    if choice.kind and choice.kind not in template.shows:
        can = ", ".join(template.shows) if template.shows else "only a title and text"
        yield (
            (*path, choice.kind),
            Fault(
                f"the {name} can't show {choice.kind}",
                f"It can show {can}. Choose a different one for this.",
            ),
        )
