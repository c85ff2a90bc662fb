"""What the layouts of slides have in common: their places, in inches, and their heads and bars."""

from collections.abc import Iterator

from shapes import LEFT, RIGHT, WIDTH, Tree, box, fill, level

FULL = RIGHT - LEFT
TITLE = box(LEFT, 0.9375, FULL, 0.9725)
BODY = box(LEFT, 1.95, FULL, 4.75)
LOGO = box(0.8, 0.5, 2.6, 0.8)
DEEP = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' + fill("tx2")

#: Where the pictures of points begin, and how high they are if both bars below them are used.
TOP, HIGH = 1.95, 2.9
GAP = 0.21

#: How the layouts for a number of points are called.
COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 6: "six"}

#: A layout's name, its shapes, and its ground: "deep", "cream" or "" for white.
Made = tuple[str, Tree, str]


def light(kicker: str = "accent2") -> Tree:
    """A layout with the title at its head, under a small line in the color `kicker`."""
    tree = Tree()
    tree.placeholder("Title", "title", None, TITLE)
    style = level(24, bold=True, color=kicker)
    tree.placeholder("Kicker", "body", 60, box(LEFT, 0.53, FULL, 0.4), style=style, anchor="ctr")
    return tree


def floor(tree: Tree) -> None:
    tree.bar("Floor", box(0, 6.0, WIDTH, 1.5), "floor")


def bars(tree: Tree) -> None:
    """The two bars under a picture."""
    style = level(28, bold=True, color="tx2")
    where = box(LEFT, 5.0, FULL, 0.72)
    tree.placeholder("Below", "body", None, where, style=style, anchor="ctr")
    tree.help()
    tree.foot()


def columns(count: int, gap: float) -> Iterator[tuple[float, float]]:
    """The left edge and the width of each of `count` columns."""
    wide = (FULL - gap * (count - 1)) / count
    for number in range(count):
        yield LEFT + number * (wide + gap), wide
