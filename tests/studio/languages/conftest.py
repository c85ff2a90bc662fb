"""A studio of a small pack that is translated into Spanish."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html as lxml_html

from languages.catalog import TranslationState
from pack.load import read_pack
from press.translations import TranslationFiles, open_translations
from tests.languages.made_up import start_in_spanish
from tests.studio.running import RunningStudio, running

#: Two texts of the small pack; the second has a number.
BODY, NUMBER = "topics/what-helps/body", "contacts/emergency/use"


@dataclass
class TranslatedStudio(RunningStudio):
    """The studio of a small pack with Spanish."""

    @property
    def languages(self) -> str:
        """The address of the page of all languages."""
        return self.at("languages")

    @property
    def po(self) -> Path:
        return self.file.parent / "translations" / self.file.stem / "es.po"

    def translations(self, tag: str = "es") -> TranslationFiles:
        return open_translations(read_pack(self.file), tag)

    def target(self, context: str) -> str:
        return self.translations().catalog.by_context[context].target

    def state(self, context: str) -> TranslationState:
        return self.translations().catalog.by_context[context].state

    def edit_english(self, old: str, new: str) -> None:
        """Change the content file, as somebody does in an editor."""
        text = self.file.read_text("utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new), "utf-8")

    def page(self, place: str) -> Any:
        answer = self.client.get(self.languages + place)
        assert answer.status_code == 200, answer.text
        return lxml_html.fromstring(answer.text)

    def form(self, context: str, show: str = "all") -> dict[str, str]:
        """The form of a string as a page shows it, with what it would send unchanged."""
        page = self.page(f"/es?show={show}&q={context}")
        for form in page.xpath("//form[contains(@class, 'string')]"):
            fields = {name: (value or "").removeprefix("\n") for name, value in form.form_values()}
            if fields["context"] == context:
                return fields
        raise AssertionError(context)

    def send(self, fields: dict[str, str], **changed: str) -> httpx.Response:
        """Press a form's button, as a browser without a script does."""
        answer = self.client.post(f"{self.languages}/es", data={**fields, **changed})
        assert answer.status_code in (200, 409), answer.text
        return answer


def said(answer: httpx.Response) -> str:
    """What a page says, as one line."""
    return " ".join(lxml_html.fromstring(answer.text).find(".//main").text_content().split())


@pytest.fixture(scope="package")
def shared_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TranslatedStudio]:
    folder = tmp_path_factory.mktemp("languages")
    file = start_in_spanish(folder, {"Someone is in danger": "Call 911 for help"})
    with running(TranslatedStudio, file, folder / "out") as studio:
        studio.client.follow_redirects = True
        yield studio


@pytest.fixture
def studio(shared_studio: TranslatedStudio) -> Iterator[TranslatedStudio]:
    """The studio of all these tests; after each test, all files are as they were."""
    folder, kept = shared_studio.file.parent, shared_studio.file.parent.with_name("kept")
    ours = (shared_studio.file.name, "translations")
    kept.mkdir()
    shutil.copy(folder / ours[0], kept)
    shutil.copytree(folder / ours[1], kept / ours[1])
    yield shared_studio
    shutil.rmtree(folder / ours[1])
    shutil.copy(kept / ours[0], folder)
    shutil.copytree(kept / ours[1], folder / ours[1])
    shutil.rmtree(kept)
