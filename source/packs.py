"""From a content file to a checked, frozen `Pack`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from source.kinds import Context, is_placeholder
from source.model import Choice, Origin, Pack, Steps
from source.problems import ContentError, Problem, Severity, nearest, path_text
from source.reading import read_file
from source.theme import load_theme

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
        ids={
            name: tuple(entries) for name, entries in values.items() if isinstance(entries, dict)
        },
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
    ids: dict[str, int] = {}
    for number, handout in enumerate(pack.handouts):
        if handout.id in ids:
            yield Problem(
                pack.origin.place(("handouts", number, "id")),
                path_text(("handouts", number, "id")),
                f"there are two handouts “{handout.id}” (the first is number {ids[handout.id]})",
                "Give this one another id: it is the name of its file.",
            )
        ids.setdefault(handout.id, number + 1)
        for place, block in enumerate(handout.blocks):
            yield from _misfit(
                pack,
                ("handouts", number, "blocks", place),
                block,
                f"template “{handout.template}”",
                theme.handouts[handout.template],
            )
    for number, slide in enumerate(pack.deck.slides if pack.deck else ()):
        yield from _misfit(
            pack,
            ("deck", "slides", number),
            slide,
            f"layout “{slide.layout}”",
            theme.layouts[slide.layout],
        )


def _misfit(
    pack: Pack, path: Steps, choice: Choice, template: str, shows: tuple[str, ...]
) -> Iterator[Problem]:
    if choice.kind and choice.kind not in shows:
        can = ", ".join(shows) if shows else "a title and text only"
        yield Problem(
            pack.origin.place((*path, choice.kind)),
            path_text((*path, choice.kind)),
            f"the {template} can't show {choice.kind}",
            f"It shows {can}. Choose another for this.",
        )
