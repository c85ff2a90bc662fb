"""What other pages, programs and odd forms send is refused in words; the file stays whole."""

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.studio.conftest import Studio

PHONE = "contacts/fbi/phone"
OLD = "1-800-225-5324"


def _is_refused(answer: httpx.Response, status: int = 400) -> None:
    assert answer.status_code == status, answer.text[-300:]
    assert "Traceback" not in answer.text
    assert "fault in the program" not in answer.text


def _of_phone(value: str) -> dict[str, str]:
    return {f"o:{PHONE}": OLD, f"v:{PHONE}": value, "place": "contacts/fbi"}


def _is_untouched(studio: Studio) -> bool:
    shown = studio.client.get(studio.at("edit/contacts/fbi")).text
    return studio.file.read_bytes() == studio.original and OLD in shown


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_requests_by_other_pages_are_refused(
    studio: Studio, headers: dict[str, str], status: int
) -> None:
    assert studio.client.get(studio.at("edit/pack"), headers=headers).status_code == status
    fields = {"token": studio.token, **_of_phone("911")}
    answer = studio.client.post(studio.at("change"), data=fields, headers=headers)
    _is_refused(answer, status)
    assert _is_untouched(studio)


@pytest.mark.parametrize("token", ["", "wrong", "é", "\x00", "x" * 10_000])
def test_a_form_without_our_token_is_refused(studio: Studio, token: str) -> None:
    places = ("change", "do/save", "do/undo", "add/contacts", "remove/contacts/fbi")
    for place in (*places, "history", "conflicts"):
        fields = {"token": token, **_of_phone("911")}
        _is_refused(studio.client.post(studio.at(place), data=fields), 403)
    _is_refused(studio.client.post(f"{studio.address}new", data={"token": token, "name": "x"}), 403)
    assert _is_untouched(studio)


@pytest.mark.parametrize(
    "place",
    [
        "nothing",
        "edit/",
        "edit/nothing",
        "edit/contacts/nobody",
        "edit/contacts/fbi/phone/0",
        "edit/deck/slides/999",
        "edit/deck/slides/-1",
        "edit/deck/slides/99999999999999999999",
        "edit/deck/slides/٣",
        "edit/..%2f..%2fetc%2fpasswd",
        "edit/contacts/%00",
        "edit/contacts/%ff",
        "edit/" + "a/" * 2000,
        "add/pack",
        "add/..%2fx",
        "remove/",
        "remove/contacts/nobody",
        "shown?path=nothing",
        "shown?path=" + quote("../../etc/passwd"),
        "do/nothing",
        "../other/edit/pack",
        "..%2f..%2fetc/passwd",
    ],
)
def test_addresses_that_lead_nowhere_are_refused(studio: Studio, place: str) -> None:
    answer = studio.client.get(studio.at(place))
    assert answer.status_code in (404, 405), answer.text[-300:]
    assert "fault in the program" not in answer.text


@pytest.mark.parametrize(
    "address",
    ["assets/..%2fwords.toml", "assets/words.toml", "pictures/x/y/1.png", "p/..%2f/edit/pack"],
)
def test_only_known_files_are_served(studio: Studio, address: str) -> None:
    _is_refused(studio.client.get(studio.address + address), 404)


@pytest.mark.parametrize(
    "do",
    [
        "x",
        "[]",
        "7",
        "null",
        '"add"',
        '{"do": "explode", "path": ["contacts"]}',
        '{"do": "add", "path": "contacts"}',
        '{"do": "add", "path": [-1]}',
        '{"do": "add", "path": [true]}',
        '{"do": "add", "path": [1.5]}',
        '{"do": "add", "path": ["nothing"]}',
        '{"do": "add", "path": ["pack"]}',
        '{"do": "add", "path": ["pack", "title"]}',
        '{"do": "add", "path": []}',
        '{"do": "add", "path": ["contacts", "\\ud800", "from"]}',
        '{"do": "copy", "path": []}',
        '{"do": "copy", "path": ["contacts", "fbi"]}',
        '{"do": "copy", "path": ["deck", "slides", 999]}',
        '{"do": "move", "path": ["deck", "slides", 1], "to": -1}',
        '{"do": "move", "path": ["deck", "slides", 1], "to": "1e999"}',
        '{"do": "move", "path": ["deck", "slides", 1], "to": 1e999}',
        '{"do": "move", "path": ["deck", "slides", 1], "to": null}',
        '{"do": "move", "path": ["deck", "slides", 1], "to": ' + "9" * 5000 + "}",
        '{"do": "move", "path": ["pack", "nothing"], "to": 1}',
        '{"do": "start", "path": [' + "[" * 100_000,
        '{"do": "remove", "path": ["deck", "slides", ' + "9" * 30 + "]}",
    ],
)
def test_buttons_that_no_page_has_are_refused(studio: Studio, do: str) -> None:
    _is_refused(studio.post("change", do=do, place="deck/slides"))
    assert _is_untouched(studio)


@pytest.mark.parametrize(
    "do",
    [
        '{"do": "add", "path": ["contacts"]}',
        '{"do": "remove", "path": []}',
        '{"do": "remove", "path": ["contacts", "nobody"]}',
        '{"do": "start", "path": []}',
        '{"do": "move", "path": ["deck", "slides", 1], "to": 999}',
    ],
)
def test_buttons_that_cannot_be_pressed_now_say_why(studio: Studio, do: str) -> None:
    answer = studio.post("change", do=do, place="deck/slides")
    assert answer.status_code == 200
    said = re.search('role="status">([^<]+)<', answer.text)
    assert said
    assert said[1].endswith(".")
    assert _is_untouched(studio)


@pytest.mark.parametrize("version", ["", "-1", "x", "0", "9" * 17, "9" * 5000, "٣", "1.5"])
def test_wrong_versions_change_nothing_or_count_as_the_latest(studio: Studio, version: str) -> None:
    answer = studio.post("change", version=version, **_of_phone("303-555-0142"))
    assert answer.status_code in (200, 303)
    assert studio.file.read_bytes() == studio.original


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 17, "9" * 5000])
def test_versions_that_are_not_kept_cannot_be_restored(studio: Studio, number: str) -> None:
    answer = studio.post("history", number=number)
    assert answer.status_code in (303, 400)
    assert _is_untouched(studio)


@pytest.mark.parametrize(
    "path", ["", "x", "[]", "{}", '["nothing"]', '["contacts", 7]', "[" * 9999]
)
@pytest.mark.parametrize("mine", ["", "x", "1.5", "[null]", "[" * 9999, '"\\ud800"'])
def test_choices_about_no_conflict_are_refused(studio: Studio, path: str, mine: str) -> None:
    _is_refused(studio.post("conflicts", path=path, mine=mine, choice="mine"))
    assert _is_untouched(studio)


@pytest.mark.parametrize("field", ["o:nothing", "o:contacts/nobody/phone", "o:%ff", "o:../x"])
def test_fields_that_no_form_has_are_refused(studio: Studio, field: str) -> None:
    _is_refused(studio.post("change", **{field: "1", f"v:{field[2:]}": "2"}))
    assert _is_untouched(studio)


@pytest.mark.parametrize(
    "place", ["", "nothing", "contacts/nobody", "../..", "\x00", "x" * 100_000]
)
def test_forms_of_unknown_places_lead_to_a_page(studio: Studio, place: str) -> None:
    for accept in ("application/json", "text/html"):
        answer = studio.client.post(
            studio.at("do/undo"),
            data={"token": studio.token, "place": place},
            headers={"Accept": accept},
        )
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "text",
    ["\x00", "\x07bell", "\x1b[31m", "\x85", "\ufeff", "\u2028", "&<script>alert(1)</script>", "%"],
)
def test_odd_characters_are_written_safely_or_refused_in_words(studio: Studio, text: str) -> None:
    fields = {"o:topics/money/title": "When they want money", "v:topics/money/title": f"A {text} b"}
    answer = studio.post("change", place="topics/money", **fields)
    assert answer.status_code in (200, 303), answer.text[-300:]
    page = studio.client.get(studio.at("edit/topics/money"))
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-16", "utf-7", "hex", "nothing"])
def test_forms_in_odd_encodings_are_refused_or_read(studio: Studio, charset: str) -> None:
    parts = {"token": studio.token, "o:topics/money/title": "x", "v:topics/money/title": "\\ud800"}
    lines = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    answer = studio.client.post(
        studio.at("change"),
        content=f"{lines}--b--\r\n".encode(),
        headers={"Content-Type": f"multipart/form-data; boundary=b; charset={charset}"},
    )
    assert answer.status_code in (200, 303, 400, 403), answer.text[-300:]
    assert studio.client.get(studio.at("edit/topics/money")).status_code == 200


def test_names_cannot_become_script(studio: Studio) -> None:
    name = "<script>alert(1)</script>"
    assert (
        studio.post("add/contacts", name=name).headers["location"].endswith("script-alert-1-script")
    )
    for place in (
        f"edit/contacts/{quote(name, safe='')}",
        f"find?q={quote(name)}",
        f"add/{quote(name, safe='')}",
    ):
        assert "<script>alert" not in studio.client.get(studio.at(place)).text
    _is_refused(studio.post("add/contacts", name="<>"))


def test_very_long_texts_are_kept_or_refused(studio: Studio) -> None:
    text = "A very long sentence. " * 20_000
    fields = {"o:topics/money/say": "x", "v:topics/money/say": text, "place": "topics/money"}
    assert studio.post("change", **fields).status_code in (200, 303)
    assert studio.client.get(studio.at("edit/topics/money")).status_code == 200
    _is_refused(studio.post("add/contacts", name="/" * 1_100_000), 413)


def test_bodies_that_are_too_long_are_refused_before_they_are_read(studio: Studio) -> None:
    def body() -> Iterator[bytes]:
        for _ in range(500):
            yield bytes(1_000_000)

    before = _memory(studio)
    for kind in ("multipart/form-data; boundary=b", "application/x-www-form-urlencoded"):
        headers = {"Content-Type": kind, "Content-Length": str(500 * 1_000_000)}
        try:
            answer = studio.client.post(studio.at("change"), content=body(), headers=headers)
        except httpx.TransportError:
            continue  # it hung up
        _is_refused(answer, 413)
    assert _memory(studio) < before + 50_000
    assert _is_untouched(studio)


def _memory(studio: Studio) -> int:
    """The memory that the studio's own process takes, in KB."""
    status = Path(f"/proc/{studio.process.pid}/status")
    if not status.exists():
        pytest.skip("only Linux says how much memory a process takes")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
    assert found
    return int(found[1])


def test_a_form_with_thousands_of_fields_is_refused(studio: Studio) -> None:
    files = {f"v:labels/x{number}": (None, "x") for number in range(10_000)}
    answer = studio.client.post(studio.at("change"), data={"token": studio.token}, files=files)
    _is_refused(answer)
    plain = "&".join(f"v:labels/x{number}=x" for number in range(10_000))
    answer = studio.client.post(
        studio.at("change"),
        content=f"token={studio.token}&{plain}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code in (303, 400)
    assert _is_untouched(studio)


def test_five_hundred_clients_are_all_answered(studio: Studio) -> None:
    async def ask() -> list[int]:
        limits = httpx.Limits(max_connections=500)
        async with httpx.AsyncClient(timeout=120, limits=limits) as client:
            answers = await asyncio.gather(
                *(client.get(studio.at("edit/publisher")) for _ in range(500))
            )
        return [answer.status_code for answer in answers]

    # In a thread of its own: that of tests with a browser has a loop already.
    with ThreadPoolExecutor(1) as pool:
        assert set(pool.submit(asyncio.run, ask()).result()) <= {200, 503}
    assert _is_untouched(studio)


def test_an_answer_to_our_script_is_json_also_when_it_refuses(studio: Studio) -> None:
    answer = studio.client.post(
        studio.at("change"),
        data={"token": studio.token, "do": "x"},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 400
    assert json.loads(answer.text)["said"].endswith(".")
