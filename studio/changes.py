"""From what a person typed and pressed to edits of the content file.

A form sends, for each of its fields, what it shows now (`v:PATH`) and what it showed when it was
drawn (`o:PATH`); the paths are as in addresses. A button sends what it does (`do`) as JSON.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, cast
from urllib.parse import unquote

from pydantic import BaseModel, Field, TypeAdapter
from pydantic_core import from_json
from starlette.datastructures import FormData

from editing.edits import Edit, Insert, Move, Remove, SetValue, Value, expected
from pack.model import YamlPath
from studio.fields import at, path_in
from studio.schema import Node, node_at
from studio.text_flow import wrapped

_MARKUP = "contentMediaType"


def typed(form: FormData, values: Mapping[str, Any]) -> Iterator[Edit]:
    """The edits for the fields of a form that were changed. Raises `KeyError` if it is not ours.

    `values` are those of the file as the form showed it.
    """
    for name in dict.fromkeys(form.keys()):
        if not name.startswith("o:"):
            continue
        path = path_in(values, unquote(name[2:]))
        old, new = form.getlist(name), form.getlist(f"v:{name[2:]}")
        shown = [_plain(one) for one in old if isinstance(one, str)]
        given = [_plain(one) for one in new if isinstance(one, str)]
        # A list of names has an empty place at its end, for one more.
        if shown == given or [*filter(None, shown)] == [*filter(None, given)]:
            continue
        for edit in _field(path, given, values):
            yield edit
            values = expected(values, edit)


_Place = Annotated[int, Field(strict=True, ge=0, lt=100_000)]
_Path = tuple[str | _Place, ...]


class Button(BaseModel):
    """What a button does: where, and for some to which position or at which one."""

    do: Literal["add", "copy", "remove", "move", "start", "draw"] = "draw"
    path: _Path = ()
    to: _Place = 0
    at: _Place | None = None

    @classmethod
    def read(cls, text: str) -> "Button":
        """The button with this value; one that does nothing for none.

        Raises `ValueError` if it is not one of ours, and `KeyError` if it is for no place.
        """
        found = cls.model_validate_json(text or "{}")
        node_at(found.path)
        return found


def pressed(button: Button, values: Mapping[str, Any]) -> Iterator[Edit]:
    """The edits for a button. Raises `ValueError` and `KeyError` if it can't be pressed there."""
    path = button.path
    match button.do:
        case "add":
            end = len(at(values, path) or ())
            position = end if button.at is None else button.at
            yield Insert(path, position, blank(node_at(path).entry, values))
        case "copy":
            if not path or not isinstance(path[-1], int) or (entry := at(values, path)) is None:
                raise ValueError("only entries of lists are copied in their place")
            yield Insert(path[:-1], path[-1] + 1, thawed(entry, node_at(path)))
        case "remove":
            yield Remove(path)
        case "move":
            yield Move(path, button.to)
        case "start":
            yield SetValue(path, blank(node_at(path), values), node_at(path[:-1]).names)
        case "draw":
            return  # only the page is wanted, as it is now


def placed(form: FormData, values: Mapping[str, Any]) -> Iterator[Edit]:
    """The edit for the place that was typed for an entry, counted from 1, if it is another."""
    for name, text in form.items():
        if not (name.startswith("t:") and isinstance(text, str) and text.strip().isdecimal()):
            continue
        path = path_in(values, unquote(name[2:]))
        siblings = at(values, path[:-1])
        keys = [*siblings] if isinstance(siblings, Mapping) else [*range(len(siblings))]
        to = min(max(int(text), 1), len(keys)) - 1
        if keys[to] != path[-1]:
            yield Move(path, to)
            return


def landing(button: Button, values: Mapping[str, Any]) -> YamlPath | None:
    """The path of the form to show after a button: that of a new slide; None for the same form."""
    if button.do != "add" or button.path != ("deck", "slides"):
        return None
    last = len(at(values, ("deck", "slides"))) - 1
    return ("deck", "slides", last if button.at is None else min(button.at, last))


def path_from(text: str) -> YamlPath:
    """A path from JSON. Raises `ValueError`, and `KeyError` if there is no such place."""
    path = TypeAdapter(_Path).validate_json(text)
    node_at(path)
    return path


def value_from(text: str) -> Value | None:
    """A value from JSON; None if there is to be none. Raises `ValueError`."""
    found: Value | None = from_json(text)
    if found is not None and not _can_be_written(found):
        raise ValueError("no value of a content file")
    return found


def _can_be_written(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_can_be_written, value.values()))
    if isinstance(value, list):
        return all(map(_can_be_written, value))
    return isinstance(value, str | int)


def blank(node: Node, values: Mapping[str, Any]) -> Value:
    """A new value with what it must have, to be filled in."""
    if node.kind == "object" and not node.alone:
        names = [name for name in node.names if name in node.required]
        return {name: blank(node.field(name), values) for name in names}
    if node.kind == "array":
        return [blank(node.entry, values)] if node.keyword("minItems") else []
    if node.kind == "integer":
        return 1
    if known := node.keyword("enum"):
        return str(known[0])
    if collection := node.keyword("x-names"):
        entries = values.get(collection)
        return str(next(iter(entries))) if isinstance(entries, Mapping) and entries else ""
    return ""


def thawed(value: Any, node: Node | None = None) -> Value:
    """A value of a file as one that can be written; numbers plain, if `node` says which are."""
    if isinstance(value, Mapping):
        return {str(name): thawed(part, _below(node, name)) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [thawed(part, _below(node, 0)) for part in value]
    if node and node.kind == "integer" and value.isdecimal():
        return int(value)
    if node and node.kind == "boolean" and value in ("true", "false"):
        return bool(value == "true")
    return "" if value is None else cast(str, value)


def _below(node: Node | None, key: str | int) -> Node | None:
    """What the schema says of a part of a value; None if it knows no such part."""
    if not node or isinstance(key, int) or node.kind == "map":
        return node.entry if node and node.entries is not None else None
    return node.field(key) if key in node.names else None


def _field(path: YamlPath, given: list[str], values: Mapping[str, Any]) -> Iterator[Edit]:
    """The edits that make a field what was typed."""
    node = node_at(path)
    if node.kind == "array":  # names to choose from; a list of texts has a field for each
        chosen = [one for one in given if one]
        yield from _put(path, _list(chosen, node), values, chosen != [])
        return
    text = given[-1] if given else ""
    if node.kind == "boolean":
        yield from _put(path, text == "true", values, text != "")
    elif node.kind == "integer" and text.isascii() and text.isdecimal():
        yield from _put(path, int(text), values, True)
    else:
        old = at(values, path)
        text = wrapped(text, old if isinstance(old, str) else "") if node.keyword(_MARKUP) else text
        yield from _put(path, text, values, text != "")


def _list(chosen: list[str], node: Node) -> Value:
    return chosen[0] if node.alone and len(chosen) == 1 else list(chosen)


def _put(path: YamlPath, value: Value, values: Mapping[str, Any], wanted: bool) -> Iterator[Edit]:
    """Set a value; take the field out if nothing is left of it and it isn't needed."""
    above, parent, old = node_at(path[:-1]), at(values, path[:-1]), at(values, path)
    if isinstance(parent, str) and above.alone:  # a point that is only a text so far
        if path[-1] == "text":
            yield SetValue(path[:-1], value, old=parent)
        elif wanted:
            yield SetValue(path[:-1], {"text": parent, str(path[-1]): value}, old=parent)
    elif wanted or isinstance(path[-1], int) or str(path[-1]) in above.required:
        yield SetValue(path, value, above.names, None if old is None else thawed(old))
    elif old is not None:
        yield Remove(path)


def _plain(text: str) -> str:
    """What was typed, with the line ends that files have."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
