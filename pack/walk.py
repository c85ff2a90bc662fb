"""All texts and addresses of a pack, each with its path in the file."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pack import markdown
from pack.items import Part
from pack.model import Pack, YamlPath
from pack.pictograms import own_file
from pack.types import Address, Email, Sign, Text

#: The fields of a model, each with its name in the code and its name in the file.
_Names = tuple[tuple[str, str], ...]


def texts(pack: Pack) -> Iterator[tuple[YamlPath, str]]:
    """Everything written to be read, with its markup; includes labels and notes.

    In the order of the model. `pack.origin.place(path)` is the place of a text in the file.
    """
    for path, text in _values(pack, Text):
        # A point may be written as its text alone.
        alone = path[-3:-2] == ("points",) and path not in pack.origin.marks
        yield path[:-1] if alone else path, text


def addresses(pack: Pack) -> Iterator[tuple[YamlPath, str]]:
    """Every web address: in fields of its own, and in the links of texts."""
    yield from _values(pack, Address)
    for path, text in texts(pack):
        yield from ((path, address) for address in markdown.links(text))


def emails(pack: Pack) -> Iterator[tuple[YamlPath, str]]:
    """Every e-mail address."""
    return _values(pack, Email)


def own_pictograms(pack: Pack) -> Iterator[Path]:
    """The files of the pictograms that the pack brings itself, in the order of the model."""
    names = dict.fromkeys(name for _, name in _values(pack, Sign))
    yield from (file for name in names if (file := own_file(name, pack.folder)).is_file())


def _values(value: Any, kind: Any, path: YamlPath = ()) -> Iterator[tuple[YamlPath, str]]:
    """The values of one type from `pack.types` inside a part of a pack."""
    if isinstance(value, Part):
        of_kind, within = _fields(type(value), kind)
        for name, written in of_kind:
            yield from _strings(getattr(value, name), (*path, written))
        for name, written in within:
            yield from _values(getattr(value, name), kind, (*path, written))
    else:
        for key, entry in _entries(value):
            yield from _values(entry, kind, (*path, key))


def _strings(value: Any, path: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    if isinstance(value, str):
        yield path, value
    for key, entry in _entries(value):
        yield from _strings(entry, (*path, key))


def _entries(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


@cache
def _fields(model: type[Part], kind: Any) -> tuple[_Names, _Names]:
    """The fields of a model that hold values of this kind, and all the others."""
    check = get_args(kind)[1]  # the first check of an annotated type identifies the kind
    fields = model.model_fields.items()
    of_kind = {
        name for name, field in fields if check in field.metadata or _holds(check, field.annotation)
    }
    return (
        tuple((name, field.alias or name) for name, field in fields if name in of_kind),
        tuple((name, field.alias or name) for name, field in fields if name not in of_kind),
    )


def _holds(check: Any, annotation: Any) -> bool:
    """Whether an annotation, such as `tuple[Text, ...]` or `Text | None`, contains this check."""
    return check in getattr(annotation, "__metadata__", ()) or any(
        _holds(check, part) for part in get_args(annotation)
    )


def values(part: Any, path: YamlPath = ()) -> Iterator[tuple[YamlPath, Any]]:
    """Every value of a pack, texts and others, each with its path in the file."""
    if isinstance(part, Part):
        for name, field in type(part).model_fields.items():
            yield from values(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, Mapping | tuple):
        for key, entry in _entries(part):
            yield from values(entry, (*path, key))
    elif part is not None:
        yield path, part
