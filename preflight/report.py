"""The preflight reports, for people (`preflight.html`) and for programs (`preflight.json`).

docs/preflight.md documents the JSON. Fields may be added to it, but none may change.
"""

import io
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pack import __version__
from pack.artifacts import Artifact
from pack.hashing import sha256_of_bytes
from pack.model import Pack
from pack.problems import Place, Problem, Severity
from pack.theme import Setting, load_theme
from preflight.checks import place_of
from preflight.findings import Finding, Spot
from preflight.language.dictionary import Dictionary
from preflight.language.reading_measures import measure_of

#: How much to show around a spot, in pt, and the scale in pixels per pt.
_AROUND, _SCALE = 36.0, 2.0


@dataclass(frozen=True)
class Checked:
    """An artifact: its bytes, its page count, the setting that copyfit chose, and the findings."""

    artifact: Artifact
    data: bytes
    pages: int
    step: Setting | None
    findings: tuple[Finding, ...]


def to_json(pack: Pack, checked: Sequence[Checked], content_problems: Sequence[Problem]) -> bytes:
    """The report as JSON, version 1; `content_problems` are problems in the content file."""
    report = {
        "version": 1,
        "program": __version__,
        "pack": pack.origin.file.name,
        "errors": sum(one["errors"] for one in map(_counts, checked)),
        "artifacts": [
            {
                "file": one.artifact.file,
                "kind": one.artifact.kind,
                "paper": one.artifact.edition.paper,
                "ink": one.artifact.edition.ink,
                "size": one.artifact.edition.size,
                "languages": one.artifact.edition.languages,
                "sha256": sha256_of_bytes(one.data),
                "pages": one.pages,
                "text_pt": one.step and one.step.text,
                "leading_pt": one.step and round(one.step.line, 2),
                **_counts(one),
                "findings": [_finding(pack, one.artifact, finding) for finding in one.findings],
            }
            for one in checked
        ],
        "content": [
            {
                "severity": str(problem.severity),
                **_file(pack, problem.place),
                "line": problem.place.line,
                "column": problem.place.column,
                "where": problem.where,
                "what": problem.what,
                "remedy": problem.remedy,
            }
            for problem in content_problems
        ],
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def to_html(pack: Pack, checked: Sequence[Checked], content_problems: Sequence[Problem]) -> bytes:
    """The report as a standalone page, with a picture of each spot found in a PDF."""
    from pack.templates import environment

    page = (
        environment("preflight")
        .get_template("preflight.html.j2")
        .render(
            pack=pack,
            checked=[(one, list(_shown(pack, one))) for one in checked],
            errors=sum(_counts(one)["errors"] for one in checked),
            warnings=sum(_counts(one)["warnings"] for one in checked) + len(content_problems),
            content_problems=content_problems,
            unchecked=" and ".join(_unchecked(pack.about.language)),
        )
    )
    return page.encode()


def _unchecked(language: str) -> Iterator[str]:
    """What can't be checked in a language."""
    if measure_of(language) is None:
        yield "reading level"
    if not Dictionary.exists(language):
        yield "spelling"


def _counts(one: Checked) -> dict[str, int]:
    errors = sum(finding.rule.severity is Severity.ERROR for finding in one.findings)
    return {"errors": errors, "warnings": len(one.findings) - errors}


def _file(pack: Pack, place: Place) -> dict[str, str]:
    """The name of the file of a place, if it is not the content file."""
    return {} if place.file == pack.origin.file else {"file": place.file.name}


def _finding(pack: Pack, artifact: Artifact, finding: Finding) -> dict[str, Any]:
    place = place_of(pack, artifact, finding)
    return {
        "severity": str(finding.rule.severity),
        "rule": finding.rule.name,
        "standard": finding.rule.standard,
        "page": finding.page,
        "spot_pt": [round(length, 1) for length in finding.spot] if finding.spot else None,
        "what": finding.what,
        "remedy": finding.remedy,
        **_file(pack, place),
        "line": place.line,
        "column": place.column,
    }


def _shown(pack: Pack, one: Checked) -> Iterator[dict[str, Any]]:
    """An artifact's findings, ready for the page."""
    for finding in one.findings:
        shown = _finding(pack, one.artifact, finding)
        if finding.spot and finding.page and one.artifact.format == "pdf":
            shown["picture"] = b64encode(_picture(one.data, finding.page, finding.spot)).decode()
        yield shown


def _picture(data: bytes, page: int, spot: Spot) -> bytes:
    """The area around a spot as PNG, with a frame around the spot."""
    import pypdfium2
    from PIL import ImageDraw

    with pypdfium2.PdfDocument(data) as document:
        image = document[page - 1].render(scale=_SCALE).to_pil().convert("RGB")
    left, top, right, bottom = (round(length * _SCALE) for length in spot)
    frame = (left - 4, top - 4, right + 4, bottom + 4)
    ImageDraw.Draw(image).rectangle(frame, outline=load_theme().colors["warm"], width=3)
    around = round(_AROUND * _SCALE)
    box = (
        max(left - around, 0),
        max(top - around, 0),
        min(right + around, image.width),
        min(bottom + around, image.height),
    )
    out = io.BytesIO()
    image.crop(box).save(out, "PNG")
    return out.getvalue()
