"""Bases: files laid out and checked for a specimen school, and cut open for all others."""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from threading import Lock

from PIL import Image

from pack.errors import ContentError
from pack.formats import format_of
from pack.model import Pack
from pack.problems import Problem, Severity
from preflight.checks import as_problem
from press.builders import PackBuilders
from press.builders.base import FileData, Group
from schools.download_pages import Site
from schools.logo_store import write_once
from schools.specimen import MOST, SHORT, Lengths, SchoolProfile, fields_of, specimen
from schools.stamp import pdf
from schools.stamp import pptx as decks
from schools.stamp.errors import CannotStamp, DoesNotFit
from schools.stamp.fields import Fields
from schools.stamp.pdf import Base, Counts
from schools.stamp.pdf_base import prepare
from schools.stamp.pptx import DeckBase

AnyBase = Base | DeckBase

#: A file, and the schools that it is made for alike.
Key = tuple[str, SchoolProfile, Lengths]

#: The words of which there are longer ones.
_LENGTHS = tuple(one.name for one in fields(Lengths))

#: Neither WeasyPrint nor python-pptx is made for threads, which workers of others may have.
_laying_out = Lock()


@dataclass(frozen=True)
class BaseSet:
    """All that is needed to make a school's files.

    `groups` are the artifacts that are laid out together; `bases` those that schools are stamped
    into. `scratch` is a folder for logos, `site` what the schools' pages have in common.
    """

    pack: Pack
    groups: tuple[Group, ...]
    scratch: Path
    deck_template: Path | None = None
    bases: Mapping[Key, AnyBase] = field(default_factory=dict)
    site: Site | None = None

    def with_bases(self, found: Iterable[tuple[Key, AnyBase]]) -> "BaseSet":
        """The same with further bases."""
        return replace(self, bases={**self.bases, **dict(found)})


def make_bases(
    base_set: BaseSet, group: Group, profile: SchoolProfile, lengths: Lengths
) -> tuple[list[tuple[Key, AnyBase]], tuple[Problem, ...]]:
    """The bases of artifacts that are laid out together, or why no school can have them.

    None if what shows the specimen can't be stamped, or if longer words than `SHORT` have no room
    or fail preflight: then it is each school's own layout that tells.
    """
    logo = specimen_logo(base_set.scratch, profile.logo) if profile.logo else None
    school = specimen(profile, logo, lengths)
    builders = PackBuilders(base_set.pack.for_school(school), base_set.deck_template)
    words = fields_of(school, base_set.pack.about.region)
    try:
        files = lay_out(builders, group)
    except ContentError as error:
        return [], error.problems if lengths == SHORT else ()
    try:
        made = [_base_of(name, file, words, builders) for name, file in files.items()]
    except CannotStamp:
        return [], ()
    keys = [(file, profile, lengths) for file in files]
    return list(zip(keys, made, strict=True)), ()


def _base_of(name: str, file: FileData, words: Fields, builders: PackBuilders) -> AnyBase:
    """A file, cut open. Raises `CannotStamp`."""
    if format_of(name) == "pptx":
        from slides.school_slots import slots

        return decks.prepare(file.data, words, slots(builders.draft))
    if format_of(name) == "pdf":
        return prepare(file.data, words, file.slots)
    raise CannotStamp(f"files like {name} are laid out for each school")


def lay_out(builders: PackBuilders, group: Group) -> dict[str, FileData]:
    """The files of artifacts that are laid out together, by their names.

    Raises `ContentError` if the content does not fit, or preflight finds an error.
    """
    builder = builders.of(group[0])
    with _laying_out:
        files = dict(zip((one.file for one in group), builder.render(group), strict=True))
    found = [
        as_problem(builders.pack, one, finding)
        for one in group
        for finding in builder.preflight(one, files[one.file].data)
    ]
    if errors := [one for one in found if one.severity is Severity.ERROR]:
        raise ContentError(errors)
    return files


def lengths_for(
    base: AnyBase, profile: SchoolProfile, words: Fields, region: str
) -> Lengths | None:
    """How long a specimen's words are that take as many lines as those of a school.

    None if there are none: then the file has to be laid out for the school.
    """
    if isinstance(base, DeckBase):
        return None
    if not base.memo:
        base.memo.update(_lengths(base, profile, region))
    try:
        found = {key: base.memo[key][counts] for key, counts in pdf.lines(base, words).items()}
    except (DoesNotFit, KeyError):
        return None
    return replace(SHORT, **{key: found[key] for key in _LENGTHS if key in found})


def _lengths(
    base: Base, profile: SchoolProfile, region: str
) -> Iterator[tuple[str, dict[Counts, int]]]:
    """For each word of a school in how many lines it may be set, and the lengths for these.

    Words without a length have just as many as the specimen's, which is told as 0.
    """
    usual = pdf.lines(base, fields_of(specimen(profile, None), region))
    for key, counts in usual.items():
        if key not in _LENGTHS:
            yield key, {counts: 0}
            continue
        found: dict[Counts, int] = {}
        for length in range(2, MOST):
            longer = specimen(profile, None, replace(SHORT, **{key: length}))
            with suppress(DoesNotFit):
                found.setdefault(pdf.lines(base, fields_of(longer, region))[key], length)
        yield key, found


def specimen_logo(scratch: Path, kind: str) -> Path:
    """A picture of a kind, narrower than any room for a logo: it tells where logos stand in it."""
    file = scratch / f"specimen.{kind}"
    out = io.BytesIO()
    Image.new("RGB", (80, 120), "#112233").save(out, kind)
    write_once(file, out.getvalue)
    return file
