"""What there is to do before a pack is released, each with the place to do it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from editing.changes import place_after
from editing.differences import differences
from languages.tags import english_name
from pack.artifacts import Artifact
from pack.errors import PressError
from pack.hashing import sha256_of_file
from pack.load import read_pack
from pack.model import Pack, YamlPath
from pack.problems import Fault, LongPart, Problem, Severity
from preflight.checks import place_of
from press.builders import artifacts_of
from press.content_files import translation_files
from press.languages import in_languages
from press.manifest import read_manifest
from press.options import BuildOptions
from press.pipeline import check_words, release_blockers
from preview.state import State
from preview.views import key_of
from studio.desk import Desk
from studio.outline import form_of, where
from studio.words import say, title_of


@dataclass(frozen=True)
class ToDo:
    """Something to do, or to know. `blocks` says whether a release is refused without it.

    `path` is that of the value to change, and `form` that of its form; both are () if there is
    none. `page` is a page of the studio, such as "languages/es". `longest` as in `Problem`.
    """

    title: str
    fault: Fault
    blocks: bool
    path: YamlPath = ()
    form: YamlPath = ()
    page: str = ""
    longest: tuple[LongPart, ...] = ()


def to_do(desk: Desk, state: State, output: Path, languages: Mapping[str, Problem]) -> list[ToDo]:
    """Everything there is to do, what a release needs first.

    `languages` are those that are not ready (`languages_to_review`).
    """
    found = [*_in_content(desk), *_in_languages(languages)]
    if desk.reading.pack:
        found += _in_files(desk, desk.reading.pack, state, output)
        found += _in_words(desk, desk.reading.pack, output)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda one: not one.blocks)


def languages_to_review(file: Path) -> Mapping[str, Problem]:
    """What the languages of a saved file lack, by tag. Empty if the file can't be built."""
    read = (file, *translation_files(file))
    return _languages(file, tuple((one, sha256_of_file(one)) for one in read))


@lru_cache(maxsize=16)
def _languages(file: Path, digests: tuple[tuple[Path, str], ...]) -> Mapping[str, Problem]:
    """The same for files with these digests: reading all translations takes a second or more."""
    try:
        return in_languages([read_pack(file)], BuildOptions())[0].unready
    except PressError:
        return {}


def _in_content(desk: Desk) -> Iterator[ToDo]:
    """What is wrong with the text as it is now, saved or not."""
    reading = desk.reading
    blockers = release_blockers([reading.pack]) if reading.pack else ()
    for problem in reading.problems:
        path = reading.path_of(problem)
        blocks = problem.severity is Severity.ERROR or problem in blockers
        yield _at(desk, path, problem.fault, blocks=blocks)


def _in_languages(languages: Mapping[str, Problem]) -> Iterator[ToDo]:
    for tag, problem in languages.items():
        fault = Fault(problem.what, say("review_language"))
        title = ", ".join((say("languages"), english_name(tag)))
        yield ToDo(title, fault, blocks=True, page=f"languages/{tag}")


def _in_files(desk: Desk, pack: Pack, state: State, output: Path) -> Iterator[ToDo]:
    """What preflight has found: in the pictures of what is being edited, or in the last build."""
    places = {place: path for path, place in sorted(pack.origin.marks.items(), key=_depth)}
    lines: dict[int, YamlPath] = {}
    for (line, _), path in places.items():
        lines.setdefault(line, path)
    entries = read_manifest(output / desk.name).entries
    told: set[Problem] = set()
    for artifact in artifacts_of(pack):
        title = title_of((), pack.document(artifact.id).title)
        for problem in not_drawn(state, key_of(artifact)):
            # What doesn't fit on a slide keeps the guides from being made, too.
            if problem in told:
                continue
            told.add(problem)
            path = desk.path_of(problem)
            found = _on_page(title, artifact, 0, path, problem.fault, blocks=True)
            if path[:1] not in ((), ("handouts",)):  # a slide, or what it shows
                found = replace(found, title=where(desk.reading.values, path))
            yield replace(found, longest=problem.longest)
        if view := state.views.get(key_of(artifact)):
            for note in view.notes:
                path = lines.get(note.line, ())
                blocks = note.severity == Severity.ERROR
                yield _on_page(title, artifact, note.page, path, note.fault, blocks=blocks)
        elif entry := entries.get(artifact.file):
            for finding in entry.findings:
                place = place_of(pack, artifact, finding)
                path = places.get((place.line, place.column), ())
                yield _on_page(title, artifact, finding.page, path, finding.fault, blocks=False)


def to_check(desk: Desk, state: State) -> tuple[str, ...]:
    """The keys of all that shows what is not saved yet, and of what was wrong before."""
    pack = desk.reading.pack
    if not pack:
        return ()
    changed = differences(desk.saved.values, desk.reading.values)
    found = {one for edit in changed for one in desk.shown_on(place_after(edit)).documents}
    everything = "labels" in found
    keys = {key_of(one): one.id for one in artifacts_of(pack)}
    return tuple(
        key for key, id in keys.items() if everything or id in found or _is_wrong(state, key)
    )


def _is_wrong(state: State, key: str) -> bool:
    view = state.views.get(key)
    found = any(note.severity == Severity.ERROR for note in view.notes) if view else False
    return found or bool(not_drawn(state, key))


def wrong_files(name: str, state: State) -> int:
    """How many artifacts of a pack can't be made as they are now, as far as it is known."""
    planned = state.plans.get(name)
    return sum(_is_wrong(state, key) for key in (planned.keys if planned else ()))


def not_drawn(state: State, key: str) -> list[Problem]:
    """Why the builder could not draw an artifact as it is now, such as a text that is too long."""
    view = state.views.get(key)
    noted = {note.fault for note in view.notes} if view else set()
    found = state.problems.get(key, ())
    return [one for one in found if one.severity is Severity.ERROR and one.fault not in noted]


def _depth(mark: tuple[YamlPath, tuple[int, int]]) -> int:
    return len(mark[0])


def _on_page(
    title: str, artifact: Artifact, page: int, path: YamlPath, fault: Fault, *, blocks: bool
) -> ToDo:
    name = say(f"on_{artifact.unit}", title=title, number=page) if page else title
    if artifact.edition.name:
        name = f"{name} ({artifact.file})"
    return ToDo(name, fault, blocks, path, form_of(path) if path else ())


def _in_words(desk: Desk, pack: Pack, output: Path) -> Iterator[ToDo]:
    """Hard-to-read texts and misspelled words."""
    for report in check_words([pack], output).values():
        for problem in report.problems:
            yield _at(desk, desk.reading.path_of(problem), problem.fault, blocks=False)


def _at(desk: Desk, path: YamlPath, fault: Fault, *, blocks: bool) -> ToDo:
    title = where(desk.reading.values, path) if path else desk.file.name
    return ToDo(title, fault, blocks, path, form_of(path) if path else ())
