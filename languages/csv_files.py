"""The small tables beside translations, as CSV files (RFC 4180)."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from languages.catalog import TranslationError
from pack.problems import Fault, Place, Problem


def read_rows(data: bytes, file: Path, columns: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of a CSV file with these columns, each with its line.

    Raises `TranslationError` if it has others, or rows of another length.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fault = Fault("this character is not in UTF-8", "Save the file as “CSV UTF-8”.")
        raise TranslationError([Problem(Place(file, line), "", fault)]) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, tuple[str, ...]]] = []
    problems = []
    expected = ",".join(columns)
    try:
        heads = tuple(cell.strip().lower() for cell in next(reader, []))
        if heads != tuple(columns):
            fault = Fault(
                f"the first line should be “{expected}”", "Write this line above the others."
            )
            raise TranslationError([Problem(Place(file), "", fault)])
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) == len(columns):
                found.append((reader.line_num, tuple(cell.strip() for cell in row)))
            else:
                what = f"this row has {len(row)} cells, not {len(columns)}: {expected}"
                remedy = "Put quotation marks around a text that has a comma."
                problems.append(Problem(Place(file, reader.line_num), "", Fault(what, remedy)))
    except csv.Error:
        fault = Fault(
            "there is a quotation mark too many or too few",
            'Write two quotation marks for one inside a text: "like ""this""".',
        )
        problems.append(Problem(Place(file, reader.line_num), "", fault))
    if problems:
        raise TranslationError(problems)
    return found


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as a CSV file in UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((columns, *rows))
    return text.getvalue().encode()
