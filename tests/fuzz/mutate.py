"""Changes that make a good file bad: of its bytes, of its XML, of the archive around it."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from random import Random

#: What stands where a number, a name or a color should be.
VALUES = (
    *("", " ", "0", "1", "-1", "-100%", "1e400", "1e400%", "NaN", "nan%", "inf", "0.1in", "3e9mm"),
    *("9223372036854775808", "-9223372036854775808", "99999999999999999999999", "2000000000"),
    *("abc", "true", "\u202e", "\ufffd", "../../../../etc/passwd", "https://x.invalid/a", "ZZZ1"),
    *("XFD1048576", "A0", "rId1", "rId99", "%s%n", "x" * 5000, "9" * 5000, "²", "１２"),
)

_ATTRIBUTE = re.compile(r'(?<=[\w:]=")[^"]*(?=")')
_ELEMENT = re.compile(r"<([\w:]+)( [^<>]*)?(/>|>)")


def of_bytes(random: Random, data: bytes) -> bytes:
    """The bytes with a few of them changed, lost, repeated, moved or added."""
    for _ in range(random.randint(1, 8)):
        at = random.randint(0, len(data))
        size = min(int(random.expovariate(0.05)) + 1, 4000)
        piece = data[at : at + size]
        match random.randrange(6):
            case 0:
                data = data[:at] + random.randbytes(len(piece)) + data[at + size :]
            case 1:
                data = data[:at] + data[at + size :]
            case 2:
                data = data[:at] + piece * random.randint(2, 50) + data[at:]
            case 3:
                data = (
                    data[:at]
                    + random.choice([b"\0", b"\xff\xfe", b"\r", b'"', b"&", b"<"])
                    + data[at:]
                )
            case 4 if random.random() < 0.3:
                data = data[:at]
            case _:
                other = random.randint(0, len(data))
                data = data[:at] + data[other : other + size] + data[at:]
    return data


def of_xml(random: Random, data: bytes) -> bytes:
    """XML with values, elements or its head changed."""
    text = data.decode("utf-8", errors="replace")
    match random.randrange(9):
        case 0 | 1 | 2 | 3:
            for _ in range(random.choice([1, 1, 2, 10])):
                text = _with_value(random, text)
        case 4:
            text = _without_element(random, text)
        case 5:
            text = _repeated(random, text)
        case 6:
            text = _nested(random, text)
        case 7:
            entity = random.choice(
                ['"&#38;lol;"', 'SYSTEM "file:///etc/passwd"', '"' + "x" * 9999 + '"']
            )
            head = f"<!DOCTYPE a [<!ENTITY b {entity}>]>"
            text = re.sub(r"(?=<[\w:]+[ >])", lambda _: head, text, count=1)
            text = text.replace('name="', 'name="&b;', 1)
        case _:
            return of_bytes(random, data)
    return text.encode("utf-8", errors="replace")


def _with_value(random: Random, text: str) -> str:
    found = list(_ATTRIBUTE.finditer(text))
    if not found:
        return text
    name = random.choice(found)
    # Often all values of this attribute: what inherits from others changes, too.
    if random.random() < 0.3:
        before = text[: name.start()].rpartition(" ")[2]
        value = random.choice(VALUES)
        return re.sub(rf"(?<= {re.escape(before)})[^\"]*", lambda _: value, text)
    return text[: name.start()] + random.choice(VALUES) + text[name.end() :]


def _without_element(random: Random, text: str) -> str:
    found = list(_ELEMENT.finditer(text))
    if not found:
        return text
    element = random.choice(found)
    end = element.end()
    if element[3] == ">":
        close = text.find(f"</{element[1]}>", end)
        end = close + len(element[1]) + 3 if close >= 0 else end
    return text[: element.start()] + text[end:]


def _repeated(random: Random, text: str) -> str:
    found = [one for one in _ELEMENT.finditer(text) if one[3] == "/>"]
    if not found:
        return text
    element = random.choice(found)
    times = random.choice([2, 100, 20_000])
    return text[: element.start()] + element[0] * times + text[element.end() :]


def _nested(random: Random, text: str) -> str:
    found = list(_ELEMENT.finditer(text))
    if not found:
        return text
    at, name = random.choice(found).start(), random.choice(found)[1]
    depth = random.choice([50, 300, 100_000])
    return text[:at] + f"<{name}>" * depth + f"</{name}>" * depth + text[at:]


def of_archive(random: Random, parts: dict[str, bytes]) -> bytes:
    """An archive of these parts with something wrong in a part, in its list, or in itself."""
    parts = dict(parts)
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        _change_parts(random, parts)
    packed = _zipped(parts)
    changes: list[Callable[[Random, bytes], bytes]] = [
        *(_of_headers, of_bytes, _with_bomb, _with_many, _with_twin)
    ]
    return random.choice(changes)(random, packed) if random.random() < 0.3 else packed


def _change_parts(random: Random, parts: dict[str, bytes]) -> None:
    names = list(parts)
    name = random.choice(names)
    match random.randrange(12):
        case 0:
            del parts[name]
        case 1:
            parts[random.choice(["/abs.xml", "../up.xml", "a\0b.xml", name.upper()])] = parts[name]
        case 2:
            parts[name] = parts[random.choice(names)]
        case 3:
            parts[name] = of_bytes(random, parts[name])
        case 4:
            chosen = random.choice([one for one in names if one.endswith(".rels")] or names)
            parts[chosen] = of_xml(random, parts[chosen])
        case _:
            parts[name] = of_xml(random, parts[name])


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def _of_headers(random: Random, data: bytes) -> bytes:
    """Headers that lie: about sizes, methods, checksums, flags."""
    changed = bytearray(data)
    mark, fields = random.choice(
        [(b"PK\1\2", (8, 10, 16, 20, 24, 42)), (b"PK\3\4", (6, 8, 14, 18, 22))]
    )
    places = [match.start() for match in re.finditer(re.escape(mark), data)]
    for _ in range(random.choice([1, 3])):
        at = random.choice(places) + random.choice(fields)
        value = random.choice([0, 1, 8, 9, 12, 14, 0xFFFF, 0xFFFFFFFF, random.getrandbits(32)])
        changed[at : at + 2] = struct.pack("<H", value & 0xFFFF)
        if random.random() < 0.5:
            changed[at + 2 : at + 4] = struct.pack("<H", value >> 16)
    return bytes(changed)


def _with_bomb(random: Random, data: bytes) -> bytes:
    """A member that unpacks to 400 MB, and may say that it has 1,000 bytes."""
    packer = zlib.compressobj(9, wbits=-15)
    whole = b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
    out = io.BytesIO(data)
    name = random.choice(
        ["docProps/app.xml", "ppt/media/image9.png", "xl/sharedStrings.xml", "x.xml"]
    )
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo(name)
        archive.writestr(info, whole)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.file_size = random.choice([1000, 400_000_000])
    return out.getvalue()


def _with_many(random: Random, data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(random.choice([100, 20_000])):
            archive.writestr(f"ppt/x{number}.xml", b"<a/>")
    return out.getvalue()


def _with_twin(random: Random, data: bytes) -> bytes:
    out = io.BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        name = random.choice(archive.namelist())
        archive.writestr(zipfile.ZipInfo(name), archive.read(name))
    return out.getvalue()
