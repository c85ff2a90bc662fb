"""Whatever a file contains, reading it gives a pack or problems that people can fix."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pack.errors import ContentError
from pack.load import placeholders, read_pack
from pack.model import Pack
from tests.fuzz.content import PIECES
from tests.pack.bad_packs import GOOD

LINES = GOOD.split("\n")


@st.composite
def spoiled_packs(draw: st.DrawFn) -> str:
    """The small valid pack with lines deleted, repeated, moved, indented or changed."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match draw(st.sampled_from(["lose", "double", "move", "indent", "value", "put", "text"])):
            case "lose":
                del lines[at]
            case "double":
                lines.insert(at, line)
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case "indent":
                lines[at] = " " * draw(st.integers(0, 6)) + line.lstrip()
            case "value":
                values = st.sampled_from(["", "[a]", "{a: b}", "[[]]", "{}", "[]", '""', "text"])
                lines[at] = f"{line.partition(':')[0]}: {draw(values)}"
            case "put":
                place = draw(st.integers(0, len(line)))
                lines[at] = line[:place] + draw(st.sampled_from(PIECES)) + line[place:]
            case _:
                place = draw(st.integers(0, len(line)))
                lines[at] = line[:place] + draw(st.text(max_size=5)) + line[place:]
    return "\n".join(lines)


def check(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pack.yaml"
        file.write_bytes(data)
        lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        try:
            pack = read_pack(file)
        except ContentError as error:
            assert error.problems
            for problem in error.problems:
                assert problem.place.file == file
                assert 1 <= problem.place.line <= lines
                assert problem.place.column >= 1
                assert problem.what
                assert problem.remedy
            assert list(error.problems) == sorted(error.problems)
            str(error).encode("utf-8")
        else:
            assert isinstance(pack, Pack)
            pack.model_dump_json()
            assert all(warning.what for warning in placeholders(pack))


@settings(max_examples=100, deadline=None)
@given(spoiled_packs())
def test_a_spoiled_pack_is_read_or_refused_with_problems(text: str) -> None:
    check(text.encode("utf-8"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_problems(data: bytes) -> None:
    check(data)
