"""The import of WeasyPrint, which needs system libraries: Pango and HarfBuzz.

Relies on where WeasyPrint opens them (`weasyprint.text.ffi`), and on what it does if a library is
missing: it prints a message and raises cffi's `OSError`, or goes on without `harfbuzz_subset`.
Relies on what it imports `_FOR_OTHER_FONTS` for: functions and classes that it calls.
"""

import contextlib
import ctypes.util
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

#: Modules for variable fonts, and for fonts that HarfBuzz can't reduce. Ours are neither, and
#: importing them takes a tenth of a second.
_FOR_OTHER_FONTS = ("fontTools.subset", "fontTools.varLib.instancer")


def import_weasyprint() -> bool:
    """Import WeasyPrint; return False if a library that it needs is missing on this machine.

    Don't call it again then: it would find the half-imported modules of the first attempt.
    """
    try:
        # If a library is missing, WeasyPrint prints a long message before it fails.
        with contextlib.redirect_stdout(None), _by_file_name(), _later(_FOR_OTHER_FONTS):
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


class _Later(ModuleType):
    """A module that is only imported when something in it is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *given, **named: getattr(import_module(self.__name__), name)(*given, **named)


@contextlib.contextmanager
def _later(names: tuple[str, ...]) -> Iterator[None]:
    """Let what is imported inside the `with` block get these modules without importing them."""
    put = [name for name in names if name not in sys.modules]
    sys.modules.update({name: _Later(name) for name in put})
    try:
        yield
    finally:
        for name in put:
            del sys.modules[name]
