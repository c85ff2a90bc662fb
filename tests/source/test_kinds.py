"""The kinds of values: addresses, telephone numbers, dates, pictures."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from source.packs import read_pack
from source.problems import ContentError
from tests.source.bad_packs import Refused, accepted, changed, refused, write

URL = "url: https://tips.fbi.gov/"
CALL = "phone: 1-800-225-5324"
VANITY = "    vanity: 1-800-CALL-FBI\n"
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
        ("mailto:us@fbi.gov", "“mailto:” is not allowed", "https://"),
        ("ftp://ftp.fbi.gov/", "“ftp:” is not allowed", "https://"),
        ("www.fbi.gov", "does not say how to open it", "“https://www.fbi.gov”"),
        ("//www.fbi.gov", "does not say how to open it", "“https://www.fbi.gov”"),
        ("www.fbi.gov:443/tips", "does not say how to open it", "“https://www.fbi.gov:443/tips”"),
        ("https://www.fbi.gov/a page", "has a space in it", "%20"),
        ("https://www.fbi.gov/é", "not every phone can read", "% signs"),
        ("https://www.fbi.gov/?q=“x”", "not every phone can read", "% signs"),
        ("https://münchen.de/", "not every phone can read", "% signs"),
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
        ("![here](javascript:alert)", "“javascript:” is not allowed"),
        ("**[*here*](JAVASCRIPT:alert)**", "“JAVASCRIPT:” is not allowed"),
        ("[here](data:text/html,x)", "“data:” is not allowed"),
        ("[here](file:///etc/passwd)", "“file:” is not allowed"),
        ("[one](https://www.fbi.gov/) [two](file:///etc)", "“file:” is not allowed"),
        ("[here](page.html)", "does not say how to open it"),
        ("[here](#top)", "does not say how to open it"),
        ("[here](<https://www.fbi.gov/a b>)", "has a space in it"),
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
        "<b>Now</b> & <script>alert(1)</script>",
        "{{ 7 * 7 }} {% raw %} {# not a note #}",
        "&lt;b&gt; &amp; &#65;",
        "${HOME} $(ls) `ls` %s {0} {name}",
    ],
)
def test_html_and_braces_in_a_text_are_kept_as_they_stand(tmp_path: Path, text: str) -> None:
    pack = accepted(tmp_path, (TITLE, f"title: '{text}'"))
    assert pack.topics["beginning"].title == text


def test_spaces_around_a_text_are_dropped(tmp_path: Path) -> None:
    pack = accepted(tmp_path, (TITLE, "title: '  How it begins  '"))
    assert pack.topics["beginning"].title == "How it begins"


# Telephone numbers


@pytest.mark.parametrize("number", ["1-800-CALL-FBI", "1-800-225-5324 ext. 5", "800/225/5324", "x"])
def test_a_telephone_number_with_letters_or_signs_is_refused(tmp_path: Path, number: str) -> None:
    problems = refused(tmp_path, (CALL, f"phone: {number}"), (VANITY, ""))
    problems.says(
        problems.spot(f"phone: {number}"),
        "contacts → bureau → phone",
        f"“{number}” has letters or signs",
        "“vanity”",
    )


@pytest.mark.parametrize(
    "number", ["1-800-225-532", "1-800-225-53244", "225-5324", "12", "+", "...", "0" * 500, "555"]
)
def test_a_telephone_number_that_can_not_be_dialed_is_refused(tmp_path: Path, number: str) -> None:
    problems = refused(tmp_path, (CALL, f"phone: '{number}'"), (VANITY, ""))
    problems.says(
        problems.spot(f"phone: '{number}'"),
        "contacts → bureau → phone",
        "not a telephone number that can be dialed",
        "Count the digits",
    )


def test_the_digits_of_a_telephone_number_are_those_on_its_keys(tmp_path: Path) -> None:
    problems = refused(tmp_path, (CALL, "phone: ٩١١"), (VANITY, ""))
    problems.says(
        problems.spot("phone: ٩١١"), "contacts → bureau → phone", "telephone number", "digits"
    )


def test_an_empty_telephone_number_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, (CALL, "phone: ''"), (VANITY, ""))
    problems.says(
        problems.spot("phone: ''"), "contacts → bureau → phone", "not a telephone number", "digits"
    )


@pytest.mark.parametrize(
    "number", ["911", "988", "(303) 555-0142", "+1 800 225 5324", "303.982.6500"]
)
def test_a_telephone_number_is_kept_as_it_stands(tmp_path: Path, number: str) -> None:
    pack = accepted(tmp_path, (CALL, f"phone: {number}"), (VANITY, ""))
    assert pack.contacts["bureau"].phone == number


def test_a_telephone_number_is_judged_by_the_country_of_the_pack(tmp_path: Path) -> None:
    pack = accepted(
        tmp_path, ("region: US", "region: DE"), (CALL, "phone: 030 90140"), (VANITY, "")
    )
    assert pack.contacts["bureau"].phone == "030 90140"
    problems = refused(tmp_path, (CALL, "phone: 030 90140"), (VANITY, ""))
    problems.says(
        problems.spot("phone: 030"),
        "contacts → bureau → phone",
        "can be dialed",
        "Count the digits",
    )


def test_the_telephone_number_of_the_school_is_judged_too(tmp_path: Path) -> None:
    school = "school: {name: Ours, contact: Office, phone: 303-555-014}\nlabels:\n"
    problems = refused(tmp_path, ("labels:\n", school))
    problems.says(problems.spot("phone: 303-555-014"), "school → phone", "can be dialed", "digits")


@pytest.mark.parametrize("vanity", ["1-800-CALL-CIA", "1-800-CALL-FB", "CALL-FBI", "no number"])
def test_a_vanity_number_that_does_not_dial_the_phone_is_refused(
    tmp_path: Path, vanity: str
) -> None:
    problems = refused(tmp_path, (VANITY, f"    vanity: {vanity}\n"))
    assert len(problems.problems) == 1
    problem = problems.problems[0]
    assert problem.place.line in (problems.spot("bureau:\n")[0], problems.spot("vanity:")[0])
    assert problem.where.startswith("contacts → bureau")
    assert f"“{vanity}” does not dial the phone" in problem.what
    assert "keys" in problem.remedy


@pytest.mark.parametrize(
    "vanity", ["1-800-CALL-FBI", "1-800-call-fbi", "1 800 2255 FBI", "1800CALLFBI"]
)
def test_a_vanity_number_that_dials_the_phone_is_kept_as_it_stands(
    tmp_path: Path, vanity: str
) -> None:
    pack = accepted(tmp_path, (VANITY, f"    vanity: {vanity}\n"))
    assert pack.contacts["bureau"].vanity == vanity


def test_a_vanity_number_needs_a_phone(tmp_path: Path) -> None:
    problems = refused(tmp_path, (f"    {CALL}\n", ""))
    assert len(problems.problems) == 1
    assert problems.spots[0][0] in (problems.spot("bureau:\n")[0], problems.spot("vanity:")[0])
    assert "1-800-CALL-FBI" in problems.problems[0].what


# Dates


@pytest.mark.parametrize(
    "date",
    ["11/22/2026", "22.11.2026", "November 22", "2026-11-31", "2026-13-01", "2026-11", "26-11-22",
     "20261122", "2026-W47-7", "2026-11-22T10:00:00", "0000-01-01", "''"],
)  # fmt: skip
def test_a_date_is_year_month_day(tmp_path: Path, date: str) -> None:
    problems = refused(tmp_path, ("revised: 2026-11-22", f"revised: {date}"))
    problems.says(
        problems.spot(f"revised: {date}"), "pack → revised", "is not a date", "like 2026-11-22"
    )


def test_a_list_for_a_date_is_never_shown_as_code(tmp_path: Path) -> None:
    problems = refused(tmp_path, ("revised: 2026-11-22", "revised: [2026, 11, 22]"))
    problems.says(problems.spot("revised: ["), "pack → revised", "date", "like 2026-11-22")
    assert "('" not in problems.problems[0].what


def test_the_leap_day_of_a_leap_year_is_a_date(tmp_path: Path) -> None:
    pack = accepted(tmp_path, ("revised: 2026-11-22", "revised: 2028-02-29"))
    assert pack.pack.revised.isoformat() == "2028-02-29"


# Pictures


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, extra: bytes = b"") -> bytes:
    """A PNG file that says it has this size; black and white, so that it is cheap."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * min(height, 10))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_logo(folder: Path, name: str, data: bytes | None = None) -> Refused:
    """What is said about a pack whose logo is the file `name` with these bytes."""
    if data is not None:
        (folder / name).write_bytes(data)
    problems = refused(folder, (WEBSITE, f"{WEBSITE}  logo: {name}\n"))
    assert problems.spots == [problems.spot("logo: ")]
    assert problems.problems[0].where == "publisher → logo"
    return problems


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_pictures_in_the_folder_of_the_pack_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "a.png").write_bytes(png(9, 9))
    (tmp_path / "images" / "b.svg").write_bytes(SVG)
    Image.new("RGB", (9, 9)).save(tmp_path / "c.jpg")
    (tmp_path / "d.png").symlink_to("a.png")
    for name in ("a.png", "images/b.svg", "c.jpg", "d.png", "images/../a.png"):
        pack = accepted(tmp_path, (WEBSITE, f"{WEBSITE}  logo: {name}\n"))
        assert pack.publisher.logo == name
        assert pack.folder == tmp_path


def test_a_picture_from_a_telephone_that_holds_two_is_accepted(tmp_path: Path) -> None:
    picture = Image.new("RGB", (9, 9))
    picture.save(tmp_path / "a.jpg", format="MPO", save_all=True, append_images=[picture])
    pack = accepted(tmp_path, (WEBSITE, f"{WEBSITE}  logo: a.jpg\n"))
    assert pack.publisher.logo == "a.jpg"


@pytest.mark.parametrize("name", ["logo.png", "images/logo.png", "../logo.png", "/no/logo.png"])
def test_a_picture_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    problem = with_logo(tmp_path, name).problems[0]
    assert problem.what == f"there is no picture “{name}”"
    assert str(tmp_path) in problem.remedy


def test_a_picture_above_the_folder_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "logo.png").write_bytes(png(9, 9))
    problem = with_logo(inner, "../logo.png").problems[0]
    assert "“../logo.png” lies outside" in problem.what
    assert "Copy it into" in problem.remedy


def test_a_picture_in_a_folder_whose_name_starts_like_ours_is_refused(tmp_path: Path) -> None:
    inner, beside = tmp_path / "pack", tmp_path / "pack-2"
    inner.mkdir()
    beside.mkdir()
    (beside / "logo.png").write_bytes(png(9, 9))
    assert "lies outside" in with_logo(inner, "../pack-2/logo.png").problems[0].what


def test_an_absolute_path_is_refused_even_into_the_folder(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(9, 9))
    problem = with_logo(tmp_path, str(tmp_path / "logo.png")).problems[0]
    assert "lies outside" in problem.what
    assert "like images/logo.png" in problem.remedy


def test_a_symbolic_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "logo.png").write_bytes(png(9, 9))
    (inner / "link.png").symlink_to(tmp_path / "logo.png")
    assert "lies outside" in with_logo(inner, "link.png").problems[0].what


def test_a_folder_behind_a_symbolic_link_is_outside_too(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "logo.png").write_bytes(png(9, 9))
    (inner / "images").symlink_to(tmp_path, target_is_directory=True)
    assert "lies outside" in with_logo(inner, "images/logo.png").problems[0].what


def test_a_symbolic_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.png").symlink_to("loop.png")
    assert "there is no picture" in with_logo(tmp_path, "loop.png").problems[0].what


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"these are words"),
        ("b.png", b""),
        ("c.png", png(9, 9)[:40]),
        ("d.png", png(9, 9)[:-20] + b"x" * 20),
        ("e.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"abc")),
        ("o.png", png(9, 9)[:33] + chunk(b"IEND", b"")),
        ("f.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
        ("g.jpg", b"\xff\xd8\xff\xe0"),
        ("h.svg", b"<html/>"),
        ("i.svg", b"these are words"),
        ("j.svg", SVG[:-2]),
        ("k.svg", b"<svg/>"),
        ("l.svg", b'<?xml version="1.0" encoding="no-such"?>' + SVG),
        ("m.svg", b'<?xml version="1.0" encoding="hex"?>' + SVG),
    ],
)
def test_a_file_that_is_not_a_picture_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    problem = with_logo(tmp_path, name, data).problems[0]
    assert problem.what == f"“{name}” is not a picture"
    assert "PNG, JPEG or SVG" in problem.remedy


def test_a_folder_is_not_a_picture(tmp_path: Path) -> None:
    (tmp_path / "logo.png").mkdir()
    assert "is not a picture" in with_logo(tmp_path, "logo.png").problems[0].what


def test_a_picture_of_20_megapixels_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(5000, 4000))
    pack = accepted(tmp_path, (WEBSITE, f"{WEBSITE}  logo: a.png\n"))
    assert pack.publisher.logo == "a.png"


@pytest.mark.parametrize(("width", "height"), [(5000, 4200), (1, 21_000_000), (10_000, 10_000)])
def test_a_picture_of_more_than_20_megapixels_is_refused(
    tmp_path: Path, width: int, height: int
) -> None:
    problem = with_logo(tmp_path, "a.png", png(width, height)).problems[0]
    assert f"has {width * height // 1_000_000} megapixels" in problem.what
    assert "smaller copy" in problem.remedy


def test_a_picture_that_swells_when_it_is_opened_is_refused(tmp_path: Path) -> None:
    problem = with_logo(tmp_path, "bomb.png", png(60_000, 60_000)).problems[0]
    assert "megapixels" in problem.what
    assert "smaller copy" in problem.remedy


def test_a_picture_whose_comment_swells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # WeasyPrint, once imported by another test, tells Pillow to pass over such comments.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    comment = chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(100_000_000)))
    problem = with_logo(tmp_path, "bomb.png", png(9, 9, comment)).problems[0]
    assert problem.what == "“bomb.png” is not a picture"


def test_an_svg_whose_entities_swell_is_refused(tmp_path: Path) -> None:
    entities = b'<!ENTITY a0 "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    svg = b"<!DOCTYPE svg [%s]>" % entities + SVG[:-2] + b">&a11;</svg>"
    problem = with_logo(tmp_path, "bomb.svg", svg).problems[0]
    assert problem.what == "“bomb.svg” is not a picture"


@pytest.mark.parametrize("escape", [r"\0", r"\ud800"])
def test_a_picture_name_that_no_file_can_have_is_refused(tmp_path: Path, escape: str) -> None:
    file = write(tmp_path, changed((WEBSITE, f'{WEBSITE}  logo: "a{escape}b"\n')))
    with pytest.raises(ContentError) as caught:
        read_pack(file)
    assert [problem.place.line for problem in caught.value.problems] == [13]
