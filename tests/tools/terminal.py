"""The program in a terminal of a given width, as people see it."""

import os
import re
import struct
import subprocess
import sys

import pytest

from tests.conftest import ROOT

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def run_in_terminal(width: int, *arguments: object) -> list[str]:
    """The lines that `make_materials.py` prints in a terminal, without its progress bar."""
    import fcntl
    import pty
    import termios

    try:
        ours, theirs = pty.openpty()
    except OSError as error:  # some containers have none
        pytest.skip(f"the system has no pseudo-terminals: {error}")
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "make_materials.py"), *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
    )
    os.close(theirs)
    printed = b""
    try:
        while read := os.read(ours, 65536):
            printed += read
    except OSError:
        pass  # Linux: the program has ended
    os.close(ours)
    assert process.wait() == 0
    text = _CONTROL.sub("", printed.decode()).replace("\r\n", "\n")
    return [line.rpartition("\r")[2] for line in text.splitlines()]
