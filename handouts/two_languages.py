"""A sheet in two languages: its parts side by side, each row a part and its translation.

A template is filled in once for each language. It writes `ROW` wherever a new row may begin, so
both have as many, at the same places.
"""

import re
from collections.abc import Iterator

#: Where a row begins. The first is the page's foot; from the third on, all are of the page itself.
ROW = "<!--row-->"

#: Elements that have no end tag.
_VOID = {"br", "img", "meta"}

_TAG = re.compile(r"<(/?)(\w+)[^<>]*?(/?)>")


def side_by_side(first: str, second: str, language: str, direction: str) -> str:
    """The page `first` with the parts of `second` beside its own.

    `language` and `direction` are those of `second`, as HTML has them.
    """
    attributes = f' lang="{language}" dir="{direction}"'
    start, foot, page, *rows, end = first.split(ROW)
    _, other_foot, _, *other_rows, _ = second.split(ROW)
    pairs = zip(_whole(rows), _whole(other_rows), strict=True)
    body = "".join(
        f'<div class="pair{" more" if goes_on else ""}"><div class="side">{one}</div>'
        f'<div class="side"{attributes}>{other}</div></div>\n'
        for (one, goes_on), (other, _) in pairs
    )
    feet = f"{foot.strip()}<div{attributes}>{other_foot.strip()}</div>"
    return f'{start}<div class="feet numbered">{feet}</div>\n{page}{body}{end}'


def _whole(rows: list[str]) -> Iterator[tuple[str, bool]]:
    """Each row with all its elements: those it leaves open are closed, and opened in the next.

    And whether it goes on with an element of the row before.
    """
    opened: list[tuple[str, str]] = []
    for row in rows:
        before = "".join(tag for _, tag in opened)
        goes_on = bool(opened)
        for tag in _TAG.finditer(row):
            closes, name, empty = tag.groups()
            if closes:
                opened.pop()
            elif not empty and name not in _VOID:
                opened.append((name, tag[0]))
        after = "".join(f"</{name}>" for name, _ in reversed(opened))
        yield f"{before}{row}{after}", goes_on
