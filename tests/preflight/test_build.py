"""Preflight in a build: errors stop it, and findings are shown in three places."""

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from pack.load import read_pack
from pack.problems import Severity
from preflight.checks import as_problem
from preflight.report import Checked, to_html, to_json
from press.builders import PackBuilders, artifacts_of
from tests.conftest import CONTENT, Run
from tests.pack.bad_packs import accepted

PACK = read_pack(CONTENT)


def _report(folder: Path) -> dict[str, object]:
    report: dict[str, object] = json.loads((folder / "preflight.json").read_text("utf-8"))
    return report


def test_a_good_build_says_that_nothing_was_found(output: Path) -> None:
    report = _report(output)
    assert report["version"] == 1
    assert report["errors"] == 0
    shown = [one["what"] for one in report["content"]]  # type: ignore[attr-defined]
    assert shown and all("is a placeholder" in one for one in shown)
    listed = {one["file"]: one for one in report["artifacts"]}  # type: ignore[attr-defined]
    made = {file.name for file in output.iterdir() if file.suffix in (".pdf", ".pptx")}
    assert set(listed) == made
    assert all(one["findings"] == [] for one in listed.values())
    assert "Ready to print, with 6 warnings" in (output / "preflight.html").read_text("utf-8")


def test_a_finding_stops_the_build_and_names_the_line_and_the_old_files_stay(
    run: Run, tmp_path: Path
) -> None:
    """A topic that mentions suicide, on a page without the number."""
    text = CONTENT.read_text("utf-8")
    # One sheet is enough.
    good = text[: text.index("  - id: conversation-cards\n")] + text[text.index("\nlabels:\n") :]
    text = good.replace("    help_strip: [emergency, lifeline, fbi, take-it-down]", "")
    content = tmp_path / "sextortion.yaml"
    body = "This has led to an alarming number of deaths by suicide."
    assert body in text
    help_line = text.index("help: [lifeline]", text.index(body))
    text = text[:help_line] + text[help_line:].replace("help: [lifeline]", "help: [emergency]", 1)
    strip = "help_strip: [emergency, lifeline, fbi, take-it-down]"
    assert strip in text
    text = text.replace(strip, "help_strip: [emergency, fbi, take-it-down]")
    content.write_text(text, "utf-8")
    old = tmp_path / "out" / "sextortion" / "parent-tip-sheet.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    result = run("build", content, "--output", tmp_path / "out")
    assert result.returncode == 1
    assert "parent-tip-sheet.pdf, page 1: “suicide” is used here" in result.stderr
    assert "[help-beside]" in result.stderr
    assert "Traceback" not in result.stderr
    assert old.read_bytes() == b"old"
    shown = old.parent / "preflight.html"
    assert f"{shown} shows where. The output was not changed." in result.stderr
    report = shown.read_text("utf-8")
    assert "the build was stopped" in report
    assert _report(old.parent)["errors"]
    # The next build replaces the reports, and keeps only what is not ours.
    content.write_text(good, "utf-8")
    result = run("build", content, "--output", tmp_path / "out")
    assert result.returncode == 0, result.stderr
    kept = [file.name for file in old.parent.glob("*.kept-*")]
    assert kept == ["parent-tip-sheet.kept-1.pdf"]


@pytest.fixture
def broken(output: Path) -> Callable[[Callable[[pikepdf.Pdf], None]], bytes]:
    """The tip sheet, broken by a function."""

    def make(breaks: Callable[[pikepdf.Pdf], None]) -> bytes:
        import io

        out = io.BytesIO()
        with pikepdf.open(output / "parent-tip-sheet.pdf") as document:
            breaks(document)
            document.save(out)
        return out.getvalue()

    return make


def _shrink(document: pikepdf.Pdf) -> None:
    """Set the first paragraph of the first page in 9 pt."""
    page = document.pages[0]
    data = page.Contents.read_bytes()
    assert b" 14.666667 Tf" in data or b"Tf" in data
    page.Contents = document.make_stream(_smaller(data))


def _smaller(data: bytes) -> bytes:
    import re

    return re.sub(rb"(/\S+) 14\.66\d* Tf", rb"\1 9 Tf", data, count=30)


def test_a_finding_on_a_page_leads_to_its_line_and_is_pictured(
    broken: Callable[[Callable[[pikepdf.Pdf], None]], bytes],
) -> None:
    artifact = artifacts_of(PACK)[0]
    data = broken(_shrink)
    findings = tuple(PackBuilders(PACK).of(artifact).preflight(artifact, data))
    small = next(one for one in findings if one.rule.name == "page-type-size")
    assert small.page == 1 and small.spot
    problem = as_problem(PACK, artifact, small)
    assert problem.severity is Severity.ERROR
    lines = CONTENT.read_text("utf-8").splitlines()
    near = " ".join(lines[problem.place.line - 1 : problem.place.line + 6])
    quoted = small.what.split("“")[1].split("”")[0].split("…")[0]
    assert quoted.split()[0] in near
    one = Checked(artifact, data, 2, None, findings)
    page = to_html(PACK, [one], ()).decode()
    assert "data:image/png;base64," in page
    assert "page-type-size" in page
    (listed,) = json.loads(to_json(PACK, [one], ()))["artifacts"]
    assert listed["errors"] >= 1
    assert listed["findings"][0]["line"] > 1


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ""), ("es", ""), ("fr", ": reading level."), ("ar", ": reading level and spelling.")],
)
def test_the_report_says_what_is_not_checked_in_a_language(
    tmp_path: Path, language: str, told: str
) -> None:
    pack = accepted(tmp_path, ("language: en", f"language: {language}"))
    page = to_html(pack, [], ()).decode()
    assert ("Not checked in this language" in page) == bool(told)
    assert told in page
