"""The command “translate”: what it does for each of its options, and what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.messages import Cells, CommandOutput, counted
from languages.catalog import TranslationState
from languages.reviews import role_fault
from languages.status import by_sheet
from languages.tags import language_tag
from pack.artifacts import pack_name
from pack.errors import NameTaken, UsageError
from pack.problems import nearest
from press.content_files import content_files
from press.pipeline import read_all
from press.publish import replace_files
from press.translation_steps import (
    approvable,
    approved,
    chosen,
    exported,
    imported,
    still_right,
)
from press.translations import TranslationFiles, languages_of, open_translations

if TYPE_CHECKING:
    from pack.model import Pack


@dataclass(frozen=True)
class TranslateOptions:
    """What “translate” was asked for: one of these, or to bring a language up to date.

    `export` is a file to write, `sent` one to import. `by` belongs to `approve`; `only` names a
    sheet for `approve` and `export`.
    """

    status: bool = False
    export: Path | None = None
    sent: Path | None = None
    approve: bool = False
    by: str | None = None
    only: str | None = None
    still_right: tuple[str, ...] = ()


def translate(
    language: str | None, content: tuple[Path, ...], options: TranslateOptions
) -> CommandOutput:
    """Do what was asked. Raises `UsageError`, `ContentError` or `OutputError`."""
    if options.status and language and Path(language).exists():
        content, language = (Path(language), *content), None
    _check(language, options)
    tag = language_tag(language) if language else None
    packs = read_all(content_files(content))
    if options.status:
        return _status(packs, tag)
    assert tag  # noqa: S101 (checked above)
    if any(pack.about.language == tag for pack in packs):
        raise UsageError(f"The content itself is in “{tag}”. Name another language.")
    found = [open_translations(pack, tag) for pack in packs]
    if options == TranslateOptions():
        told = [_updated(one) for one in found]
        return CommandOutput(
            tuple(line for one in told for line in one.lines),
            problems=tuple(problem for one in told for problem in one.problems),
        )
    if len(found) > 1:
        raise UsageError("Name the content file that this is about: there are several.")
    if options.export:
        return _export(found[0], options.export, options.only)
    if options.sent:
        return _import(found[0], options.sent)
    if options.approve:
        return _approve(found[0], options.by or "", options.only)
    return _confirm(found[0], options.still_right)


def _check(language: str | None, options: TranslateOptions) -> None:
    """Raise `UsageError` if options don't go together."""
    asked = {
        "--status": options.status,
        "--export": options.export,
        "--import": options.sent,
        "--approve": options.approve,
        "--still-right": options.still_right,
    }
    named = [name for name, value in asked.items() if value]
    if len(named) > 1:
        raise UsageError(f"Use either {' or '.join(named)}.")
    if not language and not options.status:
        raise UsageError("Name a language, such as es, vi or zh-Hans.")
    if options.by is not None and not options.approve:
        raise UsageError("--by belongs to --approve.")
    if options.only and not (options.approve or options.export):
        raise UsageError("--only belongs to --approve or --export.")
    if options.approve and options.by is None:
        raise UsageError('Say who has read the translations: --by "bilingual school counselor".')
    if options.by is not None and (fault := role_fault(options.by)):
        raise UsageError(f"{fault.what}. {fault.remedy}")


def _updated(found: TranslationFiles) -> CommandOutput:
    saved = found.save()
    return CommandOutput((_summary(saved),), problems=tuple(saved.problems()))


def _summary(found: TranslationFiles) -> str:
    states = [entry.state for entry in found.catalog.entries]
    numbers = {state: states.count(state) for state in TranslationState}
    reviewed = sum(map(found.reviews.approves, found.catalog.entries))
    return (
        f"{found.po}: {counted(len(states), 'string')}, "
        f"{numbers[TranslationState.CURRENT]:,} translated, "
        f"{numbers[TranslationState.STALE]:,} stale, "
        f"{numbers[TranslationState.MISSING]:,} missing; {reviewed:,} reviewed"
    )


def _status(packs: Sequence["Pack"], tag: str | None) -> CommandOutput:
    table: list[Cells] = []
    for pack in packs:
        tags = languages_of(pack)
        for one in tags if tag is None else [tag]:
            if one not in tags:
                raise UsageError(
                    f"There are no translations of {pack_name(pack)} into “{one}” yet. "
                    f"Begin with: translate {one}"
                )
            table += _status_rows(open_translations(pack, one))
    if not table:
        return CommandOutput(
            ("There are no translations yet. Begin with, for example: translate es",)
        )
    heads = ("", "strings", "translated", "stale", "missing", "problems", "reviewed")
    return CommandOutput(tuple(_aligned([heads, *table])))


def _aligned(rows: Sequence[Cells]) -> Iterator[str]:
    """A table of names and numbers, which are read from the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *numbers in rows:
        cells = map(str.rjust, numbers, widths[1:])
        yield "  ".join((name.ljust(widths[0]), *cells))


def _status_rows(found: TranslationFiles) -> Iterator[Cells]:
    name = f"{pack_name(found.pack)}, {found.language}"
    for one in by_sheet(found.strings, found.catalog, found.reviews, found.flaws):
        numbers = (one.strings, one.current, one.stale, one.missing, one.flawed, one.reviewed)
        yield one.name or f"{name}: all", *(f"{number:,}" for number in numbers)


def _export(found: TranslationFiles, file: Path, only: str | None) -> CommandOutput:
    if file.exists():
        raise NameTaken(f"{file} already exists. Choose another name, or delete it first.")
    data, count = exported(found, file, only)
    replace_files(file.parent, {file.name: data})
    return CommandOutput((f"{file}: {counted(count, 'string')}",))


def _import(found: TranslationFiles, file: Path) -> CommandOutput:
    with_theirs, new = imported(found, file)
    lines = (f"{file}: {counted(new.taken, 'translation')} taken", _summary(with_theirs.save()))
    return CommandOutput(lines, problems=new.warnings)


def _approve(found: TranslationFiles, by: str, only: str | None) -> CommandOutput:
    ready = approvable(found, only)
    with_approvals, count = approved(found, ready, by)
    left = len(chosen(found, only)) - len(ready)
    lines = [f"{counted(count, 'translation')} approved by “{by}”."]
    if left:
        lines.append(f"{counted(left, 'string')} not: missing, stale, or with problems.")
    return CommandOutput((*lines, _summary(with_approvals.save())))


def _confirm(found: TranslationFiles, paths: Sequence[str]) -> CommandOutput:
    """Say that stale translations are right: only the wording of the English has changed."""
    contexts = {re.sub(r"\s*[→/]\s*", "/", path.strip()) for path in paths}
    by_context = found.catalog.by_context
    for context in sorted(contexts):
        if context not in by_context:
            raise UsageError(f"There is no “{context}”. {nearest(context, by_context)}")
        if by_context[context].state is not TranslationState.STALE:
            raise UsageError(f"“{context}” is not stale, but {by_context[context].state}.")
    saved = still_right(found, contexts).save()
    of_them = tuple(one for one in saved.problems() if one.where in contexts)
    return CommandOutput((_summary(saved),), problems=of_them)
