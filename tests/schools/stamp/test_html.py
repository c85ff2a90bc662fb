"""A stamped download page equals the fully rendered page, byte for byte."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

from pack.artifacts import Artifact, thumbnail_name
from pack.items import School
from pack.load import read_pack
from press.builders import artifacts_of
from schools.download_pages import Site, make_site, page
from schools.specimen import profile_of
from schools.stamp.errors import CannotStamp
from schools.stamp.html import prepare, stamp
from tests.conftest import CONTENT
from website.pages import Download, make_logo, render

PACK = read_pack(CONTENT)
SHEETS = tuple(artifacts_of(PACK))

NAMES = [
    "PS",
    "Cedar School",
    "Cedar  School ",
    "St. Mary’s School",
    "O'Neill's School",
    '"Cedar" School',
    '<b>&"',
    "</span></title><script>alert(1)</script>",
    "<!-- Cedar -->",
    "&amp; &lt; &#39;",
    "{{7*7}}",
    "{% if x %}",
    "{name} {count} {size}",
    r"\1 \g<0> %s ${name}",
    "**Bold** [x](y)",
    "مدرسة الأمل",
    "Niños Héroes & Łódź",
    "Qzxspecimen School",
    "name contact website size length",
    "assets/qzxlogo.png",
    "W" * 90,
    "Cedar Valley Bilingual Elementary and Middle School of the Joint District No. 4 Northeast",
]
FURTHER = {
    "phone": "303-555-0142",
    "email": "o'brien+help@cedar.example",
    "website": "https://cedar.example/families/a-long-piece-of-an-address?topic=1&language=en",
}

SCHOOL = School.model_construct(name="O'Neill & <b>Cedar</b>", contact="Counseling & <i>care</i>")


@pytest.fixture(scope="module")
def logos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logos")
    Image.new("RGB", (900, 150), "#204080").save(folder / "wide.png")
    Image.new("RGB", (211, 330), "#204080").save(folder / "tall.jpg")
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300.5 41"><path d="M0 0h99v40z"/>'
    )
    (folder / "drawn.svg").write_text(f"{drawing}</svg>")
    return folder


@pytest.fixture(scope="module")
def site(logos: Path) -> Site:
    drawn = logos / "first.webp"
    Image.new("RGB", (480, 621), "white").save(drawn)
    return make_site(PACK, {thumbnail_name(one): drawn.read_bytes() for one in SHEETS})


def both(
    site: Site,
    school: School,
    files: Sequence[Artifact] = SHEETS,
    logo: Path | None = None,
    languages: tuple[str, ...] = (),
) -> tuple[bytes, bytes]:
    """A school's page, stamped and rendered in full."""
    school = school.model_copy(update={"logo": str(logo) if logo else None})
    made = {one: b"x" * (1000 * len(one.file) ** 2 + len(school.name)) for one in files}
    facts = {one.file: (len(one.id), len(data)) for one, data in made.items()}
    kind = logo.suffix.removeprefix(".") if logo else ""
    profile = profile_of(school, PACK.about.region, kind)
    picture = make_logo(logo)[0] if logo else None
    stamped = page(PACK, site, school, profile, facts, picture, languages)
    shown = [
        Download(
            one.file,
            one.id,
            one.edition,
            len(one.id),
            data,
            site.shared[thumbnail_name(one)],
        )
        for one, data in made.items()
    ]
    full = render(PACK.for_school(school), shown, archive=False, languages=languages)
    linking = site.beside_links(PACK, languages) if languages else {}
    assert {**site.beside(facts), **linking}.items() <= full.items()
    assert full.keys() - {**site.beside(facts), **linking}.keys() == {"index.html"} | (
        {f"assets/logo{logo.suffix}"} if logo else set()
    )
    return stamped, full["index.html"]


@pytest.mark.parametrize("name", NAMES)
def test_a_stamped_page_is_a_rendered_one(site: Site, name: str) -> None:
    school = SCHOOL.model_copy(update={**FURTHER, "name": name})
    stamped, full = both(site, school)
    assert stamped == full
    assert None not in site.bases.values()


@pytest.mark.parametrize("logo", ["", "wide.png", "tall.jpg", "drawn.svg"])
@pytest.mark.parametrize(
    "keys", [keys for count in range(4) for keys in combinations(FURTHER, count)], ids="-".join
)
def test_whatever_a_school_gives(site: Site, logos: Path, keys: tuple[str, ...], logo: str) -> None:
    given = {key: FURTHER[key] for key in keys}
    for real in (False, True):
        own = {
            key: value.replace(".example", ".org") if real else value
            for key, value in given.items()
        }
        school = SCHOOL.model_copy(update=own)
        stamped, full = both(site, school, logo=logos / logo if logo else None)
        assert stamped == full
    assert None not in site.bases.values()


@pytest.mark.parametrize("languages", [("en", "es"), ("ar", "en", "zh-Hans"), ("es", "vi", "en")])
def test_a_page_links_the_school_s_other_languages(site: Site, languages: tuple[str, ...]) -> None:
    stamped, full = both(site, SCHOOL, languages=languages)
    assert stamped == full
    assert stamped.count(b"hreflang") == len(languages) - 1
    assert None not in site.bases.values()


@pytest.mark.parametrize("ids", [(), ("parent-tip-sheet",), ("wallet-cards", "parent-night")])
def test_the_page_offers_what_a_school_wants(site: Site, ids: tuple[str, ...]) -> None:
    school = School.model_construct(name="Cedar School", contact="Office")
    stamped, full = both(site, school, [one for one in SHEETS if one.id in ids])
    assert stamped == full
    offered = {one.file for one in SHEETS if f'href="{one.file}"'.encode() in stamped}
    assert offered == {one.file for one in SHEETS if one.id in ids}


def test_a_pack_that_can_not_be_stamped_is_rendered() -> None:
    publisher = PACK.publisher.model_copy(update={"name": "Qzxspecimen School"})
    pack = PACK.model_copy(update={"publisher": publisher})
    school = School.model_construct(name="Cedar School", contact="Office")
    made = make_site(pack, {})
    profile = profile_of(school, pack.about.region, "")
    stamped = page(pack, made, school, profile, {}, None)
    assert stamped == render(pack.for_school(school), [], archive=False)["index.html"]
    assert list(made.bases.values()) == [None]


SPECIMEN = {"name": "Qzx School", "contact": "Qzx Office"}
SOUND = (
    '<title>A · Qzx School</title><p><span dir="auto">Qzx School</span></p><span>Qzx Office</span>'
)


def test_fields_take_the_places_of_the_specimen() -> None:
    base = prepare(SOUND.encode(), SPECIMEN)
    name = "&lt;b&gt;"
    assert stamp(base, {"name": "<b>", "contact": "Qzx School"}).decode() == (
        f'<title>A · {name}</title><p><span dir="auto">{name}</span></p><span>Qzx School</span>'
    )


@pytest.mark.parametrize(
    "page",
    [
        SOUND + "<h1>Qzx School</h1>",
        SOUND + '<a href="Qzx School">x</a>',
        SOUND + '<img alt="Qzx Office">',
        SOUND + "<!-- Qzx School -->",
        SOUND + "<script>Qzx School</script>",
        SOUND + "<b title='Qzx School'></b>",
        SOUND + "<h1>QZX SCHOOL</h1>",
        SOUND.replace("Qzx Office", "Office"),
        "Qzx School, Qzx Office",
    ],
)
def test_a_field_in_another_place_is_not_stamped(page: str) -> None:
    with pytest.raises(CannotStamp):
        prepare(page.encode(), SPECIMEN)


def test_a_base_is_for_schools_with_the_same_fields() -> None:
    base = prepare(SOUND.encode(), SPECIMEN)
    with pytest.raises(ValueError, match="other fields"):
        stamp(base, {"name": "Cedar School"})
