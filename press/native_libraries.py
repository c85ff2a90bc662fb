"""The system libraries that WeasyPrint needs, and the command that installs them."""

import contextlib
import ctypes.util
import shutil
import sys
from collections.abc import Iterator

from pack.errors import MissingLibrary

#: Why WeasyPrint can't be imported. To try once more would meet the halves of the first attempt.
_missing: list[MissingLibrary] = []


def import_handouts() -> None:
    """Import the renderer of sheets, with WeasyPrint and the libraries behind it.

    Raises `MissingLibrary` if they are not on this machine.
    """
    if not _missing:
        _import()
    if _missing:
        raise _missing[0]


def _import() -> None:
    try:
        # Where a library is missing, WeasyPrint prints a page of its own before it fails.
        with contextlib.redirect_stdout(None), _asking_no_compiler():
            from weasyprint.text import ffi

            import handouts.sheets  # noqa: F401
        if ffi.harfbuzz_subset is not None:
            return
    except OSError as error:
        if "cannot load library" not in str(error):
            raise
    _missing.append(MissingLibrary(_remedy()))


@contextlib.contextmanager
def _asking_no_compiler() -> Iterator[None]:
    """Find libraries on Linux by their file names alone, as its linker does, in no time.

    WeasyPrint tries the names of all systems in turn. For each that is not a file's, `ctypes`
    starts ldconfig, gcc and ld, forty processes in all; the file's own name is among the names.
    """
    found = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = found


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
