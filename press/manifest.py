"""What lies in a pack's output folder, and what it was made from: `manifest.json`.

docs/manifest.md explains its fields.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pack.problems import Fault, Place, Problem, Severity
from preflight.findings import Finding, Rule
from press.options import FileRow

NAME = "manifest.json"
_VERSION = 1


@dataclass(frozen=True)
class ManifestEntry:
    """A finished file: what it is, what it was made from, and how it came out.

    `step` is the size of text in pt, its line height and the factor for spaces that copyfit
    chose; `findings` are the warnings of preflight; `pictured` says whether its first page was
    drawn with it.
    """

    id: str
    kind: str
    paper: str
    ink: str
    size: str
    fingerprint: str
    sha256: str
    bytes: int
    pages: int
    step: tuple[float, float, float] | None = None
    findings: tuple[Finding, ...] = ()
    pictured: bool = False

    def row(self, path: Path, seconds: float = 0, reason: str = "") -> FileRow:
        """The file as a line of a build's table."""
        return FileRow(path, self.kind, self.pages, self.bytes, seconds, reason, self.step)


@dataclass(frozen=True)
class Manifest:
    """`inputs` are the files that were read, `leaves` the content's values, both as digests.

    `entries` are the artifacts by file name; `others` the digests of further files, such as
    reports. `warnings` are those of the content itself, `words` is what dictionaries said of its
    words.
    """

    program: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, ManifestEntry] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    warnings: Sequence[Problem] = ()
    words: Mapping[str, Any] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; an empty one if there is none that can be read."""
    try:
        data = json.loads((folder / NAME).read_text("utf-8"))
        if data["version"] != _VERSION:
            return Manifest()
        return Manifest(
            program=data["program"],
            inputs=data["inputs"],
            leaves=data["content"],
            entries={name: _entry(one) for name, one in data["artifacts"].items()},
            others=data["others"],
            warnings=tuple(_problem(one) for one in data["warnings"]),
            words=data.get("words", {}),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def to_json(manifest: Manifest) -> bytes:
    """The manifest as it is written."""
    data = {
        "version": _VERSION,
        "program": manifest.program,
        "inputs": dict(sorted(manifest.inputs.items())),
        "artifacts": {
            name: {**asdict(one), "findings": [_flat(finding) for finding in one.findings]}
            for name, one in manifest.entries.items()
        },
        "others": dict(sorted(manifest.others.items())),
        # Of the content file the name alone: the folder may lie elsewhere another time.
        "warnings": [
            _flat(replace(one, place=replace(one.place, file=one.place.file.name)))  # type: ignore[arg-type]
            for one in manifest.warnings
        ],
        "content": dict(manifest.leaves),
        "words": dict(manifest.words),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _flat(record: Finding | Problem) -> dict[str, Any]:
    """A record's fields, with those of its fault among them."""
    data: dict[str, Any] = {}
    for name, value in asdict(record).items():
        data |= value._asdict() if isinstance(value, Fault) else {name: value}
    return data


def _entry(data: Mapping[str, Any]) -> ManifestEntry:
    step = tuple(data["step"]) if data["step"] else None
    findings = tuple(_finding(one) for one in data["findings"])
    return ManifestEntry(**{**data, "step": step, "findings": findings})


def _finding(data: Mapping[str, Any]) -> Finding:
    rule = data["rule"]
    return Finding(
        Rule(rule["name"], rule["standard"], Severity(rule["severity"])),
        data["page"],
        Fault(data["what"], data["remedy"]),
        data.get("subject", ""),  # earlier manifests have none
        spot=tuple(data["spot"]) if data["spot"] else None,
    )


def _problem(data: Mapping[str, Any]) -> Problem:
    place = data["place"]
    return Problem(
        Place(Path(place["file"]), place["line"], place["column"]),
        data["where"],
        Fault(data["what"], data["remedy"]),
        Severity(data["severity"]),
    )
