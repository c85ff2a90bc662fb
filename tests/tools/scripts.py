"""Packs in other scripts, with words that are none but look like them."""

import re
from collections.abc import Callable
from pathlib import Path

from languages.strings import strings
from pack.load import read_pack
from pack.model import Pack, TranslatedTexts
from pack.problems import Place

#: A word that no address, no word in braces and no abbreviation is part of.
_WORD = re.compile(r"(?<![\w{./@-])(?=\w*[a-z])[^\W\d_]{2,}(?![\w}./@-])")

_ARABIC, _CHINESE = "سلامكتابشمسنهر", "家校安心孩子朋友老师学生"


def in_arabic(content: Path) -> Pack:
    """A pack in Arabic letters, with as many in each word."""
    return _translated(content, "ar", lambda text: _WORD.sub(_arabic, text))


def in_chinese(content: Path) -> Pack:
    """A pack in Chinese, with a third of the letters and no spaces between them."""
    return _translated(content, "zh-Hans", _in_chinese)


def _arabic(word: re.Match[str]) -> str:
    return (_ARABIC * 2)[: len(word[0])]


def _in_chinese(text: str) -> str:
    text = _WORD.sub(lambda word: (_CHINESE * 2)[: -(-len(word[0]) // 3)], text)
    marks = str.maketrans({",": "，", ".": "。", ":": "：", "?": "？"})
    text = re.sub(r"[,.:?](?=\s|$)", lambda mark: mark[0].translate(marks), text)
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f*])", "", text)


def _translated(content: Path, tag: str, change: Callable[[str], str]) -> Pack:
    texts = {
        string.path: (change(string.source), Place(content, 0))
        for string in strings(read_pack(content))
    }
    return read_pack(content, TranslatedTexts(tag, texts, draft=True))
