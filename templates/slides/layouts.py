"""What is where on the slides of each layout; all places are in inches.

The deck finds every placeholder that it fills by its name ("Text", "Code", "Note", ...).
"""

from collections.abc import Iterable

from shapes import LEFT, PANEL, RIGHT, Tree, box, fill, level

TITLE = box(LEFT, 0.72, RIGHT - LEFT, 1.05)
LOGO = box(LEFT, 0.6, 5, 0.9)
BODY = box(LEFT, 1.95, RIGHT - LEFT, 4.75)
ROUND = (
    '<a:prstGeom prst="wedgeRoundRectCallout"><a:avLst><a:gd name="adj1" fmla="val -46500"/>'
    '<a:gd name="adj2" fmla="val 68000"/><a:gd name="adj3" fmla="val 16667"/></a:avLst>'
    "</a:prstGeom>" + fill("bg2")
)


def light(title: str = TITLE) -> Tree:
    """A white layout, with the rule and the title at its head."""
    tree = Tree()
    tree.bar("Rule", box(LEFT, 0.5, RIGHT - LEFT, 0.07), "tx2")
    tree.placeholder("Title", "title", None, title, anchor="ctr")
    return tree


def dark(size: int, rule: float = 3.85) -> Tree:
    """A layout on the deep background, with the title in white over a rule."""
    tree = Tree()
    tree.placeholder(
        "Title",
        "title",
        None,
        box(LEFT, 1.3, RIGHT - LEFT, rule - 1.55),
        style=level(size, bold=True),
        anchor="b",
    )
    tree.bar("Rule", box(LEFT, rule, 1.6, 0.09), "accent3")
    return tree


def layouts() -> Iterable[tuple[str, Tree, bool]]:
    """Each layout's name, its shapes, and whether it has the deep background."""
    tree = dark(44)
    tree.placeholder("Logo", "pic", 22, LOGO)
    tree.placeholder("Text", "body", 20, box(LEFT, 4.15, 11, 0.9), style=level(28, color="accent3"))
    host = box(LEFT, 5.9, RIGHT - LEFT, 0.9)
    tree.placeholder("Publisher", "body", 21, host, style=level(20), anchor="b")
    yield "Title", tree, True

    tree = dark(44)
    tree.placeholder("Text", "body", 20, box(LEFT, 4.15, 11, 0.9), style=level(28, color="accent3"))
    tree.foot("accent3")
    yield "Section", tree, True

    tree = light()
    tree.placeholder("Text", "body", 20, box(LEFT, 1.95, 11.6, 3.85))
    tree.help()
    tree.foot()
    yield "Key points", tree, False

    tree = light()
    half = (RIGHT - LEFT - 0.5) / 2
    for number, column in enumerate(("Left", "Right")):
        x = LEFT + number * (half + 0.5)
        head = level(26, bold=True, color="accent2")
        points = level(26, bullet="dot", before=12)
        tree.placeholder(
            f"{column} head",
            "body",
            22 + 2 * number,
            box(x, 1.9, half, 0.6),
            style=head,
            anchor="b",
        )
        tree.placeholder(column, "body", 23 + 2 * number, box(x, 2.65, half, 3.1), style=points)
    tree.help()
    tree.foot()
    yield "Two columns", tree, False

    tree = light()
    tree.placeholder(
        "Number",
        "body",
        21,
        box(LEFT, 2.0, 6.6, 4.4),
        style=level(138, bold=True, color="accent2", spacing=90),
        anchor="ctr",
    )
    tree.placeholder(
        "Text", "body", 20, box(7.5, 2.0, RIGHT - 7.5, 4.4), style=level(30), anchor="ctr"
    )
    tree.foot()
    yield "Big number", tree, False

    tree = light()
    words = level(40, color="tx2", spacing=110)
    tree.placeholder("Quote", "body", 20, box(1.4, 2.1, 10.5, 3.4), style=words, anchor="ctr")
    who = level(22, color="accent4")
    tree.placeholder("Source", "body", 21, box(1.4, 5.7, 10.5, 0.6), style=who)
    tree.foot()
    yield "Quote", tree, False

    tree = light()
    for number in range(6):
        tree.placeholder(
            f"Line {number + 1}",
            "body",
            21 + number,
            box(1.0, 1.95 + 0.8 * number, 11.2, 0.7),
            shape=ROUND,
            style=level(26),
            anchor="ctr",
            inset=0.12,
        )
    tree.foot()
    yield "Conversation", tree, False

    side = 4.95
    for name, size, bullet, before in (("Video", 30, "none", 12), ("Take home", 24, "dot", 10)):
        tree = light()
        style = level(size, bullet=bullet, before=before)
        tree.placeholder("Text", "body", 20, box(LEFT, 1.95, 6.3, 3.5), style=style)
        tree.placeholder(
            "Address",
            "body",
            22,
            box(LEFT, 5.6, 6.3, 1.15),
            style=level(24, bold=True, color="tx2"),
            anchor="b",
        )
        tree.placeholder("Code", "pic", 21, box(RIGHT - side, 1.85, side, side))
        tree.foot()
        yield name, tree, False

    tree = light()
    tree.placeholder(
        "Steps",
        "body",
        20,
        box(LEFT, 1.95, RIGHT - LEFT, 4.75),
        style=level(26, bullet="number", before=14),
    )
    tree.placeholder(
        "Note",
        "body",
        21,
        box(LEFT, 4.6, RIGHT - LEFT, 2.1),
        shape=PANEL,
        style=level(24),
        anchor="ctr",
        inset=0.25,
    )
    tree.foot()
    yield "Steps", tree, False

    tree = light()
    tree.placeholder("Table", "tbl", 20, BODY)
    tree.foot()
    yield "Contacts", tree, False

    # The contacts need room: a school among them may take four rows.
    tree = dark(44, rule=2.9)
    tree.placeholder("Logo", "pic", 22, LOGO)
    tree.placeholder("Text", "body", 20, box(LEFT, 3.15, 11, 0.6), style=level(28, color="accent3"))
    tree.placeholder(
        "Help", "body", 21, box(LEFT, 3.9, RIGHT - LEFT, 3.0), style=level(20, before=4)
    )
    tree.foot("accent3")
    yield "Closing", tree, True
