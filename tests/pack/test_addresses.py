"""Web addresses, links inside texts, and texts that look like code."""

from pathlib import Path

import pytest

from pack.types import short_address
from tests.pack.bad_packs import accepted, refused

URL = "url: https://tips.fbi.gov/"
WEBSITE = "  website: https://www.fbi.gov/\n"
TITLE = "title: How it begins"


# Addresses


@pytest.mark.parametrize(
    ("address", "what", "remedy"),
    [
        ("javascript:alert(1)", "“javascript:” is not allowed", "https://"),
        ("JavaScript://www.fbi.gov/%0aalert(1)", "“JavaScript:” is not allowed", "https://"),
        ("vbscript:x", "“vbscript:” is not allowed", "https://"),
        ("file:///etc/passwd", "“file:” is not allowed", "https://"),
        ("data:text/html,x", "“data:” is not allowed", "https://"),
        ("mailto:us@fbi.gov", "is an e-mail address", "a web page"),
        ("us@fbi.gov", "is an e-mail address", "a web page"),
        ("images/logo.png", "is not a web address", "browser's address bar"),
        ("logo.png", "is not a web address", "browser's address bar"),
        ("flyer.PDF", "is not a web address", "browser's address bar"),
        ("none", "is not a web address", "browser's address bar"),
        ("/contact", "is not a web address", "browser's address bar"),
        ("ftp://ftp.fbi.gov/", "“ftp:” is not allowed", "https://"),
        ("www.fbi.gov", "does not start with https://", "“https://www.fbi.gov”"),
        ("//www.fbi.gov", "does not start with https://", "“https://www.fbi.gov”"),
        ("www.fbi.gov:443/tips", "does not start with https://", "“https://www.fbi.gov:443/tips”"),
        ("https://www.fbi.gov/a page", "contains a space", "%20"),
        ("https://www.fbi.gov/é", "some phones can't read", "% signs"),
        ("https://www.fbi.gov/?q=“x”", "some phones can't read", "% signs"),
        ("https://münchen.de/", "some phones can't read", "% signs"),
        ("https://", "not a complete web address", "browser's address bar"),
        ("https:///tips", "not a complete web address", "browser's address bar"),
        ("https:www.fbi.gov", "not a complete web address", "browser's address bar"),
        ("https://fbi", "not a complete web address", "browser's address bar"),
        ("https://www..gov", "not a complete web address", "browser's address bar"),
        ("https://[::1", "not a complete web address", "browser's address bar"),
        ("https://www.fbi.gov:port/", "not a complete web address", "browser's address bar"),
        ("https://www.fbi.gov:99999/", "not a complete web address", "browser's address bar"),
        ("https://www.fbi.gov@evil.org/", "complete web address", "browser's address bar"),
        ("https://@evil.org/", "not a complete web address", "browser's address bar"),
        ("https://www.fbi.gov\\@evil.org/", "not a complete web address", "address bar"),
    ],
)
def test_an_address_that_is_no_plain_web_address_is_refused(
    tmp_path: Path, address: str, what: str, remedy: str
) -> None:
    problems = refused(tmp_path, (URL, f"url: '{address}'"))
    problems.says(problems.spot(f"url: '{address}'"), "contacts → bureau → url", what, remedy)


def test_an_address_with_a_password_is_refused_for_the_password(tmp_path: Path) -> None:
    problems = refused(tmp_path, (URL, "url: https://user:secret@www.fbi.gov/"))
    problems.says(problems.spot("url: https://user"), "contacts → bureau → url", "password", "@")


@pytest.mark.parametrize(
    "address",
    ["https://www.fbi.gov", "http://a-b.c.org:8080/d/e_f?g=h&i=%20#j", "HTTPS://WWW.FBI.GOV/"],
)
def test_a_web_address_is_kept_as_it_stands(tmp_path: Path, address: str) -> None:
    assert accepted(tmp_path, (URL, f"url: {address}")).contacts["bureau"].url == address


def test_an_address_too_long_for_a_qr_code_is_refused(tmp_path: Path) -> None:
    address = "https://www.fbi.gov/" + "a" * 3000
    problems = refused(tmp_path, (URL, f"url: {address}"))
    problems.says(problems.spot(f"url: {address}"), "contacts → bureau → url", "long", "short")


def test_an_address_has_up_to_300_characters(tmp_path: Path) -> None:
    longest = "https://www.fbi.gov/" + "a" * 280
    assert accepted(tmp_path, (URL, f"url: {longest}")).contacts["bureau"].url == longest
    problems = refused(tmp_path, (URL, f"url: {longest}a"))
    problems.says(
        problems.spot(f"url: {longest}a"), "contacts → bureau → url", "301 characters", "shorter"
    )


def test_a_short_address_is_judged_like_every_address_and_printed_for_the_video(
    tmp_path: Path,
) -> None:
    url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL0123456789"
    long = (
        "    url: https://www.fbi.gov/video\n",
        f"    url: {url}\n    short: https://youtu.be/a\n",
    )
    pack = accepted(tmp_path, long)
    assert pack.printed(url) == "https://youtu.be/a"
    assert pack.printed("https://tips.fbi.gov/") == "https://tips.fbi.gov/"
    problems = refused(tmp_path, (long[0], f"    url: {url}\n    short: youtu.be/a\n"))
    problems.says(
        problems.spot("short: youtu.be/a"),
        "videos → film → short",
        "https://",
        "https://youtu.be/a",
    )


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("https://www.fbi.gov/", "www.fbi.gov"),
        ("https://www.fbi.gov/" + "a" * 88, "www.fbi.gov/" + "a" * 88),
        ("https://www.fbi.gov/" + "a" * 89, "www.fbi.gov/…"),
        ("https://www.fbi.gov/tips/" + "a/" * 50, "www.fbi.gov/tips/a/a/a/a/a/a/a/a/a/a/a/…"),
        ("https://www.fbi.gov?" + "a/" * 50, "www.fbi.gov/…"),
    ],
)
def test_nobody_types_an_address_of_more_than_100_characters(address: str, printed: str) -> None:
    assert short_address(address) == printed
    assert len(short_address(address, 40)) <= 40


@pytest.mark.parametrize("text", ["website: javascript:x", "website: file:///etc/passwd"])
def test_the_publishers_website_is_judged_like_every_address(tmp_path: Path, text: str) -> None:
    problems = refused(tmp_path, (WEBSITE, f"  {text}\n"))
    problems.says(problems.spot(text), "publisher → website", "is not allowed", "https://")


# Links inside text


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("[here](javascript:alert(1))", "“javascript:” is not allowed"),
        ("[here](<javascript:alert(1)>)", "“javascript:” is not allowed"),
        ("[here](java&#115;cript:alert)", "“javascript:” is not allowed"),
        ("![here](javascript:alert)", "has a picture in it"),
        ("![here](images/jacket.png)", "has a picture in it"),
        ("![here](https://www.fbi.gov/seal.png)", "has a picture in it"),
        ("**[*here*](JAVASCRIPT:alert)**", "“JAVASCRIPT:” is not allowed"),
        ("[here](data:text/html,x)", "“data:” is not allowed"),
        ("[here](file:///etc/passwd)", "“file:” is not allowed"),
        ("[one](https://www.fbi.gov/) [two](file:///etc)", "“file:” is not allowed"),
        ("[here](page.html)", "is not a web address"),
        ("[here](#top)", "is not a web address"),
        ("[here](mailto:us@fbi.gov)", "a link to “mailto:us@fbi.gov”"),
        ("[here](us@fbi.gov)", "a link to “us@fbi.gov”"),
        ("[here](tel:1-800-225-5324)", "a link to “tel:1-800-225-5324”"),
        ("[here](<https://www.fbi.gov/a b>)", "contains a space"),
        ("[here](https://user:secret@www.fbi.gov/)", "web address"),
    ],
)
@pytest.mark.parametrize(
    ("old", "where"),
    [
        ("title: How it begins", "topics → beginning → title"),
        ("body: Keep everything.", "steps → save-it → body"),
        ("lead: Go through it.", "handouts → 2 → lead"),
        ("text: The agency says so.", "figures → one-in-five → text"),
    ],
)
def test_a_link_inside_a_text_is_judged_like_every_address(
    tmp_path: Path, link: str, what: str, old: str, where: str
) -> None:
    name = old.partition(":")[0]
    problems = refused(tmp_path, (old, f"{name}: '{link}'"))
    problems.says(problems.spot(f"{name}: '{link}'"), where, what, "")
    assert problems.problems[0].remedy


def test_a_link_without_an_address_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, (TITLE, "title: '[here]()'"))
    assert problems.spots == [problems.spot("title: '[here]()'")]
    assert problems.problems[0].where == "topics → beginning → title"
    assert "“https://”" not in problems.problems[0].remedy


def test_a_link_inside_a_list_entry_is_judged_too(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("- In any app.", "- '[any](javascript:x) app'"))
    problems.says(
        problems.spot("'[any]"), "topics → beginning → points → 1", "“javascript:”", "https://"
    )


def test_a_link_inside_a_list_of_a_text_is_judged_too(tmp_path: Path) -> None:
    body = "body: |\n      - one\n        - two [x](javascript:x)"
    problems = refused(tmp_path, ("body: Somewhere online.", body))
    problems.says(problems.spot(body), "topics → beginning → body", "“javascript:”", "https://")


@pytest.mark.parametrize(
    "text",
    [
        "[a\n\n      b](javascript:x)",
        "[a\n      - b](javascript:x)",
        "- - - - - - - - - - - - - - - [a](javascript:x)",
    ],
    ids=["across paragraphs", "across a list", "in a deep list"],
)
def test_a_link_can_not_hide_in_paragraphs_of_a_text_that_is_printed_as_one_line(
    tmp_path: Path, text: str
) -> None:
    problems = refused(tmp_path, (TITLE, f"title: |\n      {text}"))
    problems.says(
        problems.spot("title: |"), "topics → beginning → title", "“javascript:”", "https://"
    )


def test_a_link_to_a_web_address_is_no_fault(tmp_path: Path) -> None:
    text = "Read [this page](https://www.fbi.gov/tips)."
    pack = accepted(tmp_path, ("body: Somewhere online.", f"body: '{text}'"))
    assert pack.topics["beginning"].body == text


# Text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & <4 or >2",
        "{{ 7 * 7 }} {% raw %} {# not a note #}",
        "${HOME} $(ls) %s {0} {name}",
    ],
)
def test_html_and_braces_in_a_text_are_kept_as_they_stand(tmp_path: Path, text: str) -> None:
    pack = accepted(tmp_path, (TITLE, f"title: '{text}'"))
    assert pack.topics["beginning"].title == text


def test_spaces_around_a_text_are_dropped(tmp_path: Path) -> None:
    pack = accepted(tmp_path, (TITLE, "title: '  How it begins  '"))
    assert pack.topics["beginning"].title == "How it begins"
