"""Files for translators and back: nothing is lost on the way, and broken files are refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from languages.catalog import Catalog, Translation, TranslationError, TranslationState, clean
from languages.excel import ExcelRow, read_xlsx, write_xlsx
from languages.merge import merge
from languages.po import read_po, write_po
from languages.strings import SourceString
from languages.tmx import write_tmx
from languages.update import Update, update
from pack.load import read_pack
from pack.problems import Fault
from press.translations import TranslationFiles, TranslationsChanged, open_translations
from tests.conftest import CONTENT
from tests.languages.broken import EXCEL, GOOD_ROWS, HEAD, PO, BrokenFile, write_rows
from tests.languages.made_up import start_in_spanish, write_translation

#: Everything that people may write into a cell or a PO file.
TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t=+-@\"'\\|#*"),
    max_size=80,
).map(clean)
FULL = TEXT.filter(bool)


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> TranslationFiles:
    """The shipped pack with two translations."""
    folder = tmp_path_factory.mktemp("content")
    file = folder / "sextortion.yaml"
    file.write_bytes(CONTENT.read_bytes())
    found = open_translations(read_pack(file), "es")
    targets = {row[0]: row[2] for row in GOOD_ROWS}
    entries = (replace(one, target=targets.get(one.context, "")) for one in found.catalog.entries)
    return replace(found, catalog=Catalog(tuple(entries))).save()


def import_into(found: TranslationFiles, file: Path, sent: Catalog) -> None:
    update(found.catalog, sent, found.strings, found.faults, file)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(FULL, TEXT, st.booleans(), TEXT, TEXT), max_size=6))
def test_a_po_file_keeps_every_text_as_it_is(texts: list[tuple[str, str, bool, str, str]]) -> None:
    entries = tuple(
        Translation(
            f"topics/t{number}/body",
            source,
            target,
            fuzzy=fuzzy and bool(target),
            previous=previous if fuzzy and target else "",
            note=" ".join(note.split()),
        )
        for number, (source, target, fuzzy, previous, note) in enumerate(texts)
        if not set("\u2028\u2029") & {*source, *target, *previous, *note}
    )
    gone = tuple(replace(one, previous="", note="") for one in entries if one.target)
    catalog = Catalog(entries[1:], gone[:1])
    data = write_po(catalog, "pack", "zh-Hans", {})
    assert read_po(data, Path("zh-Hans.po"), "zh-Hans", "pack") == catalog


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(FULL, FULL), min_size=1, max_size=12))
def test_a_workbook_keeps_every_text_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    rows = [
        ExcelRow(f"topics/t{number}/body", source, target, "translated", "=1+1", "")
        for number, (source, target) in enumerate(texts)
    ]
    file = tmp_path_factory.mktemp("excel") / "es.xlsx"
    file.write_bytes(write_xlsx(rows, "pack", "es"))
    catalog = read_xlsx(file, "pack", "es")
    assert [(one.context, one.source, one.target) for one in catalog.entries] == [
        row[:3] for row in rows
    ]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    file = tmp_path / "es.xlsx"
    row = ExcelRow("a/b", "=1+1", "=HYPERLINK(1)", "translated", "+1", "@x")
    file.write_bytes(write_xlsx([row], "pack", "ar"))
    sheet = load_workbook(file).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    # A translation into Arabic is written from right to left.
    assert sheet["C2"].alignment.readingOrder == 2


def test_a_translation_memory_has_the_current_translations_alone() -> None:
    entries = [
        Translation("a/b", "Stop & tell", "Pare y cuente"),
        Translation("a/c", "Wait", "Espere", fuzzy=True),
        Translation("a/d", "Go"),
    ]
    root = etree.fromstring(write_tmx(entries, "en", "es"))
    assert root.get("version") == "1.4"
    assert [seg.text for seg in root.iter("seg")] == ["Stop & tell", "Pare y cuente"]
    assert write_tmx(entries, "en", "es") == write_tmx(entries, "en", "es")


@pytest.mark.parametrize("broken", PO, ids=lambda one: one.name)
def test_a_broken_po_file_is_refused_with_its_line_and_a_remedy(
    spanish: TranslationFiles, broken: BrokenFile
) -> None:
    file = Path(broken.name)
    with pytest.raises(TranslationError) as error:
        import_into(spanish, file, read_po(broken.data, file, "es", "sextortion"))
    _assert_told(error.value, f"{broken.name}{broken.place}", broken.told)


@pytest.mark.parametrize("name", EXCEL)
def test_a_broken_workbook_is_refused_with_its_cell_and_a_remedy(
    spanish: TranslationFiles, tmp_path: Path, name: str
) -> None:
    write, place, told = EXCEL[name]
    write(file := tmp_path / f"{name}.xlsx")
    with pytest.raises(TranslationError) as error:
        import_into(spanish, file, read_xlsx(file, "sextortion", "es"))
    _assert_told(error.value, place, told)


def _assert_told(error: TranslationError, place: str, told: str) -> None:
    assert any(place in str(one.place) and told in one.headline for one in error.problems), error
    assert all(one.remedy.endswith(".") for one in error.problems)


@pytest.mark.parametrize(
    ("written", "language", "same"),
    [
        ("es_MX", "es", True),
        ("zh_CN", "zh-Hans", True),
        ("zh_TW", "zh-Hans", False),
        ("pt_PT", "pt-BR", False),
        ("ca", "es", False),
        ("", "es", False),
    ],
)
def test_a_file_may_name_its_language_as_other_programs_do(
    written: str, language: str, same: bool
) -> None:
    data = HEAD.replace("Language: es", f"Language: {written}").encode()
    if same:
        assert read_po(data, Path("sent.po"), language) == Catalog()
    else:
        with pytest.raises(TranslationError):
            read_po(data, Path("sent.po"), language)


def test_all_bad_rows_of_a_file_are_told_at_once(spanish: TranslationFiles, tmp_path: Path) -> None:
    write_rows(file := tmp_path / "es.xlsx", GOOD_ROWS, C2="=1", C3="=2")
    with pytest.raises(TranslationError) as error:
        read_xlsx(file, "sextortion", "es")
    assert [one.place.name for one in error.value.problems] == ["cell C2", "cell C3"]
    write_rows(file, GOOD_ROWS, C2="Luego 1", C3="<b>x</b>")
    with pytest.raises(TranslationError) as error:
        import_into(spanish, file, read_xlsx(file, "sextortion", "es"))
    assert {one.place.name for one in error.value.problems} == {"cell C2", "cell C3"}


def test_a_workbook_as_weblate_writes_it_is_read(tmp_path: Path) -> None:
    rows = [
        ["location", "source", "target", "ID", "fuzzy", "context", "translator_comments"],
        ["", "Report the crime", "Denuncie", "", "", "contacts/fbi/use", ""],
        ["", "Emergency", "Urgencia", "", "True", "contacts/emergency/name", ""],
    ]
    write_rows(file := tmp_path / "es.xlsx", rows, "sextortion-es")
    catalog = read_xlsx(file, "sextortion", "es")
    assert [(one.context, one.target, one.fuzzy) for one in catalog.entries] == [
        ("contacts/fbi/use", "Denuncie", False),
        ("contacts/emergency/name", "Urgencia", True),
    ]


def test_rows_may_end_early(tmp_path: Path) -> None:
    rows = [*GOOD_ROWS, ["contacts/fbi/name"], ["contacts/fbi/gives", "Takes your report."]]
    write_rows(file := tmp_path / "es.xlsx", rows)
    assert len(read_xlsx(file, "sextortion", "es").entries) == 2


def test_a_cell_a_million_rows_below_is_not_read(tmp_path: Path) -> None:
    write_rows(file := tmp_path / "es.xlsx", GOOD_ROWS, C1048576="far below")
    assert len(read_xlsx(file, "sextortion", "es").entries) == 2


def _strings(**texts: str) -> tuple[SourceString, ...]:
    return tuple(
        SourceString(f"topics/{name}/title", text, ("topics", name, "title"))
        for name, text in texts.items()
    )


def _none(string: SourceString, target: str) -> Iterator[Fault]:
    yield from ()


def _sent(**texts: tuple[str, str]) -> Catalog:
    return Catalog(
        tuple(Translation(f"topics/{name}/title", *pair) for name, pair in texts.items())
    )


def _update(catalog: Catalog, sent: Catalog, found: tuple[SourceString, ...]) -> Update:
    return update(catalog, sent, found, _none, Path("es.xlsx"))


def test_a_translation_of_an_older_english_is_taken_as_stale_and_told() -> None:
    found = _strings(a="Ask first, always", b="Then swim")
    new = _update(
        merge(Catalog(), found), _sent(a=("Ask first", "Pregunte"), b=("Then swim", "Nade")), found
    )
    stale, current = new.catalog.entries
    assert (stale.state, stale.previous) == (TranslationState.STALE, "Ask first")
    assert (current.state, current.target) == (TranslationState.CURRENT, "Nade")
    (warning,) = new.warnings
    assert warning.where == "topics/a/title"
    assert warning.what == "this is a translation of an older English text; it is taken as stale"


def test_an_older_english_that_another_text_has_now_is_not_taken_for_that_text() -> None:
    found = _strings(a="Report the crime now", b="Report the crime")
    own = merge(Catalog(), found)
    new = _update(own, _sent(a=("Report the crime", "Denuncie")), found)
    states = [one.state for one in new.catalog.entries]
    assert states == [TranslationState.STALE, TranslationState.MISSING]


def test_a_current_translation_is_never_replaced_by_a_stale_one() -> None:
    found = _strings(a="Ask first, always", b="Then swim")
    own = Catalog((Translation("topics/a/title", "Ask first, always", "Pregunte siempre"),))
    own = merge(own, found)
    new = _update(own, _sent(a=("Ask first", "Pregunte"), b=("Then swim", "Nade")), found)
    assert new.catalog.entries[0] == own.entries[0]
    assert new.taken == 1
    assert "the present translation is kept" in new.warnings[0].what


def test_rows_that_have_moved_in_the_pack_find_their_place() -> None:
    found = _strings(x="Ask first")
    new = _update(merge(Catalog(), found), _sent(a=("Ask first", "Pregunte")), found)
    assert [(one.context, one.target) for one in new.catalog.entries] == [
        ("topics/x/title", "Pregunte")
    ]
    assert new.warnings == ()


def test_translations_of_texts_that_are_gone_are_kept_aside() -> None:
    found = _strings(a="Ask first")
    sent = _sent(a=("Ask first", "Pregunte"), b=("Then swim", "Nade"))
    new = _update(merge(Catalog(), found), sent, found)
    assert [(one.source, one.target) for one in new.catalog.obsolete] == [("Then swim", "Nade")]
    assert _update(new.catalog, sent, found).catalog == new.catalog


def test_empty_cells_take_nothing_away() -> None:
    found = _strings(a="Ask first", b="Then swim")
    own = merge(_sent(a=("Ask first", "Pregunte")), found)
    sent = _sent(a=("Ask first", ""), b=("Then swim", "Nade"))
    assert [one.target for one in _update(own, sent, found).catalog.entries] == ["Pregunte", "Nade"]


def test_a_stale_translation_that_is_sent_for_the_new_english_is_current() -> None:
    old, found = _strings(a="Ask first"), _strings(a="Ask first.")
    own = merge(merge(_sent(a=("Ask first", "Pregunte")), old), found)
    assert own.entries[0].state is TranslationState.STALE
    new = _update(own, _sent(a=("Ask first.", "Pregunte")), found)
    assert new.catalog.entries[0].state is TranslationState.CURRENT


def test_what_another_program_has_written_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    content = start_in_spanish(tmp_path)
    ours = open_translations(read_pack(content), "es")
    write_translation(content, "topics/what-it-is/title", "De otro programa")
    theirs = ours.po.read_bytes()
    entries = tuple(replace(entry, target="Nuestro") for entry in ours.catalog.entries)
    with pytest.raises(TranslationsChanged, match=r"es\.po was changed by another program"):
        replace(ours, catalog=Catalog(entries)).save()
    assert ours.po.read_bytes() == theirs
