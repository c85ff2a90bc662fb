"""The parts of an Office file and the relationships between them (ECMA-376, part 2)."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree


@dataclass(frozen=True)
class Relation:
    """A relationship: the last word of its type, and an address or the name of a part."""

    kind: str
    target: str
    outside: bool = False


class Package:
    """Reads and parses each part once. Raises `zipfile.BadZipFile` if the file is no package."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self._zip.namelist())
        self.read = cache(self._zip.read)
        self.xml = cache(self._parse)
        self.relations = cache(self._related)

    def _parse(self, name: str) -> Any:
        """A part's root element. Raises `KeyError` if it is missing."""
        return etree.fromstring(self.read(name))

    def _related(self, name: str) -> Mapping[str, Relation]:
        """A part's relationships by id; the package itself is the part ""."""
        folder, file = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        if listed not in self.names:
            return {}
        found = {}
        for one in self.xml(listed):
            target, outside = one.get("Target"), one.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
            found[one.get("Id")] = Relation(one.get("Type").rpartition("/")[2], target, outside)
        return found

    def related(self, name: str, kind: str) -> str:
        """The first related part of this kind; empty if there is none."""
        return next((one.target for one in self.relations(name).values() if one.kind == kind), "")
