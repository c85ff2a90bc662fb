"""Forms and the pages around them, as somebody sees them who knows no content file."""

import time

from lxml import html

from tests.studio.conftest import Studio


def _text(studio: Studio, page: str) -> str:
    return " ".join(html.fromstring(studio.client.get(studio.at(page)).text).text_content().split())


def test_history_says_what_was_done(studio: Studio) -> None:
    studio.post("add/contacts", name="City youth line")
    studio.post("do/undo", place="pack")
    text = _text(studio, "history")
    assert "Added: Contacts, City youth line" in text
    assert "Undone: Added: Contacts, City youth line" in text


def test_a_new_entry_has_the_name_that_was_typed(studio: Studio) -> None:
    answer = studio.post("add/contacts", name="City youth line")
    assert answer.headers["location"].endswith("/edit/contacts/city-youth-line")
    form = html.fromstring(studio.client.get(studio.at("edit/contacts/city-youth-line")).text)
    [name] = form.xpath("//textarea[@name='v:contacts/city-youth-line/name']")
    assert name.text.strip() == "City youth line"
    [phone] = form.xpath("//*[@name='v:contacts/city-youth-line/phone']")
    assert not phone.xpath("ancestor::details"), "other contacts have one"


def test_remedies_name_fields_as_forms_do(studio: Studio) -> None:
    studio.post("add/contacts", name="City youth line")
    address = "contacts/city-youth-line"
    fields = {f"v:{address}/{name}": "x" for name in ("name", "use", "url")}
    old = {f"o:{address}/{name}": "" for name in ("use", "url")}
    old[f"o:{address}/name"] = "City youth line"
    fields[f"v:{address}/url"] = "https://city.example/"
    studio.post("change", place=address, **fields, **old)
    text = _text(studio, f"edit/{address}")
    assert "“Source” and a source, or “Added by us: yes”" in text


def test_a_sheet_that_is_too_long_says_so_beside_its_form(studio: Studio) -> None:
    address = "handouts/5"
    form = html.fromstring(studio.client.get(studio.at(f"edit/{address}")).text)
    [lead] = form.xpath(f"//input[@name='o:{address}/lead']/@value")
    fields = {f"o:{address}/lead": lead, f"v:{address}/lead": "It is not your fault. " * 60}
    studio.post("change", place=address, **fields)
    deadline = time.monotonic() + 60
    while "too long for 1 page" not in (text := _text(studio, f"shown?path={address}")):
        assert time.monotonic() < deadline, text
        time.sleep(0.2)
    assert "too long for 1 page" in _text(studio, "ready")
