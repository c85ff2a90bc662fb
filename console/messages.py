"""Messages about a build, a list of schools or a check, as lines of text that are not yet printed.

Nothing here imports the model, so that an unchanged build stays fast.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pack.errors import ContentError, PressError, ProblemsError
from pack.exit_codes import ExitCode
from pack.formats import unit_of
from pack.problems import Problem, Severity

if TYPE_CHECKING:
    from pack.artifacts import Artifact
    from pack.model import Pack
    from press.options import BuildReport
    from schools.options import SchoolsReport
    from schools.read_list import Listing
    from schools.tables.headings import Headings
    from slides.template_report import TemplateReport

#: Shown while another build writes into the same folder.
WAITING = "Waiting for another build to finish."

#: The cells of a table row.
Cells = tuple[str, ...]


@dataclass(frozen=True)
class CommandOutput:
    """What a command says: lines, and then problems."""

    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


#: How many headings that are not used are listed, and which of them come first.
_MOST_NAMES = 12
_REACH = re.compile(r"phone|tel\b|mail|web|url|contact|counsel", re.I)


def problems(found: Sequence[Problem], most: int | None = None, more: int = 0) -> Iterator[str]:
    """The first `most` problems, and the number of the others, to which `more` is added.

    Warnings with the same remedy share it, and the most frequent come first: a new one, such as a
    word that is spelled wrong, stands at the end.
    """
    warnings: dict[str, list[Problem]] = {}
    for problem in found[:most]:
        if problem.severity is Severity.ERROR:
            yield f"error: {problem}"
        else:
            warnings.setdefault(problem.remedy, []).append(problem)
    for remedy, same in sorted(warnings.items(), key=lambda one: -len(one[1])):
        yield from (f"warning: {problem.headline}" for problem in same)
        yield f"    {remedy}"
    rest = more + (len(found[most:]) if most else 0)
    if rest:
        yield f"… and {rest:,} more."


def failure(error: PressError, most: int | None, output_state: str) -> Iterator[str]:
    """Why the program stopped, with up to `most` problems listed.

    `output_state` says what happened to the output if it could not be written.
    """
    if isinstance(error, ProblemsError):
        more = error.more if isinstance(error, ContentError) else 0
        yield from problems(error.problems, most, more)
        number = len(error.problems) + more
        if error.exit_code is ExitCode.REFUSED:
            which = "this problem" if number == 1 else f"these {number:,} problems"
            yield f"Not released: fix {which} first. Nothing was written."
        else:
            shown = " and ".join(map(str, error.reports)) if isinstance(error, ContentError) else ""
            where = f": {shown} shows where" if shown else ""
            yield f"{counted(number, 'problem')}{where}. {error.unchanged}"
    else:
        state = f" {output_state}" if error.exit_code is ExitCode.OUTPUT else ""
        yield f"{error}{state}"


def checked(packs: Iterable["Pack"], warnings: Sequence[Problem]) -> Iterator[str]:
    """The result of checking content that has no errors."""
    for pack in packs:
        own = sum(warning.place.file == pack.origin.file for warning in warnings)
        yield f"{pack.origin.file}: no errors, {counted(own, 'warning')}"


def verapdf(files: int, broken: Sequence[Problem]) -> str:
    """How many files veraPDF checked, and how many failures it found."""
    return f"veraPDF: {counted(files, 'file')}, {counted(len(broken), 'failure')}"


def planned(artifacts: Sequence["Artifact"]) -> list[Cells]:
    """A table of the files that would be made, and from what."""
    return [
        (
            str(artifact.path),
            _extent(artifact.file, artifact.pages) if artifact.pages else "",
            artifact.source,
        )
        for artifact in artifacts
    ]


def files(report: "BuildReport") -> list[Cells]:
    """A table of the files that a build made or kept, and the reasons."""
    return [
        (
            str(row.path),
            _extent(row.path.name, row.pages),
            f"{row.bytes / 1000:.0f} KB",
            f"{row.seconds:.2f} s" if row.reason else "",
            f"{row.setting[0]:g}/{row.setting[0] * row.setting[1]:.1f} pt" if row.setting else "",
            row.reason or "kept",
        )
        for row in report.rows
    ]


def summary(report: "BuildReport") -> Iterator[str]:
    """Which files a build removed, and how many it made and kept."""
    for file in report.removed:
        yield f"{file}: removed: it is no longer part of this pack"
    made = sum(bool(row.reason) for row in report.rows)
    kept = len(report.rows) - made
    parts = [f"{counted(made, 'file')} made", *([f"{kept} kept"] if kept else [])]
    yield f"{', '.join(parts)}, {counted(len(report.warnings), 'warning')}."


def headings(listing: "Listing") -> Iterator[str]:
    """Which headings of a list were taken for which columns, if they are not the same words."""
    found = listing.headings
    if found is None:
        return
    renamed = [
        f"“{heading}” → {column}"
        for column, heading in found.taken.items()
        if heading.lower() != column
    ]
    if renamed:
        yield f"{found.place}: {', '.join(renamed)}"
    if found.ignored:
        yield f"{found.place}: {_not_used(found)}"


def list_columns(listing: "Listing") -> list[Cells]:
    """A table of the columns of a list: the heading, what it was taken for, and the first value."""
    found = listing.headings
    if found is None:
        return []
    first = next((row for row, _ in listing.rows), None)
    values = (
        {"id": first.id, "language": ", ".join(first.languages), **first.school.model_dump()}
        if first
        else {}
    )
    rows: list[Cells] = [
        (f"“{heading}”", f"→ {column}", str(values.get(column) or ""))
        for column, heading in found.taken.items()
    ]
    if "id" not in found.taken:
        rows.append(("from the name", "→ id", str(values.get("id", ""))))
    if "contact" not in found.taken:
        rows.append(("for all schools", "→ contact", listing.contact or ""))
    return rows


def list_checked(listing: "Listing") -> Iterator[str]:
    """Which columns of a list are not used or missing, and how many of its rows are good."""
    found = listing.headings
    if found is not None and found.ignored:
        yield _not_used(found)
    missing = (
        []
        if found is None
        else [one for one in ("phone", "email", "website") if one not in found.taken]
    )
    if missing:
        yield f"There is no column for: {', '.join(missing)}."
    good = listing.rows.count
    out = f", {listing.left_out:,} left out" if listing.left_out else ""
    yield f"{counted(good, 'good row')}, {counted(listing.bad, 'bad row')}{out}."


def _not_used(found: "Headings") -> str:
    """The headings that are not used, those that may be missed first."""
    names = sorted(found.ignored, key=lambda name: not _REACH.search(name))
    more = f", and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    shown = ", ".join(f"“{' '.join(name.split())[:40]}”" for name in names[:_MOST_NAMES])
    return f"not used: {shown}{more}"


def schools_problems(report: "SchoolsReport", most: int) -> Iterator[str]:
    """The problems of a list of schools, and the hand-edited files that were kept."""
    more = report.more_bad + report.more_warnings
    yield from problems([*sorted(report.bad), *report.warnings], most, more)
    for file in report.kept_aside:
        yield f"{file}: kept because someone had changed it; a new file took its place"


def schools_summary(report: "SchoolsReport", seconds: float) -> Iterator[str]:
    """How many schools were made and kept, and which files needed separate layouts."""
    made = f"{counted(report.made, 'school')} made, {counted(report.files, 'file')}"
    kept = f", {report.kept:,} kept" if report.kept else ""
    yield f"{made}{kept}, in {seconds:.1f} s."
    for name, count in sorted(report.laid_out.items()):
        yield f"{name}: laid out separately for {counted(count, 'school')}"


def template(report: "TemplateReport") -> Iterator[str]:
    """What each layout of a template is used for, and with which typefaces and sizes."""
    width, height = report.width / 72, report.height / 72
    count = counted(report.layouts, "layout")
    yield f"{report.file}: slides of {width:.2f} × {height:.2f} inches, {count}"
    for use in report.uses:
        yield f"“{use.name}” is used for: {', '.join(use.purposes)}"
        for name, frame in use.frames.items():
            weight = " bold" if frame.bold else ""
            capitals = ", in capitals" if frame.capitals else ""
            face = "" if frame.face.known else ", which nobody has measured"
            size = f"{frame.size:g} pt{weight}"
            yield f"    {name}: {frame.face.name}, {size}{capitals}{face}"
        if use.merged and {"Two columns", "Conversation"} & set(use.purposes):
            yield "    Columns and conversations become one list."
        if use.merged and {"Video", "Take home"} & set(use.purposes):
            yield "    QR codes go to the right of the text."
        if use.merged and "Contacts" in use.purposes:
            yield "    Contacts are a table in place of the text."
        if {"Title", "Closing"} & set(use.purposes):
            where = "goes into a free corner" if use.merged else "has a box of its own"
            yield f"    A school's logo {where if use.logo else 'has no room, and is left out'}."


def template_checked(report: "TemplateReport", slides: int, found: Sequence[Problem]) -> str:
    """Whether a template can be used."""
    errors = sum(problem.severity == "error" for problem in found)
    if errors:
        return f"{report.file} can't be used as it is: {counted(errors, 'error')}; see above."
    warnings = counted(len(found), "warning")
    return f"{report.file} can be used: {counted(slides, 'slide')}, {warnings}."


def bad_rows(report: "SchoolsReport") -> str:
    return f"{counted(len(report.bad) + report.more_bad, 'problem')} in the list; see above."


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 file", "1,200 files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _extent(file: str, pages: int) -> str:
    if not pages:
        return "as many as needed"
    return counted(pages, unit_of(file))
