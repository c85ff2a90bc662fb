"""Every fact that the materials must state is in the finished files."""

import html
import re
from pathlib import Path

import pytest
from pptx import Presentation
from ruamel.yaml import YAML

from pack.load import read_pack
from tests.conftest import CONTENT
from tests.tools import pdf

FACTS = YAML(typ="safe", pure=True).load(Path(__file__).with_name("facts.yaml"))
PACK = read_pack(CONTENT)


@pytest.fixture(scope="module")
def texts(output: Path) -> dict[str, str]:
    """The text of each artifact, by its id."""
    files = [file for file in output.iterdir() if file.suffix in (".pdf", ".pptx")]
    return {file.stem: _folded(_text(file)) for file in files}


def _text(file: Path) -> str:
    if file.suffix == ".pdf":
        # An address that nobody would type is only in the link and the code.
        return " ".join([pdf.text(file), *pdf.links(file)])
    parts = []
    for slide in Presentation(str(file)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                parts.append(shape.text_frame.text)
            if shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return " ".join(parts)


def _folded(text: str) -> str:
    """A text without case and white space, because addresses break anywhere."""
    return re.sub(r"\s", "", text).casefold()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"fact-{fact['fact']}")
def test_a_fact_is_in_every_artifact_that_must_state_it(
    fact: dict[str, list[str]], texts: dict[str, str]
) -> None:
    for artifact in fact["in"]:
        missing = [words for words in fact["says"] if _folded(words) not in texts[artifact]]
        assert not missing, artifact


def test_all_46_facts_are_listed() -> None:
    assert [fact["fact"] for fact in FACTS] == list(range(1, 47))


@pytest.mark.parametrize("name", ["emergency", "lifeline", "cybertipline", "safe2tell"])
def test_a_local_addition_is_labeled_as_one(name: str, output: Path) -> None:
    contact = PACK.contacts[name]
    assert contact.added
    page = _folded(html.unescape((output / "accessibility.html").read_text("utf-8")))
    added = page.rpartition(_folded(PACK.labels.added.split("{")[0]))[2]
    assert _folded(contact.name) in added


def test_numbers_and_addresses_are_in_contacts_only() -> None:
    """No sentence repeats them, so that one change reaches every sheet."""
    lines = CONTENT.read_text("utf-8").split("# ── 3.")[1].splitlines()
    written = [line for line in lines if not line.lstrip().startswith("#")]
    for contact in PACK.contacts.values():
        for value in filter(None, (contact.phone, contact.vanity, contact.url)):
            pattern = rf"(?<![\w/.]){re.escape(value.rstrip('/'))}(?!\w)"
            assert not [line for line in written if re.search(pattern, line)], value


@pytest.mark.parametrize("word", ["committed suicide", "epidemic", "fault of", "should have"])
def test_no_word_of_blame_or_alarm(word: str, texts: dict[str, str]) -> None:
    assert not [name for name, text in texts.items() if _folded(word) in text]


def test_no_hotline_that_is_gone_is_printed(texts: dict[str, str]) -> None:
    assert not [name for name, text in texts.items() if "844-493" in text]
