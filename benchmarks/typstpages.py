"""The same sheets by Typst (`benchmarks/typst/`), for `benchmarks/schools.py` to compare with.

The texts, colors and codes come from the content file as our own sheets read it. Typst gets what
is quickest for it: the texts as data that stay the same, one warm compiler for each process, all
schools of one sheet in a row, and for each document a main file of one line.
"""

import csv
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from source import inline, qr
from source.items import Contact, Step, Topic, Video
from source.kinds import is_placeholder, short_address
from source.markup import dial, fill, published
from source.model import Pack
from source.theme import load_theme

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent / "typst"
FONTS = HERE.parent.parent / "templates" / "fonts"

#: Size of the text in pt and the space between lines in em, so that each sheet is filled.
_SET = {
    "parent-tip-sheet": (11.5, 0.72),
    "home-safety-checklist": (12.5, 0.68),
    "myths-and-facts": (12.0, 0.7),
}

#: What only slides and notes show.
_UNPRINTED = {"sources", "say", "ask", "disclose", "points", "added"}


def prepare(pack: Pack, folder: Path) -> None:
    """Put the templates, the texts and the codes of the pack's addresses into Typst's folder."""
    for template in HERE.glob("*.typ"):
        shutil.copy(template, folder)
    (folder / "qr").mkdir(exist_ok=True)
    items = [*pack.contacts.values(), *pack.videos.values()]
    for url in {item.url for item in items if item.url}:
        (folder / _code_file(url)).write_text(code(url), encoding="utf-8")
    text = json.dumps(exported(pack), ensure_ascii=False)
    (folder / "content.json").write_text(text, encoding="utf-8")


def read_schools(file: Path, pack: Pack) -> list[dict[str, str]]:
    """The schools of a list, with what Typst can't work out: dialed numbers and codes."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            {
                **row,
                "logo": f"/{row['logo']}",
                "logo-alt": fill(pack.labels.logo_alt, name=row["name"]),
                "dial": dial(row["phone"], pack.pack.region),
                "code": code(row["website"]),
                "code-alt": fill(pack.labels.qr_alt, address=short_address(row["website"])),
            }
            for row in csv.DictReader(rows)
        ]


def make(
    compiler: "typst.Compiler", sheet: str, schools: Iterable[Mapping[str, str]], folder: Path
) -> int:
    """One sheet for each school, as `folder/SCHOOL/SHEET.pdf`; returns how many bytes."""
    size = 0
    for school in schools:
        pdf = one(compiler, sheet, school)
        (folder / school["id"]).mkdir(parents=True, exist_ok=True)
        (folder / school["id"] / f"{sheet}.pdf").write_bytes(pdf)
        size += len(pdf)
    return size


def one(compiler: "typst.Compiler", sheet: str, school: Mapping[str, str]) -> bytes:
    """One sheet for one school, as a PDF that follows PDF/UA-1."""
    values = json.dumps(json.dumps(school, ensure_ascii=False), ensure_ascii=False)
    main = f'#import "sheets.typ": make\n#make("{sheet}", json(bytes({values})))'
    pdf = compiler.compile(input=main.encode(), format="pdf", pdf_standards="ua-1")
    assert isinstance(pdf, bytes)  # noqa: S101  (a list only for pictures)
    return pdf


def new_compiler(folder: Path) -> "typst.Compiler":
    """A compiler that knows the folder, and our typefaces only."""
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(root=folder, font_paths=fonts)


def exported(pack: Pack) -> dict[str, Any]:
    """What the templates read: every text as runs of one style, every reference followed."""
    return {
        "language": pack.pack.language,
        "region": pack.pack.region,
        "publisher": pack.publisher.name,
        "colors": load_theme().colors,
        "labels": pack.labels.model_dump(mode="json"),
        "help_strip": [_item(pack, pack.contacts[name]) for name in pack.pack.help_strip],
        "sheets": {handout.id: _sheet(pack, handout) for handout in pack.handouts},
    }


def _sheet(pack: Pack, handout: Any) -> dict[str, Any]:
    size, leading = _SET.get(handout.id, (11.0, 0.6))
    strip = pack.pack.help_strip
    sources = ", ".join(source.name for source in pack.shown_sources(handout.blocks, strip))
    added = ", ".join(one.name for one in pack.shown_contacts(handout.blocks, strip) if one.added)
    on_card = handout.template == "wallet-cards"
    small_print = (
        inline.sentence(published(pack)),
        fill(pack.labels.adapted_from, sources=sources) if sources and not on_card else "",
        fill(pack.labels.added, names=added) if added else "",
    )
    return {
        "id": handout.id,
        "template": handout.template,
        "pages": handout.pages,
        "size": size,
        "leading": leading,
        "plain": inline.plain(handout.title),
        "about": inline.plain(handout.about),
        "colophon": " ".join(inline.plain(part) for part in small_print if part),
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
    """An item's texts by their fields, and for a place how it is reached."""
    made = {
        name: _field(pack, item, name, getattr(item, name))
        for name in type(item).model_fields
        if name not in _UNPRINTED
    }
    if isinstance(item, Contact):
        made |= {"phone": item.phone, "vanity": item.vanity}
        made["dial"] = dial(item.phone, pack.pack.region) if item.phone else None
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
    if name == "body" and isinstance(item, Topic | Step):
        return _blocks(inline.parse_body(value))
    if isinstance(value, str):
        return _runs(value)
    if isinstance(value, BaseModel):
        return _item(pack, value)
    if isinstance(value, tuple):
        return [_field(pack, item, name, entry) for entry in value]
    return value


def _runs(text: str) -> list[dict[str, Any]]:
    return [vars(run) for run in inline.parse_line(text)]


def _blocks(blocks: inline.Blocks) -> list[dict[str, Any]]:
    return [
        {"items": [_blocks(item) for item in block.items]}
        if isinstance(block, inline.Bullets)
        else {"runs": [vars(run) for run in block.runs]}
        for block in blocks
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
