"""What preflight found, for people (`preflight.html`) and for programs (`preflight.json`).

The JSON is documented in docs/preflight.md and stays as it is: fields may be added, none changes.
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
from pack.problems import Problem, Severity
from pack.theme import Setting, load_theme
from preflight.checks import place_of
from preflight.findings import Finding, Spot

#: What is shown around a spot, in pt, and how large, in pixels for each pt.
_AROUND, _SCALE = 36.0, 2.0


@dataclass(frozen=True)
class Checked:
    """An artifact: its bytes, how long it is, the step of copyfit, and what was found."""

    artifact: Artifact
    data: bytes
    pages: int
    step: Setting | None
    findings: tuple[Finding, ...]


def to_json(pack: Pack, checked: Sequence[Checked], words: Sequence[Problem]) -> bytes:
    """The report as JSON, version 1; `words` are the problems of the content itself."""
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
                "line": problem.place.line,
                "column": problem.place.column,
                "where": problem.where,
                "what": problem.what,
                "remedy": problem.remedy,
            }
            for problem in words
        ],
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def to_html(pack: Pack, checked: Sequence[Checked], words: Sequence[Problem]) -> bytes:
    """The report as a page by itself, with a picture of each spot that was found in a PDF."""
    from pack.templates import environment

    page = (
        environment("preflight")
        .get_template("preflight.html.j2")
        .render(
            pack=pack,
            checked=[(one, list(_shown(pack, one))) for one in checked],
            errors=sum(_counts(one)["errors"] for one in checked),
            warnings=sum(_counts(one)["warnings"] for one in checked) + len(words),
            words=words,
        )
    )
    return page.encode()


def _counts(one: Checked) -> dict[str, int]:
    errors = sum(finding.rule.severity is Severity.ERROR for finding in one.findings)
    return {"errors": errors, "warnings": len(one.findings) - errors}


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
        "line": place.line,
        "column": place.column,
    }


def _shown(pack: Pack, one: Checked) -> Iterator[dict[str, Any]]:
    """The findings of an artifact as the page shows them."""
    for finding in one.findings:
        shown = _finding(pack, one.artifact, finding)
        if finding.spot and finding.page and one.artifact.format == "pdf":
            shown["picture"] = b64encode(_picture(one.data, finding.page, finding.spot)).decode()
        yield shown


def _picture(data: bytes, page: int, spot: Spot) -> bytes:
    """The surroundings of a spot as PNG, with a frame around it."""
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
