"""The system libraries that WeasyPrint needs, and the command that installs them."""

import shutil
import sys

from handouts.weasy.native_libraries import import_weasyprint
from pack.errors import MissingLibrary

#: Why WeasyPrint can't be imported. A second attempt would find half-imported modules.
_missing: list[MissingLibrary] = []


def import_handouts() -> None:
    """Import the renderer of sheets, with WeasyPrint and its native libraries.

    Raises `MissingLibrary` if they are not installed.
    """
    if not _missing and not import_weasyprint():
        _missing.append(MissingLibrary(_remedy()))
    if _missing:
        raise _missing[0]
    import handouts.sheets  # noqa: F401


def _remedy() -> str:
    commands = {
        "apt-get": "sudo apt-get install -y libpangoft2-1.0-0 libharfbuzz-subset0",
        "dnf": "sudo dnf install -y pango harfbuzz",
        "brew": "brew install pango",
    }
    missing = "Pango and HarfBuzz, which the layout of sheets needs, are not installed."
    if sys.platform == "win32":
        return f"{missing} Install MSYS2, then run in its shell: pacman -S mingw-w64-x86_64-pango"
    for tool, command in commands.items():
        if shutil.which(tool):
            return f"{missing} Install them with: {command}"
    return f"{missing} Install your system's packages “pango” and “harfbuzz”."
