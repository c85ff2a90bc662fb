"""The same sheets made with Typst (`benchmarks/typst/`), for comparison by `schools.py`.

The texts, colors and codes come from the content file, as in our own sheets. Everything is set up
for speed: the texts are data that stay the same, each process keeps a warm compiler, and what Typst
can't compute itself (codes, dialed numbers) is prepared and not counted.
"""

import csv
import json
import re
import resource
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from pack import markdown, qr
from pack.html import published
from pack.items import ActionStep, Contact, Topic, Video
from pack.labels import fill
from pack.model import Pack
from pack.reach import dial
from pack.theme import load_theme
from pack.types import is_placeholder, short_address

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent / "typst"
School = Mapping[str, str]
FONTS = HERE.parent.parent / "templates" / "fonts"

#: The text size in pt and the space between lines in em, so that each sheet is filled.
_SET = {
    "parent-tip-sheet": (11.5, 0.72),
    "home-safety-checklist": (12.5, 0.68),
    "myths-and-facts": (12.0, 0.7),
}

#: Sheets without the school are made once, and written for each school.
SAME_FOR_ALL = ("conversation-cards",)

#: Fields that only slides and notes show.
_UNPRINTED = {"sources", "say", "ask", "disclose", "points", "added"}


def prepare(pack: Pack, folder: Path) -> None:
    """Write the templates, the texts and the codes of all addresses to Typst's folder."""
    for template in HERE.glob("*.typ"):
        shutil.copy(template, folder)
    (folder / "qr").mkdir(exist_ok=True)
    places = {contact.url for contact in pack.contacts.values()}
    for url in sorted(
        {url for url in places if url} | {video.url for video in pack.videos.values()}
    ):
        (folder / _code_file(url)).write_text(code(url), encoding="utf-8")
    text = json.dumps(exported(pack), ensure_ascii=False)
    (folder / "content.json").write_text(text, encoding="utf-8")


def read_schools(file: Path, pack: Pack) -> list[School]:
    """The schools in a list, with what Typst can't compute: dialed numbers and codes."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            {
                **row,
                "logo": f"/{row['logo']}",
                "logo-alt": fill(pack.labels.logo_alt, name=row["name"]),
                "page": short_address(row["website"]),
                "dial": dial(row["phone"], pack.about.region),
                "code": code(row["website"]),
                "code-alt": fill(pack.labels.qr_alt, address=short_address(row["website"])),
            }
            for row in csv.DictReader(rows)
        ]


#: Makes a sheet for a school: takes the sheet's name and the school, returns the PDF.
Press = Callable[[str, School], bytes]


def by_inputs(folder: Path) -> Press:
    """As in Typst's guides: a main file that never changes, and `sys.inputs` that do."""
    main = folder / "main.typ"
    main.write_text(
        '#import "sheets.typ": make\n#make(sys.inputs.sheet, json(bytes(sys.inputs.school)))\n'
    )
    compiler = new_compiler(folder, main)

    def press(sheet: str, school: School) -> bytes:
        inputs = {"sheet": sheet, "school": json.dumps(school)}
        return _pdf(compiler, sys_inputs=inputs)

    return press


def by_main(folder: Path) -> Press:
    """The fastest way that we found: a main file of two lines for each document.

    Typst discards its cached results whenever `sys.inputs` change, because every module could read
    them. If only the main file changes, it keeps the results of the other modules and the texts.
    """
    compiler = new_compiler(folder, None)

    def press(sheet: str, school: School) -> bytes:
        values = json.dumps(json.dumps(school, ensure_ascii=False), ensure_ascii=False)
        main = f'#import "sheets.typ": make\n#make("{sheet}", json(bytes({values})))\n'
        return _pdf(compiler, input=main.encode())

    return press


def new_compiler(folder: Path, main: Path | None) -> "typst.Compiler":
    """A compiler for the folder, with our fonts only."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(input=main, root=folder, font_paths=fonts)


def _pdf(compiler: "typst.Compiler", **options: Any) -> bytes:
    """A PDF that conforms to PDF/UA-1."""
    made = compiler.compile(format="pdf", pdf_standards="ua-1", **options)
    if not isinstance(made, bytes):
        raise TypeError("Typst returns a list only for pictures")
    return made


@dataclass(frozen=True)
class Share:
    """What a process used: wall-clock and processor seconds per school, bytes, peak in MB."""

    wall: tuple[float, ...]
    processor: tuple[float, ...]
    size: int
    megabytes: float


def make(folder: Path, way: str, sheets: Sequence[str], schools: Sequence[School]) -> Share:
    """Every sheet for each school, as `folder/out/SCHOOL/SHEET.pdf`; the first school is cold."""
    press = {"inputs": by_inputs, "main": by_main}[way](folder)
    same: dict[str, bytes] = {}
    wall, processor, size = [], [], 0
    for school in schools:
        start, worked = time.perf_counter(), time.process_time()
        place = folder / "out" / school["id"]
        place.mkdir(parents=True)
        for sheet in sheets:
            pdf = same.get(sheet) or press(sheet, school)
            if sheet in SAME_FOR_ALL:
                same[sheet] = pdf
            (place / f"{sheet}.pdf").write_bytes(pdf)
            size += len(pdf)
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - worked)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return Share(tuple(wall), tuple(processor), size, peak)


def make_all(
    folder: Path, way: str, sheets: Sequence[str], schools: Sequence[School], processes: int
) -> list[Share]:
    """Distribute the schools among fresh processes that run in parallel."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    shares = [schools[start::processes] for start in range(processes)]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        return list(pool.map(make, repeat(folder), repeat(way), repeat(sheets), shares))


def exported(pack: Pack) -> dict[str, Any]:
    """What the templates read: every text as runs of one style, every reference resolved."""
    return {
        "language": pack.about.language,
        "region": pack.about.region,
        "publisher": pack.publisher.name,
        "colors": load_theme().colors,
        "labels": pack.labels.model_dump(mode="json"),
        "help_strip": [_item(pack, pack.contacts[name]) for name in pack.about.help_strip],
        "sheets": {handout.id: _sheet(pack, handout) for handout in pack.handouts},
    }


def _sheet(pack: Pack, handout: Any) -> dict[str, Any]:
    size, leading = _SET.get(handout.id, (11.0, 0.6))
    strip = pack.about.help_strip
    sources = ", ".join(source.name for source in pack.shown_sources(handout.blocks, strip))
    added = ", ".join(one.name for one in pack.shown_contacts(handout.blocks, strip) if one.added)
    on_card = handout.template == "wallet-cards"
    small_print = (
        markdown.sentence(published(pack)),
        fill(pack.labels.adapted_from, sources=sources) if sources and not on_card else "",
        fill(pack.labels.added, names=added) if added else "",
    )
    return {
        "id": handout.id,
        "template": handout.template,
        "pages": handout.pages,
        "numbered": handout.pages > 1,
        "size": size,
        "leading": leading,
        "plain": markdown.plain(handout.title),
        "about": markdown.plain(handout.about),
        "colophon": " ".join(markdown.plain(part) for part in small_print if part),
        **{name: _runs(getattr(handout, name)) for name in ("title", "kicker", "lead")},
        "blocks": [
            {
                "kind": block.kind,
                "title": _runs(block.title) if block.title else None,
                "new_page": block.new_page,
                "items": [_item(pack, item) for item in pack.items(block)],
            }
            for block in handout.blocks
        ],
    }


def _item(pack: Pack, item: BaseModel) -> dict[str, Any]:
    """An item's texts by field, and for a contact how it is reached."""
    made = {
        name: _field(pack, item, name, getattr(item, name))
        for name in type(item).model_fields
        if name not in _UNPRINTED
    }
    if isinstance(item, Contact):
        made |= {"phone": item.phone, "vanity": item.vanity}
        made["dial"] = dial(item.phone, pack.about.region) if item.phone else None
    if isinstance(item, Contact | Video):
        url = item.url or ""
        made |= {
            "url": item.url,
            "sample": bool(url) and is_placeholder(url),
            "pieces": re.findall(r"[^/]*/|[^/]+", short_address(url)) if url else [],
            "code": _code_file(url),
            "alt": fill(pack.labels.qr_alt, address=short_address(url)) if url else "",
        }
    return made


def _field(pack: Pack, item: BaseModel, name: str, value: Any) -> Any:
    if name in ("contacts", "help"):
        return [_item(pack, pack.contacts[contact]) for contact in value]
    if name == "body" and isinstance(item, Topic | ActionStep):
        return _blocks(markdown.parse_body(value))
    if isinstance(value, str):
        return _runs(value)
    if isinstance(value, BaseModel):
        return _item(pack, value)
    if isinstance(value, tuple):
        return [_field(pack, item, name, entry) for entry in value]
    return value


def _runs(text: str) -> list[dict[str, Any]]:
    return [vars(run) for run in markdown.parse_line(text)]


def _blocks(blocks: markdown.Blocks) -> list[dict[str, Any]]:
    return [
        {"items": [_blocks(item) for item in block.items]}
        if isinstance(block, markdown.Bullets)
        else {"runs": [vars(run) for run in block.runs]}
        for block in blocks
        if not isinstance(block, markdown.Table)
    ]


def code(url: str) -> str:
    """A QR code as an SVG picture."""
    path, side = qr.path(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
        f'viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'
    )


def _code_file(url: str) -> str:
    """The file of a code, named after its address."""
    return "qr/" + re.sub(r"\W+", "-", short_address(url)).strip("-") + ".svg"
