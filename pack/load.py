"""From a content file to a checked, frozen `Pack`."""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pack import glyphs
from pack.cross_checks import document_problems
from pack.documents import Handout, Slide
from pack.errors import ContentError
from pack.labels import default_labels, labels_in, languages
from pack.logos import PUBLISHER, SCHOOL, read_logo
from pack.markdown_checks import unset_markdown
from pack.model import Origin, Pack, TranslatedTexts, YamlPath
from pack.problems import Fault, Problem, Severity, path_text
from pack.theme import load_theme
from pack.types import is_language, is_placeholder, is_region
from pack.validation import Context
from pack.validation_errors import as_problem
from pack.walk import addresses, emails, texts
from pack.yaml_reader import read_file

_Model = TypeVar("_Model", bound=BaseModel)


#: What is in a content file before it is checked (`read_file`).
FileContents = tuple[dict[str, Any], Origin, list[Problem]]


def read_pack(
    file: Path,
    translation: TranslatedTexts | None = None,
    contents: FileContents | None = None,
) -> Pack:
    """Read, check and freeze a content file, with its texts in another language if there are any.

    `contents` are those of the file, if it was read before. Raises `ContentError` with every
    problem of the file, sorted by line.
    """
    values, origin, problems = contents or read_file(file)
    values, problems = dict(values), list(problems)
    if translation:
        values = _translated(values, translation)
        origin = replace(origin, translation=translation)
    values["labels"] = _labels(values)
    context = Context(
        ids={name: _names(entries) for name, entries in values.items()},
        folder=file.parent,
        theme=load_theme(),
        region=_region(values),
        language=_language(values),
    )
    try:
        pack = Pack.model_validate(values, context=context)
    except ValidationError as error:
        found = error.errors(include_url=False)
        misspelled = set(_misspelled(found))
        problems += [
            as_problem(details, origin)
            for details in found
            # A list whose only entry is invalid counts as too short, too; that isn't the problem.
            if not (details["type"] == "too_short" and details["input"])
            and not (details["type"] == "missing" and details["loc"] in misspelled)
        ]
        handouts = _valid(Handout, values.get("handouts"), context)
        deck = values.get("deck")
        slides = _valid(Slide, deck.get("slides") if isinstance(deck, dict) else None, context)
        problems += document_problems(handouts, slides, None, origin)
        raise ContentError(problems) from None
    pack._origin = origin
    slides = dict(enumerate(pack.deck.slides)) if pack.deck else {}
    problems += document_problems(dict(enumerate(pack.handouts)), slides, pack, origin)
    problems += unset_markdown(pack)
    problems += _without_glyphs(pack)
    if problems:
        raise ContentError(problems)
    return pack


def _translated(values: Mapping[str, Any], translation: TranslatedTexts) -> dict[str, Any]:
    """What a file says, with its texts in another language."""
    texts = {path: text for path, (text, _) in translation.texts.items()}

    def put(value: Any, path: YamlPath) -> Any:
        if isinstance(value, dict):
            return {key: put(part, (*path, key)) for key, part in value.items()}
        if isinstance(value, tuple):
            return tuple(put(part, (*path, number)) for number, part in enumerate(value))
        return texts.get(path, value)

    found: dict[str, Any] = put(values, ())
    return {**found, "pack": {**found["pack"], "language": translation.language}}


def _without_glyphs(pack: Pack) -> Iterator[Problem]:
    """An error for each text that can't be printed with our fonts.

    A pack of slides alone is shown in the fonts of PowerPoint, and a page in those of a browser.
    """
    if pack.handouts or (pack.deck and (pack.deck.guide or pack.deck.notes_sheet)):
        for path, text in texts(pack):
            if path[0] != "page" and (characters := glyphs.unknown(text, pack.about.language)):
                fault = glyphs.without_glyphs(characters)
                yield Problem(pack.origin.place(path), path_text(path), fault)


def _misspelled(found: Sequence[ErrorDetails]) -> Iterator[YamlPath]:
    """The fields that are missing only because their names are misspelled."""
    missing = [details["loc"] for details in found if details["type"] == "missing"]
    for details in found:
        if details["type"] == "extra_forbidden":
            *above, name = details["loc"]
            beside = {str(path[-1]): path for path in missing if list(path[:-1]) == above}
            for close in get_close_matches(str(name).lower(), beside, n=1):
                yield beside[close]


def _names(entries: Any) -> tuple[str, ...] | None:
    """The names in a collection: keys, or the ids in a list; None if it is neither."""
    if isinstance(entries, dict):
        return tuple(entries)
    if not isinstance(entries, tuple):
        return None
    ids = (entry.get("id") for entry in entries if isinstance(entry, dict))
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


def poor_logos(pack: Pack) -> list[Problem]:
    """A warning for each reason why a logo of a pack prints poorly."""
    school = pack.school.logo if pack.school else None
    return [
        Problem(pack.origin.place(path), path_text(path), fault, Severity.WARNING)
        for path, name, room in (
            (("publisher", "logo"), pack.publisher.logo, PUBLISHER),
            (("school", "logo"), school, SCHOOL),
        )
        if name
        for fault in read_logo(pack.folder / name, room).warnings
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


def foreign_labels(pack: Pack) -> list[Problem]:
    """A warning if labels are in another language than the pack."""
    shown, own = pack.labels.model_dump(), labels_in(pack.about.language)
    if pack.origin.translation and not own:
        return []  # a translation is not ready without labels, and that is told of itself
    # In a language that we have no labels in, a few may be the same words by chance.
    fewest = 1 if own else 3
    foreign = {
        code: [
            name
            for name, text in labels_in(code).items()
            if text == shown[name] and text != own.get(name) and _has_words(text)
        ]
        for code in languages()
        if labels_in(code) != own
    }
    # Two languages may have a few words in common.
    code, names = max(foreign.items(), key=lambda one: len(one[1]))
    return [_labels_in_another_language(pack, code, names)] if len(names) >= fewest else []


def _has_words(label: str) -> bool:
    """Whether a label has words of its own: quotation marks are of many languages."""
    return bool(re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", label)))


def _labels_in_another_language(pack: Pack, code: str, names: Sequence[str]) -> Problem:
    from babel import Locale

    theirs, ours = (
        Locale.parse(one, sep="-").get_display_name("en") for one in (code, pack.about.language)
    )
    written = [("labels", name) for name in names if ("labels", name) in pack.origin.marks]
    path: YamlPath = written[0] if written else ("pack", "language")
    first = written[0][1] if written else names[0]
    text = getattr(pack.labels, first)
    are = "1 label is" if len(names) == 1 else f"{len(names)} labels are"
    if labels_in(pack.about.language):
        remedy = f"Remove them: the program has labels in {ours}. Or correct “language:”."
    else:
        listed = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
        remedy = f"Under “labels:”, write these in {ours}: {listed}."
    return Problem(
        pack.origin.place(path),
        path_text(path),
        Fault(f"{are} in {theirs}, but this pack is in {ours}, such as “{text}”", remedy),
        Severity.WARNING,
    )


def _labels(values: dict[str, Any]) -> Any:
    """The labels in the file, completed with those of the pack's language."""
    about, own = values.get("pack"), values.get("labels", {})
    language = about.get("language") if isinstance(about, dict) else None
    defaults = default_labels(language if isinstance(language, str) else "")
    return {**defaults, **own} if isinstance(own, dict) else own


def _language(values: dict[str, Any]) -> str:
    about = values.get("pack")
    language = about.get("language") if isinstance(about, dict) else None
    return language if isinstance(language, str) and is_language(language) else ""


def _region(values: dict[str, Any]) -> str:
    about = values.get("pack")
    region = about.get("region", "US") if isinstance(about, dict) else "US"
    return region if isinstance(region, str) and is_region(region) else ""
