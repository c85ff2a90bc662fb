"""Tables and lists are built so that a screen reader can walk them.

The clauses are those of ISO 14289-1 (PDF/UA-1) and ISO 32000-1 (PDF 1.7).
"""

from collections.abc import Iterator

from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.pdf.remedies import template_fault
from preflight.pdf.structure_tree import Element, Tree
from preflight.pdf.text_extraction import TextExtractor, quoted

LIST = Rule("pdf-list", "ISO 14289-1, 7.6; ISO 32000-1, 14.8.4.3.3")
TABLE = Rule("pdf-table", "ISO 14289-1, 7.5; ISO 32000-1, 14.8.4.3.4")
NO_HEADER = Rule("pdf-table-header", "ISO 14289-1, 7.5; WCAG 2.1, 1.3.1")
SCOPE = Rule("pdf-header-scope", "ISO 14289-1, 7.5")
UNEVEN = Rule("pdf-table-uneven", "ISO 14289-1, 7.5")

_GROUPS = ("THead", "TBody", "TFoot")
#: What may stand in the parts of lists and tables, and what these parts may stand in.
_CONTAINS = {
    "L": ("Caption", "LI"),
    "LI": ("Lbl", "LBody"),
    "Table": ("Caption", *_GROUPS, "TR"),
    **dict.fromkeys(_GROUPS, ("TR",)),
    "TR": ("TH", "TD"),
}
_STANDS_IN = {
    "LI": ("L",),
    "LBody": ("LI",),
    **dict.fromkeys(_GROUPS, ("Table",)),
    "TR": ("Table", *_GROUPS),
    "TH": ("TR",),
    "TD": ("TR",),
}


def check_tables(tree: Tree, words: TextExtractor) -> Iterator[Finding]:
    """What is wrong with the lists and tables of a tree."""
    for element in tree.elements:
        yield from _check_place(element, words)
        match element.kind:
            case "Table":
                yield from _check_table(element, words)
            case "TH" if str(element.attribute("/Scope")) not in ("/Row", "/Column", "/Both"):
                text = words.of(element)
                what = f"the table's head {quoted(text)} does not say what it heads"
                mend = "Each TH needs the attribute Scope: Row, Column or Both."
                yield Finding(SCOPE, element.page, Fault(what, template_fault(mend)), text)


def _check_place(element: Element, words: TextExtractor) -> Iterator[Finding]:
    """An element of a list or table stands only where it may."""
    around = element.parent.kind if element.parent else ""
    may_hold = _CONTAINS.get(around)
    may_stand = _STANDS_IN.get(element.kind)
    if may_hold and element.kind and element.kind not in may_hold:
        allowed = " and ".join(filter(None, (", ".join(may_hold[:-1]), may_hold[-1])))
        mend = f"Directly in {around}, only {allowed} may stand."
    elif may_stand and around not in may_stand:
        mend = f"{element.kind} may stand only in {' or '.join(may_stand)}."
    else:
        return
    is_list = {element.kind, around} & {"L", "LI", "LBody"}
    text = words.of(element)
    what = f"in a {'list' if is_list else 'table'}, {element.kind} stands directly in "
    what += f"{around or 'nothing'}" + (f": {quoted(text)}" if text else "")
    rule = LIST if is_list else TABLE
    yield Finding(rule, element.page, Fault(what, template_fault(mend)), text)


def _check_table(table: Element, words: TextExtractor) -> Iterator[Finding]:
    rows = [one for one in table.below() if one.kind == "TR"]
    cells = [[cell for cell in row.kids if cell.kind in ("TH", "TD")] for row in rows]
    if not any(cell.kind == "TH" for row in rows for cell in row.kids):
        text = words.of(table)
        mend = "Mark the cells that head columns or rows as TH."
        fault = Fault(f"a table has no head: {quoted(text)}", template_fault(mend))
        yield Finding(NO_HEADER, table.page, fault, text)
    widths = [0] * len(rows)
    for number, one_row in enumerate(cells):
        for cell in one_row:
            for reached in range(number, min(number + _span(cell, "/RowSpan"), len(rows))):
                widths[reached] += _span(cell, "/ColSpan")
    for row, width in zip(rows, widths, strict=True):
        if width != widths[0]:
            text = words.of(row)
            what = f"a table's row is {width} cells wide, its first row {widths[0]}: {quoted(text)}"
            mend = "All rows, with ColSpan and RowSpan counted, are equally wide."
            yield Finding(UNEVEN, row.page, Fault(what, template_fault(mend)), text)


def _span(cell: Element, name: str) -> int:
    given = cell.attribute(name)
    return given if isinstance(given, int) and given > 0 else 1
