"""The JSON Schema of content files, read part by part: what a value may be, and what it is for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pack.json_schema import json_schema
from pack.model import YamlPath


@dataclass(frozen=True)
class Node:
    """What the schema says of one value, with references resolved.

    `kind` is "object", "map" (entries with names of their own), "array", "string", "integer" or
    "boolean". `alone` is True if the value of an array or object may be written as text alone.
    """

    kind: str
    about: str = ""
    properties: Mapping[str, Any] | None = None
    required: frozenset[str] = frozenset()
    entries: Any = None
    alone: bool = False
    keywords: Mapping[str, Any] | None = None

    def keyword(self, name: str, default: Any = None) -> Any:
        return (self.keywords or {}).get(name, default)

    def field(self, name: str) -> "Node":
        """What the schema says of a field. Raises `KeyError` if there is none of this name."""
        return _node((self.properties or {})[name])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of an object's fields, in the order in which they are written."""
        return tuple(self.properties or ())

    @property
    def entry(self) -> "Node":
        """What the schema says of each entry. Raises `KeyError` if there can't be any."""
        if self.entries is None:
            raise KeyError("entries")
        return _node(self.entries)


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_schema())
    return found


@cache
def root() -> Node:
    """What the schema says of a whole content file."""
    return _node(_schema())


def node_at(path: YamlPath) -> Node:
    """What the schema says of the value at a path. Raises `KeyError` if there can't be one."""
    found = root()
    for key in path:
        found = _inside(found, key)
    return found


def _inside(node: Node, key: str | int) -> Node:
    if isinstance(key, int):
        if node.kind != "array":
            raise KeyError(key)
        return node.entry
    return node.entry if node.kind == "map" else node.field(key)


def _node(schema: Mapping[str, Any]) -> Node:
    about = schema.get("description", "")
    if "$ref" in schema:
        found = _node(_schema()["$defs"][schema["$ref"].rpartition("/")[2]])
        return replace(found, about=about or found.about)
    if "anyOf" in schema:
        return _one_of(schema, about)
    keywords = {name: value for name, value in schema.items() if name != "properties"}
    kind = schema["type"]
    if "patternProperties" in schema:
        (entries,) = schema["patternProperties"].values()
        return Node("map", about, entries=entries, keywords=keywords)
    return Node(
        kind,
        about,
        schema.get("properties"),
        frozenset(schema.get("required", ())),
        schema.get("items"),
        keywords=keywords,
    )


def _one_of(schema: Mapping[str, Any], about: str) -> Node:
    """A value that may be left out, or written as text alone."""
    choices = [_node(one) for one in schema["anyOf"] if one.get("type") != "null"]
    # The fullest way to write it is the one that forms show.
    found = max(choices, key=lambda one: one.kind in ("object", "array"))
    more = {name: value for name, value in schema.items() if name != "anyOf"}
    return replace(
        found,
        about=about or found.about,
        alone=len(choices) > 1,
        keywords={**(found.keywords or {}), **more},
    )
