"""What all schools' versions of a sheet share, as the start of a PDF file."""

import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass

from pikepdf import Name, Object, Pdf, Stream

from schools.stamp.xobjects import stream

_REFERENCE = re.compile(rb"(\d+) 0 R\b")


@dataclass(frozen=True)
class Packed:
    """The bytes, and the offset of their cross-references; `size` is the first free object number.

    `trailer` are the entries for the document's catalog and its information, `text` is the whole
    content without compression.
    """

    data: bytes
    start: int
    size: int
    trailer: bytes
    text: bytes


def pack(document: Pdf, without: Collection[int]) -> Packed:
    """Everything that is reachable from a document's catalog, without some objects.

    Streams are separate, all other objects are in one compressed stream (ISO 32000-1, 7.5.7).
    """
    trailer = b"".join(
        b"%s %s" % (name.encode(), document.trailer[name].unparse())
        for name in ("/Root", "/Info")
        if name in document.trailer
    )
    known = {one.objgen[0]: one for one in document.objects if one.objgen[1] == 0}
    bodies: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    texts: list[bytes] = []
    waiting = _references(trailer)
    while waiting:
        number = waiting.pop()
        if number in bodies or number in streams or number not in known:
            continue
        one = known[number]
        if number in without:
            waiting += _references(_head(one))
            bodies[number] = b""
        elif isinstance(one, Stream):
            if one.get("/Subtype") != Name.Image:
                texts.append(one.read_bytes())
            head, raw = _stream(one)
            texts.append(head)
            waiting += _references(head)
            streams[number] = b"%s\nstream\n%s\nendstream" % (head, raw)
        else:
            bodies[number] = one.unparse(resolved=True)
            waiting += _references(bodies[number])
    bodies = {number: body for number, body in bodies.items() if number not in without}
    return _joined(streams, bodies, trailer, max(known) + 1, b"\n".join([*texts, *bodies.values()]))


def _joined(
    streams: dict[int, bytes], bodies: dict[int, bytes], trailer: bytes, free: int, text: bytes
) -> Packed:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    #: The fields of each object's cross-reference: kind, place, index.
    entries: dict[int, tuple[int, int, int]] = {}
    for number, data in sorted(streams.items()):
        entries[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    index, joined = [], bytearray()
    for at, (number, body) in enumerate(sorted(bodies.items())):
        entries[number] = (2, free, at)
        index.append(b"%d %d" % (number, len(joined)))
        joined += body + b"\n"
    first = b" ".join(index) + b"\n"
    head = b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(first))
    entries[free] = (1, len(out), 0)
    out += b"%d 0 obj\n%s\nendobj\n" % (free, stream(head, first + bytes(joined)))
    start = len(out)
    entries[free + 1] = (1, start, 0)
    fields = b"".join(
        bytes([kind]) + place.to_bytes(4) + at.to_bytes(2)
        for _, (kind, place, at) in sorted(entries.items())
    )
    head = b"/Type/XRef/Size %d/W[1 4 2]/Index[%s]%s" % (free + 2, _ranges(entries), trailer)
    out += b"%d 0 obj\n%s\nendobj\n" % (free + 1, stream(head, fields))
    return Packed(bytes(out), start, free + 2, trailer, text)


def _ranges(numbers: Collection[int]) -> bytes:
    """Numbers as pairs: the first number of a run, and the length of the run."""
    pairs: list[list[int]] = []
    for number in sorted(numbers):
        if pairs and sum(pairs[-1]) == number:
            pairs[-1][1] += 1
        else:
            pairs.append([number, 1])
    return b" ".join(b"%d %d" % tuple(pair) for pair in pairs)


def _head(one: Object) -> bytes:
    return one.stream_dict.unparse() if isinstance(one, Stream) else one.unparse(resolved=True)


def _stream(one: Stream) -> tuple[bytes, bytes]:
    """A stream's dictionary and its data, compressed if they were not."""
    raw, head = one.read_raw_bytes(), one.stream_dict
    if Name.Filter not in head:
        raw = zlib.compress(raw, 9)
        head[Name.Filter] = Name.FlateDecode
    head[Name.Length] = len(raw)
    return head.unparse(), raw


def _references(text: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(text)]
