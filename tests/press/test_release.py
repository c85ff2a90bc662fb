"""A release is refused as long as a translation could mislead anybody, and says where."""

import re
import shutil
from pathlib import Path

import pytest

from pack.errors import ContentError, Refused
from press.build import build
from press.options import BuildOptions
from tests.languages.made_up import approve_all, start_in_spanish, write_translation

#: What the English of two texts is replaced with, and where these texts are.
CALL = "Call 1-800-225-5324 or see fbi.gov/tips"
HURT = "If you think of suicide, call 988."
USE, GIVES = "contacts/emergency/use", "contacts/learn-more/gives"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack without placeholders whose Spanish was approved, text by text."""
    edits = {
        ".example": ".gov",
        "use: Someone is in danger": f"use: {CALL}",
        "gives: The page that these texts are adapted from.": f"gives: {HURT}",
    }
    content = start_in_spanish(tmp_path_factory.mktemp("reviewed"), edits)
    write_translation(content, GIVES, "Si piensa en el suicidio, llame al 988.")
    approve_all(content)
    return content


@pytest.fixture
def content(reviewed: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return shutil.copytree(reviewed.parent, tmp_path / "content") / reviewed.name


def _told(content: Path) -> list[str]:
    """What is told of a release, each with its place."""
    output = content.parent / "output"
    with pytest.raises(Refused) as refused:
        build([content], output, BuildOptions(release=True))
    assert not [*output.rglob("*.pdf")]
    return [f"{one.place}: {one.where}: {one.headline}" for one in refused.value.problems]


@pytest.mark.parametrize(
    ("context", "target", "problem"),
    [
        pytest.param(
            USE,
            "Llame al 1-800-225-5324, o vea fbi.gov/tips",
            "nobody has approved this translation",
            id="unreviewed",
        ),
        pytest.param(USE, "", "this text is not translated yet", id="missing"),
        pytest.param(
            USE,
            "Llame al 1-800-225-5342, o vea fbi.gov/tips",
            "the number 1-800-225-5324 is missing",
            id="a digit changed",
        ),
        pytest.param(
            USE,
            "Llame al 1-800-225-5324",
            "the address fbi.gov/tips is missing",
            id="an address dropped",
        ),
        pytest.param(
            GIVES,
            "Si piensa en el suicidio, llame.",
            "the number 988 is missing",
            id="988 dropped beside suicide",
        ),
        pytest.param(
            GIVES,
            "Si piensa en quitarse la vida, llame al 988: es su propia culpa.",
            "“propia culpa” is harmful",
            id="a harmful word",
        ),
        pytest.param(
            GIVES, "Si piensa en <b>suicidio</b>, llame al 988.", "there is HTML here", id="HTML"
        ),
        pytest.param(GIVES, HURT, "this is still the English text", id="English"),
    ],
)
def test_one_text_that_is_not_ready_is_enough(
    content: Path, context: str, target: str, problem: str
) -> None:
    write_translation(content, context, target)
    told = _told(content)
    # A changed translation is not approved either; what is wrong with it comes first.
    po = re.escape("translations/reading/es.po")
    found = re.search(rf"{po}:(\d+):\d+: {re.escape(context)}: {re.escape(problem)}", told[0])
    assert found, told
    entry = _po_lines(content)[int(found[1]) - 1 :]
    assert f'msgctxt "{context}"' in "\n".join(entry).split("\n\n")[0]


def _po_lines(content: Path) -> list[str]:
    file = content.parent / "translations" / "reading" / "es.po"
    return file.read_text("utf-8").splitlines()


def test_english_that_was_changed_after_the_approval_is_enough(content: Path) -> None:
    text = content.read_text("utf-8")
    content.write_text(text.replace(HURT, "If you think about suicide, call 988."), "utf-8")
    (told,) = _told(content)
    assert f"{GIVES}: this translates an older English text" in told


def test_988_must_stand_beside_suicide_in_a_translation_that_brings_the_word(
    content: Path,
) -> None:
    """The English speaks of danger, and so has no number."""
    write_translation(content, "handouts/tip-sheet/lead", "Se habla de suicidio.")
    approve_all(content)
    output = content.parent / "output"
    with pytest.raises(ContentError) as error:
        build([content], output, BuildOptions(release=True, only=("tip-sheet",)))
    assert "the number 988 is not shown with it" in str(error.value)


def test_without_any_of_it_a_release_is_not_refused(content: Path) -> None:
    output = content.parent / "output"
    build([content], output, BuildOptions(release=True, only=("tip-sheet",)))
    assert (output / "reading" / "es" / "tip-sheet.pdf").exists()
