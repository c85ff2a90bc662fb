"""What a finished file is, judged by its name alone."""

from pathlib import PurePath


def format_of(file: str) -> str:
    """The extension of a file name, such as "pdf"."""
    return PurePath(file).suffix.removeprefix(".")


def unit_of(file: str) -> str:
    """The unit of a file's length: "slide" or "page"."""
    return "slide" if format_of(file) == "pptx" else "page"
