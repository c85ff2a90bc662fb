"""Update docs/look.md: what content files can show, as pictures made by the program.

Run it with `make look`. The page says what to show in lines such as `<!-- made: grid -->`; what
follows, up to `<!-- end -->`, is written here: lines of `look.yaml`, and a picture of their slide.
Everything else on the page is written by hand.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw, PngImagePlugin

from drawings.pictograms import pictogram
from drawings.svg import shapes_svg
from pack import pictograms
from pack.documents import Slide
from pack.load import read_pack
from pack.model import Pack, YamlPath
from pack.theme import Template, load_theme
from slides.draft import DeckDraft
from slides.raster import draw_slide

DOCS = Path(__file__).resolve().parent.parent

#: The widths of pictures in pixels, and how many colors they have at most.
_SLIDE, _SIGN, _COLORS = 640, 72, 48

#: How many pictograms are in a row.
_COLUMNS = 5

#: The place in a PNG file for a digest of what it was drawn from.
_DIGEST = "drawn-from"

_MADE = re.compile(r"(<!-- made: (.+?) -->\n).*?(?=<!-- end -->)", re.S)


@dataclass(frozen=True)
class Page:
    """The text of docs/look.md, and its pictures as SVG, by their paths from docs/."""

    text: str
    pictures: dict[str, str]


@dataclass(frozen=True)
class _Shown:
    """A slide of `look.yaml`: its picture as SVG, and the paths of what it shows in the file."""

    slide: Slide
    title: str
    svg: str
    paths: tuple[YamlPath, ...]


def make_page(text: str) -> Page:
    """The page with all that is made by this module. Raises `SystemExit` if parts are missing."""
    pack = read_pack(DOCS / "look" / "look.yaml")
    slides, pictures = _slides(pack), {}

    def made(found: re.Match[str]) -> str:
        what = found[2]
        if what == "pictograms":
            signs = {f"look/pictograms/{name}.png": _sign(name) for name in pictograms.names()}
            pictures.update(signs)
            return _between(found, _table(list(signs)))
        if what == "own":
            return _between(found, _own(pack, pictures))
        shown = _find(slides, what)
        file = f"look/slides/{what.replace(' ', '-')}.png"
        pictures[file] = shown.svg
        layout = load_theme().layouts.get(what)
        needs = f"{_needs(layout)}\n\n" if layout else ""
        lines = f"```yaml\n{_lines(pack, shown.paths)}\n```\n\n"
        return _between(found, f"{needs}{lines}![The slide “{shown.title}”]({file})")

    text = _MADE.sub(made, text)
    there = {found[2] for found in _MADE.finditer(text)}
    # “auto” has no look of its own.
    if missing := {"pictograms", *load_theme().layouts} - {"auto"} - there:
        sys.exit(f"docs/look.md has no “<!-- made: … -->” for: {', '.join(sorted(missing))}")
    return Page(text, pictures)


def _between(found: re.Match[str], text: str) -> str:
    return f"{found[1]}\n{text.strip()}\n\n"


def _slides(pack: Pack) -> list[_Shown]:
    found = []
    slides = pack.deck.slides if pack.deck else ()
    drawn = DeckDraft(pack).pictures()
    for number, (slide, (content, svg)) in enumerate(zip(slides, drawn, strict=True)):
        paths = (*_paths(pack, slide), ("deck", "slides", number))
        if content.door:
            paths = (("pack", "motif"), *paths)
        # The alternative text has the slide's number, which changes if others are added.
        svg = re.sub("<title>.*?</title>", "", svg)
        found.append(_Shown(slide, " ".join(content.title.text.split()), svg, paths))
    return found


def _paths(pack: Pack, slide: Slide) -> Iterator[YamlPath]:
    """What a slide shows: the items it names, and those that these name."""
    for name in slide.names:
        yield (slide.kind, name)
    for topic in (pack.topics[name] for name in slide.topics):
        yield from (("contacts", name) for name in topic.help)
        if topic.exit:
            yield ("topics", topic.exit)
    for step in (pack.steps[name] for name in slide.steps):
        yield from (("contacts", name) for name in step.contacts)


def _find(slides: Sequence[_Shown], what: str) -> _Shown:
    """The first slide with a layout, such as "grid"; or that shows an item, "grid habits"."""
    layout, _, item = what.partition(" ")
    for shown in slides:
        if shown.slide.layout == layout and (not item or item in shown.slide.names):
            return shown
    sys.exit(f"docs/look/look.yaml has no slide for “<!-- made: {what} -->” in docs/look.md")


def _lines(pack: Pack, paths: Sequence[YamlPath]) -> str:
    """The lines of values in a content file, each with the headings above it."""
    marks, lines = pack.origin.marks, pack.origin.file.read_text("utf-8").split("\n")
    chosen: set[int] = set()
    for path in paths:
        chosen |= {marks[path[:depth]][0] for depth in range(1, len(path))}
        start = marks[path][0]
        chosen.add(start)
        for number, line in enumerate(lines[start:], start=start + 1):
            if _indent(line) <= _indent(lines[start - 1]):
                break
            chosen.add(number)
    text = "\n".join(lines[number - 1] for number in sorted(chosen))
    return re.sub(r"\n(?=\S)", "\n\n", text)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _needs(layout: Template) -> str:
    """What a layout shows, and what it must find there."""
    shows = " or ".join(f"`{kind}:`" for kind in layout.shows)
    most = {1: "one of ", 2: "up to two of "}.get(layout.most, "")
    found = [f"Shows {most}{shows}."] if shows else []
    if layout.takes:
        own = " and ".join(f"`{name}:`" for name in layout.takes)
        found.append(f"The slide can have {own} of its own.")
    if layout.points == (0,):
        found.append("Each point needs an `as:`.")
    elif layout.points:
        *first, last = map(str, layout.points)
        sign = ", each with a `sign:`" if layout.signs else ""
        found.append(f"Needs {', '.join(first)} or {last} points without `as:`{sign}.")
    if layout.places:
        places = " and one ".join(f"with `as: {place}`" for place in layout.places)
        found.append(f"Needs a point {places}.")
    if layout.exit:
        found.append("The topic needs an `exit:`.")
    if layout.was:
        found.append(f"Its former name was `{layout.was[0]}`.")
    return " ".join(found) or "The slide needs only a `title:`."


def _sign(name: str, folder: Path | None = None) -> str:
    drawn = shapes_svg(pictogram(name, folder, 4, 4, 64).shapes, load_theme().colors.__getitem__)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">'
        f'<rect width="72" height="72" fill="#fff"/>{drawn}</svg>'
    )


def _table(files: Sequence[str]) -> str:
    cells = [f"![]({file})<br>`{Path(file).stem}`" for file in files]
    cells += [""] * (-len(cells) % _COLUMNS)
    rows = [cells[at : at + _COLUMNS] for at in range(0, len(cells), _COLUMNS)]
    head = f"{'| ' * _COLUMNS}|\n{'|:-:' * _COLUMNS}|\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _own(pack: Pack, pictures: dict[str, str]) -> str:
    """The pictograms in the pack's own folder, each with its file."""
    found = []
    for file in sorted((pack.folder / pictograms.OWN).glob("*.svg")):
        name = f"look/pictograms/own-{file.stem}.png"
        pictures[name] = _sign(file.stem, pack.folder)
        found.append(f"![{file.stem}]({name})\n\n```svg\n{file.read_text('utf-8')}```\n")
    return "\n".join(found)


def _png(svg: str, file: str) -> bytes:
    drawn = draw_slide(svg, _SLIDE if "/slides/" in file else _SIGN)
    info = PngImagePlugin.PngInfo()
    info.add_text(_DIGEST, _digest(svg))
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as image:
        picture = image.convert("RGB")
        if "/slides/" in file:  # a white slide on a white page needs an edge
            ImageDraw.Draw(picture).rectangle(
                (0, 0, picture.width - 1, picture.height - 1), outline=load_theme().colors["pale"]
            )
        few = picture.quantize(_COLORS, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True, pnginfo=info)
    return out.getvalue()


def _digest(svg: str) -> str:
    return sha256(svg.encode()).hexdigest()


def _is_new(file: Path, svg: str) -> bool:
    if not file.is_file():
        return False
    with Image.open(file) as image:
        return image.info.get(_DIGEST) == _digest(svg)


def outdated(docs: Path, page: Page) -> list[str]:
    """The files in a copy of docs/ that are not as they would be made now, or not needed."""
    found = [] if (docs / "look.md").read_text("utf-8") == page.text else ["look.md"]
    found += [file for file, svg in page.pictures.items() if not _is_new(docs / file, svg)]
    there = {file.relative_to(docs).as_posix() for file in (docs / "look").rglob("*.png")}
    return found + sorted(there - page.pictures.keys())


def main() -> None:
    parser = argparse.ArgumentParser(description="Update docs/look.md and its pictures.")
    parser.add_argument("--check", action="store_true", help="only list what is outdated")
    parser.add_argument("--docs", type=Path, default=DOCS, help="a copy of the folder docs/")
    options = parser.parse_args()
    docs: Path = options.docs
    page = make_page((docs / "look.md").read_text("utf-8"))
    old = outdated(docs, page)
    if options.check:
        sys.exit(f"Outdated in docs/: {', '.join(old)}. Run “make look”." if old else None)
    for name in old:
        file = docs / name
        if name == "look.md":
            file.write_text(page.text, "utf-8")
        elif svg := page.pictures.get(name):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(_png(svg, name))
        else:
            file.unlink()
        print(name)


if __name__ == "__main__":
    main()
