"""WeasyPrint's import, which needs system libraries: Pango and HarfBuzz.

Relies upon where WeasyPrint opens them (`weasyprint.text.ffi`), and on what it does if one is
missing: it prints, and raises cffi's `OSError`, or goes on without `harfbuzz_subset`.
"""

import contextlib
import ctypes.util
import sys
from collections.abc import Iterator


def import_weasyprint() -> bool:
    """Import WeasyPrint; False if a library that it needs is not on this machine.

    Not to be called once more then: it would meet the halves of the first attempt.
    """
    try:
        # Where a library is missing, WeasyPrint prints a page of its own before it fails.
        with contextlib.redirect_stdout(None), _asking_no_compiler():
            from weasyprint.text import ffi
    except OSError as error:
        if "cannot load library" not in str(error):
            raise
        return False
    return ffi.harfbuzz_subset is not None


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
