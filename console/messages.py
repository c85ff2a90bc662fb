"""What people are told of a build, a list of schools or a check: lines of text, not yet printed.

Light, as an unchanged build has little else to do: nothing here imports the model.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pack.errors import PressError, ProblemsError
from pack.exit_codes import ExitCode
from pack.formats import unit_of
from pack.problems import Problem

if TYPE_CHECKING:
    from pack.artifacts import Artifact
    from pack.model import Pack
    from press.options import BuildReport
    from schools.options import SchoolsReport

#: Said of a build that is begun while another one writes into the same folder.
WAITING = "Waiting for another build to end."

#: What stands side by side in a table.
Cells = tuple[str, ...]


def problems(found: Sequence[Problem], most: int | None = None, further: int = 0) -> Iterator[str]:
    """Problems, the first if there are too many, and how many `further` there are."""
    for problem in found[:most]:
        yield f"{problem.severity}: {problem}"
    further += len(found[most:]) if most else 0
    if further:
        yield f"… and {further:,} more of these."


def failure(error: PressError, most: int | None, otherwise: str) -> Iterator[str]:
    """What kept the program from its end; problems one by one up to `most`.

    `otherwise` is what has become of the output if it can't be written.
    """
    if isinstance(error, ProblemsError):
        yield from problems(error.problems, most)
        number = len(error.problems)
        if error.exit_code is ExitCode.REFUSED:
            points = "this first" if number == 1 else f"these {number:,} points first"
            yield f"Not released: mend {points}. Nothing was written."
        else:
            yield f"{counted(number, 'problem')}. Nothing was changed in the output."
    else:
        kept = f" {otherwise}" if error.exit_code is ExitCode.OUTPUT else ""
        yield f"{error}{kept}"


def checked(packs: Iterable["Pack"], warnings: Sequence[Problem]) -> Iterator[str]:
    """That content which is only checked has no errors."""
    for pack in packs:
        own = sum(one.place.file == pack.origin.file for one in warnings)
        yield f"{pack.origin.file}: no errors, {counted(own, 'warning')}"


def verapdf(files: int, broken: Sequence[Problem]) -> str:
    """How many files veraPDF was asked about, and how many failures it found."""
    return f"veraPDF: {counted(files, 'file')}, {counted(len(broken), 'failure')}"


def planned(artifacts: Sequence["Artifact"]) -> list[Cells]:
    """A table of what would be made, and from what."""
    return [
        (str(one.path), _extent(one.file, one.pages) if one.pages else "", one.source)
        for one in artifacts
    ]


def files(report: "BuildReport") -> list[Cells]:
    """A table of the files that a build made or kept, and why."""
    return [
        (
            str(row.path),
            _extent(row.path.name, row.pages),
            f"{row.setting[0]:g}/{row.setting[0] * row.setting[1]:.1f} pt" if row.setting else "",
            f"{row.bytes / 1000:.0f} KB",
            f"{row.seconds:.2f} s" if row.reason else "kept",
            row.reason,
        )
        for row in report.rows
    ]


def sums(report: "BuildReport") -> Iterator[str]:
    """What a build removed, and how many files it made and kept."""
    for file in report.removed:
        yield f"{file}: removed, because nothing makes it any more"
    made = sum(bool(row.reason) for row in report.rows)
    kept = len(report.rows) - made
    told = [f"{counted(made, 'file')} made", *([f"{kept} kept"] if kept else [])]
    yield f"{', '.join(told)}, {counted(len(report.warnings), 'warning')}."


def schools_problems(report: "SchoolsReport", most: int) -> Iterator[str]:
    """What is wrong with a list of schools, and which files somebody had changed."""
    yield from problems([*sorted(report.bad), *report.warnings], most, report.unsaid)
    for file in report.kept_aside:
        yield f"{file}: kept, as somebody had changed it; a new one took its place"


def schools_sums(report: "SchoolsReport", seconds: float) -> Iterator[str]:
    """How many schools were made and kept, and which files needed layouts of their own."""
    told = f"{counted(report.made, 'school')} made, {counted(report.files, 'file')}"
    kept = f", {report.kept:,} kept" if report.kept else ""
    yield f"{told}{kept}, in {seconds:.1f} s."
    for name, count in sorted(report.laid_out.items()):
        yield f"{name}: laid out for {counted(count, 'school')} with longer words"


def bad_rows(bad: Collection[Problem]) -> str:
    return f"{counted(len(bad), 'problem')} in the list, see above."


def counted(number: int, noun: str) -> str:
    """A number of things: "1 file", "1,200 files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _extent(file: str, pages: int) -> str:
    if not pages:
        return "as many as it takes"
    return counted(pages, unit_of(file))
