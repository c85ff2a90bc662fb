"""From a content file to a checked, frozen `Pack`."""

import contextlib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pack.cross_checks import document_problems
from pack.documents import Handout, Slide
from pack.errors import ContentError
from pack.model import Pack, YamlPath
from pack.problems import Fault, Problem, Severity, path_text
from pack.theme import load_theme
from pack.types import is_placeholder, is_region
from pack.validation import Context
from pack.validation_errors import as_problem
from pack.walk import addresses, emails
from pack.yaml_reader import read_file

_Model = TypeVar("_Model", bound=BaseModel)


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
            as_problem(details, origin)
            for details in error.errors(include_url=False)
            # A list whose only entry is invalid counts as too short, too; that isn't the problem.
            if not (details["type"] == "too_short" and details["input"])
        ]
        handouts = _valid(Handout, values.get("handouts"), context)
        deck = values.get("deck")
        slides = _valid(Slide, deck.get("slides") if isinstance(deck, dict) else None, context)
        problems += document_problems(handouts, slides, None, origin)
        raise ContentError(problems) from None
    pack._origin = origin
    slides = dict(enumerate(pack.deck.slides)) if pack.deck else {}
    problems += document_problems(dict(enumerate(pack.handouts)), slides, pack, origin)
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
    """The entries of a list that are valid by themselves, by their position."""
    found = {}
    for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        with contextlib.suppress(ValidationError):
            found[number] = model.model_validate(entry, context=context)
    return found


def placeholders(pack: Pack) -> list[Problem]:
    """A warning for each address that is a placeholder and must not reach a family."""
    return [
        Problem(
            pack.origin.place(path),
            path_text(path),
            Fault(
                f"“{address}” is a placeholder",
                "Write the real address here before you print for families.",
            ),
            Severity.WARNING,
        )
        for path, address in (*addresses(pack), *emails(pack))
        if is_placeholder(address)
    ]


def deck_length(pack: Pack) -> list[Problem]:
    """A warning if the visible slides take more or less time than the talk."""
    if not (pack.deck and pack.deck.minutes):
        return []
    shown = sum(slide.minutes or 0 for slide in pack.deck.slides if not slide.hidden)
    over = shown - pack.deck.minutes
    if not over:
        return []
    path: YamlPath = ("deck", "minutes")
    return [
        Problem(
            pack.origin.place(path),
            path_text(path),
            Fault(
                f"the slides take {shown} minutes, {abs(over)} {'more' if over > 0 else 'fewer'} "
                f"than the {pack.deck.minutes} planned for the talk",
                "Change the “minutes:” of some slides, hide some slides, or change this number.",
            ),
            Severity.WARNING,
        )
    ]


def _region(values: dict[str, Any]) -> str:
    about = values.get("pack")
    region = about.get("region", "US") if isinstance(about, dict) else "US"
    return region if isinstance(region, str) and is_region(region) else ""
