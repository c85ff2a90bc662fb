"""What would be wrong after a change that nobody has made yet."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from editing.edits import Edit
from pack.model import Pack
from pack.problems import Fault
from pack.walk import texts, values
from preflight.language.safe_messaging import unaccompanied
from press.where_shown import NOTES, where_shown
from studio.desk import Desk
from studio.outline import where
from studio.words import say, title_of


def new_errors(desk: Desk, edits: Sequence[Edit]) -> Iterator[tuple[str, Fault]]:
    """The errors that edits would lead to, each with its place in words."""
    before, after = desk.reading, desk.after(edits)
    known = {(one.where, one.fault) for one in before.errors}
    for problem in after.errors:
        if (problem.where, problem.fault) not in known:
            path = after.path_of(problem)
            yield (where(after.values, path) if path else desk.file.name), problem.fault
    if before.pack and after.pack:
        already = {*_without_number(before.pack)}
        yield from (one for one in _without_number(after.pack) if one not in already)


def _without_number(pack: Pack) -> Iterator[tuple[str, Fault]]:
    """The sheets and slides with words that need a help number, but without that number.

    Without drawing them: by all that a sheet may show.
    """
    shown = where_shown(pack)
    pages: dict[str, list[str]] = defaultdict(list)
    deck = pack.deck.title if pack.deck else ""
    numbers = ((path, one) for path, one in values(pack.contacts, ("contacts",)))
    for path, text in (*texts(pack), *numbers):
        if not isinstance(text, str) or path[-1] in NOTES:
            continue
        found = shown(path)
        for sheet in (one for one in pack.handouts if one.id in found.documents):
            pages[title_of((), sheet.title)].append(text)
        for number in found.slides:
            pages[say("on_slide", title=title_of((), deck), number=number)].append(text)
    for place, parts in pages.items():
        for finding in unaccompanied(["\n".join(parts)], pack):
            yield place, finding.fault
