"""The report of a fault in the program, for whoever can fix it. It has no content of the pack."""

import importlib.metadata
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pack import __version__
from pack.errors import UnexpectedError, trail

#: The packages whose versions matter.
_PACKAGES = ("weasyprint", "python-pptx", "pydantic", "ruamel.yaml", "lxml", "pikepdf", "pypdfium2")


def told(error: Exception, command: str, output_state: str) -> str:
    """Write a report, and say in one line what happened, and where the report is."""
    what = f"{error.what} could not be made" if isinstance(error, UnexpectedError) else "Stopped"
    lines = _trail(error)
    report = "\n".join((*_versions(), f"command: {command}", f"while: {what}", *lines, ""))
    said = f"{what}: there is a fault in the program ({lines[-1]}). {output_state}"
    try:
        file = Path(tempfile.gettempdir()) / f"handout-press-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        file.write_text(report, encoding="utf-8")
    except OSError:
        return f"{said} It was at {lines[-2] if lines[1:] else 'its start'}."
    return f"{said} Please report it, with this file: {file}"


def _trail(error: Exception) -> list[str]:
    return (error.trail if isinstance(error, UnexpectedError) else trail(error)).splitlines()


def _versions() -> list[str]:
    found = [f"handout-press {__version__}", f"Python {sys.version}", platform.platform()]
    for name in _PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{name}: not installed")
    return found
