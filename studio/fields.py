"""The form of a part of a pack: a field for everything that the schema knows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from editing.changes import value_at
from languages.strings import unwrapped
from pack.model import YamlPath
from pack.pictograms import names as pictogram_names
from studio.schema import Node, node_at
from studio.words import choice, help_on, plain_name, title_of

#: A form of so few fields shows all of them.
_SMALL = 6

#: Parts of a pack with forms of their own, so that no form holds hundreds of fields.
APART = {("deck", "slides"), ("deck", "guide"), ("deck", "notes_sheet")}


@dataclass(frozen=True)
class Option:
    """Something to choose. `title` is its name for people."""

    value: str
    title: str


@dataclass(frozen=True)
class Field:
    """A field of a form.

    `kind` says how it is shown: "line", "text" (with markup), "number", "truth", "date", "choice",
    "sign" (a pictogram), "names" (several to choose), "texts" (a list), "file", "group" (with
    `fields`) or "groups" (a list of groups). `value` is what the file has, None if nothing. `shown`
    is what is used if there is nothing. `usual` fields are in view even if they are empty.
    """

    path: YamlPath
    kind: str
    title: str
    about: str = ""
    value: Any = None
    required: bool = False
    longest: int | None = None
    options: tuple[Option, ...] = ()
    fields: "tuple[Field, ...]" = ()
    shown: str = ""
    usual: bool = False

    @property
    def id(self) -> str:
        """The id of its input, and the start of the ids of what belongs to it."""
        return "f-" + "-".join(map(str, self.path))

    def all(self) -> "Iterator[Field]":
        yield self
        for one in self.fields:
            yield from one.all()


def form(values: Mapping[str, Any], path: YamlPath, defaults: Mapping[str, str]) -> Field:
    """The form of the part at a path, which need not be in the file yet.

    `defaults` are the labels that are used if the file has none. Raises `KeyError` if the schema
    knows no such part.
    """
    return _Forms(values, defaults).field(path, node_at(path), required=False)


@dataclass(frozen=True)
class _Forms:
    values: Mapping[str, Any]
    defaults: Mapping[str, str]

    def field(self, path: YamlPath, node: Node, *, required: bool, usual: bool = False) -> Field:
        value = at(self.values, path)
        kind = _kind(node)
        fields: tuple[Field, ...] = ()
        if kind == "group":
            fields = tuple(self._inside(path, node))
        elif kind in ("groups", "texts"):
            entries = value if isinstance(value, tuple) else ()
            fields = tuple(
                self.field((*path, number), node.entry, required=True)
                for number in range(len(entries))
            )
        elif kind == "names" and isinstance(value, str):
            value = (value,)
        elif kind == "text" and isinstance(value, str):
            value = unwrapped(value.strip())
        return Field(
            path,
            kind,
            plain_name(path) if path and isinstance(path[-1], str) else title_of(path, value),
            help_on(path, node.about),
            value,
            required,
            node.keyword("maxLength"),
            self._options(path, node.entry if kind == "names" else node),
            fields,
            self.defaults.get(str(path[-1]), "") if path[:1] == ("labels",) else "",
            usual,
        )

    def _inside(self, path: YamlPath, node: Node) -> Iterator[Field]:
        usual = self._usual(path, node)
        # Where a text comes from is of less interest than what it says.
        for name in sorted(node.names, key=lambda one: one == "from"):
            inner = (*path, name)
            named = path[:-1] == ("handouts",) and name == "id" and at(self.values, inner)
            if inner not in APART and not named:  # a name is changed where all follow it
                yield self.field(
                    inner,
                    node.field(name),
                    required=name in node.required,
                    usual=name in usual and _kind(node.field(name)) != "names",
                )

    def _usual(self, path: YamlPath, node: Node) -> set[str]:
        """What at least half of the other entries have; of small parts that are alone, all."""
        above = at(self.values, path[:-1])
        if node_at(path[:-1]).kind not in ("map", "array"):
            return set(node.names) if len(node.names) <= _SMALL else set()
        entries = above.items() if isinstance(above, Mapping) else enumerate(above or ())
        others = [one for key, one in entries if key != path[-1] and isinstance(one, Mapping)]
        has = Counter(name for one in others for name in one)
        return {name for name, count in has.items() if 2 * count >= len(others)}

    def _options(self, path: YamlPath, node: Node) -> tuple[Option, ...]:
        if known := node.keyword("enum"):
            return tuple(Option(name, choice(path, name)) for name in known)
        if collection := node.keyword("x-names"):
            if collection == "pictograms":
                return tuple(Option(name, choice(path, name)) for name in pictogram_names())
            return tuple(
                Option(name, title_of(path, entry))
                for name, path, entry in named(self.values, collection)
            )
        return ()


def _kind(node: Node) -> str:
    if node.kind == "object":
        return "group"
    if node.kind == "array":
        if node.entry.keyword("x-names"):
            return "names"
        return "texts" if node.entry.kind == "string" else "groups"
    if node.kind in ("integer", "boolean"):
        return {"integer": "number", "boolean": "truth"}[node.kind]
    if node.keyword("x-names") == "pictograms":
        return "sign"
    if node.keyword("enum") or node.keyword("x-names"):
        return "choice"
    if node.keyword("x-file"):
        return "file"
    if node.keyword("format") == "date":
        return "date"
    return "text" if node.keyword("contentMediaType") else "line"


def at(values: Any, path: Sequence[str | int]) -> Any:
    """The value at a path in a file's values; None if there is none.

    A point may be written as its text alone, which is then the value of its `text`, too.
    """
    for key in path:
        if isinstance(values, str) and key == "text":
            continue
        values = value_at(values, (key,))
    return values


def path_in(values: Mapping[str, Any], text: str) -> YamlPath:
    """A path from an address, such as "deck/slides/4". Raises `KeyError` if there can't be one."""
    path: YamlPath = ()
    for part in filter(None, text.split("/")):
        listed = node_at(path).kind == "array"
        if listed and not (part.isascii() and part.isdecimal() and len(part) < 6):
            raise KeyError(part)
        path = (*path, int(part) if listed else part)
        node_at(path)
        if (listed or node_at(path[:-1]).kind == "map") and at(values, path) is None:
            raise KeyError(part)
    return path


def named(values: Mapping[str, Any], collection: str) -> Iterator[tuple[str, YamlPath, Any]]:
    """The entries of a collection that others refer to by name: the name, path and value of each.

    Sheets are a list, and named by their ids.
    """
    entries = values.get(collection)
    if isinstance(entries, Mapping):
        for name, entry in entries.items():
            yield name, (collection, name), entry
    elif isinstance(entries, tuple):
        for number, entry in enumerate(entries):
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                yield entry["id"], (collection, number), entry
