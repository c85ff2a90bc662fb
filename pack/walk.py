"""Every text and every address of a pack, each with its way through the file."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from source import inline
from source.items import Part
from source.kinds import Address, Email, Text
from source.model import Pack, Steps


def texts(pack: Pack) -> Iterator[tuple[Steps, str]]:
    """Everything that is written to be read, markup included: labels and notes too.

    In the order of the model. `pack.origin.place(path)` is where a text stands in the file.
    """
    return _values(pack, Text)


def addresses(pack: Pack) -> Iterator[tuple[Steps, str]]:
    """Every web address: those with a line of their own, and those that texts link to."""
    yield from _values(pack, Address)
    for path, text in texts(pack):
        yield from ((path, address) for address in inline.links(text))


def emails(pack: Pack) -> Iterator[tuple[Steps, str]]:
    """Every e-mail address."""
    return _values(pack, Email)


def _values(value: Any, kind: Any, path: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """The values of one kind (a type of `source.kinds`) inside a part of a pack."""
    if isinstance(value, Part):
        of_kind, within = _fields(type(value), kind)
        for name in of_kind:
            yield from _strings(getattr(value, name), (*path, name))
        for name in within:
            yield from _values(getattr(value, name), kind, (*path, name))
    else:
        for key, entry in _entries(value):
            yield from _values(entry, kind, (*path, key))


def _strings(value: Any, path: Steps) -> Iterator[tuple[Steps, str]]:
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
def _fields(model: type[Part], kind: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a model's fields that hold values of a kind, and of all others."""
    check = get_args(kind)[1]  # the first check of an annotated type tells kinds apart
    fields = model.model_fields.items()
    of_kind = {
        name
        for name, field in fields
        if check in field.metadata or _is_made_of(check, field.annotation)
    }
    return (
        tuple(name for name, _ in fields if name in of_kind),
        tuple(name for name, _ in fields if name not in of_kind),
    )


def _is_made_of(check: Any, annotation: Any) -> bool:
    """Whether an annotation, such as `tuple[Text, ...]` or `Text | None`, holds that kind."""
    return check in getattr(annotation, "__metadata__", ()) or any(
        _is_made_of(check, one) for one in get_args(annotation)
    )


def values(part: Any, path: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Every value of a pack, texts and all others, each with its way through the file."""
    if isinstance(part, Part):
        for name, field in type(part).model_fields.items():
            yield from values(getattr(part, name), (*path, field.alias or name))
    elif isinstance(part, Mapping | tuple):
        for key, entry in _entries(part):
            yield from values(entry, (*path, key))
    elif part is not None:
        yield path, part
