"""From what a person typed and pressed to edits of the content file.

A form sends, for each of its fields, what it shows now (`v:PATH`) and what it showed when it was
drawn (`o:PATH`); the paths are as in addresses. A button sends what it does (`do`) as JSON.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from urllib.parse import unquote

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
        if shown == given:
            continue
        for edit in _field(path, given, values):
            yield edit
            values = expected(values, edit)


def pressed(text: str, values: Mapping[str, Any]) -> Iterator[Edit]:
    """The edits for a button. Raises `ValueError` if it is not one of ours."""
    if not text:
        return
    wish = json.loads(text)
    path = path_from(json.dumps(wish["path"]))
    match wish["do"]:
        case "add":
            end = len(at(values, path) or ())
            yield Insert(path, int(wish.get("at", end)), blank(node_at(path).entry, values))
        case "copy":
            *_, last = path
            if not isinstance(last, int):
                raise ValueError("only entries of lists are copied in their place")
            yield Insert(path[:-1], last + 1, thawed(at(values, path)))
        case "remove":
            yield Remove(path)
        case "move":
            yield Move(path, int(wish["to"]))
        case "start":
            yield SetValue(path, blank(node_at(path), values), node_at(path[:-1]).names)
        case "draw":
            return  # only the page is wanted, as it is now
        case _:
            raise ValueError(f"no such button: {wish['do']}")


def landing(text: str, values: Mapping[str, Any]) -> YamlPath | None:
    """The path of the form to show after a button: that of a new slide; None for the same form."""
    wish = json.loads(text) if text else {}
    if wish.get("do") != "add" or wish.get("path") != ["deck", "slides"]:
        return None
    last = len(at(values, ("deck", "slides"))) - 1
    return ("deck", "slides", min(int(wish.get("at", last)), last))


def path_from(text: str) -> YamlPath:
    """A path from JSON. Raises `ValueError`, and `KeyError` if there is no such place."""
    keys = json.loads(text)
    if not isinstance(keys, list) or not all(
        isinstance(key, str) or (type(key) is int and key >= 0) for key in keys
    ):
        raise ValueError("a path is a list of names and numbers")
    path = tuple(keys)
    node_at(path)
    return path


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


def thawed(value: Any) -> Value:
    """A value of a file as one that can be written."""
    if isinstance(value, Mapping):
        return {str(name): thawed(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [thawed(part) for part in value]
    return "" if value is None else cast(str, value)


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
