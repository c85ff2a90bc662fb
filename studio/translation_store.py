"""The translations of the packs in the studio: of the English as it was last saved."""

from collections.abc import Callable

from starlette.exceptions import HTTPException

from languages.strings import SourceString, strings
from languages.tags import UnknownLanguage, language_tag
from pack.errors import PressError, UsageError
from pack.model import Pack
from press import translation_steps as steps
from press.pipeline import read_all
from press.translations import (
    TranslationFiles,
    TranslationsChanged,
    languages_of,
    open_translations,
)
from press.where_shown import where_shown
from studio.desk import Desk
from studio.words import say


class TranslationStore:
    """Opens and saves translations, and keeps what was read until a file changes."""

    def __init__(self) -> None:
        self._packs: dict[str, tuple[bytes, Pack, tuple[SourceString, ...]]] = {}
        self._opened: dict[tuple[str, str], TranslationFiles] = {}

    def pack(self, desk: Desk) -> tuple[Pack, tuple[SourceString, ...]]:
        """The pack as it is saved, and its strings: translations are of these."""
        try:
            data = desk.file.read_bytes()
        except OSError:
            data = b""
        known = self._packs.get(desk.name)
        if not known or known[0] != data:
            (pack,) = read_all([desk.file])
            known = self._packs[desk.name] = data, pack, strings(pack, where_shown(pack))
        return known[1:]

    def open(self, desk: Desk, tag: str) -> TranslationFiles:
        """The translations into a language as they are on disk.

        Raises a 404 if the pack has no such language, and `PressError` if it, or they, can't be
        read.
        """
        pack, found = self.pack(desk)
        if tag not in languages_of(pack) or not is_other(pack, tag):
            raise HTTPException(404, say("no_page"))
        opened = open_translations(pack, tag, found)
        known = self._opened.get((desk.name, tag))
        if known and known.pack is pack and known.read == opened.read:
            return known  # it knows its flaws
        self._opened[desk.name, tag] = opened
        return opened

    def save(
        self, desk: Desk, tag: str, change: Callable[[TranslationFiles], TranslationFiles]
    ) -> TranslationFiles:
        """Change translations; once more, if another program wrote at the same moment.

        Raises what `open` raises, and `OutputError`.
        """
        try:
            saved = change(self.open(desk, tag)).save()
        except TranslationsChanged:
            saved = change(self.open(desk, tag)).save()
        self._opened[desk.name, tag] = saved
        return saved

    def open_for(self, desk: Desk, tag: str, sheet: str) -> TranslationFiles:
        """The translations, for what is about a sheet. Raises a 404 or 409 that says why."""
        try:
            found = self.open(desk, tag)
            steps.chosen(found, sheet)
        except UsageError as error:
            raise HTTPException(404, str(error)) from error
        except PressError as error:
            raise HTTPException(409, str(error)) from error
        return found


def is_other(pack: Pack, tag: str) -> bool:
    """Whether a name is the tag of a language that the pack isn't in itself."""
    try:
        return language_tag(tag) == tag != pack.about.language
    except UnknownLanguage:
        return False
