"""Spelling: words that are not in the dictionary, with suggested corrections."""

import re
import unicodedata
from collections.abc import Iterator, Set

from pack import markdown
from pack.model import Pack
from pack.problems import Fault, Place, Problem, Severity, path_text
from pack.walk import addresses, texts
from preflight.language.dictionary import Dictionary
from preflight.language.word_lists import load

#: Texts whose words count as known: names, and words that staff listed as correct.
_KNOWN = {
    ("pack", "words"),
    ("contacts", "name"),
    ("contacts", "vanity"),
    ("sources", "name"),
    ("publisher", "name"),
    ("school", "name"),
    ("school", "contact"),
    ("videos", "title"),
}

#: If more words than this are unknown, most are of another language, as in a draft; looking for
#: corrections takes longer than all other checks.
_MOST_CORRECTED = 200

#: Languages that capitalize every noun, so that a capital letter does not mark a name.
_CAPITAL_NOUNS = ("de",)

#: What is not a word: addresses, and placeholders in braces in labels.
_NO_WORD = re.compile(r"\{\w*\}|\w+://\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…\n])[\s“”‘\"'«»„¿¡(\[]*$")


def spelling(pack: Pack, dictionary: Dictionary | None = None) -> Iterator[Problem]:
    """Yield a warning for the first use of each word that is not in the language's dictionary.

    Words in the pack's own names and addresses, and under `pack: words:`, count as known.
    A language without a dictionary that knows the forms of its words isn't checked.
    """
    language = pack.about.language.split("-")[0]
    if not Dictionary.exists(language):
        return
    dictionary = dictionary or Dictionary(language)
    own = {word.lower() for word in (*load(language).known, *_own_words(pack))}
    found: dict[str, tuple[Place, str, str]] = {}
    for path, text in texts(pack):
        for word in _unknown(text, own, dictionary, names=language not in _CAPITAL_NOUNS):
            first = (pack.origin.place(path), path_text(path), word)
            found[word.lower()] = min(first, found.get(word.lower(), first))
    unknown = [word for _, _, word in found.values()]
    near = dictionary.near(unknown, own) if len(unknown) <= _MOST_CORRECTED else {}
    for place, where, word in sorted(found.values()):
        what = f"“{word}” is not in the dictionary"
        yield Problem(place, where, Fault(what, _remedy(near.get(word, []))), Severity.WARNING)


def _own_words(pack: Pack) -> Iterator[str]:
    for path, text in texts(pack):
        if (path[0], path[-1]) in _KNOWN or path[:2] in _KNOWN:
            yield from _words(text)
    for _, address in addresses(pack):
        yield from re.findall(r"[^\W\d_]+", address.lower())


def _words(text: str) -> Iterator[str]:
    """The words of a text in lowercase, and the parts of hyphenated words."""
    for match in _WORD.finditer(text.replace("’", "'").lower()):
        yield match[0]
        yield from re.split("['-]", match[0])


def _unknown(text: str, own: Set[str], dictionary: Dictionary, names: bool) -> Iterator[str]:
    """The unknown words of a text; with `names`, a capital inside a sentence marks a name."""
    # Accents may be separate characters; dictionaries use precomposed letters.
    plain = unicodedata.normalize("NFC", "\n".join(markdown.paragraphs(text)))
    text = _NO_WORD.sub(" ", plain.replace("’", "'"))
    for match in _WORD.finditer(text):
        word = match[0]
        is_name = names and word[0].isupper() and not _SENTENCE_START.search(text[: match.start()])
        if not (is_name or _is_known(word, own, dictionary)):
            yield word


def _is_known(word: str, own: Set[str], dictionary: Dictionary) -> bool:
    """Whether a word is known, as a whole or part by part, or is an abbreviation."""

    def knows(one: str) -> bool:
        return one in own or dictionary.has(one)

    if sum(map(str.isupper, word)) > 1 or knows(word.lower()):
        return True
    parts = re.split("['-]", word)
    return all(
        # “l'eau”, “we'll”, “8th”: the rest after an apostrophe, and parts with a digit.
        (len(part) < 3 and len(parts) > 1)
        or len(part) == 1
        or not part.isalpha()
        or knows(part.lower())
        for part in parts
    )


def _remedy(near: list[str]) -> str:
    meant = f"Did you mean {' or '.join(f'“{one}”' for one in near)}? " if near else ""
    return f"{meant}If it is correct, add it to “words:” under “pack:”."
