"""The words of the studio's own pages, which are in templates/studio/words.toml."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pack import markdown
from pack.model import YamlPath
from pack.theme import TEMPLATES
from studio.schema import root

_FILE = TEMPLATES / "studio" / "words.toml"

#: The fields that people know an entry by, the best first.
TITLES = ("name", "title", "task", "myth", "question", "figure", "text", "id", "handout", "ink")


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
    names = [key for key in path if isinstance(key, str)]
    return _words_for("fields", path) or (_readable(names[-1]) if names else "")


def help_on(path: YamlPath, about: str) -> str:
    """What a field is for: our words in forms, or what the schema says, `about`."""
    ours = _words_for("help", path) if path and isinstance(path[-1], str) else ""
    return ours or about.replace("Names of the ", "Which ")


def choice(path: YamlPath, value: str) -> str:
    """What people call a value of a field that has a fixed set of them."""
    names = words()["choices"].get(str(path[-1]) if path else "", {})
    return str(names.get(value) or _readable(value))


def _words_for(section: str, path: YamlPath) -> str:
    """What a section has for the end of a path, the longest first: a field's own, or its kind's."""
    names = words()[section]
    parts = [key for key in path if isinstance(key, str)]
    if path and path[0] in root().names and root().field(str(path[0])).kind == "map":
        del parts[1:2]  # the name of an entry
    ends = (".".join(parts[start:]) for start in range(len(parts)))
    return next((str(names[end]) for end in ends if end in names), "")


def _readable(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def in_forms(remedy: str) -> str:
    """A remedy that names fields as in the file, in the words of forms.

    “added: true” becomes “Added by us: yes”.
    """
    return _FIELD.sub(_in_forms, remedy)


_FIELD = re.compile(r"“([a-z_]+):(?: (true|false))?”")


def _in_forms(found: re.Match[str]) -> str:
    name = plain_name((found[1],))
    answer = {"true": "yes", "false": "no"}.get(found[2] or "", "")
    return f"“{name}: {words()['page'][answer]}”" if answer else f"“{name}”"


def title_of(path: YamlPath, value: Any) -> str:
    """What people call an entry: its own title if it has one, otherwise its name or number."""
    own = markdown.plain(value) if isinstance(value, str) else ""
    if isinstance(value, Mapping):
        found = (value.get(name) for name in TITLES)
        own = next((markdown.plain(one) for one in found if isinstance(one, str) and one), "")
    if own:
        return own if len(own) <= 60 else own[:57].rsplit(" ", 1)[0] + " …"
    last = path[-1] if path else ""
    return str(last + 1) if isinstance(last, int) else str(last)


def as_name(text: str) -> str:
    """A name for files from what was typed: “Local police” becomes “local-police”."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-")
