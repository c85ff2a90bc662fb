"""Schools in several languages: each has its materials in all of its own, with pages that link."""

import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from pack.artifacts import pack_name
from pack.items import School
from pack.load import read_pack
from pack.problems import Place
from press.builders import artifacts_of
from press.languages import in_languages
from press.options import BuildOptions
from schools.bases import BaseSet
from schools.download_pages import make_site
from schools.school_files import SchoolTask, SchoolVersion, WorkOrder, make
from schools.specimen import profile_of
from schools.storage import ASSETS, FolderStorage
from schools.thumbnails import keep
from tests.conftest import run_cli
from tests.languages.made_up import (
    approve_all,
    start_in_spanish,
    translate_all,
    translated,
    write_translation,
)
from tests.tools import pdf
from tests.tools.builds import Build, builds_in

ROWS = {
    "oak": "Sample Oak School,en; es",
    "elm": "Sample Elm School,",
    "fir": "Sample Fir School,Español and English",
    "ash": "Sample Ash School,Spanish",
}
PO = "content/translations/reading/es.po"
DRAFT = "Borrador, sin revisar"


def write_list(folder: Path, rows: Mapping[str, str] = ROWS) -> None:
    lines = [f"{id},{row},Sample office" for id, row in rows.items()]
    (folder / "schools.csv").write_text("\n".join(["id,name,language,contact", *lines, ""]))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small pack, all of it in Spanish, and what was made of it for a list of schools."""
    folder = tmp_path_factory.mktemp("languages")
    start_in_spanish(folder / "content")
    write_list(folder)
    result = run_cli("build", "--schools", "schools.csv", folder=folder)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("4 schools made, 12 files, in ")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return shutil.copytree(made, tmp_path / "district")


@pytest.fixture
def build(folder: Path) -> Build:
    return builds_in(folder, "--schools", "schools.csv")


def schools(folder: Path) -> Path:
    return folder / "output" / "reading" / "schools"


def files(folder: Path, id: str) -> dict[str, bytes]:
    """A school's files by name."""
    own = schools(folder) / id
    found = (file for file in own.rglob("*") if file.is_file())
    return {file.relative_to(own).as_posix(): file.read_bytes() for file in found}


def language_of(file: Path) -> str:
    with pikepdf.open(file) as document:
        return str(document.Root.Lang)


def links(page: Path) -> dict[str, str]:
    """The addresses that a page leads to in other languages, by language."""
    text = page.read_text("utf-8")
    found = re.findall(r'<a href="([^"]+)" lang="([^"]+)" hreflang', text)
    return {language: address for address, language in found}


def test_the_first_language_is_in_the_school_s_folder_and_others_in_folders_below(
    made: Path,
) -> None:
    languages = {
        file.relative_to(schools(made)).parent.as_posix(): language_of(file)
        for file in schools(made).rglob("*.pdf")
    }
    expected = {"oak": "en", "oak/es": "es", "elm": "en", "fir": "es", "fir/en": "en", "ash": "es"}
    assert languages == expected


def test_in_each_language_a_file_has_the_words_of_its_language_and_the_school_s_name(
    made: Path,
) -> None:
    file = schools(made) / "oak" / "es" / "tip-sheet.pdf"
    text = pdf.text(file)
    for words in ("Sample Oak School", translated("Learn more"), DRAFT):
        assert words in text
    assert "qzx" not in text.lower()
    assert DRAFT not in pdf.text(schools(made) / "oak" / "tip-sheet.pdf")
    assert files(made, "oak")["es/slides.pptx"] != files(made, "oak")["slides.pptx"]


def test_in_each_language_files_are_stamped(made: Path) -> None:
    journal = json.loads((schools(made) / "schools.json").read_text("utf-8"))
    assert [one["laid_out"] for one in journal["schools"]] == [[]] * 4


def test_pages_link_the_school_s_other_languages_and_only_those(made: Path) -> None:
    pages = {"oak": {"es": "es/"}, "oak/es": {"en": "../"}, "elm": {}, "ash": {}}
    pages |= {"fir": {"en": "en/"}, "fir/en": {"es": "../"}}
    for own, expected in pages.items():
        for name in ("index.html", "accessibility.html"):
            page = schools(made) / own / name
            assert links(page) == {tag: f"{at}{name}" for tag, at in expected.items()}
            for address in links(page).values():
                assert (page.parent / address).is_file()
    assert ">Español</a>" in (schools(made) / "oak" / "index.html").read_text("utf-8")


def test_a_page_loads_only_what_is_in_its_folder(made: Path) -> None:
    for page in schools(made).glob("[a-z]*/**/*.html"):
        for address in re.findall(r'(?:src|href)="([^"#:]+)"', page.read_text("utf-8")):
            assert (page.parent / address).is_file(), (page, address)


def test_the_same_build_again_makes_nothing(build: Build) -> None:
    assert build().stdout.startswith("0 schools made, 0 files, 4 kept, in ")


def test_a_language_that_a_school_no_longer_has_goes_but_for_somebody_s_own_files(
    folder: Path, build: Build
) -> None:
    (schools(folder) / "fir" / "en" / "letter.txt").write_text("Dear parents")
    write_list(folder, ROWS | {"oak": "Sample Oak School,en", "fir": "Sample Fir School,es"})
    result = build()
    assert result.stdout.startswith("2 schools made, 4 files, 2 kept, in ")
    assert "kept because" not in result.stderr
    assert files(folder, "oak").keys() == files(folder, "elm").keys()
    assert not (schools(folder) / "oak" / "es").exists()
    assert files(folder, "fir").keys() == {*files(folder, "ash"), "en/letter.txt"}
    assert links(schools(folder) / "oak" / "index.html") == {}


def test_a_language_may_come_and_take_the_first_place(folder: Path, build: Build) -> None:
    before = files(folder, "fir")
    changed = {"oak": "Sample Oak School,es; en", "elm": "Sample Elm School,es; en"}
    write_list(folder, ROWS | changed)
    result = build()
    assert result.stdout.startswith("2 schools made, 8 files, 2 kept, in ")
    assert "kept because" not in result.stderr
    for id in ("oak", "elm"):
        assert files(folder, id).keys() == before.keys()
        assert language_of(schools(folder) / id / "tip-sheet.pdf") == "es"
        assert language_of(schools(folder) / id / "en" / "tip-sheet.pdf") == "en"


def test_only_one_language_can_be_made_and_the_others_stay(folder: Path, build: Build) -> None:
    write_list(folder, {id: row.replace("Sample", "Example") for id, row in ROWS.items()})
    before = {id: files(folder, id) for id in ROWS}
    result = build("--language", "es")
    assert result.stdout.startswith("3 schools made, 6 files, 1 kept, in "), result.stderr
    assert files(folder, "elm") == before["elm"]
    after = files(folder, "oak")
    assert after.keys() == before["oak"].keys()
    changed = {name for name, data in after.items() if data != before["oak"][name]}
    assert changed == {f"es/{name}" for name in ("index.html", "tip-sheet.pdf", "slides.pptx")}
    assert links(schools(folder) / "oak/es/index.html") == {"en": "../index.html"}
    # What is not asked for is made by the next whole build.
    assert build().stdout.startswith("3 schools made, 10 files, 1 kept, in ")
    assert b"Example Oak School" in files(folder, "oak")["index.html"]


def test_a_language_that_is_not_ready_is_told_at_each_row_that_names_it(
    folder: Path, build: Build
) -> None:
    write_translation(folder / "content" / "reading.yaml", "handouts/tip-sheet/lead", "")
    before = {id: files(folder, id) for id in ROWS}
    refused = build()
    assert refused.returncode == 1
    told = [line for line in refused.stderr.splitlines() if line.startswith("error:")]
    assert [re.sub(r"of \d+", "of N", line) for line in told] == [
        f"error: schools.csv, line {line}, column “language”: {id}: "
        "Spanish is not built: of N texts, 1 missing"
        for line, id in ((2, "oak"), (4, "fir"), (5, "ash"))
    ]
    assert "make the others with --language en" in refused.stderr
    assert {id: files(folder, id) for id in ROWS} == before

    skipped = build("--skip-bad-rows", "--force")
    assert skipped.returncode == 1
    assert skipped.stdout.startswith("1 school made, 2 files, in ")
    english = build("--language", "en", "--force")
    assert english.returncode == 0, english.stderr
    assert english.stdout.startswith("3 schools made, 6 files, 1 kept, in ")
    drafts = build("--drafts")
    assert drafts.returncode == 0, drafts.stderr
    assert "Spanish is a draft: of " in drafts.stderr
    assert drafts.stdout.startswith("3 schools made, 10 files, 1 kept, in ")


def test_a_release_is_refused_if_a_school_has_a_draft(folder: Path, build: Build) -> None:
    content = folder / "content" / "reading.yaml"
    content.write_text(content.read_text("utf-8").replace(".example", ".gov"), "utf-8")
    translate_all(content)
    refused = build("--release")
    assert refused.returncode == 5
    assert "nobody has approved this translation" in refused.stderr
    assert build("--release", "--language", "en").returncode == 0
    # What is released leads nobody to what is not.
    assert links(schools(folder) / "oak" / "index.html") == {}
    approve_all(content)
    released = build("--release")
    assert released.returncode == 0, released.stderr
    assert DRAFT not in pdf.text(schools(folder) / "oak" / "es" / "tip-sheet.pdf")
    assert links(schools(folder) / "oak" / "index.html") == {"es": "es/index.html"}
    assert not [*schools(folder).rglob("*.kept-*")]


def test_a_zip_file_has_all_languages_of_a_school(folder: Path, build: Build) -> None:
    before = files(folder, "oak")
    assert build("--zip").stdout.startswith("4 schools made, 4 files, in ")
    with zipfile.ZipFile(schools(folder) / "oak.zip") as archive:
        assert {name: archive.read(f"oak/{name}") for name in before} == before
        assert len(archive.namelist()) == len(before)
    assert not (schools(folder) / "oak").exists()


def test_what_has_no_room_in_one_language_does_not_stop_the_others(tmp_path: Path) -> None:
    content = start_in_spanish(tmp_path)
    write_translation(content, "handouts/tip-sheet/lead", "Lo–es demás. " * 400)
    (version,) = in_languages([read_pack(content)], BuildOptions(drafts=True))
    packs = {pack_name(pack): pack for pack in version.packs}
    sheets = [one for pack in packs.values() for one in artifacts_of(pack) if one.kind == "sheet"]
    sites = {
        "reading": make_site(packs["reading"], {}),
        "reading/es": make_site(packs["reading/es"], {}, "es/"),
    }
    storage = FolderStorage(tmp_path / "schools")
    for site in sites.values():
        keep(storage.path / ASSETS / site.folder, site.shared, {})
    spanish = storage.path / "elm" / "es" / "tip-sheet.pdf"
    spanish.parent.mkdir(parents=True)
    spanish.write_bytes(b"of an earlier build")

    school = School.model_construct(name="Sample Elm School", contact="Office")
    wanted = frozenset({"tip-sheet.pdf"})
    task = SchoolTask(
        id="elm",
        school=school,
        profile=profile_of(school, "US", ""),
        place=Place(tmp_path / "schools.csv", 2),
        logo="",
        languages=("en", "es"),
        versions=(
            SchoolVersion("en", "reading", "", wanted),
            SchoolVersion("es", "reading/es", "es/", wanted),
        ),
        linked=frozenset(),
        fingerprint="",
        known={"es/tip-sheet.pdf": [sha256(spanish.read_bytes()).hexdigest()]},
    )
    base_set = BaseSet(packs, tuple((one,) for one in sheets), tmp_path / "scratch", sites=sites)
    (result,) = make(base_set, WorkOrder(storage, zipped=False, laying_out=True), [task], {})

    assert {problem.where for problem in result.problems} == {"schools → elm → es → tip-sheet"}
    assert "too long" in result.problems[0].what
    assert set(result.files) == {"tip-sheet.pdf", "index.html"}
    assert language_of(storage.path / "elm" / "tip-sheet.pdf") == "en"
    # Spanish stays as it was, and nobody is led to it.
    assert spanish.read_bytes() == b"of an earlier build"
    assert links(storage.path / "elm" / "index.html") == {}


def test_check_shows_how_a_language_is_understood(folder: Path) -> None:
    shown = run_cli("schools", "--check", "schools.csv", folder=folder)
    assert shown.returncode == 0, shown.stderr
    assert re.search(r"“language” +→ language +en, es\n", shown.stdout)
    assert f"{PO}" not in shown.stderr
