"""What is where on the slides of each layout; all places are in inches.

The deck finds every placeholder that it fills by its name ("Text", "Code", "Point 1", ...). Grounds
have a meaning: on "deep" we pause, on "cream" are words to say, on white is what to know and do.

`drawn_layouts.py` has those of slides that are drawn.
"""

from collections.abc import Iterable, Iterator

from drawn_layouts import drawn_layouts
from grid import BODY, FULL, LOGO, Made, floor, light
from shapes import LEFT, PANEL, RIGHT, Tree, box, level


def layouts() -> Iterable[Made]:
    yield from _openings()
    yield from _lists()
    yield from drawn_layouts()


def _openings() -> Iterator[Made]:
    sand = level(28, color="accent3")
    tree = Tree()
    floor(tree)
    title = level(60, bold=True, spacing=95)
    tree.placeholder("Title", "title", None, box(0.8, 1.4, 7.6, 2.75), style=title, anchor="b")
    tree.placeholder("Logo", "pic", None, LOGO)
    tree.placeholder("Text", "body", None, box(0.8, 4.4, 7.6, 1.4), style=sand)
    host = box(0.8, 6.0, 6.6, 1.46)
    tree.placeholder("Publisher", "body", None, host, style=level(20), anchor="ctr")
    tree.help_line("accent3", RIGHT - 5.2)
    yield "Title", tree, "deep"

    tree = Tree()
    floor(tree)
    tree.placeholder("Title", "title", None, box(0.8, 1.0, 7.6, 3.15), style=title, anchor="b")
    tree.placeholder("Text", "body", None, box(0.8, 4.4, 7.6, 1.4), style=sand)
    tree.foot("accent3")
    yield "Section", tree, "deep"

    for name, wide, under in (
        ("Statement", 11.7, 11.7),
        ("Statement with sign", 7.6, 8.0),
        ("Statement with picture", 7.6, 7.6),
    ):
        tree = Tree()
        if name == "Statement with picture":
            floor(tree)
        style = level(54, bold=True, spacing=95)
        tree.placeholder("Title", "title", None, box(0.8, 1.2, wide, 2.75), style=style, anchor="b")
        small = level(24, bold=True, color="accent3")
        where = box(0.8, 0.6, wide, 0.45)
        tree.placeholder("Kicker", "body", 60, where, style=small, anchor="ctr")
        lines = level(28, before=10)
        tree.placeholder("Text", "body", None, box(0.8, 4.2, under, 2.45), style=lines)
        tree.foot("accent3")
        yield name, tree, "deep"

    tree = light("tx2")
    style = level(54, bold=True, color="tx2")
    tree.placeholder("Quote", "body", None, box(LEFT, 2.0, FULL, 3.8), style=style, anchor="ctr")
    who = level(24, color="tx1")
    tree.placeholder("Source", "body", None, box(LEFT, 6.0, FULL, 0.6), style=who)
    tree.foot("tx1")
    yield "Quote", tree, "cream"

    # With a door beside it, or a smaller one that leaves more room for a school with a long name.
    for name, left, wide, top in (("Closing", 0.8, 7.4, 3.55), ("Closing in full", 0.8, 9.1, 3.4)):
        tree = Tree()
        floor(tree)
        where = box(left, 1.35, wide, top - 2.05)
        tree.placeholder("Title", "title", None, where, style=title, anchor="b")
        tree.placeholder("Logo", "pic", None, LOGO)
        sand = level(32, color="accent3")
        tree.placeholder("Text", "body", None, box(left, top - 0.65, wide, 0.55), style=sand)
        where = box(left, top, wide, 6.85 - top)
        # The smallest size that there is: no school's name makes it smaller. Contacts are 24 pt.
        style = level(20, before=4)
        tree.placeholder("Help", "body", None, where, style=style)
        tree.foot("accent3")
        yield name, tree, "deep"


def _lists() -> Iterator[Made]:
    tree = light()
    tree.placeholder("Text", "body", None, box(LEFT, 1.95, 11.6, 3.75))
    tree.help()
    tree.foot()
    yield "Key points", tree, ""

    tree = light()
    half = (FULL - 0.5) / 2
    for number, column in enumerate(("Left", "Right")):
        x = LEFT + number * (half + 0.5)
        head = level(26, bold=True, color="accent2")
        points = level(26, bullet="dot", before=12)
        where = box(x, 1.92, half, 0.58)
        tree.placeholder(f"{column} head", "body", None, where, style=head, anchor="b")
        tree.placeholder(column, "body", None, box(x, 2.65, half, 3.05), style=points)
    tree.help()
    tree.foot()
    yield "Two columns", tree, ""

    tree = light()
    tree.placeholder(
        "Number",
        "body",
        None,
        box(LEFT, 2.0, 6.6, 4.4),
        style=level(138, bold=True, color="accent2", spacing=90),
        anchor="ctr",
    )
    where = box(7.5, 2.0, RIGHT - 7.5, 4.4)
    tree.placeholder("Text", "body", None, where, style=level(30), anchor="ctr")
    tree.foot()
    yield "Big number", tree, ""

    tree = light()
    steps = level(26, bullet="number", before=14)
    tree.placeholder("Steps", "body", None, BODY, style=steps)
    tree.placeholder(
        "Note",
        "body",
        None,
        box(LEFT, 4.6, FULL, 2.1),
        shape=PANEL,
        style=level(24),
        anchor="ctr",
        inset=0.25,
    )
    tree.foot()
    yield "Steps", tree, ""

    tree = light()
    tree.placeholder("Table", "tbl", None, BODY)
    tree.foot()
    yield "Contacts", tree, ""

    tree = light()
    side = 4.8
    style = level(24, bullet="dot", before=10)
    tree.placeholder("Text", "body", None, box(LEFT, 1.95, 6.3, 3.5), style=style)
    address = level(24, bold=True, color="tx2")
    where = box(LEFT, 5.6, 6.3, 1.15)
    tree.placeholder("Address", "body", None, where, style=address, anchor="b")
    tree.placeholder("Code", "pic", None, box(RIGHT - side, 1.92, side, side))
    tree.foot()
    yield "Take home", tree, ""
