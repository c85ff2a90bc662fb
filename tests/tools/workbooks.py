"""Excel workbooks as input."""

from pathlib import Path
from typing import Any

import openpyxl


def write_workbook(file: Path, rows: list[list[Any]], merged: str = "") -> None:
    """Write a workbook with a second sheet that is not read."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in rows:
        sheet.append(cells)
    if merged:
        sheet.merge_cells(merged)
    book.create_sheet("Notes").append(["not", "read"])
    book.save(file)
