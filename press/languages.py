"""A content file in all languages of a build, and what keeps a language out of it.

Translations are brought up to date in memory before they are used, so an old sentence is never
shown in place of new English.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from languages.catalog import TranslationError, TranslationState
from languages.strings import SourceString, strings
from languages.tags import UnknownLanguage, english_name, language_tag
from pack.artifacts import pack_name
from pack.errors import ContentError, UsageError
from pack.labels import labels_in
from pack.load import FileContents, read_pack
from pack.model import Pack, TranslatedTexts
from pack.problems import Fault, Place, Problem, Severity
from pack.yaml_reader import read_file
from preflight.language.safe_messaging import safe_messaging
from preflight.language.word_lists import WordLists, load
from press.options import BuildOptions
from press.translations import TranslationFiles, languages_of, open_translations, po_file
from press.where_shown import where_shown

#: How many texts of a language are listed one by one.
_MOST = 20

_MISSING = Fault("this text is not translated yet", "Translate it.")
_STALE = Fault(
    "this translates an older English text",
    "Correct it; or if it is still right, use “translate --still-right”.",
)
_UNREVIEWED = Fault(
    "nobody has approved this translation", "Have it read, then use “translate --approve”."
)


@dataclass(frozen=True)
class PackVersions:
    """A pack and its versions in other languages that can be built.

    `unready` has a warning for every language that can't be released, by its tag, and `blockers`
    everything that must be done for it, likewise.
    """

    original: Pack
    translated: tuple[Pack, ...] = ()
    unready: Mapping[str, Problem] = field(default_factory=dict)
    blockers: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def packs(self) -> tuple[Pack, ...]:
        return (self.original, *self.translated)


@dataclass(frozen=True)
class _Version:
    """One language of a pack, with `pack` if it can be built.

    `lacking` is what keeps it from being built except as a draft, or at all; `unreviewed` what
    keeps it from being released.
    """

    original: Pack
    tag: str
    pack: Pack | None = None
    lacking: tuple[Problem, ...] = ()
    unreviewed: tuple[Problem, ...] = ()
    strings: int = 0


def in_languages(packs: Sequence[Pack], options: BuildOptions) -> list[PackVersions]:
    """Every pack in the languages that are ready or, with `options.drafts`, begun.

    Raises `UsageError` if a language is asked for that no pack has, and `ContentError` if one that
    is asked for is not ready.
    """
    asked = {language_tag(one) for one in options.languages}
    known = {tag for pack in packs for tag in (pack.about.language, *languages_of(pack))}
    for tag in sorted(asked - known):
        names = " and ".join(pack_name(pack) for pack in packs)
        raise UsageError(
            f"There are no translations of {names} into “{tag}” yet. Begin with: translate {tag}"
        )
    return [_versions(pack, asked, options) for pack in packs]


def without_language(
    pack: Pack, translated: Sequence[Pack], asked: Collection[str] = ()
) -> Iterator[Problem]:
    """A warning for each edition in two languages that can't be made for want of one of them.

    None for a language that is not among those `asked` for, if there are any.
    """
    there = {one.about.language for one in translated}
    for number, handout in enumerate(pack.handouts):
        for place, edition in enumerate(handout.variants):
            tag = edition.other_language
            if not tag or tag in there or (asked and tag not in asked):
                continue
            path = ("handouts", number, "variants", place, "languages")
            names = " and ".join(english_name(one) for one in edition.languages)
            if tag in languages_of(pack):
                why, remedy = "is not ready", "“translate --status” says what it lacks."
            else:
                why, remedy = "is not begun", f"Begin with: translate {tag}"
            what = f"this sheet is not made in {names}: {english_name(tag)} {why}"
            fault = Fault(what, remedy)
            where = f"handouts → {handout.id}{edition.name}"
            yield Problem(pack.origin.place(path), where, fault, Severity.WARNING)


def _versions(pack: Pack, asked: Collection[str], options: BuildOptions) -> PackVersions:
    tags = [tag for tag in languages_of(pack) if not asked or tag in asked]
    if not tags:
        return PackVersions(pack)
    english, contents = strings(pack, where_shown(pack)), read_file(pack.origin.file)
    thorough = bool(asked or options.drafts or options.release)
    every = [
        _version(pack, tag, english, contents, drafts=options.drafts, thorough=thorough)
        for tag in tags
    ]
    unready = [one for one in every if one.pack is None]
    if asked and unready and not options.release:
        raise ContentError(problem for one in unready for problem in _first(one, one.lacking))
    return PackVersions(
        pack,
        tuple(one.pack for one in every if one.pack),
        {one.tag: _summary(one) for one in every if one.lacking or one.unreviewed},
        {one.tag: tuple(_blockers(one)) for one in every},
    )


def _version(
    pack: Pack,
    tag: str,
    english: tuple[SourceString, ...],
    contents: FileContents,
    *,
    drafts: bool,
    thorough: bool,
) -> _Version:
    """A pack in one language.

    `english` are its strings, `contents` what its file says. Unless it is `thorough`, only one kind
    of what is lacking is told: what is not translated, or else what is wrong.
    """
    try:
        _check_tag(pack, tag)
        files = open_translations(pack, tag, english)
    except ContentError as error:
        return _Version(pack, tag, lacking=error.problems)
    lacking = (*_without_labels(files), *_untranslated(files))
    if thorough or not lacking:
        lacking = (*lacking, *_flawed(files))
    unreviewed = (*_unapproved(files), *_without_lists(files))
    found = _Version(pack, tag, None, lacking, unreviewed, len(files.strings))
    if lacking and not drafts:
        return found
    unusable = {problem.where for problem in lacking}
    texts = {
        string.path: (entry.target, entry.place or Place(files.po, 0))
        for string, entry in zip(files.strings, files.catalog.entries, strict=True)
        if string.context not in unusable
    }
    translation = TranslatedTexts(tag, texts, draft=bool(lacking or unreviewed))
    try:
        made = read_pack(pack.origin.file, translation, contents)
        if harmful := list(safe_messaging(made)):
            raise ContentError(harmful)
    except ContentError as error:
        return _Version(pack, tag, None, (*lacking, *error.problems), strings=found.strings)
    return _Version(pack, tag, made, lacking, unreviewed, found.strings)


def _check_tag(pack: Pack, tag: str) -> None:
    """Raise `TranslationError` if a file of translations is not named after another language."""
    try:
        right = language_tag(tag)
    except UnknownLanguage as error:
        what, _, remedy = str(error).partition(". ")
        raise TranslationError([_problem(pack, tag, what, remedy)]) from None
    if right != tag:
        what = f"this file is named “{tag}.po”"
        raise TranslationError([_problem(pack, tag, what, f"Rename it “{right}.po”.")])
    if right == pack.about.language:
        what = "the content itself is in this language"
        raise TranslationError([_problem(pack, tag, what, "Remove this file.")])


def _untranslated(files: TranslationFiles) -> Iterator[Problem]:
    for entry in files.catalog.entries:
        if entry.state is not TranslationState.CURRENT:
            fault = _MISSING if entry.state is TranslationState.MISSING else _STALE
            yield Problem(entry.place or Place(files.po, 0), entry.context, fault)


def _flawed(files: TranslationFiles) -> Iterator[Problem]:
    """A problem for everything that makes a translation unfit to be shown."""
    return (problem for problem in files.problems() if problem.severity is Severity.ERROR)


def _unapproved(files: TranslationFiles) -> Iterator[Problem]:
    for entry in files.catalog.entries:
        if not files.reviews.approves(entry):
            yield Problem(entry.place or Place(files.po, 0), entry.context, _UNREVIEWED)


def _without_labels(files: TranslationFiles) -> Iterator[Problem]:
    if not labels_in(files.language):
        what = f"the program has no labels in {english_name(files.language)}"
        remedy = f"Translate templates/labels/en.toml, as {files.language}.toml beside it."
        yield _problem(files.pack, files.language, what, remedy)


def _without_lists(files: TranslationFiles) -> Iterator[Problem]:
    if load(files.language) == WordLists():
        what = f"there is no list of words that do harm in {english_name(files.language)}"
        remedy = f"Write templates/words/{files.language.split('-')[0]}.toml, as in en.toml."
        yield _problem(files.pack, files.language, what, remedy)


def _blockers(version: _Version) -> Iterator[Problem]:
    """What must be done before a language can be released, a few texts of each kind."""
    yield from _first(version, version.lacking)
    if not version.lacking:
        yield from _first(version, version.unreviewed)


def _first(version: _Version, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The first problems, and the number of the others."""
    yield from problems[:_MOST]
    if (more := len(problems) - _MOST) > 0:
        what = f"{english_name(version.tag)}: {more:,} more texts are not ready"
        yield _problem(version.original, version.tag, what, "“translate --status” counts all.")


def _summary(version: _Version) -> Problem:
    """What a language lacks, as a warning in one line."""
    lacking = version.lacking or version.unreviewed
    state = f"{english_name(version.tag)} is {'a draft' if version.pack else 'not built'}"
    if first := next((one for one in lacking if not one.where), None):  # it is about no text
        fault = Fault(f"{state}: {first.what}", first.remedy)
        return replace(first, fault=fault, severity=Severity.WARNING)
    told = {_MISSING: "missing", _STALE: "out of date", _UNREVIEWED: "not approved"}
    counts = Counter({problem.where: told.get(problem.fault) for problem in lacking}.values())
    found = ", ".join(f"{count:,} {name or 'with problems'}" for name, count in counts.items())
    what = f"{state}: of {version.strings:,} texts, {found}"
    remedy = f"“translate {version.tag}” marks them for the translator."
    if not version.lacking:
        remedy = f"Have them read, then use “translate {version.tag} --approve”."
    return _problem(version.original, version.tag, what, remedy, Severity.WARNING)


def _problem(
    pack: Pack, tag: str, what: str, remedy: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(Place(po_file(pack, tag), 0), "", Fault(what, remedy), severity)
