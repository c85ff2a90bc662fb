"""The command “translate”, run as staff and translators run it, on the shipped pack."""

import hashlib
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import polib
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from console.translate import TranslateOptions, translate
from languages.catalog import Catalog, Translation
from languages.strings import strings
from make_materials import main
from pack.load import read_pack
from press.translations import open_translations
from tests.conftest import CONTENT, WATER, run_cli
from tests.languages.broken import GOOD_ROWS, write_rows

Translate = Callable[..., CompletedProcess[str]]
ES = Path("content/translations/sextortion/es.po")
COUNT = len(strings(read_pack(CONTENT)))


@pytest.fixture
def staff(tmp_path: Path) -> Translate:
    """Runs the command in a folder that has the shipped pack as its content."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / CONTENT.name).write_bytes(CONTENT.read_bytes())
    return lambda *arguments: run_cli("translate", *arguments, folder=tmp_path)


def _digests(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_language_goes_to_a_translator_and_back_and_is_approved(
    staff: Translate, tmp_path: Path
) -> None:
    made = staff("es")
    assert made.returncode == 0, made.stderr
    states = f"0 translated, 0 stale, {COUNT} missing; 0 reviewed"
    assert made.stdout == f"{ES}: {COUNT} strings, {states}\n"
    before = _digests(tmp_path)
    assert staff("es").returncode == 0
    assert _digests(tmp_path) == before

    assert staff("es", "--export", "es.xlsx", "--only", "wallet-cards").returncode == 0
    book = load_workbook(tmp_path / "es.xlsx")
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0][:6] == ["context", "source", "target", "state", "comment", "where"]
    use = next(number for number, row in enumerate(rows, 1) if row[0] == "contacts/fbi/use")
    book.worksheets[0].cell(use, 3).value = "Denuncie el delito"
    book.save(tmp_path / "es.xlsx")
    sent = staff("es", "--import", "es.xlsx")
    assert sent.stdout.startswith("es.xlsx: 1 translation taken\n"), sent.stderr

    by = ("--approve", "--by", "bilingual counselor")
    assert "0 translations approved" in staff("es", *by, "--only", "labels").stdout
    assert "1 translation approved" in staff("es", *by, "--only", "wallet-cards").stdout
    status = staff("--status").stdout
    rows_by_name = {line.split("  ")[0]: line.split()[-6:] for line in status.splitlines()}
    assert rows_by_name["wallet-cards"] == ["26", "1", "0", "25", "0", "1"]
    assert rows_by_name["sextortion, es: all"] == [str(COUNT), "1", "0", str(COUNT - 1), "0", "1"]

    _edit(tmp_path, "use: Report the crime", "use: Report this crime")
    assert f"0 translated, 1 stale, {COUNT - 1} missing; 0 reviewed" in staff("es").stdout
    staff("es", "--export", "stale.xlsx")
    sheet = load_workbook(tmp_path / "stale.xlsx").worksheets[0]
    (stale,) = [row for row in sheet.iter_rows(values_only=True) if row[3] == "stale"]
    # It must not come back as a translation of the new English.
    assert stale[1:3] == ("Report this crime", None)
    assert stale[6:] == ("Report the crime", "Denuncie el delito")
    (entry,) = [one for one in polib.pofile(str(tmp_path / ES)) if one.msgstr]
    assert (entry.previous_msgid, entry.fuzzy) == ("Report the crime", True)
    right = staff("es", "--still-right", "contacts/fbi/use")
    assert f"1 translated, 0 stale, {COUNT - 1} missing; 0 reviewed" in right.stdout
    # Somebody takes the change back: the two texts that were approved are there again.
    _edit(tmp_path, "use: Report this crime", "use: Report the crime")
    staff("es")
    assert "1 reviewed" in staff("es", "--still-right", "contacts/fbi/use").stdout


def _edit(folder: Path, old: str, new: str) -> None:
    file = folder / "content" / CONTENT.name
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_a_file_with_anything_wrong_changes_nothing(staff: Translate, tmp_path: Path) -> None:
    write_rows(tmp_path / "good.xlsx", GOOD_ROWS)
    assert staff("es", "--import", "good.xlsx").returncode == 0
    before = _digests(tmp_path / "content")
    write_rows(tmp_path / "bad.xlsx", GOOD_ROWS, C2="Llame al 911", C3="<b>Avise</b>")
    bad = staff("es", "--import", "bad.xlsx")
    assert bad.returncode == 1
    assert "error: bad.xlsx, cell C2: steps/block/body: the number 911 is not" in bad.stderr
    assert "error: bad.xlsx, cell C3: contacts/fbi/use: there is HTML here" in bad.stderr
    assert bad.stderr.endswith("problems. The translations were not changed.\n")
    assert _digests(tmp_path / "content") == before


def test_what_a_translator_wrote_into_the_po_file_is_checked_and_kept(
    staff: Translate, tmp_path: Path
) -> None:
    staff("ar")
    file = tmp_path / ES.with_name("ar.po")
    written = polib.pofile(str(file))
    by_context = {one.msgctxt: one for one in written}
    by_context["figures/one-in-five/figure"].msgstr = "١ من كل ٥"
    by_context["contacts/fbi/use"].msgstr = "أبلغ عن الجريمة"
    written.metadata["Last-Translator"] = "A Person <a@person.example>"
    written.save()
    checked = staff("ar")
    assert checked.returncode == 1
    assert "2 translated" in checked.stdout
    told = re.search(r"ar\.po:(\d+):1: (\S+): the digit “١” is not on every phone", checked.stderr)
    assert told and told[2] == "figures/one-in-five/figure"
    entry = "\n".join(file.read_text("utf-8").splitlines()[int(told[1]) - 1 :])
    assert "figures/one-in-five/figure" in entry.split("\n\n")[0]
    # No person's name is kept.
    assert "Last-Translator" not in file.read_text("utf-8")
    assert "أبلغ عن الجريمة" in file.read_text("utf-8")


def test_a_damaged_po_file_is_reported_and_left_as_it_is(staff: Translate, tmp_path: Path) -> None:
    staff("es")
    file = tmp_path / ES
    file.write_text(file.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "x\n\n', 1), "utf-8")
    before = _digests(tmp_path)
    failed = staff("es")
    assert failed.returncode == 1
    assert f"{ES}:" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert _digests(tmp_path) == before


@pytest.mark.parametrize("ending", [".xlsx", ".po"])
@pytest.mark.parametrize("seed", range(3))
def test_a_file_that_comes_back_as_it_went_changes_nothing(
    tmp_path: Path, seed: int, ending: str
) -> None:
    shutil.copytree(WATER.parent, tmp_path, dirs_exist_ok=True)
    content = tmp_path / WATER.name
    found = open_translations(read_pack(content), "fr")
    chance = random.Random(seed)
    entries = (chance.choice(_states(one)) for one in found.catalog.entries)
    gone = Translation("topics/gone/title", "Gone", "Parti")
    replace(found, catalog=Catalog(tuple(entries), (gone,))).save()
    before = _digests(tmp_path)
    file = tmp_path / f"fr{ending}"
    translate("fr", (content,), TranslateOptions(export=file))
    told = translate("fr", (content,), TranslateOptions(sent=file))
    assert told.lines[0] == f"{file}: 0 translations taken"
    file.unlink()
    assert _digests(tmp_path) == before


def _states(entry: Translation) -> list[Translation]:
    """A string in each state, with a translation that passes all checks."""
    current = replace(entry, target=f"Oui, {entry.source}", note="À revoir")
    return [
        entry,
        current,
        replace(current, fuzzy=True),
        replace(current, fuzzy=True, previous=f"{entry.source} before"),
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["spanish"], "Did you mean “es” (Spanish)?"),
        (["zh-CN"], "Did you mean “zh-Hans” (Chinese (Simplified))?"),
        (["tl"], "Did you mean “fil” (Filipino)?"),
        ([], "Name a language"),
        (["en"], "The content itself is in “en”"),
        (["es", "--approve"], "--by"),
        (["es", "--approve", "--by", "=1"], "is not a role"),
        (["es", "--by", "principal"], "--by belongs to --approve"),
        (["es", "--export", "es.docx"], ".xlsx, .po or .tmx"),
        (["es", "--export", "content/sextortion.yaml"], "already exists"),
        (["es", "--export", "es.po", "--only", "walet-cards"], "“wallet-cards”"),
        (["es", "--import", "content/sextortion.yaml"], "should end in .xlsx or .po"),
        (["es", "--import", "missing.po"], "There is no file missing.po"),
        (["es", "--still-right", "contacts/fbi/us"], "“contacts/fbi/use”"),
        (["es", "--status", "--export", "es.po"], "Use either --status or --export"),
        (["es", "--status"], "There are no translations of sextortion into “es” yet"),
        (["es", "--export", "es.po", str(WATER), str(CONTENT)], "Name the content file"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_a_wrong_request_is_answered_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / CONTENT.name).write_bytes(CONTENT.read_bytes())
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["translate", *arguments])
    assert result.exit_code == 2
    assert told in result.output


def test_several_packs_are_brought_up_to_date_together(tmp_path: Path) -> None:
    shutil.copytree(WATER.parent, tmp_path, dirs_exist_ok=True)
    (tmp_path / CONTENT.name).write_bytes(CONTENT.read_bytes())
    made = run_cli("translate", "zh-hans", tmp_path)
    assert made.returncode == 0, made.stderr
    for pack in ("sextortion", "water-safety"):
        assert (tmp_path / "translations" / pack / "zh-Hans.po").is_file()
    assert "translations/water-safety/zh-Hans.po: 210 strings" in made.stdout
    status = run_cli("translate", "--status", tmp_path / "water-safety.yaml")
    assert "water-safety, zh-Hans: all" in status.stdout
