"""Write PowerPoint files as ZIP (PKWARE's APPNOTE.TXT, 4.3), with the same bytes on any day."""

import datetime
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence

#: Pictures and videos are already compressed: deflating them takes long and saves nothing.
_COMPRESSED = (".png", ".jpg", ".jpeg", ".gif", ".mp4")


def record(name: str, data: bytes, date: datetime.date) -> bytes:
    """A member with its local header, deflated unless it is already compressed."""
    method, packed = 0, data
    if not name.lower().endswith(_COMPRESSED):
        method, packed = zlib.DEFLATED, _deflated(data)
    day = (date.year - 1980) << 9 | date.month << 5 | date.day
    encoded = name.encode()
    flags = 0 if name.isascii() else 0x800
    fields = (20, flags, method, 0, day, zlib.crc32(data), len(packed), len(data), len(encoded), 0)
    return b"PK\3\4" + struct.pack("<5H3L2H", *fields) + encoded + packed


def _deflated(data: bytes) -> bytes:
    # Clearing zlib's usual memory takes longer than deflating a small part, which needs less.
    window, memory = (13, 6) if len(data) <= 1 << 13 else (15, 8)
    deflate = zlib.compressobj(wbits=-window, memLevel=memory)
    return deflate.compress(data) + deflate.flush()


def entry(member: bytes, offset: int) -> bytes:
    """A member's entry in the directory; `offset` is where its record starts."""
    length = int.from_bytes(member[26:28], "little")
    place = struct.pack("<3HLL", 0, 0, 0, 0, offset)
    return b"PK\1\2\x14\0" + member[4:30] + place + member[30 : 30 + length]


def directory(members: Iterable[bytes], start: int = 0) -> bytes:
    """The entries of members that follow one another from `start`."""
    entries = []
    for member in members:
        entries.append(entry(member, start))
        start += len(member)
    return b"".join(entries)


def end(count: int, size: int, start: int) -> bytes:
    """The end of the file: the number of members, and the size and start of their directory."""
    return b"PK\5\6" + struct.pack("<4H2LH", 0, 0, count, count, size, start, 0)


def archive(members: Sequence[bytes]) -> bytes:
    """A whole file from the records of its members."""
    entries = directory(members)
    records = b"".join(members)
    return records + entries + end(len(members), len(entries), len(records))


def count_slides(deck: bytes) -> int:
    """How many slides a PPTX has."""
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        return sum(name.startswith("ppt/slides/slide") for name in package.namelist())
