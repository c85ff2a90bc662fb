"""What runs from left to right within a text that runs from right to left."""

import pytest

from pack.isolates import left_to_right


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("اتصلوا بالرقم 1-800-843-5678 أو 911.", ["1-800-843-5678", "911"]),
        ("و911 · 988، 5", ["911", "988", "5"]),
        ("(303) 555-0142 أو +1 303 555-0142", ["(303) 555-0142", "+1 303 555-0142"]),
        ("في ic3.gov/a?b=1، أو x@y.example.", ["ic3.gov/a?b=1", "x@y.example"]),
        ("13–17 سنة، 24/7، 7.5%، $5,000، 0:15", ["13–17", "24/7", "7.5%", "$5,000", "0:15"]),
        ("عند 988 Suicide & Crisis Lifeline: الآن", ["988 Suicide & Crisis Lifeline"]),
        # Two parts: what is between them follows the text.
        ("مركز Crime Center (IC3)", ["Crime Center", "IC3"]),
        ("FBI: 1-800-225-5324", ["FBI", "1-800-225-5324"]),
        ("مكتب الـFBI وال-FBI", ["FBI", "FBI"]),
        ("مركز \u2068Cedar School, No. 4\u2069 رقم 5", ["5"]),
        ("لا شيء هنا", []),
    ],
)
def test_numbers_addresses_and_names_are_found_as_wholes(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in left_to_right(text)] == found
