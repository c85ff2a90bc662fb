"""A stamped deck equals the fully rendered deck, byte for byte."""

import io
import os
import pickle
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from PIL import Image
from pptx import Presentation
from pptx.util import Pt

from pack.errors import ContentError
from pack.items import School
from pack.load import read_pack
from pack.model import Pack
from pack.reach import dial, mailto
from pack.types import short_address
from schools.specimen import LONG, SHORT, Lengths, SchoolProfile, specimen
from schools.stamp.errors import CannotStamp, DoesNotFit
from schools.stamp.pptx import DeckBase, is_too_long, prepare, stamp
from slides import deck
from slides.draft import DeckDraft
from slides.raster import Bitmap, logo_image
from slides.school_slots import slots
from tests.conftest import CONTENT
from tests.tools.names import NAMES
from tests.tools.templates import template

PACK = read_pack(CONTENT)

#: With how many kinds of schools each name is tried; set it higher for a longer run.
TRIED = int(os.environ.get("STAMPED_NAMES", "1"))

SPECIMEN = {
    "name": "Qzxwv Specimen School",
    "contact": "Qzxwv Specimen Office",
    "phone": "303-555-0199",
    "email": "desk@qzxwv-specimen.example",
    "website": "https://www.qzxwv-specimen.example/page/",
}
OWN = {
    "contact": "Counseling & care",
    "phone": "303-555-0142",
    "email": "o'brien+help@cedar.example",
    "website": "https://cedar.example/families?topic=1&language=en",
}

LOGOS = {
    "png": ("wide.png", "tall.png", "square.svg", "long.svg"),
    "jpg": ("wide.jpg", "square.jpg", "tall.jpeg"),
}
SHAPES = [
    (*keys, logo)
    for logo in ("", "png", "jpg")
    for keys in (
        (),
        ("phone",),
        ("email",),
        ("website",),
        ("phone", "email"),
        ("phone", "website"),
        ("email", "website"),
        ("phone", "email", "website"),
    )
]


@pytest.fixture(scope="module")
def logos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logos")
    sizes = {"wide": (900, 90), "tall": (70, 700), "square": (333, 333)}
    for name, size in sizes.items():
        for ending in ("png", "jpg", "jpeg"):
            Image.effect_noise(size, 40).save(folder / f"{name}.{ending}")
    Image.new("RGB", (301, 100), "#c00000").save(folder / "specimen.png")
    Image.new("RGB", (301, 100), "#c00000").save(folder / "specimen.jpg")
    for name, box in {"square": "0 0 50 50", "long": "0 0 300.5 41"}.items():
        (folder / f"{name}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
            '<circle cx="20" cy="20" r="18" fill="#0b3b46"/></svg>'
        )
    return folder


def _school(values: dict[str, str], logo: Path | None = None, of: Pack = PACK) -> Pack:
    missing = dict.fromkeys(("phone", "email", "website"))
    school = School.model_construct(
        **{**missing, **values, "logo": str(logo) if logo else None}  # type: ignore[arg-type]
    )
    return of.for_school(school)


def _with_few_contacts() -> Pack:
    """A pack whose last slides have room for a name of many lines."""
    about = PACK.about.model_copy(update={"help_strip": PACK.about.help_strip[:1]})
    assert PACK.deck
    last = PACK.deck.model_copy(update={"slides": PACK.deck.slides[-2:]})
    return PACK.model_copy(update={"about": about, "deck": last})


def _fields(values: dict[str, str]) -> dict[str, str]:
    fields = dict(values)
    if "phone" in values:
        fields["dial"] = dial(values["phone"], "US")
    if "email" in values:
        fields["mailto"] = mailto(values["email"])
    if "website" in values:
        fields["address"] = short_address(values["website"])
    return fields


def _chosen(values: dict[str, str], keys: tuple[str, ...]) -> dict[str, str]:
    return {key: value for key, value in values.items() if key in ("name", "contact", *keys)}


@cache
def _base(
    keys: tuple[str, ...], logo: Path | None = None, lengths: Lengths | None = None
) -> DeckBase:
    values = _chosen(SPECIMEN, keys)
    if lengths:
        values["name"] += " Qzxwv" * lengths.name
        values["website"] += "qzxwv/" * lengths.address
    pack = _school(values, logo)
    base = prepare(deck.render(DeckDraft(pack)), _fields(values), slots(DeckDraft(pack)))
    # As a worker receives it.
    copy = pickle.loads(pickle.dumps(base))  # noqa: S301
    assert isinstance(copy, DeckBase)
    return copy


def _picture(logo: Path | None) -> Bitmap | None:
    return logo_image(logo) if logo else None


@pytest.mark.parametrize("number", range(len(SHAPES)))
def test_the_stamped_deck_is_the_rendered_one(number: int, logos: Path) -> None:
    *keys, kind = SHAPES[number]
    base = _base(tuple(keys), logos / f"specimen.{kind}" if kind else None)
    step = len(SHAPES) // TRIED
    for turn, name in enumerate(NAMES[number % step :: step]):
        logo = logos / LOGOS[kind][turn % len(LOGOS[kind])] if kind else None
        values = _chosen({"name": name, **OWN}, tuple(keys))
        draft = DeckDraft(_school(values, logo))
        try:
            assert stamp(base, _fields(values), _picture(logo)) == deck.render(draft), name
        except DoesNotFit:
            # It is so long that its last slide has another layout, as in the next test.
            assert draft.composition.slides[-1].layout == "Closing in full", name
            assert len(name) > 50


def test_a_deck_whose_last_slide_has_the_small_picture_is_stamped_as_it_is_rendered(
    logos: Path,
) -> None:
    keys, logo = ("phone", "email", "website"), logos / "wide.png"
    base = _base(keys, logos / "specimen.png", LONG)
    for count in (1, 12, 14):
        values = {**OWN, "name": " ".join(["Cedar"] * count)}
        draft = DeckDraft(_school(values, logo))
        rendered = deck.render(draft)
        if draft.composition.slides[-1].layout == "Closing in full":
            assert stamp(base, _fields(values), _picture(logo)) == rendered
            assert is_too_long(_base(keys, logos / "specimen.png"), _fields(values))
        else:
            assert count == 1
            with pytest.raises(DoesNotFit):
                stamp(base, _fields(values), _picture(logo))


def test_the_specimen_with_long_words_makes_the_last_slides_picture_small() -> None:
    profile = SchoolProfile(frozenset({"phone", "email", "website"}), "", sample=False)
    for lengths, layout in ((SHORT, "Closing"), (LONG, "Closing in full")):
        pack = PACK.for_school(specimen(profile, None, lengths))
        assert DeckDraft(pack).composition.slides[-1].layout == layout


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_nothing_is_left_of_the_specimen_and_the_file_is_valid(
    kind: str, logos: Path, tmp_path: Path
) -> None:
    keys = ("phone", "email", "website")
    values = {"name": 'St. *Mary* <b>&" {{7*7}}', **OWN}
    base = _base(keys, logos / f"specimen.{kind}")
    data = stamp(base, _fields(values), _picture(logos / f"wide.{kind}"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        everything = b"".join(map(package.read, package.namelist())).lower()
        everything += "".join(package.namelist()).lower().encode()
    words = (*_fields(SPECIMEN).values(), "qzxwv", "555-0199", "5550199")
    assert not [word for word in words if word.lower().encode() in everything]
    file = tmp_path / "deck.pptx"
    file.write_bytes(data)
    result = validate_pptx(file)
    assert result.is_valid, [str(error) for error in result.errors]


def test_stamping_twice_gives_the_same_bytes() -> None:
    base = _base(("phone",))
    first, second, again = (
        stamp(base, _fields(_chosen({**OWN, "name": name}, ("phone",))), None)
        for name in ("Cedar School", "Aspen School", "Cedar School")
    )
    assert first == again != second


@pytest.mark.parametrize("word", ["M", "ii", "Cedar", "Supercalifragilistic", "AVATAR, To."])
@pytest.mark.parametrize("logo", ["", "wide.png"])
def test_a_name_is_refused_where_the_full_render_refuses_it(
    word: str, logo: str, logos: Path
) -> None:
    picture = logos / logo if logo else None
    base = _base(("phone", "email"), logos / "specimen.png" if logo else None)

    def values(count: int) -> dict[str, str]:
        return _chosen({**OWN, "name": " ".join([word] * count)}, ("phone", "email"))

    def fits(count: int) -> bool:
        try:
            return bool(stamp(base, _fields(values(count)), _picture(picture)))
        except DoesNotFit:
            return False

    longest = max(filter(fits, range(1, 200)))
    assert all(map(fits, range(1, longest)))
    rendered = deck.render(DeckDraft(_school(values(longest), picture)))
    assert stamp(base, _fields(values(longest)), _picture(picture)) == rendered
    longer = DeckDraft(_school(values(longest + 1), picture))
    try:
        assert longer.composition.slides[-1].layout == "Closing in full"
    except ContentError as error:
        assert "does not fit on its slide" in str(error)


@pytest.mark.parametrize("length", [30, 60, 85, 100, 108, 109, 300])
def test_a_website_of_any_length_is_stamped_as_it_is_rendered_or_not_at_all(length: int) -> None:
    keys = ("phone", "website")
    website = ("https://cedar.example/a-long-page/" + "watch?v=abc-" * 30)[:length]
    values = _chosen({**OWN, "name": "Cedar School", "website": website}, keys)
    rendered = deck.render(DeckDraft(_school(values)))
    try:
        assert stamp(_base(keys), _fields(values), None) == rendered
    except DoesNotFit:
        assert length in (60, 85, 100, 108)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library's own template: all text of a slide is in one list, in a larger size."""
    file = tmp_path_factory.mktemp("template") / "district.pptx"
    Presentation().save(str(file))
    return file


def test_a_name_that_would_be_set_smaller_is_refused_and_no_other(foreign: Path) -> None:
    few = _with_few_contacts()
    words = _chosen(SPECIMEN, ("phone",))
    pack = _school(words, of=few)
    whole = deck.render(DeckDraft(pack, foreign))
    base = prepare(whole, _fields(words), slots(DeckDraft(pack, foreign)))
    stamped = refused = 0
    for count in range(1, 40, 4):
        values = _chosen({**OWN, "name": " ".join(["Cedar"] * count)}, ("phone",))
        try:
            rendered = deck.render(DeckDraft(_school(values, of=few), foreign))
        except ContentError:
            rendered = b""
        same = bool(rendered) and _sizes(rendered) == _sizes(whole)
        try:
            assert stamp(base, _fields(values), None) == rendered
            assert same
            stamped += 1
        except DoesNotFit:
            assert not same
            refused += 1
    assert stamped
    assert refused


def _sizes(data: bytes) -> dict[str, list[bytes]]:
    """The sizes of text in each part, by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: re.findall(rb' sz="\d+"', package.read(name)) for name in package.namelist()}


def test_an_address_that_is_on_the_slide_already_is_left_to_the_full_render() -> None:
    # A single link serves both there.
    url = PACK.contacts["lifeline"].url
    assert url
    values = {"name": "Cedar School", "contact": "Office", "website": url}
    with pytest.raises(DoesNotFit):
        stamp(_base(("website",)), _fields(values), None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": "Sextortion"}, "the specimen's name appears in"),
        ({"name": "SEXTORTION"}, "in another form"),
        ({"contact": SPECIMEN["name"]}, "are not distinct"),
        ({"phone": "988"}, "the specimen's phone appears in"),
    ],
)
def test_a_specimen_like_other_words_of_the_deck_is_refused(
    change: dict[str, str], reason: str
) -> None:
    values = {**SPECIMEN, **change}
    pack = _school(values)
    with pytest.raises(CannotStamp, match=reason):
        prepare(deck.render(DeckDraft(pack)), _fields(values), slots(DeckDraft(pack)))


def _low(presentation: Any) -> None:
    """The closing's text fits neither into the subtitle nor into the layout for content."""
    for layout in list(presentation.slide_layouts)[:2]:
        text = layout.placeholders[1]
        text.left, text.top, text.width, text.height = Pt(36), Pt(300), Pt(648), Pt(110)


def _low_subtitle(presentation: Any) -> None:
    presentation.slide_layouts[0].placeholders[1].height = Pt(60)


@pytest.mark.parametrize("change", [_low, _low_subtitle])
def test_a_school_that_decides_where_text_is_gets_the_full_render(
    change: Callable[[Any], None], tmp_path: Path
) -> None:
    pack, file = _school(SPECIMEN), template(tmp_path, change)
    with pytest.raises(CannotStamp, match="has no fixed room"):
        prepare(deck.render(DeckDraft(pack, file)), _fields(SPECIMEN), slots(DeckDraft(pack, file)))


def test_a_school_on_a_foreign_template_is_stamped_with_its_logo(
    logos: Path, tmp_path: Path
) -> None:
    few = _with_few_contacts()
    file = template(tmp_path, face="Georgia")
    words = _chosen(SPECIMEN, ("phone",))
    own = _chosen({**OWN, "name": "Cedar School"}, ("phone",))
    draft = DeckDraft(_school(words, logos / "specimen.png", of=few), file)
    base = prepare(deck.render(draft), _fields(words), slots(draft))
    rendered = deck.render(DeckDraft(_school(own, logos / "wide.png", of=few), file))
    assert stamp(base, _fields(own), _picture(logos / "wide.png")) == rendered


def test_a_base_refuses_a_school_with_other_fields(logos: Path) -> None:
    base = _base(("phone",), logos / "specimen.png")
    fields = _fields(_chosen({**OWN, "name": "Cedar School"}, ("phone",)))
    png, jpg = _picture(logos / "wide.png"), _picture(logos / "wide.jpg")
    for other, logo in (
        (fields | {"email": "office@cedar.example"}, png),
        ({"name": "Cedar School", "contact": "Office"}, png),
        (fields, None),
        (fields, jpg),
    ):
        with pytest.raises(ValueError, match="other fields"):
            stamp(base, other, logo)
    assert stamp(base, fields, png)
