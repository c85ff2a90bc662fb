"""Office files that attack are refused before a library opens them."""

import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from pack.office_files import MAX_DEPTH, ArchiveError, ArchiveLimits, check_office_file

LIMITS = ArchiveLimits(unpacked=3_000_000, xml=1_000_000, nodes=20_000, parts=50)
TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="xml" ContentType="application/xml"/>'
    b'<Default Extension="png" ContentType="image/png"/>'
    b'<Override PartName="/main.xml" ContentType="application/vnd.test.main+xml"/>'
    b'<Override PartName="/hidden.png" ContentType="application/vnd.test.hidden+xml"/></Types>'
)
GOOD = {"[Content_Types].xml": TYPES, "main.xml": b"<a/>", "image.png": b"\x89PNG"}


def _file(folder: Path, parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    file = folder / "file.pptx"
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


def _refused(file: Path, limits: ArchiveLimits = LIMITS) -> str:
    with pytest.raises(ArchiveError) as caught:
        check_office_file(file, limits)
    assert caught.value.fault.remedy
    return caught.value.fault.what


def test_a_good_file_is_opened_and_its_content_types_are_known(tmp_path: Path) -> None:
    found = check_office_file(_file(tmp_path, GOOD), LIMITS)
    assert found >= {"application/vnd.test.main+xml", "image/png"}


@pytest.mark.parametrize(
    ("part", "data", "what"),
    [
        ("main.xml", b"<a>" * 300 + b"</a>" * 300, "far more elements"),
        ("main.xml", b"<a>" + b"<b/>" * 30_000 + b"</a>", "far more elements"),
        ("main.xml", b"<a>" + b'<b c="" d="" e=""/>' * 9000 + b"</a>", "far more elements"),
        ("main.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type declaration"),
        ("hidden.png", b"<!DOCTYPE a><a/>", "document type declaration"),
        ("main.xml", b"<a>" + b" " * 1_500_000 + b"</a>", "more than 1 MB of XML"),
        ("image.png", b"\0" * 4_000_000, "more than 3 MB of content"),
        ("main.xml", b"<a></b>", "“main.xml” is damaged"),
        ("main.xml", b'<?xml version="1.0" encoding="ebcdic-cp-us"?><a/>', "damaged"),
        ("/abs.xml", b"<a/>", "impossible name"),
        ("a/../../b.xml", b"<a/>", "impossible name"),
        ("MAIN.xml", b"<a/>", "two parts with the name"),
    ],
)
def test_what_is_wrong_with_a_part_is_said(
    part: str, data: bytes, what: str, tmp_path: Path
) -> None:
    assert what in _refused(_file(tmp_path, {**GOOD, part: data}))


def test_elements_may_be_as_deep_as_the_limit(tmp_path: Path) -> None:
    data = b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH
    check_office_file(_file(tmp_path, {**GOOD, "main.xml": data}), LIMITS)


def test_an_svg_picture_may_have_a_document_type(tmp_path: Path) -> None:
    svg = b'<Default Extension="svg" ContentType="image/svg+xml"/></Types>'
    types = TYPES.replace(b"</Types>", svg)
    parts = {**GOOD, "[Content_Types].xml": types, "logo.svg": b"<!DOCTYPE svg><svg/>"}
    check_office_file(_file(tmp_path, parts), LIMITS)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_refused(method: int, tmp_path: Path) -> None:
    assert "compressed in a way" in _refused(_file(tmp_path, GOOD, method))


def test_a_size_that_is_not_true_is_found_out(tmp_path: Path) -> None:
    """A part may say that it has 4 bytes, and unpack to gigabytes."""
    file = _file(tmp_path, {**GOOD, "image.png": b"\0" * 2_000_000})
    data = file.read_bytes()
    assert data.count(struct.pack("<L", 2_000_000)) == 2
    file.write_bytes(data.replace(struct.pack("<L", 2_000_000), struct.pack("<L", 4)))
    assert "“image.png” is damaged" in _refused(file)


def test_a_bomb_is_left_as_soon_as_it_is_too_large(tmp_path: Path) -> None:
    file = _file(tmp_path, {**GOOD, "a.png": b"\0" * 2_000_000, "b.png": b"\0" * 2_000_000})
    assert "MB of content" in _refused(file)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    parts = {f"{number}.xml": b"<a/>" for number in range(60)}
    assert "more than 50 parts" in _refused(_file(tmp_path, {**GOOD, **parts}))


def test_a_part_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    file = _file(tmp_path, GOOD)
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("main.xml", b"<b/>")
    assert "two parts with the name “main.xml”" in _refused(file)


def test_files_with_a_password_are_refused(tmp_path: Path) -> None:
    file = _file(tmp_path, GOOD)
    data = bytearray(file.read_bytes())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + flags] |= 1
    file.write_bytes(bytes(data))
    assert "password" in _refused(file)
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "password" in _refused(file)


@pytest.mark.parametrize("data", [b"", b"Dear parents", b"PK\3\4", b"PK\5\6" + bytes(18)])
def test_what_is_no_archive_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file.pptx"
    file.write_bytes(data)
    assert "not an Office file" in _refused(file)


def test_an_archive_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = _file(tmp_path, GOOD).read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / "cut.pptx").write_bytes(whole[:length])
        _refused(tmp_path / "cut.pptx")


def test_names_with_a_null_byte_are_refused(tmp_path: Path) -> None:
    file = _file(tmp_path, {**GOOD, "nul-x.xml": b"<a/>"})
    file.write_bytes(file.read_bytes().replace(b"nul-x.xml", b"nul\0x.xml"))
    assert "impossible name" in _refused(file)
