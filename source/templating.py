"""Templates of every kind, read in one way: all text escaped, nothing undefined let pass."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from source.theme import TEMPLATES


def environment(room: str) -> Environment:
    """The templates in a folder of `templates/`, such as "handouts"."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / room),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return made
