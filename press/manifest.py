"""What is in a pack's output folder, and what it was made from: `manifest.json`.

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
    """A finished file: what it is, what it was made from, and the result.

    `step` is the text size in pt, the line height and the factor for spaces that copyfit chose.
    `findings` are the preflight warnings. `pictured` is true if a picture of its first page was
    made with it. `languages` are its two languages, if it is in two.
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
    languages: tuple[str, ...] = ()

    def row(self, path: Path, seconds: float = 0, reason: str = "") -> FileRow:
        """The file as a row of a build's table."""
        return FileRow(path, self.kind, self.pages, self.bytes, seconds, reason, self.step)


@dataclass(frozen=True)
class Manifest:
    """What a build made, and from what.

    `inputs` are the files that were read, `leaves` the values in the content, both as digests.
    `entries` are the artifacts by file name, `others` the digests of further files such as reports.
    `warnings` are those about the content itself, `words` the dictionary results for its words.
    `languages` are the tags of all languages that the page links, the content's own first; none if
    there is only that one.
    """

    program: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, ManifestEntry] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    warnings: Sequence[Problem] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    languages: Sequence[str] = ()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; an empty one if it is missing or unreadable."""
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
            languages=tuple(data.get("languages", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def to_json(manifest: Manifest) -> bytes:
    """The manifest as the bytes of its file."""
    data = {
        "version": _VERSION,
        "program": manifest.program,
        "inputs": dict(sorted(manifest.inputs.items())),
        "artifacts": {
            name: {**asdict(one), "findings": [_flat(finding) for finding in one.findings]}
            for name, one in manifest.entries.items()
        },
        "others": dict(sorted(manifest.others.items())),
        # Only the name of the content file: its folder may be somewhere else next time.
        "warnings": [
            _flat(replace(one, place=replace(one.place, file=one.place.file.name)))  # type: ignore[arg-type]
            for one in manifest.warnings
        ],
        "content": dict(manifest.leaves),
        "words": dict(manifest.words),
        "languages": list(manifest.languages),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _flat(record: Finding | Problem) -> dict[str, Any]:
    """A record's fields, with the fields of its fault at the same level."""
    data: dict[str, Any] = {}
    for name, value in asdict(record).items():
        data |= value._asdict() if isinstance(value, Fault) else {name: value}
    if isinstance(data.get("place"), dict) and not data["place"].get("name"):
        data["place"].pop("name", None)  # only places in tables have one
    data.pop("longest", None)  # only errors have them, and no manifest has errors
    return data


def _entry(data: Mapping[str, Any]) -> ManifestEntry:
    step = tuple(data["step"]) if data["step"] else None
    findings = tuple(_finding(one) for one in data["findings"])
    languages = tuple(data.get("languages", ()))
    return ManifestEntry(**{**data, "step": step, "findings": findings, "languages": languages})


def _finding(data: Mapping[str, Any]) -> Finding:
    rule = data["rule"]
    return Finding(
        Rule(rule["name"], rule["standard"], Severity(rule["severity"])),
        data["page"],
        Fault(data["what"], data["remedy"]),
        data.get("subject", ""),  # older manifests have none
        _place(data["place"]) if data["place"] else None,
        spot=tuple(data["spot"]) if data["spot"] else None,
    )


def _place(data: Mapping[str, Any]) -> Place:
    return Place(Path(data["file"]), data["line"], data["column"])


def _problem(data: Mapping[str, Any]) -> Problem:
    return Problem(
        _place(data["place"]),
        data["where"],
        Fault(data["what"], data["remedy"]),
        Severity(data["severity"]),
    )
