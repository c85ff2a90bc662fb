"""The manifest is read as it was written, also if an older version of the program wrote it."""

import json
from pathlib import Path

from pack.problems import Fault, Place, Problem, Severity
from preflight.findings import Finding, Rule
from press.manifest import NAME, Manifest, ManifestEntry, read_manifest, to_json

FINDING = Finding(
    Rule("page-contrast-enhanced", "WCAG 2.1, 1.4.6", Severity.WARNING),
    2,
    Fault("the contrast of the text “Call now…” is only 5.00:1", "Use a darker color."),
    "Call now, by day or by night",
    spot=(1.0, 2.0, 3.0, 4.0),
)
WARNING = Problem(
    Place(Path("pack.yaml"), 7, 3),
    "contacts",
    Fault("a placeholder", "Replace it."),
    Severity.WARNING,
)
ENTRY = ManifestEntry(
    "sheet", "sheet", "letter", "color", "standard", "f", "s", 9, 2, (11.0, 1.4, 1.0), (FINDING,)
)
MANIFEST = Manifest(entries={"sheet.pdf": ENTRY}, warnings=(WARNING,))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(to_json(MANIFEST))
    assert read_manifest(tmp_path) == MANIFEST
    assert read_manifest(tmp_path).warnings[0].severity is Severity.WARNING


def test_what_is_wrong_and_its_remedy_are_fields_like_the_others() -> None:
    data = json.loads(to_json(MANIFEST))
    (finding,) = data["artifacts"]["sheet.pdf"]["findings"]
    assert (finding["what"], finding["remedy"]) == FINDING.fault
    assert finding["subject"] == "Call now, by day or by night"
    (warning,) = data["warnings"]
    assert warning == {
        "place": {"file": "pack.yaml", "line": 7, "column": 3},
        "where": "contacts",
        "what": "a placeholder",
        "remedy": "Replace it.",
        "severity": "warning",
    }


def test_findings_without_a_subject_are_read(tmp_path: Path) -> None:
    data = json.loads(to_json(MANIFEST))
    del data["artifacts"]["sheet.pdf"]["findings"][0]["subject"]
    (tmp_path / NAME).write_text(json.dumps(data), "utf-8")
    (found,) = read_manifest(tmp_path).entries["sheet.pdf"].findings
    assert (found.fault, found.subject) == (FINDING.fault, "")
