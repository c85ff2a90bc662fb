"""Loading of all templates in one way: text is escaped, and undefined names are errors."""

from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from pack.temporary import shared_folder
from pack.theme import TEMPLATES


def environment(room: str) -> Environment:
    """The templates in a folder of `templates/`, such as "handouts"."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / room),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # The compiled code then depends on the template and this call only, not on filters.
        optimized=False,
    )
    made.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    # There may be no temporary folder that is private to this user.
    with suppress(OSError, RuntimeError):
        made.bytecode_cache = _Compiled()
    return made


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept between runs in the user's temporary folder."""

    def __init__(self) -> None:
        how = Path(__file__).read_bytes() + version("jinja2").encode()
        with shared_folder():
            super().__init__(pattern=f"handout-press-{sha256(how).hexdigest()[:8]}-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # if the file is broken in any way, compile the template again
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
