"""The words of the studio: all of them are in templates/studio/words.toml."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pack import markdown
from pack.model import YamlPath
from pack.theme import TEMPLATES

_FILE = TEMPLATES / "studio" / "words.toml"

#: The fields that people know an entry by, the best first.
_TITLES = ("name", "title", "task", "myth", "question", "figure", "text", "id", "handout", "ink")


@cache
def words() -> Mapping[str, Any]:
    """The words by section and name; some have names in braces to fill in."""
    return tomllib.loads(_FILE.read_text("utf-8"))


def say(name: str, /, **values: Any) -> str:
    """A sentence, filled in: "saved" of the section "says", or "languages.taken" of another.

    If there is one for one and one for more, `count` must be among the values.
    """
    section, _, key = name.rpartition(".")
    found = words()[section or "says"][key]
    return found.format(**values) if isinstance(found, str) else counted(found, **values)


def counted(forms: Sequence[str], count: int, **values: object) -> str:
    """A phrase for one or for more, filled in."""
    return forms[count != 1].format(count=count, **values)


def plain_name(path: YamlPath) -> str:
    """What people call a field or a collection: our name for it, or its own with a capital."""
    names = words()["fields"]
    parts = [str(key) for key in path if isinstance(key, str)]
    for start in range(len(parts)):
        if (found := names.get(".".join(parts[start:]))) is not None:
            return str(found)
    return parts[-1].replace("_", " ").replace("-", " ").capitalize() if parts else ""


def title_of(path: YamlPath, value: Any) -> str:
    """What people call an entry: its own title if it has one, otherwise its name or number."""
    own = markdown.plain(value) if isinstance(value, str) else ""
    if isinstance(value, Mapping):
        found = (value.get(name) for name in _TITLES)
        own = next((markdown.plain(one) for one in found if isinstance(one, str) and one), "")
    if own:
        return own if len(own) <= 60 else own[:57].rsplit(" ", 1)[0] + " …"
    last = path[-1] if path else ""
    return str(last + 1) if isinstance(last, int) else str(last)


def as_name(text: str) -> str:
    """A name for files from what was typed: “Local police” becomes “local-police”."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-")
