"""Translations that are no language, but have everything that a translation must have."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from languages.catalog import Catalog
from languages.reviews import approve
from pack.load import read_pack
from press.new_pack import start_pack
from press.translations import TranslationFiles, open_translations

#: A word that no address and no word in braces is part of.
_WORD = re.compile(r"(?<![\w{./@-])[^\W\d_]{2,}(?![\w}./@-])")


def translated(source: str, tag: str = "es") -> str:
    """A text whose first word says its language: "Learn–es more"."""
    written = _WORD.sub(lambda word: f"{word[0]}–{tag}", source, count=1)
    return written if written != source else f"{source} {tag}"


def start_in_spanish(folder: Path, edits: Mapping[str, str] = MappingProxyType({})) -> Path:
    """Start a small pack, edit its texts, and translate all of them. Returns the content file."""
    content = start_pack("reading", folder)
    text = content.read_text("utf-8")
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    content.write_text(text, "utf-8")
    translate_all(content)
    return content


def translate_all(content: Path, tag: str = "es", *, missing: tuple[str, ...] = ()) -> Path:
    """Translate every text of a pack but those named, and return the PO file."""
    found = open_translations(read_pack(content), tag)
    entries = (
        entry
        if entry.context in missing
        else replace(entry, target=translated(entry.source, tag), fuzzy=False, previous="")
        for entry in found.catalog.entries
    )
    return _saved(replace(found, catalog=Catalog(tuple(entries))))


def approve_all(content: Path, tag: str = "es") -> None:
    """Record that all translations were reviewed."""
    found = open_translations(read_pack(content), tag)
    day = datetime.date(2026, 11, 1)
    reviews = approve(found.reviews, found.catalog.entries, "bilingual counselor", day)
    _saved(replace(found, reviews=reviews))


def write_translation(content: Path, context: str, target: str, tag: str = "es") -> None:
    """Write one translation."""
    found = open_translations(read_pack(content), tag)
    entries = (
        replace(entry, target=target) if entry.context == context else entry
        for entry in found.catalog.entries
    )
    _saved(replace(found, catalog=replace(found.catalog, entries=tuple(entries))))


def _saved(files: TranslationFiles) -> Path:
    return files.save().po
