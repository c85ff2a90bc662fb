"""The texts of a pack that are translated, each with what a translator needs to know about it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic.fields import FieldInfo

from languages.catalog import clean
from pack.items import Part, Point
from pack.markdown import parse_body
from pack.model import Pack, YamlPath
from pack.walk import texts


class ShownOn(NamedTuple):
    """Where a text may be shown: the ids of documents, and the numbers of slides."""

    documents: tuple[str, ...] = ()
    slides: tuple[int, ...] = ()
    everywhere: bool = False

    def __str__(self) -> str:
        if self.everywhere:
            return "everything"
        slides = ", ".join(map(str, self.slides))
        numbers = [f"slide{'s' if len(self.slides) > 1 else ''} {slides}"] if slides else []
        return ", ".join([*self.documents, *numbers])


#: Says where the text at a path may be shown.
Shown = Callable[[YamlPath], ShownOn]

_NOWHERE = ShownOn()

#: The start of a line that doesn't continue the one before: an entry of a list, a table's row.
_NEW_LINE = re.compile(r"[-+*](?:\s|$)|\d{1,2}[.)](?:\s|$)|\|")


@dataclass(frozen=True)
class SourceString:
    """A text to translate.

    `context` names it in all files that translators get: "contacts/fbi/use". `about` is what the
    schema says of it, `longest` the most characters that it may have, `shown_on` where it is shown.
    """

    context: str
    source: str
    path: YamlPath
    about: str = ""
    longest: int | None = None
    shown_on: ShownOn = _NOWHERE


def strings(pack: Pack, shown: Shown = lambda path: _NOWHERE) -> tuple[SourceString, ...]:
    """Every text to translate, in the order of the model.

    Left out are names that stay as they are in every language, and the program's own labels, which
    are translated in `templates/labels/`.
    """
    return tuple(
        _string(pack, path, text, shown) for path, text in texts(pack) if _is_translated(pack, path)
    )


def _is_translated(pack: Pack, path: YamlPath) -> bool:
    if path[0] == "labels":
        return path in pack.origin.marks
    names = (("pack", "words"), ("school", "name"))
    return path[:2] not in names and path[-1] != "vanity"


def _string(pack: Pack, path: YamlPath, text: str, shown: Shown) -> SourceString:
    field = _field(pack, path)
    extra = field.json_schema_extra
    longest = extra.get("maxLength") if isinstance(extra, dict) else None
    return SourceString(
        _context(pack, path),
        clean(unwrapped(text)),
        path,
        field.description or "",
        longest if isinstance(longest, int) else None,
        shown(path),
    )


def _context(pack: Pack, path: YamlPath) -> str:
    """A path with ids wherever there are any, and numbers counted from 1 where there are none."""
    first, second, *rest = path
    if first == "handouts" and isinstance(second, int):
        second = pack.handouts[second].id
    # A point is named the same whether or not it has a pictogram.
    rest += ["text"] if rest[-2:-1] == ["points"] else []
    return "/".join(str(key + 1) if isinstance(key, int) else key for key in (first, second, *rest))


def _field(pack: Pack, path: YamlPath) -> FieldInfo:
    """The field of the model that holds the text at a path."""
    value, field = pack, FieldInfo()
    for key in path:
        if isinstance(value, Part):
            fields = type(value).model_fields
            name = next(name for name in fields if key in (fields[name].alias, name))
            field, value = fields[name], getattr(value, name)
        elif isinstance(value, Mapping | tuple):
            value = value[key]
    return Point.model_fields["text"] if isinstance(value, Point) else field


def unwrapped(text: str) -> str:
    """A text without the line breaks that only wrap it in the content file.

    So a translator sees paragraphs, and a paragraph that is wrapped anew is the same text.
    """
    lines: list[str] = []
    for line in text.splitlines():
        before = lines[-1] if lines else ""
        if before.strip() and line.strip() and not _NEW_LINE.match(line.strip()):
            lines[-1] = f"{before} {line.strip()}"
        else:
            lines.append(line.rstrip())
    joined = "\n".join(lines)
    return joined if parse_body(joined) == parse_body(text) else text
