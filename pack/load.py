"""From a content file to a checked, frozen `Pack`."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from source.documents import Choice, Handout, Slide
from source.faults import Context
from source.items import AnyItem, Topic
from source.kinds import is_placeholder, is_region
from source.model import Origin, Pack, Steps
from source.problems import ContentError, Problem, Severity, nearest, path_text
from source.reading import read_file
from source.texts import addresses, emails
from source.theme import Template, load_theme

_Model = TypeVar("_Model", bound=BaseModel)

_EXPECTED = {
    "string_type": ("text", "Write the text on this line, or after “|” on the lines below."),
    "int_type": ("a whole number", "Write a number in digits, like 2."),
    "bool_type": ("true or false", "Write true or false."),
    "date_type": ("a date", "Write year-month-day, like 2026-11-22."),
    "tuple_type": ("a list", "Write each entry on a line of its own, after “- ”."),
    "model_type": ("a group of “name: value” lines", "Indent them by two spaces below this line."),
    "mapping_type": ("a group of names", "Indent each name by two spaces below this line."),
    "dict_type": ("a group of names", "Indent each name by two spaces below this line."),
}


def read_pack(file: Path) -> Pack:
    """Read, check and freeze a content file.

    Raises `ContentError` with every problem of the file, sorted by line.
    """
    values, origin, problems = read_file(file)
    context = Context(
        ids={name: _names(entries) for name, entries in values.items()},
        folder=file.parent,
        theme=load_theme(),
        region=_region(values),
    )
    try:
        pack = Pack.model_validate(values, context=context)
    except ValidationError as error:
        problems += [
            _problem(details, origin)
            for details in error.errors(include_url=False)
            # A list whose only entry is wrong counts as empty, which is not what is wrong.
            if not (details["type"] == "too_short" and details["input"])
        ]
        handouts = _valid(Handout, values.get("handouts"), context)
        deck = values.get("deck")
        slides = _valid(Slide, deck.get("slides") if isinstance(deck, dict) else None, context)
        problems += _document_problems(handouts, slides, None, origin)
        raise ContentError(problems) from None
    pack._origin = origin
    slides = dict(enumerate(pack.deck.slides)) if pack.deck else {}
    problems += _document_problems(dict(enumerate(pack.handouts)), slides, pack, origin)
    if problems:
        raise ContentError(problems)
    return pack


def _names(entries: Any) -> tuple[str, ...]:
    """The names in a collection: keys, or the ids in a list."""
    if isinstance(entries, dict):
        return tuple(entries)
    listed = entries if isinstance(entries, tuple) else ()
    ids = (entry.get("id") for entry in listed if isinstance(entry, dict))
    return tuple(name for name in ids if isinstance(name, str))


def _valid(model: type[_Model], entries: Any, context: Context) -> dict[int, _Model]:
    """Those entries of a list that are valid by themselves, by their place in it."""
    found = {}
    for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        with contextlib.suppress(ValidationError):
            found[number] = model.model_validate(entry, context=context)
    return found


def placeholders(pack: Pack) -> list[Problem]:
    """A warning for every address that is a stand-in and must not reach a family."""
    return [
        Problem(
            pack.origin.place(path),
            path_text(path),
            f"“{address}” is a placeholder",
            "Write the real address here before you print for families.",
            Severity.WARNING,
        )
        for path, address in (*addresses(pack), *emails(pack))
        if is_placeholder(address)
    ]


def deck_length(pack: Pack) -> list[Problem]:
    """A warning if the slides that are shown take another time than the talk may take."""
    if not (pack.deck and pack.deck.minutes):
        return []
    shown = sum(slide.minutes or 0 for slide in pack.deck.slides if not slide.hidden)
    over = shown - pack.deck.minutes
    if not over:
        return []
    path: Steps = ("deck", "minutes")
    return [
        Problem(
            pack.origin.place(path),
            path_text(path),
            f"the slides take {shown} minutes, {abs(over)} {'more' if over > 0 else 'fewer'} "
            f"than the {pack.deck.minutes} of the talk",
            "Change the “minutes:” of slides, hide some, or change this number.",
            Severity.WARNING,
        )
    ]


def _region(values: dict[str, Any]) -> str:
    about = values.get("pack")
    region = about.get("region", "US") if isinstance(about, dict) else "US"
    return region if isinstance(region, str) and is_region(region) else ""


def _problem(details: ErrorDetails, origin: Origin) -> Problem:
    """One of pydantic's findings, in words for the person who edits the file."""
    path = details["loc"]
    kind, context = details["type"], details.get("ctx", {})
    if kind != "missing":
        # Where pydantic goes further than the file does: the name of an entry, a list of one.
        path = origin.nearest(path)
    if kind == "missing":
        what = f"“{path[-1]}” is missing"
        remedy = f"Add a line “{path[-1]}:” here."
    elif kind == "extra_forbidden":
        what = f"“{path[-1]}” is not known here"
        remedy = nearest(str(path[-1]), _known_names(path[:-1]))
    elif kind == "content":
        what, remedy = context["what"], context["remedy"]
    elif details["input"] is None:
        what, remedy = "nothing is written here", "Write the value, or remove the line."
    elif kind in _EXPECTED:
        expected, remedy = _EXPECTED[kind]
        if kind == "string_type" and isinstance(details["input"], dict):
            remedy += " If it has a colon in it, put quotation marks around the whole text."
        what = f"here should stand {expected}, but there is {_described(details['input'])}"
    elif kind == "too_short":
        what, remedy = "this list is empty", "Add at least one entry."
    elif kind == "too_long":
        what = f"this list has more than {context['max_length']} entries"
        remedy = "Remove some of them."
    else:
        what, remedy = details["msg"], "See the description of this field in content.schema.json."
    return Problem(origin.place(path), path_text(path), what, remedy)


def _described(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of “name: value” lines"
    return "a list" if isinstance(value, tuple) else "text"


def _known_names(path: Steps) -> list[str]:
    """The names that may stand in the part of a pack at `path`."""
    part: Any = Pack
    for key in path:
        part = _inside(part, key)
    model = _model(part)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _inside(annotation: Any, key: str | int) -> Any:
    """The type of the field, entry or list item `key` of a type."""
    if model := _model(annotation):
        fields = model.model_fields.items()
        return next(field.annotation for name, field in fields if key in (name, field.alias))
    return next(one for one in get_args(annotation)[::-1] if one not in (..., NoneType))


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation is, or `Model | None` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if NoneType in get_args(annotation):
        return _model(get_args(annotation)[0])
    return None


def _document_problems(
    handouts: Mapping[int, Handout],
    slides: Mapping[int, Slide],
    pack: Pack | None,
    origin: Origin,
) -> Iterator[Problem]:
    """Faults that only show when parts of the file are seen together.

    `pack` is None if other faults keep it from being one: then its items can't be looked at.
    """
    theme = load_theme()

    def problem(path: Steps, what: str, remedy: str) -> Problem:
        return Problem(origin.place(path), path_text(path), what, remedy)

    ids: dict[str, int] = {}
    for number, handout in handouts.items():
        path: Steps = ("handouts", number)
        if handout.id in ids:
            yield problem(
                (*path, "id"),
                f"there are two handouts “{handout.id}” (the first is number {ids[handout.id]})",
                "Give this one another id: it is the name of its file.",
            )
        ids.setdefault(handout.id, number + 1)
        template = theme.handouts[handout.template]
        for fault in _handout_faults(handout, template):
            yield problem((*path, *fault[0]), *fault[1:])
    for number, slide in slides.items():
        for fault in _slide_faults(slide, theme.layouts[slide.layout], pack):
            yield problem(("deck", "slides", number, *fault[0]), *fault[1:])


#: A path below a handout or slide, what is wrong there, and how to mend it.
_Fault = tuple[Steps, str, str]


def _handout_faults(handout: Handout, template: Template) -> Iterator[_Fault]:
    name = f"template “{handout.template}”"
    for number, block in enumerate(handout.blocks):
        path: Steps = ("blocks", number)
        yield from _misfit(path, block, name, template)
        if template.designed:
            for field in ("title", "lead", "new_page"):
                if getattr(block, field):
                    yield (
                        (*path, field),
                        f"the {name} has no room for “{field}”",
                        "Remove this line.",
                    )
    if len(handout.blocks) > template.most:
        yield (
            ("blocks", template.most),
            f"the {name} shows {template.most} block, and this is one more",
            "Remove it, or choose another template.",
        )
    names = [""]
    for number, variant in enumerate(handout.variants):
        if variant.name in names:
            yield (
                ("variants", number),
                "this variant is the same as the sheet or as one above",
                "Remove it, or change its paper, ink or size.",
            )
        names.append(variant.name)
    started = 1 + sum(block.new_page for block in handout.blocks[1:])
    if not template.designed and started != handout.pages:
        yield (
            ("pages",),
            f"“pages” says {handout.pages}, but the blocks start {started}",
            "Write “new_page: true” at each block that starts a further page.",
        )


def _slide_faults(slide: Slide, layout: Template, pack: Pack | None) -> Iterator[_Fault]:
    name = f"layout “{slide.layout}”"
    yield from _misfit((), slide, name, layout)
    if len(slide.names) > layout.most and slide.kind in layout.shows:
        yield (
            (slide.kind, layout.most),
            f"the {name} shows {layout.most} of {slide.kind}, and this is one more",
            "Put it on a slide of its own.",
        )
    for field in ("text", "points"):
        if getattr(slide, field) and field not in layout.takes:
            yield (field,), f"the {name} has no room for “{field}”", "Remove it."
    if not (slide.kind or slide.points or layout.alone):
        yield (
            (),
            "this slide shows nothing",
            f"Add one of: {', '.join((*layout.shows, *layout.takes))}.",
        )
    if pack:
        yield from _item_faults(slide, pack.items(slide))


def _item_faults(slide: Slide, items: Sequence[AnyItem]) -> Iterator[_Fault]:
    if not (slide.title or any(getattr(item, "title", "") for item in items)):
        yield (), "this slide has no title", "Add a line “title:”; screen readers need it."
    if slide.layout == "take-home" and any(not getattr(item, "url", "") for item in items):
        yield ("contacts",), "this contact has no address to scan", "Choose one with a “url:”."
    for item in items:
        if isinstance(item, Topic) and not (item.points or slide.points):
            yield (
                ("topics",),
                f"the topic “{item.title}” has no points for a slide",
                "Add “points:” to the topic or to this slide.",
            )


def _misfit(path: Steps, choice: Choice, name: str, template: Template) -> Iterator[_Fault]:
    if choice.kind and choice.kind not in template.shows:
        can = ", ".join(template.shows) if template.shows else "a title and text only"
        yield (
            (*path, choice.kind),
            f"the {name} can't show {choice.kind}",
            f"It shows {can}. Choose another for this.",
        )
