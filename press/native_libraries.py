"""The system libraries that WeasyPrint needs, and the command that installs them."""

import shutil
import sys

from handouts.weasy.native_libraries import import_weasyprint
from pack.errors import MissingLibrary

#: Why WeasyPrint can't be imported. To try once more would meet the halves of the first attempt.
_missing: list[MissingLibrary] = []


def import_handouts() -> None:
    """Import the renderer of sheets, with WeasyPrint and the libraries behind it.

    Raises `MissingLibrary` if they are not on this machine.
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
    missing = "Pango and HarfBuzz, which set the type of the sheets, are not on this machine."
    if sys.platform == "win32":
        return f"{missing} Install MSYS2, then run in its shell: pacman -S mingw-w64-x86_64-pango"
    for tool, command in commands.items():
        if shutil.which(tool):
            return f"{missing} Install them with: {command}"
    return f"{missing} Install the packages “pango” and “harfbuzz” of your system."
