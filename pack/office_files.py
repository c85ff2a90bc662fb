"""Office files from others (ECMA-376, part 2), checked before any library opens them.

A small archive can unpack to gigabytes, and a small part of XML can take as much once it is parsed.
So everything is unpacked once here, piece by piece, and counted: what an archive says about its own
sizes need not be true.
"""

import copy
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from pack.problems import Fault

#: The deepest nesting of elements. Drawings in groups have about 30 levels.
MAX_DEPTH = 200

_PIECE = 1 << 18
_TYPES = "[Content_Types].xml"
_AGAIN = "Open it in the program that made it, and save it again."
_PLAIN = "Save it in the current format, such as .pptx or .xlsx, without a password."


@dataclass(frozen=True)
class ArchiveLimits:
    """The most that is opened: the number of parts, and bytes of all parts unpacked.

    `xml` is for the bytes of all parts in XML, and `nodes` for all their elements and attributes;
    neither counts parts that are `streamed`, which are known by their content types.
    """

    unpacked: int
    xml: int
    nodes: int
    parts: int = 10_000
    streamed: tuple[str, ...] = ()


#: A PowerPoint file that is used as a template. Its slides, with their videos, are not needed.
TEMPLATE = ArchiveLimits(unpacked=150_000_000, xml=40_000_000, nodes=1_500_000)


class ArchiveError(Exception):
    """An Office file can't be opened; `fault` says why, and how to fix it."""

    def __init__(self, what: str, remedy: str = _AGAIN) -> None:
        super().__init__(what, remedy)
        self.fault = Fault(what, remedy)

    def __reduce__(self) -> tuple[type["ArchiveError"], tuple[str, str]]:
        return type(self), (self.fault.what, self.fault.remedy)


class XmlScanner:
    """Reads XML piece by piece without building anything, and refuses what would take too much.

    `nodes` counts elements and attributes so far. Subclasses see each element in `start`.
    """

    def __init__(self, most: int) -> None:
        self.nodes = 0
        self._most = most
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, piece: bytes) -> None:
        """Read on. Raises `ArchiveError`, and `expat.ExpatError` if it is not well-formed."""
        self._parser.Parse(piece, False)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Count an element that begins."""
        self.nodes += 1 + len(attributes)
        self._depth += 1
        if self.nodes > self._most or self._depth > MAX_DEPTH:
            raise ArchiveError("it has far more elements than any file that people make")

    def _end(self, tag: str) -> None:
        self._depth -= 1

    def _refuse_doctype(self, *_: object) -> NoReturn:
        # Not allowed in these files (ECMA-376, part 2, 8.1.4): it declares what is inserted.
        raise ArchiveError("it has a document type declaration, which Office files can't have")


#: Makes a scanner for a part that is streamed, from its name and its content type.
Scan = Callable[[str, str], XmlScanner | None]


def check_office_file(
    file: Path, limits: ArchiveLimits, scan: Scan = lambda *_: None
) -> frozenset[str]:
    """Unpack a whole Office file once, compare it with `limits`, and return its content types.

    `scan` gives scanners for the parts that are streamed. Raises `ArchiveError`, or
    `OSError` if the file can't be read.
    """
    _check_directory(file, limits.parts)
    found: set[str] = set()
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_names(members)
            types = _content_types(archive, limits)
            total = xml = nodes = 0
            for member in members:
                kind = types(member.filename)
                found.add(kind)
                streamed = kind in limits.streamed
                scanner = scan(member.filename, kind) if streamed else None
                if is_xml(member.filename, kind) and not streamed:
                    scanner = XmlScanner(limits.nodes - nodes)
                strict = scanner is not None and not streamed and kind != "application/xml"
                size = _read_through(archive, member, limits, total, scanner, strict)
                total += size
                if scanner and not streamed:
                    nodes, xml = nodes + scanner.nodes, xml + size
                if xml > limits.xml:
                    raise _too_large(limits.xml, "XML")
    except (ArchiveError, OSError):
        raise
    except Exception:  # zipfile raises all kinds of errors for damaged files
        raise ArchiveError("it is damaged, or not an Office file") from None
    return frozenset(found)


def is_xml(name: str, kind: str) -> bool:
    """Whether a part is XML, by its name and its content type; pictures are not."""
    if kind.startswith("image/"):
        return False
    return kind.endswith(("+xml", "/xml")) or name.lower().endswith((".xml", ".rels"))


def _check_directory(file: Path, most: int) -> None:
    """Refuse too many members before `zipfile` reads the list of them into memory."""
    count, rest = 0, b""
    with file.open("rb") as stream:
        if stream.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":  # MS-CFB, 2.2
            raise ArchiveError("it has a password, or is from an old version of Office", _PLAIN)
        while piece := stream.read(1 << 20):
            count += (rest + piece).count(b"PK\1\2")
            rest = piece[-3:]
    if count > most:
        raise ArchiveError(f"it has more than {most:,} parts")


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for member in members:
        # Programs disagree on which of two parts counts, and parts are the same in capitals.
        name = member.orig_filename.lower()
        if name in seen:
            raise ArchiveError(f"it has two parts with the name “{_shown(member)}”")
        seen.add(name)
        if name.startswith("/") or "\0" in name or "\\" in name or ".." in name.split("/"):
            raise ArchiveError(f"it has a part with an impossible name: “{_shown(member)}”")
        if member.flag_bits & 1:
            raise ArchiveError("it has a password", _PLAIN)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ArchiveError("it is compressed in a way that Office files can't be")


def _damaged(member: zipfile.ZipInfo) -> ArchiveError:
    return ArchiveError(f"its part “{_shown(member)}” is damaged")


def _shown(member: zipfile.ZipInfo) -> str:
    return "".join(char if char.isprintable() else "�" for char in member.orig_filename[:60])


def _content_types(archive: zipfile.ZipFile, limits: ArchiveLimits) -> Callable[[str], str]:
    """A function from a part's name to its content type (ECMA-376, part 2, 10.1.2.2)."""
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}

    class Types(XmlScanner):
        def start(self, tag: str, attributes: dict[str, str]) -> None:
            super().start(tag, attributes)
            found = {name.lower(): value for name, value in attributes.items()}
            kind = found.get("contenttype", "").lower()
            if "extension" in found:
                defaults[found["extension"].lower()] = kind
            elif "partname" in found:
                overrides[found["partname"].lower().lstrip("/")] = kind

    _read_through(archive, archive.getinfo(_TYPES), limits, 0, Types(limits.nodes), strict=True)

    def kind_of(name: str) -> str:
        name = name.lower()
        return overrides.get(name) or defaults.get(name.rpartition(".")[2], "")

    return kind_of


def _read_through(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    limits: ArchiveLimits,
    before: int,
    scanner: XmlScanner | None,
    strict: bool,
) -> int:
    """Unpack a member through a scanner, and return its size; `before` is that of others.

    If it is `strict`, what is not well-formed is refused.
    """
    size = check = 0
    for piece in _pieces(archive, member, limits.unpacked):
        size += len(piece)
        check = zlib.crc32(piece, check)
        if before + size > limits.unpacked:
            raise _too_large(limits.unpacked, "content")
        try:
            if scanner:
                scanner.feed(piece)
        except expat.ExpatError:
            if strict:
                raise _damaged(member) from None
            scanner = None  # whoever reads it will stop here, too
    if size != member.file_size or check != member.CRC:
        raise _damaged(member)
    return size


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """All that a member unpacks to, whatever size the archive says that it has."""
    whole = copy.copy(member)
    whole.file_size, whole.CRC = most + 1, None  # type: ignore[assignment]  # don't compare
    with archive.open(whole) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _too_large(most: int, what: str) -> ArchiveError:
    return ArchiveError(
        f"it has more than {most // 1_000_000:,} MB of {what}",
        "Remove what is not needed, such as large pictures and videos, and save it again.",
    )
