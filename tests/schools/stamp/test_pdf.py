"""A stamped sheet equals a sheet that is laid out for its school."""

import io
import os
import pickle
import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from pack.errors import ContentError
from pack.items import School
from pack.load import read_pack
from pack.model import Pack
from press.builders import PackBuilders, artifacts_of, group_by_layout
from press.builders.base import Group
from schools.bases import BaseSet, lay_out, lengths_for, make_bases
from schools.specimen import SHORT, Lengths, SchoolProfile, fields_of, profile_of, specimen
from schools.stamp import xobjects
from schools.stamp.errors import CannotStamp, DoesNotFit
from schools.stamp.pdf import Base, stamp
from schools.stamp.pdf_base import prepare
from tests.conftest import CONTENT, shipped
from tests.preflight.breaking import split_parents
from tests.tools.names import NAMES

PACK = read_pack(CONTENT)
REGION = PACK.about.region
ANYBODY = specimen(SchoolProfile(frozenset(), "", sample=False), None)
#: The groups that are laid out together: each sheet in all editions, the guide, the notes sheet.
GROUPS = {
    group[0].file.removesuffix(".pdf"): group
    for group in group_by_layout(artifacts_of(PACK.for_school(ANYBODY)))
    if group[0].kind != "deck"
}
OWN = {
    "contact": "School counselor's office",
    "phone": "303-555-0142",
    "email": "office@cedar-hill.example",
    "website": "https://cedar-hill.example/safety",
}
#: How many names are tried with each sheet, language and logo; set it to 2 for a longer run, which
#: also tries all logos with each sheet: otherwise, two of the four, others on the next sheet.
TRIED = int(os.environ.get("STAMPED_NAMES", "1"))

#: Names that any sheet must take without a layout of its own.
PLAIN_NAMES = [
    "PS",
    "Niños Héroes Elementary",
    "O'Neill's School",
    "St. Mary’s School",
    "AVATAR To. Ty WA. Yo LT",
    "Office of Difficult Affairs",
    "<b>&\"'",
    "{{7*7}}",
    "St. *Mary* [x](y)",
    "Cedar Hill Dual-Language K-8 School",
    "Cedar Valley Bilingual Elementary and Middle School of the Joint District No. 4 Northeast",
]


def _school(logo: Path | None, name: str) -> School:
    # Lists are read with normalized spaces.
    name = re.sub(r"[ \t\r\n]+", " ", name).strip(" ")
    values: dict[str, Any] = {**OWN, "name": name, "logo": str(logo) if logo else None}
    return School.model_construct(**values)


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logos")
    Image.new("RGB", (600, 150), "#7a1f1f").save(folder / "wide.png")
    tall = Image.new("RGBA", (90, 240), (0, 0, 0, 0))
    tall.paste((20, 60, 120, 255), (20, 20, 70, 220))
    tall.save(folder / "tall.png")
    Image.linear_gradient("L").convert("RGB").save(folder / "square.jpg", quality=90)
    (folder / "shield.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80" viewBox="0 0 120 80">'
        '<path fill="#1d5c63" d="M0 0h120v50l-60 30L0 50z"/>'
        f'<image href="data:image/png;base64,{_png("#f2c14e")}" x="40" y="14" width="40" '
        'height="40"/></svg>'
    )
    return folder


def _png(color: str) -> str:
    """A square of a color, encoded for an SVG."""
    out = io.BytesIO()
    Image.new("RGB", (30, 30), color).save(out, "PNG")
    return b64encode(out.getvalue()).decode()


class Press:
    """The bases of one group of editions, made on demand."""

    def __init__(self, group: Group, scratch: Path, pack: Pack = PACK) -> None:
        self.group = group
        self.base_set = BaseSet({group[0].pack: pack}, (group,), scratch)

    @cache  # noqa: B019 (a few in all)
    def bases(self, profile: SchoolProfile, lengths: Lengths = SHORT) -> dict[str, Base]:
        made, problems = make_bases(self.base_set, self.group, profile, lengths)
        assert not problems
        return {file: base for (_, file, *_), base in made if isinstance(base, Base)}

    def stamped(self, school: School, file: str, logo: Path | None) -> bytes | None:
        """A school's stamped file; None if it must be laid out."""
        profile = profile_of(school, REGION, _kind(logo))
        fields = fields_of(school, REGION)
        ink = next(one.edition.ink for one in self.group if one.file == file)
        first = self.bases(profile)[file]
        try:
            return stamp(first, fields, _drawn(logo, ink))
        except DoesNotFit:
            lengths = lengths_for(first, profile, fields, REGION)
        base = self.bases(profile, lengths).get(file) if lengths else None
        try:
            return stamp(base, fields, _drawn(logo, ink)) if base else None
        except DoesNotFit:
            return None


@pytest.fixture(scope="session")
def press_of(scratch: Path) -> Callable[[str], Press]:
    """The press of a sheet, the same for all tests: they share its bases."""
    return cache(lambda sheet: Press(GROUPS[sheet], scratch))


@pytest.fixture(scope="session", params=list(GROUPS))
def press(request: pytest.FixtureRequest, press_of: Callable[[str], Press]) -> Press:
    return press_of(request.param)


def _kind(logo: Path | None) -> str:
    return "" if logo is None else "jpeg" if logo.suffix == ".jpg" else logo.suffix[1:]


@cache
def _drawn(logo: Path | None, ink: str) -> xobjects.XObject | None:
    if logo is None:
        return None
    if logo.suffix == ".svg":
        from handouts.weasy.svg_logo import print_logo

        return xobjects.vector(print_logo(logo.read_bytes(), 1.5, ink))
    return xobjects.raster(logo.read_bytes())


def _text(data: bytes) -> list[str]:
    with pdfium.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _pictures(data: bytes) -> list[Image.Image]:
    # 97 pixels an inch: no edge falls on a pixel boundary, where tiny differences would show.
    with pdfium.PdfDocument(data) as document:
        return [page.render(scale=97 / 72).to_pil().convert("L") for page in document]


def _tree(data: bytes) -> list[object]:
    """The structure tree: types, alternative texts, places, links, and marked content."""
    found: list[object] = []

    def walk(element: Any, depth: int) -> None:
        alt = str(element.get("/Alt", ""))
        box = (
            [round(float(one)) for one in element.A.BBox]
            if "/BBox" in element.get("/A", {})
            else []
        )
        found.append((depth, str(element.S), alt, box))
        kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        for kid in kids:
            if isinstance(kid, int):
                found.append((depth, "content"))
            elif kid.get("/Type") == "/OBJR":
                x1, y1, x2, y2 = (round(float(one)) for one in kid.Obj.Rect)
                rectangle = [min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)]
                found.append((depth, str(kid.Obj.A.URI), str(kid.Obj.Contents), rectangle))
            else:
                walk(kid, depth + 1)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.check_pdf_syntax()
        walk(pdf.Root.StructTreeRoot.K[0], 0)
    return found


def _assert_equal(stamped: bytes, whole: bytes) -> None:
    assert _text(stamped) == _text(whole)
    assert _tree(stamped) == _tree(whole)
    for one, other in zip(_pictures(stamped), _pictures(whole), strict=True):
        difference = ImageChops.difference(one, other).histogram()
        # Only the edges of pictures and codes may be smoothed differently.
        assert sum(difference[64:]) == 0
        assert sum(difference[16:]) < 400


def _laid_out(school: School, group: Group, pack: Pack = PACK) -> dict[str, bytes]:
    files = lay_out(PackBuilders(pack.for_school(school)), group)
    return {name: file.data for name, file in files.items()}


def _whole(press: Press, school: School) -> dict[str, bytes] | None:
    try:
        return _laid_out(school, press.group)
    except ContentError:
        return None


@pytest.mark.parametrize("number", range(4 if TRIED > 1 else 2))
def test_a_stamped_sheet_equals_one_that_is_laid_out(
    number: int, press: Press, scratch: Path
) -> None:
    logos = ["wide.png", "tall.png", "square.jpg", "shield.svg"]
    place = list(GROUPS).index(press.group[0].file.removesuffix(".pdf"))
    logo = scratch / logos[number if TRIED > 1 else 2 * number + place % 2]
    # Across all sheets, each plain name occurs several times, and so do most other names in a
    # longer run.
    turn = 4 * place + number
    names = [PLAIN_NAMES[turn % len(PLAIN_NAMES)], NAMES[turn % len(NAMES)]]
    for name in names if TRIED > 1 else names[number % 2 :][:1]:
        school = _school(logo, name)
        whole = _whole(press, school)
        for file in [one.file for one in press.group]:
            stamped = press.stamped(school, file, logo)
            if name in PLAIN_NAMES:
                assert stamped and whole, file
            if stamped:
                assert whole, f"{file} has no room for “{name}”, and was stamped"
                _assert_equal(stamped, whole[file])


@pytest.mark.parametrize(
    "sheet", ["wallet-cards", "get-help-poster", "parent-tip-sheet", "if-it-happens"]
)
def test_a_phone_number_with_an_extension_is_stamped(
    sheet: str, press_of: Callable[[str], Press]
) -> None:
    press = press_of(sheet)
    for phone in ("303-555-0142 ext. 4", "(303) 555-0142 ext. 40123"):
        school = _school(None, "Cedar Hill School").model_copy(update={"phone": phone})
        whole = _laid_out(school, press.group)
        for file in whole:
            stamped = press.stamped(school, file, None)
            assert stamped, file
            _assert_equal(stamped, whole[file])


#: Websites of schools, and whether any sheet must take them without a layout of its own.
PAGES = {
    "c.example": True,
    "cedar.example/safety-and-help": True,
    "cedar-hill-elementary-school-of-the-valley-district.example/safety": True,
    "district.example/o/cedar-hill/page/counseling-and-where-to-get-help": True,
    "district.example/schools/cedar/elementary/families/safety/online/help": True,
    "cedarhill.example/officeoftheschoolcounselorwherefamiliesandchildrenfindhelp": False,
    "www.cedar-valley-and-grommer-140.example/safety/3/4/5/6/7/8/9/10/11/12/13": False,
    "cedar-hill.example/?page=safety&school=cedar-hill-elementary&language=english": False,
}


@pytest.mark.parametrize("words", [8, 12])
def test_a_long_contact_is_set_as_in_a_layout(words: int, press_of: Callable[[str], Press]) -> None:
    press = press_of("conversation-cards")
    school = _school(None, "Cedar Hill").model_copy(
        update={"contact": " ".join(["Office"] * words)}
    )
    whole = _laid_out(school, press.group)
    file = "conversation-cards.pdf"
    stamped = press.stamped(school, file, None)
    assert stamped is not None
    _assert_equal(stamped, whole[file])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sheet", ["wallet-cards", "get-help-poster", "myths-and-facts"])
def test_a_short_or_long_address_is_set_as_in_a_layout(
    sheet: str, page: str, press_of: Callable[[str], Press]
) -> None:
    press = press_of(sheet)
    school = _school(None, "Cedar School").model_copy(update={"website": f"https://{page}"})
    stamped = press.stamped(school, f"{sheet}.pdf", None)
    if stamped or PAGES[page]:
        assert stamped
        whole = _laid_out(school, press.group)
        _assert_equal(stamped, whole[f"{sheet}.pdf"])


def test_nothing_of_the_specimen_is_left(press: Press, scratch: Path) -> None:
    logo = scratch / "wide.png"
    profile = SchoolProfile(
        frozenset(fields_of(_school(logo, "Cedar"), REGION)), "png", sample=True
    )
    for file in press.bases(profile):
        stamped = press.stamped(_school(logo, "Cedar School"), file, logo)
        assert stamped
        content = "".join(_text(stamped)) + repr(_tree(stamped))
        with pikepdf.open(io.BytesIO(stamped)) as pdf:
            for one in pdf.objects:
                content += repr(one.unparse(resolved=not isinstance(one, pikepdf.Stream)))
        assert not re.search("qzx|specimen|555.?0199", content, re.I)


def test_a_sheet_that_shows_the_school_outside_of_slots_is_no_base(scratch: Path) -> None:
    group = GROUPS["myths-and-facts"]
    profile = SchoolProfile(frozenset({"name", "contact"}), "", sample=False)
    school = specimen(profile, None)
    file = lay_out(PackBuilders(PACK.for_school(school)), group)["myths-and-facts.pdf"]
    data, slots = file.data, file.slots
    assert prepare(data, fields_of(school, REGION), slots)
    with pytest.raises(CannotStamp):
        prepare(data, fields_of(school, REGION), slots[1:])


@pytest.mark.parametrize("language", ["ar", "ru", "zh-Hans"])
@pytest.mark.parametrize(
    ("sheet", "names"),
    [
        ("wallet-cards", [PLAIN_NAMES[-1], "St. Mary’s School"]),
        ("parent-tip-sheet", ["St. Mary’s School", PLAIN_NAMES[-1]]),
    ],
)
def test_a_sheet_in_another_script_is_stamped_as_it_is_laid_out(
    sheet: str, names: list[str], language: str, scratch: Path
) -> None:
    pack = shipped(language)
    group = next(
        one for one in group_by_layout(artifacts_of(pack)) if one[0].file == f"{sheet}.pdf"
    )
    press = Press(group, scratch, pack)
    logo = scratch / "wide.png"
    for name in names[:TRIED]:
        school = _school(logo, name)
        whole = _laid_out(school, group, pack)
        for file, data in whole.items():
            stamped = press.stamped(school, file, logo)
            assert stamped
            _assert_equal(stamped, data)


def test_a_sheet_with_a_divided_parent_tree_is_cut_as_usual(scratch: Path) -> None:
    group = GROUPS["get-help-poster"]
    profile = SchoolProfile(frozenset({"name", "contact", "website"}), "", sample=False)
    school = specimen(profile, None)
    file = lay_out(PackBuilders(PACK.for_school(school)), group)["get-help-poster.pdf"]
    data, fields, slots = file.data, fields_of(school, REGION), file.slots
    parts = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        split_parents(pdf)
        pdf.save(parts)
    base = prepare(parts.getvalue(), fields, slots)
    assert base.codes
    stamped = stamp(base, fields, None)
    assert _text(stamped) == _text(data)
    assert _tree(stamped) == _tree(data)


@pytest.mark.parametrize("name", ["Trường Tiểu học", "مدرسة الأمل", "学校", "Ke‘ala ʻOhana"])
def test_names_with_glyphs_that_a_base_lacks_are_laid_out(
    name: str, press_of: Callable[[str], Press]
) -> None:
    press = press_of("myths-and-facts")
    assert press.stamped(_school(None, name), "myths-and-facts.pdf", None) is None


def test_a_base_is_the_same_in_another_process(press_of: Callable[[str], Press]) -> None:
    press = press_of("get-help-poster")
    school = _school(None, "Cedar School")
    fields = fields_of(school, REGION)
    base = press.bases(profile_of(school, REGION, ""))["get-help-poster.pdf"]
    copy = pickle.loads(pickle.dumps(base))  # noqa: S301 (our own)
    assert stamp(copy, fields, None) == stamp(base, fields, None)
