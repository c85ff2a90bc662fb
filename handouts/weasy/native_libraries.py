"""The import of WeasyPrint, which needs system libraries: Pango and HarfBuzz.

Relies on where WeasyPrint opens them (`weasyprint.text.ffi`), and on what it does if a library is
missing: it prints a message and raises cffi's `OSError`, or goes on without `harfbuzz_subset`.
"""

import contextlib
import ctypes.util
import sys
from collections.abc import Iterator


def import_weasyprint() -> bool:
    """Import WeasyPrint; return False if a library that it needs is missing on this machine.

    Don't call it again then: it would find the half-imported modules of the first attempt.
    """
    try:
        # If a library is missing, WeasyPrint prints a long message before it fails.
        with contextlib.redirect_stdout(None), _by_file_name():
            from weasyprint.text import ffi
    except OSError as error:
        if "cannot load library" not in str(error):
            raise
        return False
    return ffi.harfbuzz_subset is not None


@contextlib.contextmanager
def _by_file_name() -> Iterator[None]:
    """Find libraries on Linux by their file names only, as the linker does, which is quick.

    WeasyPrint tries the names that all systems use in turn. For each that is not a file name,
    `ctypes` starts ldconfig, gcc and ld, forty processes in all; the file name is among them too.
    """
    found = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = found
