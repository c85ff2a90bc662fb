"""What the program can end with. Light: every start of the program reads this module."""

import enum


class ExitCode(enum.IntEnum):
    """What the program ended with; scripts can rely on these numbers."""

    MADE = 0
    CONTENT = 1
    USAGE = 2
    LIBRARY = 3
    OUTPUT = 4
    REFUSED = 5
    STOPPED = 130
