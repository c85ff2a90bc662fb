"""From a content file to a checked, frozen `Pack`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from source.kinds import Context, is_placeholder
from source.model import Choice, Handout, Origin, Pack, Slide, Steps, Topic
from source.problems import ContentError, Problem, Severity, nearest, path_text
from source.reading import read_file
from source.theme import Template, load_theme

_EXPECTED = {
    "string_type": ("text", "Write the text on this line, or after “|” on the lines below."),
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
        ids={name: tuple(entries) for name, entries in values.items() if isinstance(entries, dict)},
        folder=file.parent,
        theme=load_theme(),
        region=_region(values),
    )
    try:
        pack = Pack.model_validate(values, context=context)
    except ValidationError as error:
        problems += [_problem(details, origin) for details in error.errors(include_url=False)]
    else:
        pack._origin = origin
        problems += _document_problems(pack)
    if problems:
        raise ContentError(problems)
    return pack


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
        for path, address in _addresses(pack)
        if is_placeholder(address)
    ]


def _addresses(part: BaseModel, path: Steps = ()) -> Iterator[tuple[Steps, str]]:
    from source import inline

    def walk(value: Any, path: Steps) -> Iterator[tuple[Steps, str]]:
        if isinstance(value, BaseModel):
            yield from _addresses(value, path)
        elif isinstance(value, dict):
            for key, entry in value.items():
                yield from walk(entry, (*path, key))
        elif isinstance(value, tuple):
            for number, entry in enumerate(value):
                yield from walk(entry, (*path, number))
        elif isinstance(value, str):
            yield from ((path, address) for address in inline.links(value))

    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in ("url", "website") and value:
            yield (*path, name), value
        else:
            yield from walk(value, (*path, name))


def _region(values: dict[str, Any]) -> str:
    about = values.get("pack")
    region = about.get("region") if isinstance(about, dict) else None
    return region if isinstance(region, str) else "US"


def _problem(details: ErrorDetails, origin: Origin) -> Problem:
    """One of pydantic's findings, in words for the person who edits the file."""
    path = tuple(key for key in details["loc"] if key != "[key]")
    kind, context = details["type"], details.get("ctx", {})
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
        if isinstance(key, int) or not hasattr(part, "model_fields"):
            continue
        field = next(
            (field for name, field in part.model_fields.items() if key in (name, field.alias)),
            None,
        )
        part = _part_of(field.annotation) if field else part
    return [field.alias or name for name, field in part.model_fields.items()]


def _part_of(annotation: Any) -> Any:
    """The model inside an annotation such as `tuple[Block, ...]` or `Mapping[str, Topic]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_part_of(argument) for argument in getattr(annotation, "__args__", ()))
    return next((part for part in found if part is not None), None)


def _document_problems(pack: Pack) -> Iterator[Problem]:
    """Faults that only show when parts of the file are seen together."""
    theme = load_theme()

    def problem(path: Steps, what: str, remedy: str) -> Problem:
        return Problem(pack.origin.place(path), path_text(path), what, remedy)

    ids: dict[str, int] = {}
    for number, handout in enumerate(pack.handouts):
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
    for number, slide in enumerate(pack.deck.slides if pack.deck else ()):
        for fault in _slide_faults(pack, slide, theme.layouts[slide.layout]):
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
    started = 1 + sum(block.new_page for block in handout.blocks[1:])
    if not template.designed and started != handout.pages:
        yield (
            ("pages",),
            f"“pages” says {handout.pages}, but the blocks start {started}",
            "Write “new_page: true” at each block that starts a further page.",
        )


def _slide_faults(pack: Pack, slide: Slide, layout: Template) -> Iterator[_Fault]:
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
    items = pack.items(slide)
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
