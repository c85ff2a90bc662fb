"""“Ready?”: what there is to do before release, and making everything from the browser.

The tests build on each other: a build takes seconds, and one is enough for all of them.
"""

import html
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from press.manifest import read_manifest
from tests.conftest import run_cli
from tests.studio.small_studio import SmallStudio, small_studio, snapshot

pytestmark = pytest.mark.usefixtures("earlier_steps")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStudio]:
    with small_studio(tmp_path_factory.mktemp("ready")) as one:
        yield one


def _change(studio: SmallStudio, path: list[str], old: str, new: str) -> None:
    place = "/".join(path)
    fields = {f"o:{place}": old, f"v:{place}": new, "place": "/".join(path[:1])}
    assert studio.post("change", **fields).status_code == 303


def test_release_is_refused_with_a_list_of_links_to_what_is_missing(studio: SmallStudio) -> None:
    answer = studio.post("ready", do="release")
    assert answer.status_code == 409
    assert "Not released." in answer.text
    assert "“https://publisher.example/” is a placeholder" in answer.text
    assert 'href="/p/water/edit/publisher#f-publisher-website"' in answer.text
    assert 'href="/p/water/edit/contacts/lessons#f-contacts-lessons-url"' in answer.text
    assert not studio.job()["running"]
    assert not studio.output.exists()


def test_buttons_work_without_the_script(studio: SmallStudio, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(studio.at("ready"))
    page.get_by_role("button", name="Release").click()
    assert page.get_by_role("alert").inner_text().startswith("Not released.")
    context.close()


def test_the_links_lead_to_the_fields(studio: SmallStudio) -> None:
    assert 'id="f-publisher-website"' in studio.page("edit/publisher")
    assert 'id="f-contacts-lessons-url"' in studio.page("edit/contacts/lessons")


def test_a_form_of_another_page_begins_nothing(studio: SmallStudio) -> None:
    for page in ("ready", "job/stop"):
        answer = studio.client.post(f"/p/water/{page}", data={"do": "make"})
        assert answer.status_code == 403
    assert not studio.job()["running"]


def test_a_build_makes_the_same_files_as_the_terminal(studio: SmallStudio, tmp_path: Path) -> None:
    assert studio.post("ready", do="make").status_code == 303
    studio.wait()
    page = studio.page("ready")
    assert "Everything is made" in page
    assert "2 files made" in page
    result = run_cli("build", studio.file, "--output", tmp_path)
    assert result.returncode == 0, result.stderr
    assert studio.snapshot() == snapshot(tmp_path / "water")


def test_what_was_made_is_given_out_as_it_is(studio: SmallStudio) -> None:
    made = studio.snapshot()
    page = studio.page("ready")
    for name in ("tip-sheet.pdf", "at-home.pdf"):
        assert f'href="/p/water/made/{name}"' in page
        answer = studio.client.get(f"/p/water/made/{name}")
        assert answer.content == made[name]
        assert answer.headers["content-disposition"].startswith("inline")
        saved = studio.client.get(f"/p/water/made/{name}?download")
        assert saved.headers["content-disposition"].startswith("attachment")
    assert str(studio.output / "water") in page
    with zipfile.ZipFile(io.BytesIO(studio.client.get("/p/water/made.zip").content)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    manifest = read_manifest(studio.output / "water")
    known = {*manifest.entries, *manifest.others}
    assert inside == {f"water/{name}": made[name] for name in known}


def test_only_files_that_a_manifest_names_are_given_out(studio: SmallStudio) -> None:
    (studio.output / "secret.pdf").write_bytes(b"%PDF-1.7 secret")
    (studio.output / "water" / "own.pdf").write_bytes(b"%PDF-1.7 secret")
    for name in (
        *("own.pdf", "..%2fsecret.pdf", "%2e%2e/secret.pdf", "x/../../secret.pdf"),
        *("manifest.json", "index.html", str(studio.output / "secret.pdf"), ""),
    ):
        answer = studio.client.get(f"/p/water/made/{name}")
        assert answer.status_code == 404, name
        assert b"secret" not in answer.content.replace(b"secret.pdf", b"")
    (studio.output / "water" / "own.pdf").unlink()


def test_a_file_that_somebody_changed_is_not_given_out_as_made(studio: SmallStudio) -> None:
    file = studio.output / "water" / "at-home.pdf"
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    answer = studio.client.get("/p/water/made/at-home.pdf")
    assert answer.status_code == 404
    assert "at-home.pdf was changed since it was made." in answer.text
    file.write_bytes(before)


def test_a_job_is_seen_by_all_and_stop_leaves_the_old_files_whole(studio: SmallStudio) -> None:
    before = studio.snapshot()
    text = studio.file.read_text("utf-8")
    studio.file.write_text(text.replace("Habits that protect", "Habits that help"), "utf-8")
    assert studio.post("ready", do="make").status_code == 303
    for page in ("ready", "schools"):
        assert "data-running" in studio.page(page)
    busy = studio.post("ready", do="make")
    assert busy.status_code == 409
    assert "Something is being made already." in busy.text
    assert studio.post("job/stop").headers["location"] == "/p/water/ready#job"
    studio.wait()
    page = studio.page("ready")
    assert '<h2 id="job-title" class="stopped">Stopped</h2>' in page
    assert studio.snapshot() == before
    assert not [one for one in studio.output.iterdir() if one.name.startswith(".")]


def test_unsaved_changes_are_told_and_can_be_saved_first(studio: SmallStudio) -> None:
    _change(studio, ["publisher", "name"], "Sample Publisher", "Sample Water Program")
    page = html.unescape(studio.page("ready"))
    assert "Changes that are not saved (1)" in page
    assert "Save and make everything" in page
    refused = studio.post("ready", do="release")
    assert refused.status_code == 409
    assert "Sample Water Program" not in studio.file.read_text("utf-8")
    # What is wrong besides is told after saving.
    assert studio.post("ready", do="save-release").status_code == 409
    assert "Sample Water Program" in studio.file.read_text("utf-8")
    assert "Changes that are not saved" not in studio.page("ready")


def test_errors_come_first_and_nothing_is_saved_with_them(studio: SmallStudio) -> None:
    before = studio.file.read_bytes()
    _change(studio, ["contacts", "lessons", "phone"], "303-555-0142", "12")
    page = studio.page("ready")
    first = page.index("“12” is not a phone number")
    assert 'href="/p/water/edit/contacts/lessons#f-contacts-lessons-phone"' in page
    answer = studio.post("ready", do="save-make")
    assert answer.status_code == 409
    assert "Not saved:" in answer.text
    assert studio.file.read_bytes() == before
    assert not studio.job()["running"]
    assert first < page.index("Make the files")
