"""Phone numbers, contacts and dates."""

from pathlib import Path

import pytest

from pack.reach import dial, numbers
from tests.pack.bad_packs import accepted, refused

CALL = "phone: 1-800-225-5324"
VANITY = "    vanity: 1-800-CALL-FBI\n"


# Phone numbers


@pytest.mark.parametrize("number", ["1-800-CALL-FBI", "800/225/5324", "x"])
def test_a_phone_number_with_letters_or_signs_is_refused(tmp_path: Path, number: str) -> None:
    problems = refused(tmp_path, (CALL, f"phone: {number}"), (VANITY, ""))
    problems.says(
        problems.spot(f"phone: {number}"),
        "contacts → bureau → phone",
        f"“{number}” contains letters or symbols",
        "“vanity”",
    )


@pytest.mark.parametrize(
    "number", ["1-800-225-532", "1-800-225-53244", "225-5324", "12", "+", "...", "0" * 500, "555"]
)
def test_a_phone_number_that_can_not_be_dialed_is_refused(tmp_path: Path, number: str) -> None:
    problems = refused(tmp_path, (CALL, f"phone: '{number}'"), (VANITY, ""))
    problems.says(
        problems.spot(f"phone: '{number}'"),
        "contacts → bureau → phone",
        "not a phone number that can be dialed",
        "Count the digits",
    )


@pytest.mark.parametrize("number", ["741741", "741-741", "67283"])
def test_a_number_that_only_takes_text_messages_is_refused(tmp_path: Path, number: str) -> None:
    problems = refused(tmp_path, (CALL, f"phone: {number}"), (VANITY, ""))
    problems.says(
        problems.spot(f"phone: {number}"),
        "contacts → bureau → phone",
        f"“{number}” is a number for text messages, and can't be called",
        f"text: {{number: {number.replace('-', '')}, word: HOME}}",
    )


def test_a_short_number_of_another_country_can_be_called(tmp_path: Path) -> None:
    pack = accepted(tmp_path, ("region: US", "region: GB"), (CALL, "phone: '116123'"), (VANITY, ""))
    assert pack.contacts["bureau"].phone == "116123"


def test_the_digits_of_a_phone_number_are_those_on_its_keys(tmp_path: Path) -> None:
    problems = refused(tmp_path, (CALL, "phone: ٩١١"), (VANITY, ""))
    problems.says(
        problems.spot("phone: ٩١١"), "contacts → bureau → phone", "phone number", "digits"
    )


def test_an_empty_phone_number_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, (CALL, "phone: ''"), (VANITY, ""))
    problems.says(
        problems.spot("phone: ''"), "contacts → bureau → phone", "nothing is written", "or remove"
    )


@pytest.mark.parametrize(
    "number", ["911", "988", "(303) 555-0142", "+1 800 225 5324", "303.982.6500"]
)
def test_a_phone_number_is_kept_as_it_stands(tmp_path: Path, number: str) -> None:
    pack = accepted(tmp_path, (CALL, f"phone: {number}"), (VANITY, ""))
    assert pack.contacts["bureau"].phone == number


def test_a_phone_number_is_judged_by_the_country_of_the_pack(tmp_path: Path) -> None:
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


def test_the_phone_number_of_the_school_is_judged_too(tmp_path: Path) -> None:
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
    assert f"“{vanity}” does not dial the number under “phone”" in problem.what
    assert "or delete this line" in problem.remedy
    assert "keypad" in problem.remedy


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
    assert "the same number in digits" in problems.problems[0].what
    assert "“phone:”" in problems.problems[0].remedy


@pytest.mark.parametrize("extension", ["x4", "ext 4", "ext. 4", "Ext.: 4", "#4", ", extension 4"])
def test_an_extension_is_printed_in_one_style_however_it_is_written(
    tmp_path: Path, extension: str
) -> None:
    pack = accepted(tmp_path, (CALL, f"phone: '303-555-0142 {extension}'"), (VANITY, ""))
    assert pack.contacts["bureau"].phone == "303-555-0142 ext.\N{NO-BREAK SPACE}4"
    assert dial("303-555-0142 ext. 4", "US") == "tel:+13035550142;ext=4"


def test_an_extension_can_have_a_line_of_its_own(tmp_path: Path) -> None:
    pack = accepted(tmp_path, (CALL, f"{CALL}\n    extension: 12"))
    assert pack.contacts["bureau"].phone == "1-800-225-5324 ext.\N{NO-BREAK SPACE}12"
    assert pack.contacts["bureau"].vanity == "1-800-CALL-FBI"


def test_an_extension_is_made_of_digits(tmp_path: Path) -> None:
    problems = refused(tmp_path, (CALL, f"{CALL}\n    extension: desk"))
    problems.says(
        problems.spot("extension: desk"),
        "contacts → bureau → extension",
        "“desk” is not an extension",
        "digits",
    )


def test_an_extension_needs_a_phone_number(tmp_path: Path) -> None:
    problems = refused(tmp_path, (f"    {CALL}\n{VANITY}", "    extension: 12\n"))
    problems.says(
        problems.spot("bureau:\n"), "contacts → bureau", "extension without a phone", "“phone:”"
    )


def test_a_short_number_has_no_extension(tmp_path: Path) -> None:
    problems = refused(tmp_path, (CALL, "phone: 911 ext. 4"), (VANITY, ""))
    assert "not a phone number" in problems.problems[0].what


# Text messages


@pytest.mark.parametrize(
    ("number", "word", "link"),
    [
        ("741741", "HOME", "sms:741741?body=HOME"),
        ("988", "", "sms:988"),
        ("303-555-0142", "I need help", "sms:+13035550142?body=I%20need%20help"),
    ],
)
def test_a_number_to_text_opens_a_message(
    tmp_path: Path, number: str, word: str, link: str
) -> None:
    text = f"{{number: '{number}', word: {word}}}" if word else f"{{number: '{number}'}}"
    pack = accepted(tmp_path, (CALL, f"text: {text}"), (VANITY, ""))
    (message,) = numbers(pack.contacts["bureau"], pack)
    assert message.link == link
    assert message.shown == (f"Text {word} to {number}" if word else f"Text {number}")


@pytest.mark.parametrize("number", ["12", "HOME", "741741741", "741741 HOME"])
def test_a_number_that_takes_no_text_messages_is_refused(tmp_path: Path, number: str) -> None:
    problems = refused(tmp_path, (CALL, f"text: {{number: {number}}}"), (VANITY, ""))
    problems.says(
        problems.spot(f"number: {number}"),
        "contacts → bureau → text → number",
        f"“{number}” is not a number that takes text messages",
        "digits",
    )


# Contacts


def test_a_contact_without_a_phone_or_address_is_reported(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        ("    phone: 1-800-225-5324\n    vanity: 1-800-CALL-FBI\n", ""),
        ("    url: https://tips.fbi.gov/\n", ""),
    )
    problems.says(
        problems.spot("bureau:\n"), "contacts → bureau", "no way to reach this contact", "“phone:”"
    )


@pytest.mark.parametrize("origin", ["added: true\n    from: agency", "gives: Help."])
def test_a_contact_comes_either_from_a_source_or_is_our_own(tmp_path: Path, origin: str) -> None:
    old = "url: https://tips.fbi.gov/\n    from: agency"
    problems = refused(tmp_path, (old, f"url: https://tips.fbi.gov/\n    {origin}"))
    problems.says(
        problems.spot("bureau:\n"), "contacts → bureau", "where this contact comes from", "“from:”"
    )


# Dates


@pytest.mark.parametrize(
    "date",
    ["11/22/2026", "22.11.2026", "November 22", "2026-11-31", "2026-13-01", "2026-11", "26-11-22",
     "20261122", "2026-W47-7", "2026-11-22T10:00:00", "0000-01-01"],
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
    assert pack.about.revised.isoformat() == "2028-02-29"


def test_only_contacts_are_told_of_their_vanity_numbers(tmp_path: Path) -> None:
    school = "school: {name: Ours, contact: Office, phone: 303-555-HELP}\nlabels:\n"
    (problem,) = refused(tmp_path, ("labels:\n", school)).problems
    assert "contains letters" in problem.what
    assert "vanity" not in problem.remedy
