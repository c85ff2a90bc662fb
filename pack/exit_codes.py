"""The program's exit codes. Imports almost nothing, because every start loads this module."""

import enum


class ExitCode(enum.IntEnum):
    """How the program ended; scripts can rely on these numbers."""

    MADE = 0
    CONTENT = 1
    USAGE = 2
    LIBRARY = 3
    OUTPUT = 4
    REFUSED = 5
    UNEXPECTED = 70
    STOPPED = 130
