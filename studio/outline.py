"""What there is in a pack: the left side of the studio, and where a word or number stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from languages.strings import ShownOn
from pack import markdown
from pack.model import Pack, YamlPath
from studio.desk import Reading
from studio.fields import at
from studio.schema import root
from studio.words import plain_name, say, title_of

#: Where a new entry is made by name.
COLLECTIONS = tuple(name for name in root().names if root().field(name).kind == "map")


@dataclass(frozen=True)
class Entry:
    """An entry of the outline. `mark` is "error", "to_fill_in", "warning" or ""."""

    path: YamlPath
    title: str
    mark: str = ""


@dataclass(frozen=True)
class OutlineGroup:
    """Entries of one kind. `path` is that of the whole list; () for a group of different parts."""

    title: str
    entries: tuple[Entry, ...]
    path: YamlPath = ()

    @property
    def mark(self) -> str:
        """The worst mark of its entries."""
        return max((one.mark for one in self.entries), key=_MARKS.index, default="")


def outline(reading: Reading) -> tuple[OutlineGroup, ...]:
    """Everything in a pack, in the order of the words file's groups."""
    marks = _marks(reading)

    def entry(path: YamlPath, title: str = "") -> Entry:
        mark = max((found for at_path, found in marks if at_path[: len(path)] == path), default=0)
        return Entry(path, title or entry_title(reading.values, path), _MARKS[mark])

    def entries(path: YamlPath) -> tuple[Entry, ...]:
        found = at(reading.values, path)
        keys = found if isinstance(found, Mapping) else range(len(found or ()))
        return tuple(entry((*path, key)) for key in keys)

    parts = [
        ("pack",), ("publisher",), ("school",), ("page",), ("labels",),
    ]  # fmt: skip
    groups = [OutlineGroup(say("groups.pack"), tuple(entry(one, plain_name(one)) for one in parts))]
    groups += [OutlineGroup(plain_name((name,)), entries((name,)), (name,)) for name in COLLECTIONS]
    groups.append(OutlineGroup(plain_name(("handouts",)), entries(("handouts",)), ("handouts",)))
    talk = [("deck",), ("deck", "guide"), ("deck", "notes_sheet")]
    slides = entries(("deck", "slides"))
    own = tuple(entry(one, plain_name(one)) for one in talk)
    groups.append(OutlineGroup(plain_name(("deck", "slides")), (*own, *slides), ("deck", "slides")))
    return tuple(groups)


_MARKS = ("", "warning", "to_fill_in", "error")


def _marks(reading: Reading) -> list[tuple[YamlPath, int]]:
    return [
        (
            reading.path_of(problem),
            _MARKS.index("to_fill_in" if problem in reading.to_fill_in else str(problem.severity)),
        )
        for problem in reading.problems
    ]


def entry_title(values: Mapping[str, Any], path: YamlPath) -> str:
    """The title of an entry, or of the first thing that it shows; slides have their number."""
    value = at(values, path)
    title = title_of(path, value)
    if path and isinstance(path[-1], int) and title == str(path[-1] + 1):
        title = f"{plain_name(path)}, {title}"
    if isinstance(value, Mapping) and not value.get("title"):
        title = next(_shown_titles(values, value, in_a_sheet="blocks" in path), title)
    is_slide = path[:2] == ("deck", "slides") and len(path) == 3
    return f"{int(path[2]) + 1}. {title}" if is_slide else title


def _shown_titles(
    values: Mapping[str, Any], part: Mapping[str, Any], *, in_a_sheet: bool
) -> Iterator[str]:
    """The titles of what a slide or a part of a sheet shows; for a sheet, also of which kind."""
    for kind, names in part.items():
        if kind in COLLECTIONS and isinstance(names, tuple) and names:
            titles = [title_of((kind, str(name)), at(values, (kind, str(name)))) for name in names]
            alone = len(titles) == 1 and not in_a_sheet
            yield titles[0] if alone else f"{plain_name((kind,))}: {', '.join(titles)}"


@dataclass(frozen=True)
class Hit:
    """A value that has what was searched for. `form` is the path of the form that it is in."""

    path: YamlPath
    form: YamlPath
    where: str
    text: str


def find(reading: Reading, query: str, most: int = 100) -> tuple[list[Hit], int]:
    """The first values that have a text or number, and how many there are in all.

    Capitals, and how the digits of a number are grouped, don't matter.
    """
    wanted = " ".join(query.casefold().split())
    digits = re.sub(r"[\s().+-]", "", query)
    number = digits if digits.isdecimal() and len(digits) >= 3 else ""
    hits: list[Hit] = []
    count = 0
    if not wanted:
        return [], 0
    for path, text in _texts(reading.values, ()):
        plain = " ".join(markdown.plain(text).casefold().split())
        same = number and number in re.sub(r"(?<=\d)[\s().-]+(?=[\d(])", "", text)
        if same or wanted in plain or wanted in text.casefold():
            count += 1
            if len(hits) < most:
                hits.append(Hit(path, form_of(path), where(reading.values, path), text))
    return hits, count


def form_of(path: YamlPath) -> YamlPath:
    """The path of the form that shows the value at a path."""
    if path[:2] == ("deck", "slides"):
        return path[:3]
    if path[:1] == ("deck",):
        return path[:2] if path[1:2] and path[1] in ("guide", "notes_sheet") else path[:1]
    if path[:1] == ("handouts",) or (path and path[0] in COLLECTIONS):
        return path[:2]
    return path[:1]


def where(values: Mapping[str, Any], path: YamlPath) -> str:
    """Where a value is, in words: “Contacts, FBI, Phone”."""
    if not path:
        return say("groups.pack")
    form = form_of(path)
    names = [plain_name(form[:1])]
    is_entry = isinstance(form[-1], int) or (len(form) == 2 and form[0] != "deck")
    names.append(entry_title(values, form) if is_entry else plain_name(form))
    for end in range(len(form) + 1, len(path) + 1):
        key = path[end - 1]
        names.append(str(key + 1) if isinstance(key, int) else plain_name(path[:end]))
    return ", ".join(dict.fromkeys(names))


def documents(pack: Pack | None) -> dict[str, str]:
    """The titles of everything that shows texts, by the names that `ShownOn` has."""
    titles = {one.id: title_of((), one.title) for one in pack.documents.values()} if pack else {}
    return titles | {name: plain_name((name,)) for name in ("page", "labels")}


def places(shown: ShownOn, titles: Mapping[str, str]) -> str:
    """Where a text is shown, in words; "" if nowhere."""
    if shown.everywhere:
        return say("everywhere")
    found = [titles.get(one, one) for one in shown.documents]
    if shown.slides:
        numbers = ", ".join(map(str, shown.slides))
        found.append(say("page.slides", count=len(shown.slides), numbers=numbers))
    return "; ".join(found)


def _texts(value: Any, path: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(part, (*path, key))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _texts(part, (*path, number))
