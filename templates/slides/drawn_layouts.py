"""The layouts of slides that show how things hang together; all places are in inches.

Pictures end above two bars, "Below" and "Help". The deck moves placeholders down if one of the bars
is not used (`slides/arrange.py`).
"""

from collections.abc import Iterator

from grid import COUNTS, DEEP, FULL, GAP, HIGH, TOP, Made, bars, columns, light
from shapes import LEFT, PANEL, RIGHT, Tree, box, fill, level


def drawn_layouts() -> Iterator[Made]:
    yield from _points()
    yield from _actions()
    yield from _ways()


def _points() -> Iterator[Made]:
    """The layouts that show how the points of a topic hang together."""
    for count in (2, 3, 4):
        tree = light()
        for number, (x, wide) in enumerate(columns(count, 0.75), start=1):
            last = number == count
            tree.placeholder(
                f"Point {number}",
                "body",
                None,
                box(x, TOP, wide, HIGH),
                shape=DEEP if last else PANEL,
                style=level(28, color="bg1" if last else "tx1"),
                insets=(0.3, 1.5, 0.25, 0.15),
            )
        bars(tree)
        yield f"Process of {COUNTS[count]}", tree, ""

    for count in (2, 3):
        tree = light()
        for number, (x, wide) in enumerate(columns(count, 0.29), start=1):
            where = box(x, TOP, wide, HIGH)
            insets = (0.3, 1.5, 0.25, 0.15)
            tree.placeholder(f"Point {number}", "body", None, where, style=level(28), insets=insets)
        bars(tree)
        yield f"Bubbles of {COUNTS[count]}", tree, ""

    ring = {
        3: [(6.1, 1.98, 3.6, 1.25), (7.4, 4.0, 2.45, 2.05), (LEFT, 4.0, 2.55, 2.05)],
        4: [(6.1, 1.98, 3.6, 1.0), (7.75, 3.55, 2.05, 1.5), (6.1, 5.05, 3.6, 1.0),
            (LEFT, 3.55, 2.15, 1.5)],
    }  # fmt: skip
    for count, captions in ring.items():
        tree = light()
        for number, (x, y, w, h) in enumerate(captions, start=1):
            beside = number == 1 or (count == 4 and number == 3)
            tree.placeholder(
                f"Point {number}",
                "body",
                None,
                box(x, y, w, h),
                style=level(24),
                anchor="t" if beside else "ctr",
            )
        tree.placeholder(
            "Exit",
            "body",
            None,
            box(9.95, 1.95, 2.78, 4.1),
            shape='<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' + fill("cream"),
            style=level(28, bold=True, color="tx2", align="ctr"),
            insets=(0.15, 3.0, 0.15, 0.1),
            anchor="ctr",
        )
        # As high as a row of Chinese in this size.
        where = box(LEFT, 6.08, FULL, 0.47)
        tree.placeholder("Below", "body", None, where, style=level(24), anchor="b")
        tree.foot()
        yield f"Cycle of {COUNTS[count]}", tree, ""

    tree = light()
    tree.placeholder("Text", "body", None, box(LEFT, 1.95, FULL, 0.6), style=level(28))
    for name, x, wide, shape, color in (
        ("Left point", LEFT, 4.6, PANEL, "tx1"),
        ("Right point", 7.73, 5.0, DEEP, "bg1"),
    ):
        tree.placeholder(
            name,
            "body",
            None,
            box(x, 2.7, wide, 2.15),
            shape=shape,
            style=level(28, color=color),
            insets=(1.5, 0.15, 0.25, 0.15),
            anchor="ctr",
        )
        if name == "Left point":
            _way_names(tree)
    bars(tree)
    yield "Fork", tree, ""

    tree = light()
    half = (FULL - 0.25) / 2
    for name, x, shape, color in (
        ("Left point", LEFT, "", "tx1"),
        ("Right point", LEFT + half + 0.25, DEEP, "bg1"),
    ):
        tree.placeholder(
            name,
            "body",
            None,
            box(x, TOP, half, HIGH),
            shape=shape,
            style=level(30, color=color, before=8),
            insets=(0.35, 1.3, 0.3, 0.15),
        )
    bars(tree)
    yield "Compare", tree, ""

    for count, across in ((3, 3), (4, 2), (6, 3)):
        tree = light()
        rows = count // across
        high = (HIGH - GAP * (rows - 1)) / rows
        insets = {3: (0.3, 1.75, 0.25, 0.15), 4: (1.85, 0.1, 0.19, 0.1)}.get(
            count, (1.2, 0.1, 0.2, 0.1)
        )
        for number in range(count):
            x, wide = list(columns(across, GAP))[number % across]
            tree.placeholder(
                f"Point {number + 1}",
                "body",
                None,
                box(x, TOP + number // across * (high + GAP), wide, high),
                shape=PANEL,
                style=level(28 if count < 6 else 26),
                insets=insets,
                anchor="t" if count == 3 else "ctr",
            )
        bars(tree)
        yield f"Grid of {COUNTS[count]}", tree, ""

    tree = light()
    where = box(9.45, 1.95, RIGHT - 9.45, 1.3)
    style = level(84, bold=True, color="accent2", spacing=90)
    tree.placeholder("Number", "body", None, where, style=style, anchor="b")
    where = box(9.45, 3.4, RIGHT - 9.45, 3.2)
    tree.placeholder("Text", "body", None, where, style=level(26))
    tree.foot()
    yield "People", tree, ""


def _way_names(tree: Tree) -> None:
    """The names of a fork's two ways, each over its arrow, at 30 and 70 % of the height."""
    style = level(24, bold=True, color="accent2", align="ctr")
    for number in range(2):
        where = box(5.33, 2.7 + 2.15 * (0.02 + 0.4 * number), 2.2, 2.15 * 0.21)
        tree.placeholder(f"Way {number + 1}", "body", None, where, style=style, anchor="b")


def _actions() -> Iterator[Made]:
    """The layouts of what to do and to say."""
    for count in (1, 2, 3):
        tree = light()
        for number, (x, wide) in enumerate(columns(max(count, 2), 0.29), start=1):
            if number > count:
                continue
            wide = FULL if count == 1 else wide
            _station(tree, number, x)
            where = box(x, 3.76, wide, 1.86)
            tree.placeholder(f"Step {number}", "body", None, where, style=level(26, before=4))
        # As tall as two rows of the text.
        tree.help(5.68)
        tree.foot()
        yield f"Path of {COUNTS[count]}", tree, ""

    tree = light()
    _station(tree, 1, LEFT)
    tree.placeholder("Step 1", "body", None, box(LEFT, 3.75, 5.75, 2.98), style=level(26, before=4))
    where = box(6.75, 2.75, RIGHT - 6.75, 3.95)
    tree.placeholder(
        "Note", "body", None, where, shape=PANEL, style=level(28), anchor="ctr", inset=0.3
    )
    tree.foot()
    yield "Path with note", tree, ""

    tree = light("tx2")
    for number in range(5):
        where = box(3.55, 1.9 + 0.8 * number, RIGHT - 3.55, 0.7)
        insets = (0.3, 0.09, 0.3, 0.09)
        tree.placeholder(
            f"Line {number + 1}",
            "body",
            None,
            where,
            style=level(28),
            insets=insets,
            anchor="ctr",
        )
    style = level(30, bold=True, color="bg1")
    where = box(3.55, 5.95, RIGHT - 3.55, 0.7)
    tree.placeholder("Last", "body", None, where, style=style, insets=insets, anchor="ctr")
    tree.foot("tx1")
    yield "Say", tree, "cream"

    tree = light()
    for number in range(8):
        x, wide = list(columns(2, 0.5))[number % 2]
        where = box(x, 1.95 + number // 2 * 1.2, wide, 1.1)
        tree.placeholder(
            f"Task {number + 1}",
            "body",
            None,
            where,
            style=level(28),
            insets=(0.7, 0.02, 0, 0),
        )
    tree.foot()
    yield "Checklist", tree, ""


def _station(tree: Tree, number: int, x: float) -> None:
    """The place of a step's number on the path."""
    style = level(32, bold=True, color="bg1", align="ctr")
    where = box(x, 1.92, 0.8, 0.8)
    tree.placeholder(f"Number {number}", "body", None, where, style=style, anchor="ctr")


def _ways() -> Iterator[Made]:
    """The layouts that lead on: to videos, sheets, help, and through the talk."""
    tree = light()
    for number in range(8):
        y = 1.95 + number * 0.58
        name = level(28, bold=True, color="tx2")
        where = box(LEFT, y, 5.2, 0.58)
        tree.placeholder(f"Part {number + 1}", "body", None, where, style=name, anchor="ctr")
        where = box(9.75, y, RIGHT - 9.75, 0.58)
        tree.placeholder(f"Clock {number + 1}", "body", None, where, style=level(24), anchor="ctr")
    tree.foot()
    yield "Timeline", tree, ""

    tree = Tree()
    # Under the line with the school, with the code's quiet zone around it.
    code, quiet, x = 3.78, 0.28, 8.95
    tree.bar("Screen", box(LEFT, 0.6, 7.9, 4.45), "tx2")
    style = level(44, bold=True, color="bg1")
    tree.placeholder("Title", "title", None, box(0.95, 3.35, 7.2, 1.5), style=style, anchor="b")
    tree.placeholder("Text", "body", None, box(LEFT, 5.25, 7.9, 1.5), style=level(28, before=6))
    tree.placeholder("Code", "pic", None, box(x - quiet, 0.653, code + 2 * quiet, code + 2 * quiet))
    address = level(26, bold=True, color="tx2", before=4)
    tree.placeholder("Address", "body", None, box(x, 5.0, RIGHT - x, 1.83), style=address)
    tree.foot()
    yield "Video", tree, ""

    tree = light()
    for number in range(2):
        tree.placeholder(
            f"Tile {number + 1}",
            "body",
            None,
            box(LEFT, 1.95 + number * 2.47, 4.3, 2.28),
            shape=DEEP,
            style=level(24, color="bg1"),
            insets=(0.2, 0.05, 0.1, 0.05),
            anchor="ctr",
        )
    for number in range(5):
        y = 1.95 + number * 0.95
        use = level(24, color="accent2")
        where = box(5.08, y, 3.95, 0.95)
        tree.placeholder(f"Use {number + 1}", "body", None, where, style=use, anchor="ctr")
        where = box(9.16, y, RIGHT - 9.16, 0.95)
        reach = level(30, bold=True, color="tx2")
        tree.placeholder(f"Reach {number + 1}", "body", None, where, style=reach, anchor="ctr")
    tree.foot()
    yield "Help map", tree, ""

    tree = light()
    for number in range(6):
        tree.placeholder(
            f"Item {number + 1}",
            "body",
            None,
            box(LEFT + number % 2 * 4.15, 1.95 + number // 2 * 1.6, 4.1, 1.5),
            style=level(24, bold=True, color="tx2"),
            insets=(1.35, 0, 0, 0),
            anchor="ctr",
        )
    address = level(24, bold=True, color="tx2", align="ctr", spacing=92)
    tree.placeholder("Code", "pic", None, box(8.98, 1.963, 3.75, 3.75))
    tree.placeholder("Address", "body", None, box(8.98, 5.72, 3.75, 1.11), style=address)
    tree.foot()
    yield "Take home in pictures", tree, ""

    tree = light()
    for number in range(4):
        tree.placeholder(
            f"Band {number + 1}",
            "body",
            None,
            box(LEFT, 1.95 + number * 0.97, 7.3, 0.85),
            shape=PANEL,
            style=level(28),
            insets=(1.4, 0.05, 0.15, 0.05),
            anchor="ctr",
        )
    code = 4.6
    address = level(24, bold=True, color="tx2")
    where = box(LEFT, 5.85, 7.3, 0.85)
    tree.placeholder("Address", "body", None, where, style=address, anchor="ctr")
    tree.placeholder("Code", "pic", None, box(RIGHT - code, 1.92, code, code))
    tree.foot()
    yield "Take home in bands", tree, ""
