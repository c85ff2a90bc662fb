"""From content files to published artifacts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from pack.artifacts import choose, pack_name, possible
from pack.errors import ContentError, Refused, TemplateError, output_errors
from pack.load import (
    FileContents,
    deck_length,
    foreign_labels,
    placeholders,
    poor_logos,
    read_pack,
)
from pack.loose_contacts import loose_contacts
from pack.model import Pack
from pack.problems import Fault, Problem, Severity, path_text
from preflight.language.dictionary import Dictionary
from preflight.language.readability import reading_level
from preflight.language.safe_messaging import safe_messaging
from preflight.language.spelling import spelling
from press.build_id import program
from press.content_files import translation_files
from press.languages import PackVersions, in_languages, without_language
from press.manifest import read_manifest
from press.options import BuildOptions, BuildReport
from press.translations import languages_of

if TYPE_CHECKING:
    from press.output_folder import OutputFolder
    from press.render import Rendered
    from slides.draft import DeckDraft
    from slides.template_report import TemplateReport


@dataclass(frozen=True)
class LanguageReport:
    """The problems in a pack's language, and the results from dictionaries (`Dictionary`)."""

    problems: tuple[Problem, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_all(files: Sequence[Path]) -> list[Pack]:
    """Read every content file. Raises `ContentError` with the problems of all of them."""
    packs: list[Pack] = []
    problems: list[Problem] = []
    for file in files:
        try:
            packs.append(read_one(file))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return packs


def read_one(file: Path, contents: FileContents | None = None) -> Pack:
    """Read a content file, or `contents` as if they were its own. Raises `ContentError`.

    Words that do harm are as wrong as whatever else keeps it from being a pack.
    """
    pack = read_pack(file, contents=contents)
    if harmful := tuple(safe_messaging(pack)):
        raise ContentError(harmful)
    return pack


def warnings(packs: Iterable[Pack]) -> tuple[Problem, ...]:
    """What people should know, although the materials can be made."""
    checks = (placeholders, loose_contacts, poor_logos, deck_length, foreign_labels)
    found = (one for pack in packs for check in checks for one in check(pack))
    return tuple(sorted((*found, *(one for pack in packs for one in pack.origin.warnings))))


def release_blockers(packs: Iterable[Pack]) -> tuple[Problem, ...]:
    """What must be fixed before the materials reach a family."""
    return tuple(sorted(problem for pack in packs for problem in placeholders(pack)))


def read_versions(files: Sequence[Path]) -> tuple[list[Pack], tuple[Problem, ...]]:
    """Every pack in every language that is ready, and all warnings. Raises as `read_all`."""
    versions = in_languages(read_all(files), BuildOptions())
    packs = [pack for one in versions for pack in one.packs]
    unready = {problem for one in versions for problem in one.unready.values()}
    left_out = {
        problem for one in versions for problem in without_language(one.original, one.translated)
    }
    return packs, tuple(sorted({*warnings(packs), *unready, *left_out}))


def output_folders(packs: Iterable[Pack], output: Path) -> list[Path]:
    """The folders that packs are built in: their own, and that of each language, ready or not."""
    return [output / pack_name(pack) / tag for pack in packs for tag in ("", *languages_of(pack))]


def check_template(draft: "DeckDraft") -> None:
    """Raise `TemplateError` if a draft's template can't be used for its deck.

    If the pack itself names it, that is a `ContentError` with the line.
    """
    if not draft.template:
        return
    from slides.layout import check_template

    try:
        check_template(draft.outline, draft.template)
    except TemplateError as error:
        if draft.template != draft.pack.deck_template:
            raise
        path = ("deck", "template")
        what, _, remedy = str(error).partition(". ")
        problem = Problem(draft.pack.origin.place(path), path_text(path), Fault(what, remedy))
        raise ContentError([problem]) from None


def try_template(pack: Pack, template: Path) -> "tuple[TemplateReport, int, tuple[Problem, ...]]":
    """Build a pack's deck on a template without writing it.

    Returns what the template is used for, the number of slides, and what preflight finds. Raises
    `ContentError` or `TemplateError` if there can't be a deck.
    """
    from preflight.checks import as_problem, check_deck
    from press.builders import PackBuilders
    from slides.deck import render
    from slides.template_report import report

    builders = PackBuilders(pack, template)
    artifact = next(one for one in builders.plan() if one.kind == "deck")
    found = check_deck(pack, render(builders.draft), template)
    problems = tuple(sorted({as_problem(pack, artifact, finding) for finding in found}))
    draft = builders.draft
    return report(draft, template), len(draft.composition.slides), problems


def open_all(files: Sequence[Path], output: Path, options: BuildOptions) -> "list[OutputFolder]":
    """Read every pack, and find out what to make in its folder. Raises as `build.build` does."""
    from press.builders import PackBuilders
    from press.output_folder import OutputFolder

    versions = in_languages(read_all(files), options)
    packs = [pack for one in versions for pack in one.packs]
    builders = [PackBuilders(pack, options.deck_template, packs) for pack in packs]
    every = [artifact for one in builders for artifact in one.plan(options.wanted)]
    artifacts, left_out = possible(packs, choose(every, options.only))
    not_ready = (found for one in versions for own in one.blockers.values() for found in own)
    if options.release and (reasons := (*release_blockers(packs), *not_ready)):
        raise Refused(reasons)
    for one in builders:
        check_template(one.draft)
    folders = [OutputFolder(output, one, artifacts, options, left_out) for one in builders]
    for version in versions:
        _tie(version, [folder for folder in folders if folder.pack in version.packs])
    return folders


def _tie(versions: PackVersions, folders: "Sequence[OutputFolder]") -> None:
    """Let the folders of a pack's languages know of each other."""
    original, *others = folders
    known, options = languages_of(original.pack), original.options
    linked = {folder.pack.about.language for folder in others if folder.paged}
    if options.languages and not options.release:
        # Those that were not asked for stay as they are.
        linked |= {*original.old.languages}.intersection(known)
    for folder in folders:
        folder.languages = (original.pack.about.language, *sorted(linked)) if linked else ()
    original.translations = translation_files(original.pack.origin.file)
    made = {folder.path.name for folder in others}
    left = {tag for tag in known if read_manifest(original.path / tag).entries} - made
    original.left_out += without_language(original.pack, versions.translated, options.languages)
    original.left_out += [
        _with_old_files(problem) if tag in left else problem
        for tag, problem in versions.unready.items()
    ]
    if options.whole and original.path.is_dir():
        # Only pages of packs in several languages have any in their manifests.
        there = [one for one in original.path.iterdir() if read_manifest(one).languages]
        original.gone = [folder for folder in there if folder.name not in known]


def _with_old_files(problem: Problem) -> Problem:
    """A warning about a language that is not ready, but was when it was built before."""
    what = f"{problem.what}; its files are from an earlier build"
    return replace(problem, fault=Fault(what, problem.remedy))


def run(
    folders: "Sequence[OutputFolder]",
    words: Callable[[], Mapping[str, LanguageReport]],
    output: Path,
    options: BuildOptions,
    progress: "Callable[[Rendered, int], None]",
) -> BuildReport:
    """Make and publish what is missing or changed. Raises as `build.build` does.

    `words` waits for what `check_words` finds in the packs of which everything is made.
    """
    # Imported here, because checking content doesn't need them.
    from press.publish import replace_files
    from press.render import RenderOptions
    from press.worker_pool import make_all

    # If only part of a pack was ever built, it is just for review: without page and reports.
    paged = [folder.pack for folder in folders if folder.paged]
    due = [artifact for folder in folders for artifact in folder.due]
    rendered = {}
    settings = {artifact: one for folder in folders for artifact, one in folder.settings()}
    how = RenderOptions(settings, pictures=bool(paged))
    builders = {pack_name(folder.pack): folder.builders for folder in folders}
    # WeasyPrint keeps fonts in the temporary folder.
    with output_errors(gettempdir(), "used"):
        results = make_all(builders, due, how)
        if paged:
            from website.pages import prepare

            for pack in paged:
                prepare(pack)
        for one in results:
            rendered[one.artifact] = one
            progress(one, len(due))
    if problems := [problem for one in rendered.values() for problem in one.problems]:
        raise ContentError(problems)
    checked = words()
    found = {
        folder: (
            *warnings([folder.pack]),
            *(checked[name].problems if (name := pack_name(folder.pack)) in checked else ()),
            *folder.left_out,
        )
        for folder in folders
    }
    errors = {
        folder: [one for one in folder.findings(rendered) if one.severity is Severity.ERROR]
        for folder in folders
    }
    if any(errors.values()):
        # Publish the reports that show what is wrong, and leave all other files unchanged.
        reports = {folder: folder.publish_reports(rendered, own) for folder, own in found.items()}
        raise ContentError(
            [one for own in errors.values() for one in own],
            [report for folder, report in reports.items() if errors[folder]],
        )
    kept: list[Problem] = []
    # A page is there before other pages link it: a pack's own language comes last.
    for folder in reversed(folders):
        language = checked.get(pack_name(folder.pack))
        kept += folder.publish(rendered, found[folder], language.facts if language else None)
    originals = [folder for folder in folders if not folder.pack.origin.translation]
    if options.whole and len(originals) > 1:
        from website.pages import overview

        replace_files(output, overview([(one.pack, one.languages) for one in originals]))
    others = [problem for folder in folders for problem in folder.findings(rendered)]
    return BuildReport(
        tuple(row for folder in folders for row in folder.rows(rendered)),
        tuple(file for folder in folders for file in folder.removed),
        tuple(sorted({*(one for own in found.values() for one in own), *others, *kept})),
    )


def check_words(packs: Iterable[Pack], output: Path) -> dict[str, LanguageReport]:
    """The warnings about hard-to-read texts and misspelled words, by pack."""
    return {pack_name(pack): _check_words(pack, output / pack_name(pack)) for pack in packs}


def _check_words(pack: Pack, folder: Path) -> LanguageReport:
    dictionary = Dictionary(pack.about.language, read_manifest(folder).words, program())
    found = tuple(sorted((*reading_level(pack, dictionary), *spelling(pack, dictionary))))
    return LanguageReport(found, dictionary.facts())
