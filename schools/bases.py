"""Bases: files laid out and checked for a specimen school, then cut open for all schools."""

import dataclasses
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
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
from schools.specimen import LONG, MOST, SHORT, Lengths, SchoolProfile, fields_of, specimen
from schools.stamp import pdf
from schools.stamp import pptx as decks
from schools.stamp.errors import CannotStamp, DoesNotFit
from schools.stamp.fields import Fields
from schools.stamp.pdf import Base, Counts
from schools.stamp.pdf_base import prepare
from schools.stamp.pptx import DeckBase

AnyBase = Base | DeckBase

#: A file by the pack's name and its own, and the schools that share a base for it.
Key = tuple[str, str, SchoolProfile, Lengths]

#: The fields that come in several lengths.
_LENGTHS = tuple(field.name for field in dataclasses.fields(Lengths))

#: WeasyPrint and python-pptx are not thread-safe, and workers of a cluster may have threads.
_laying_out = Lock()


@dataclass(frozen=True)
class BaseSet:
    """Everything that is needed to make a school's files.

    `packs` are a content file in its languages, by their names. `groups` are the artifacts of all
    of them that are laid out together, `bases` the files that are stamped. `scratch` is a folder
    for logos; `sites` are what the schools' pages have in common, by the names of the packs.
    """

    packs: Mapping[str, Pack]
    groups: tuple[Group, ...]
    scratch: Path
    deck_template: Path | None = None
    bases: Mapping[Key, AnyBase] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)

    @property
    def region(self) -> str:
        """The country that phone numbers belong to, such as "US"."""
        return next(iter(self.packs.values())).about.region

    def with_bases(self, found: Iterable[tuple[Key, AnyBase]]) -> "BaseSet":
        """A copy with more bases."""
        return replace(self, bases={**self.bases, **dict(found)})


def make_bases(
    base_set: BaseSet, group: Group, profile: SchoolProfile, lengths: Lengths
) -> tuple[list[tuple[Key, AnyBase]], tuple[Problem, ...]]:
    """The bases of artifacts that are laid out together, or the problems that rule them out.

    Neither if the file can't be stamped, or if longer texts than `SHORT` have no room or fail
    preflight: each school's own layout then reports the problems.
    """
    logo = specimen_logo(base_set.scratch, profile.logo) if profile.logo else None
    school = specimen(profile, logo, lengths)
    pack = base_set.packs[group[0].pack]
    builders = PackBuilders(pack.for_school(school), base_set.deck_template)
    fields = fields_of(school, base_set.region)
    try:
        files = lay_out(builders, group)
    except ContentError as error:
        return [], error.problems if lengths == SHORT else ()
    try:
        made = [_base_of(name, file, fields, builders) for name, file in files.items()]
    except CannotStamp:
        return [], ()
    keys = [(group[0].pack, file, profile, lengths) for file in files]
    return list(zip(keys, made, strict=True)), ()


def _base_of(name: str, file: FileData, fields: Fields, builders: PackBuilders) -> AnyBase:
    """Cut a file open. Raises `CannotStamp`."""
    if format_of(name) == "pptx":
        from slides.school_slots import slots

        return decks.prepare(file.data, fields, slots(builders.draft))
    if format_of(name) == "pdf":
        from_right = builders.pack.script.is_right_to_left
        return prepare(file.data, fields, file.slots, from_right=from_right)
    raise CannotStamp(f"files such as {name} are laid out for each school")


def lay_out(builders: PackBuilders, group: Group) -> dict[str, FileData]:
    """The files of artifacts that are laid out together, by name.

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
    base: AnyBase, profile: SchoolProfile, fields: Fields, region: str
) -> Lengths | None:
    """The lengths of a specimen's fields that take as many lines as those of a school.

    None if there are no such lengths: the file must then be laid out for the school. A deck has
    one other form, for texts that are too long for a slide as a picture.
    """
    if isinstance(base, DeckBase):
        return LONG if decks.is_too_long(base, fields) else None
    if not base.memo:
        base.memo.update(_lengths(base, profile, region))
    try:
        found = {key: base.memo[key][counts] for key, counts in pdf.lines(base, fields).items()}
    except (DoesNotFit, KeyError):
        return None
    return replace(SHORT, **{key: found[key] for key in _LENGTHS if key in found})


def _lengths(
    base: Base, profile: SchoolProfile, region: str
) -> Iterator[tuple[str, dict[Counts, int]]]:
    """For each field of a school, the possible line counts and the length for each of them.

    A field without a length always has the specimen's line counts, with 0 as its length.
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
    """A picture narrower than any logo box: it shows how logos are aligned in their boxes."""
    file = scratch / f"specimen.{kind}"
    out = io.BytesIO()
    Image.new("RGB", (80, 120), "#112233").save(out, kind)
    write_once(file, out.getvalue)
    return file
