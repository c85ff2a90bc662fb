"""Safe messaging: harmful words, and words that need a help number or a note beside them.

The words are data (`word_lists.py`); a language without lists isn't checked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pack.model import Pack, YamlPath
from pack.problems import Fault, Problem, path_text
from pack.walk import texts
from preflight.findings import Finding, Rule
from preflight.language.word_lists import Phrases, fold, load

HELP_BESIDE = Rule("help-beside", "Recommendations for Reporting on Suicide: include resources")


def safe_messaging(pack: Pack) -> Iterator[Problem]:
    """Yield an error for every harmful phrase, and every item that needs a note but has none."""
    lists = load(pack.about.language)
    folded = [(path, fold(text)) for path, text in texts(pack)]
    everything = "\n".join(text for _, text in folded)
    # Most phrases occur nowhere in a pack, and that is quick to find out.
    for phrases in _present(lists.never, everything):
        for path, text in folded:
            if path[0] == "quotes" and path[-1] == "text":
                continue  # the source's own words
            for found in dict.fromkeys(phrases.found(text, lists.denials, lists.conjunctions)):
                what = f"“{found}” is harmful and must not appear in materials for families"
                yield Problem(pack.origin.place(path), path_text(path), Fault(what, phrases.remedy))
    for phrases in _present(lists.noted, everything):
        for item, found in _unnoted(pack, phrases, folded):
            what = f"“{found}” is used here without a note"
            yield Problem(pack.origin.place(item), path_text(item), Fault(what, phrases.remedy))


def unaccompanied(pages: Sequence[str], pack: Pack) -> Iterator[Finding]:
    """Yield a finding for every page with a word that needs a help number, but without the number.

    `pages` holds the text of each page of a sheet, or of each slide without its notes.
    """
    for phrases in load(pack.about.language).beside:
        number = phrases.numbers.get(pack.about.region)
        if number is None:
            continue
        for page, text in enumerate(pages, start=1):
            if (found := next(phrases.found(fold(text)), None)) and not _shows(number, text):
                what = f"“{found}” is used here, but the number {number} is not shown with it"
                # The whole line identifies the text in the pack; a phrase may run past its end.
                lines = (line for line in text.splitlines() if any(phrases.found(fold(line))))
                yield Finding(HELP_BESIDE, page, Fault(what, phrases.remedy), next(lines, found))


def _present(groups: Sequence[Phrases], text: str) -> list[Phrases]:
    return [one for one in groups if one.may_be_in(text)]


def _unnoted(
    pack: Pack, phrases: Phrases, folded: Sequence[tuple[YamlPath, str]]
) -> Iterator[tuple[YamlPath, str]]:
    """Items that use one of the phrases and can have a note, but have none; each once."""
    seen = set()
    for path, text in folded:
        found = next(phrases.found(text), None)
        if found and path[:2] not in seen and _needs_note(pack, path):
            seen.add(path[:2])
            yield path[:2], found


def _needs_note(pack: Pack, path: YamlPath) -> bool:
    collection = getattr(pack, str(path[0]))
    item: Any = collection[path[1]] if isinstance(collection, Mapping) else None
    return hasattr(item, "note") and item.note is None


def _shows(number: str, text: str) -> bool:
    """Whether a text shows a phone number, not just as part of another number or an address."""
    digits = r"[\s().-]*".join(re.findall(r"\d+", number))
    # Letters of Chinese or Arabic may touch a number.
    return bool(re.search(rf"(?<![A-Za-z0-9_-]){digits}(?![A-Za-z0-9_-])", text))
