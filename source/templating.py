"""Templates of every kind, read in one way: all text escaped, nothing undefined let pass."""

from contextlib import suppress
from importlib.metadata import version

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from source.theme import TEMPLATES


def environment(room: str) -> Environment:
    """The templates in a folder of `templates/`, such as "handouts"."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / room),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # What is compiled then follows from the template alone, and from no filter of ours.
        optimized=False,
    )
    # There may be no temporary folder, or none that only this user writes to.
    with suppress(OSError, RuntimeError):
        made.bytecode_cache = _Compiled(pattern=f"press-jinja{version('jinja2')}-%s.cache")
    made.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return made


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept from one start to the next in a temporary folder of the user."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
