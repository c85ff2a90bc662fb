"""What people do with the translations of a language: write, confirm, approve, send and receive.

Each step returns the translations as they are then; `save()` writes them.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from languages import excel, po, tmx
from languages.catalog import Catalog, Translation, TranslationState, clean
from languages.merge import translating
from languages.reviews import approve
from languages.strings import SourceString
from languages.update import Update, update
from pack.artifacts import pack_name
from pack.errors import UnknownArtifact, UsageError, output_errors
from pack.problems import nearest
from press.translations import TranslationFiles


def chosen(found: TranslationFiles, only: str | None) -> list[tuple[SourceString, Translation]]:
    """The strings, or those that a sheet shows, with their translations.

    Raises `UnknownArtifact` if there is no such sheet.
    """
    pairs = list(zip(found.strings, found.catalog.entries, strict=True))
    names = {name for string in found.strings for name in string.shown_on.documents}
    if only and only not in names:
        raise UnknownArtifact(f"There is nothing named “{only}”. {nearest(only, names)}")
    return [one for one in pairs if not only or only in one[0].shown_on.documents]


def written(
    found: TranslationFiles, context: str, target: str, *, finished: bool
) -> TranslationFiles:
    """With the translation of a string; one that is not `finished` is not built yet."""
    old = found.catalog.by_context[context]
    new = replace(old, target=clean(target))
    if finished or not new.target:
        new = replace(new, fuzzy=False, previous="")
    elif not old.fuzzy:
        new = replace(new, fuzzy=True, previous="")
    return _with(found, [new])


def still_right(found: TranslationFiles, contexts: Collection[str]) -> TranslationFiles:
    """With these stale translations as right: only the wording of the English has changed."""
    entries = (found.catalog.by_context[context] for context in contexts)
    return _with(found, [replace(entry, fuzzy=False, previous="") for entry in entries])


def put_back(found: TranslationFiles, before: Translation) -> TranslationFiles:
    """With a translation as it was before; it is stale if the English has changed since."""
    string = next(one for one in found.strings if one.context == before.context)
    return _with(found, [translating(before, string)])


def approvable(found: TranslationFiles, only: str | None) -> list[Translation]:
    """The translations, or those that a sheet shows, that may be approved."""
    return [
        entry
        for _, entry in chosen(found, only)
        if entry.state is TranslationState.CURRENT and entry.context not in found.flaws
    ]


def approved(
    found: TranslationFiles, entries: Iterable[Translation], by: str
) -> tuple[TranslationFiles, int]:
    """With approvals of today, and how many are new. `by` is a role (`reviews.role_fault`)."""
    new = [entry for entry in entries if not found.reviews.approves(entry)]
    reviews = approve(found.reviews, new, by, datetime.date.today())
    return replace(found, reviews=reviews), len(new)


def exported(found: TranslationFiles, file: Path, only: str | None) -> tuple[bytes, int]:
    """The contents of a file for translators, by the ending of its name; and how many strings.

    Raises `UsageError` if there are no such files.
    """
    some = chosen(found, only)
    name, tag = pack_name(found.pack), found.language
    match file.suffix.lower():
        case ".xlsx":
            data = excel.write_xlsx((_row(found, *one) for one in some), name, tag)
        case ".po":
            entries = tuple(entry for _, entry in some)
            data = replace(found, catalog=Catalog(entries)).po_bytes()
        case ".tmx":
            entries = tuple(entry for _, entry in some if entry.context not in found.flaws)
            data = tmx.write_tmx(entries, found.pack.about.language, tag)
        case _:
            raise UsageError(f"{file} should end in .xlsx, .po or .tmx.")
    return data, len(some)


def imported(found: TranslationFiles, file: Path) -> tuple[TranslationFiles, Update]:
    """With what a translator has sent.

    Raises `TranslationError` with all problems of the file, `UsageError` if it is of another kind,
    and `OutputError` if it can't be read.
    """
    name, tag = pack_name(found.pack), found.language
    if not file.is_file():
        raise UsageError(f"There is no file {file}.")
    with output_errors(file, "read"):
        match file.suffix.lower():
            case ".xlsx":
                sent = excel.read_xlsx(file, name, tag)
            case ".po":
                sent = po.read_po(file.read_bytes(), file, tag, name)
            case _:
                raise UsageError(f"{file} can't be imported: it should end in .xlsx or .po.")
    new = update(found.catalog, sent, found.strings, found.faults, file)
    return replace(found, catalog=new.catalog), new


def _row(found: TranslationFiles, string: SourceString, entry: Translation) -> excel.ExcelRow:
    comments = [*found.comments(string, where=False)]
    comments += [f"{what}. {remedy}" for what, remedy in found.flaws.get(string.context, ())]
    stale = entry.state is TranslationState.STALE
    return excel.ExcelRow(
        context=string.context,
        source=string.source,
        target="" if stale else entry.target,
        state="reviewed" if found.reviews.approves(entry) else entry.state,
        comment="\n".join([*comments, *([entry.note] if entry.note else [])]),
        where=str(string.shown_on),
        old_source=entry.translated_from if stale else "",
        old_target=entry.target if stale else "",
    )


def _with(found: TranslationFiles, changed: Iterable[Translation]) -> TranslationFiles:
    new = {entry.context: entry for entry in changed}
    entries = tuple(new.get(entry.context, entry) for entry in found.catalog.entries)
    return replace(found, catalog=replace(found.catalog, entries=entries))
