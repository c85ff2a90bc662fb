"""Messages about a build, a list of schools or a check, as lines of text that are not yet printed.

Nothing here imports the model, so that an unchanged build stays fast.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
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

#: Shown while another build writes into the same folder.
WAITING = "Waiting for another build to finish."

#: The cells of a table row.
Cells = tuple[str, ...]


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
        yield from problems(error.problems, most)
        number = len(error.problems)
        if error.exit_code is ExitCode.REFUSED:
            which = "this problem" if number == 1 else f"these {number:,} problems"
            yield f"Not released: fix {which} first. Nothing was written."
        else:
            shown = " and ".join(map(str, error.reports)) if isinstance(error, ContentError) else ""
            where = f": {shown} shows where" if shown else ""
            yield f"{counted(number, 'problem')}{where}. The output was not changed."
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


def schools_problems(report: "SchoolsReport", most: int) -> Iterator[str]:
    """The problems of a list of schools, and the hand-edited files that were kept."""
    yield from problems([*sorted(report.bad), *report.warnings], most, report.more_warnings)
    for file in report.kept_aside:
        yield f"{file}: kept because someone had changed it; a new file took its place"


def schools_summary(report: "SchoolsReport", seconds: float) -> Iterator[str]:
    """How many schools were made and kept, and which files needed separate layouts."""
    made = f"{counted(report.made, 'school')} made, {counted(report.files, 'file')}"
    kept = f", {report.kept:,} kept" if report.kept else ""
    yield f"{made}{kept}, in {seconds:.1f} s."
    for name, count in sorted(report.laid_out.items()):
        yield f"{name}: laid out separately for {counted(count, 'school')}"


def bad_rows(bad: Collection[Problem]) -> str:
    return f"{counted(len(bad), 'problem')} in the list; see above."


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 file", "1,200 files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _extent(file: str, pages: int) -> str:
    if not pages:
        return "as many as needed"
    return counted(pages, unit_of(file))
