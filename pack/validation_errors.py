"""Turns pydantic's errors into messages for the person who edits the file."""

from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from pack.model import Origin, Pack, YamlPath
from pack.problems import Fault, Problem, nearest, path_text

_EXPECTED = {
    "string_type": ("text", "Write the text on this line, or on the lines below after a “|”."),
    "int_type": ("a whole number", "Write a number in digits, like 2."),
    "bool_type": ("true or false", "Write true or false."),
    "date_type": ("a date", "Write the date as year-month-day, like 2026-11-22."),
    "tuple_type": ("a list", "Write each entry on a line of its own, after “- ”."),
    "model_type": ("a group of “name: value” lines", "Indent them by two spaces below this line."),
    "mapping_type": ("a group of names", "Indent each name by two spaces below this line."),
    "dict_type": ("a group of names", "Indent each name by two spaces below this line."),
}


def as_problem(details: ErrorDetails, origin: Origin) -> Problem:
    """One of pydantic's errors as a message for the person who edits the file."""
    path = details["loc"]
    kind, context = details["type"], details.get("ctx", {})
    if kind != "missing":
        # Pydantic's path may go deeper than the file: the name of an entry, a list of one.
        path = origin.nearest(path)
    if kind == "missing":
        what = f"“{path[-1]}” is missing"
        remedy = f"Add a line “{path[-1]}:” here."
    elif kind == "extra_forbidden":
        what = f"“{path[-1]}” is not a known field here"
        remedy = nearest(str(path[-1]), _known_names(path[:-1]))
    elif details["loc"][-1] != "[key]" and _is_empty(details["input"]):
        what = "nothing is written here"
        required = _is_required(path)
        remedy = "Write the value." if required else "Write the value, or remove the line."
    elif kind == "content":
        what, remedy = context["what"], context["remedy"]
    elif kind in _EXPECTED:
        expected, remedy = _EXPECTED[kind]
        if kind == "string_type" and isinstance(details["input"], dict):
            remedy += " If it contains a colon, put quotation marks around the whole text."
        what = f"expected {expected} here, but found {_described(details['input'])}"
    elif kind == "too_short":
        what, remedy = "this list is empty", "Add at least one entry."
    elif kind == "too_long":
        what = f"this list has more than {context['max_length']} entries"
        remedy = "Remove some of them."
    else:
        what, remedy = details["msg"], "See the description of this field in content.schema.json."
    return Problem(origin.place(path), path_text(path), Fault(what, remedy))


def _described(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of “name: value” lines"
    return "a list" if isinstance(value, tuple) else "text"


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_required(path: YamlPath) -> bool:
    """Whether the field at `path` can't be left out. Labels can: the program has its own."""
    part: Any = Pack
    for key in path[:-1]:
        part = _inside(part, key)
    model = _model(part)
    fields = model.model_fields.items() if model and path[0] != "labels" else ()
    return any(field.is_required() for name, field in fields if path[-1] in (name, field.alias))


def _known_names(path: YamlPath) -> list[str]:
    """The field names allowed in the part of a pack at `path`."""
    part: Any = Pack
    for key in path:
        part = _inside(part, key)
    model = _model(part)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _inside(annotation: Any, key: str | int) -> Any:
    """The type of the field, entry or list item `key` inside a type."""
    if model := _model(annotation):
        fields = model.model_fields.items()
        return next(field.annotation for name, field in fields if key in (name, field.alias))
    return next(one for one in get_args(annotation)[::-1] if one not in (..., NoneType))


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation names, alone, with a check, or as `Model | None`."""
    if hasattr(annotation, "__metadata__"):
        return _model(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if NoneType in get_args(annotation):
        return _model(get_args(annotation)[0])
    return None
