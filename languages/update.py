"""Takes over what translators have sent: all of a file, or nothing if anything in it is wrong."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from languages.catalog import Catalog, Translation, TranslationError, TranslationState
from languages.merge import is_in_list, merge, translating
from languages.strings import SourceString
from pack.problems import Fault, Place, Problem, Severity

#: What is wrong with the translation of a string.
Faults = Callable[[SourceString, str], Iterable[Fault]]


@dataclass(frozen=True)
class Update:
    """The translations with those of a file, how many those are, and what to know about others."""

    catalog: Catalog
    taken: int
    warnings: tuple[Problem, ...]


def update(
    catalog: Catalog,
    sent: Catalog,
    strings: Sequence[SourceString],
    faults: Faults,
    file: Path,
) -> Update:
    """The catalog of today's `strings` with the translations that were `sent` in a file.

    A translation of another English than today's is taken as a stale one, but never in place of a
    current one. Raises `TranslationError` with all problems of the file.
    """
    written = [entry for entry in sent.entries if entry.target]
    if fault := _wrong_file(catalog, written, strings):
        raise TranslationError([Problem(Place(file, 0), "", fault)])
    by_context = {string.context: string for string in strings}
    merged = _placed(written, strings, by_context)
    if problems := list(_problems(merged, by_context, faults)):
        raise TranslationError(problems)
    taken: dict[str, Translation] = {}
    warnings: list[Problem] = []
    for old, new in zip(catalog.entries, merged.entries, strict=True):
        same = (new.target, new.fuzzy) == (old.target, old.fuzzy)
        if new.state is TranslationState.MISSING or same:
            continue
        if new.state is TranslationState.STALE:
            why = _OLDER if new.previous else _UNFINISHED
            if old.state is TranslationState.CURRENT:
                warnings.append(_warning(new, "the present translation is kept", why))
                continue
            warnings.append(_warning(new, "it is taken as stale", why))
        taken[new.context] = replace(new, note=new.note or old.note)
    gone = [entry for entry in merged.obsolete if not _is_known(entry, catalog)]
    warnings += [_warning(entry, "it is kept aside", _GONE) for entry in gone]
    result = Catalog(
        tuple(taken.get(entry.context, entry) for entry in catalog.entries),
        (*catalog.obsolete, *gone),
    )
    return Update(merge(result, strings), len(taken), tuple(sorted(warnings)))


def _placed(
    sent: Sequence[Translation],
    strings: Sequence[SourceString],
    by_context: Mapping[str, SourceString],
) -> Catalog:
    """What was sent at the places of today's strings; where the English has changed, as stale."""
    changed = {
        entry.context: entry
        for entry in sent
        if not is_in_list(entry.context)
        and entry.context in by_context
        and entry.source != by_context[entry.context].source
    }
    # Another string may happen to have the English that a changed one had: it has not moved there.
    merged = merge(Catalog(tuple(one for one in sent if one.context not in changed)), strings)
    taken = {one.context for one in merged.entries if one.target}
    entries = (
        translating(changed[one.context], by_context[one.context])
        if one.context in changed.keys() - taken
        else one
        for one in merged.entries
    )
    left = [entry for context, entry in changed.items() if context in taken]
    return Catalog(tuple(entries), (*merged.obsolete, *left))


_OLDER = Fault(
    "this is a translation of an older English text",
    "Translate today's text: export the file again.",
)
_UNFINISHED = Fault(
    "this translation is marked as unfinished", "Finish it, remove the mark, and send it again."
)
_GONE = Fault("this text is no longer in the pack", "Nothing needs to be done.")


def _warning(entry: Translation, outcome: str, fault: Fault) -> Problem:
    place = entry.place or Place(Path())
    fault = Fault(f"{fault.what}; {outcome}", fault.remedy)
    return Problem(place, entry.context, fault, Severity.WARNING)


def _is_known(entry: Translation, catalog: Catalog) -> bool:
    return any(
        (one.translated_from, one.target) == (entry.source, entry.target)
        for one in (*catalog.entries, *catalog.obsolete)
    )


def _wrong_file(
    catalog: Catalog, sent: Sequence[Translation], strings: Sequence[SourceString]
) -> Fault | None:
    """Why a file can't be meant for this pack, if it can't."""
    english = {string.context: string.source for string in strings}
    swapped = [
        entry for entry in sent if entry.target == english.get(entry.context) != entry.source
    ]
    if 2 * len(swapped) > len(sent):
        return Fault(
            "the English text is where the translation belongs",
            "Put the English into “source”, and the translation into “target”.",
        )
    contexts = {*english, *(entry.context for entry in catalog.obsolete)}
    texts = {*english.values(), *(entry.source for entry in catalog.obsolete)}
    unknown = [one for one in sent if one.context not in contexts and one.source not in texts]
    if 2 * len(unknown) > len(sent):
        return Fault(
            f"this file is for another pack: {len(unknown)} of its {len(sent)} translations are "
            "of texts that this one never had",
            "Choose a file of this pack.",
        )
    return None


def _problems(
    merged: Catalog, by_context: Mapping[str, SourceString], faults: Faults
) -> Iterator[Problem]:
    """What is wrong with translations of today's English; stale ones are shown nowhere."""
    for entry in merged.entries:
        if entry.state is TranslationState.CURRENT and entry.place:
            for fault in faults(by_context[entry.context], entry.target):
                yield Problem(entry.place, entry.context, fault)
