"""What a finished file is, by its name. Light: nothing is read."""

from pathlib import PurePath


def format_of(file: str) -> str:
    """What a file's name ends in, such as "pdf"."""
    return PurePath(file).suffix.removeprefix(".")


def unit_of(file: str) -> str:
    """What the length of a file is counted in: a "slide" or a "page"."""
    return "slide" if format_of(file) == "pptx" else "page"
