"""Tables and lists have the structure that screen readers need.

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
#: The children that parts of lists and tables may have, and the parents that they may have.
_CHILDREN = {
    "L": ("Caption", "LI"),
    "LI": ("Lbl", "LBody"),
    "Table": ("Caption", *_GROUPS, "TR"),
    **dict.fromkeys(_GROUPS, ("TR",)),
    "TR": ("TH", "TD"),
}
_PARENTS = {
    "LI": ("L",),
    "LBody": ("LI",),
    **dict.fromkeys(_GROUPS, ("Table",)),
    "TR": ("Table", *_GROUPS),
    "TH": ("TR",),
    "TD": ("TR",),
}


def check_tables(tree: Tree, extractor: TextExtractor) -> Iterator[Finding]:
    """Yield what is wrong with the lists and tables in a tree."""
    for element in tree.elements:
        yield from _check_place(element, extractor)
        match element.kind:
            case "Table":
                yield from _check_table(element, extractor)
            case "TH" if str(element.attribute("/Scope")) not in ("/Row", "/Column", "/Both"):
                text = extractor.text_of(element)
                what = f"the header cell {quoted(text)} is not marked as a row or column header"
                fix = "Each TH needs the attribute Scope: Row, Column or Both."
                yield Finding(SCOPE, element.page, Fault(what, template_fault(fix)), text)


def _check_place(element: Element, extractor: TextExtractor) -> Iterator[Finding]:
    """Check that a part of a list or table has an allowed parent."""
    around = element.parent.kind if element.parent else ""
    children = _CHILDREN.get(around)
    parents = _PARENTS.get(element.kind)
    if children and element.kind and element.kind not in children:
        allowed = " and ".join(filter(None, (", ".join(children[:-1]), children[-1])))
        fix = f"{around} may directly contain only {allowed}."
    elif parents and around not in parents:
        fix = f"{element.kind} must be directly inside {' or '.join(parents)}."
    else:
        return
    is_list = {element.kind, around} & {"L", "LI", "LBody"}
    text = extractor.text_of(element)
    what = f"in a {'list' if is_list else 'table'}, {element.kind} is directly inside "
    what += f"{around or 'nothing'}" + (f": {quoted(text)}" if text else "")
    rule = LIST if is_list else TABLE
    yield Finding(rule, element.page, Fault(what, template_fault(fix)), text)


def _check_table(table: Element, extractor: TextExtractor) -> Iterator[Finding]:
    rows = [one for one in table.below() if one.kind == "TR"]
    cells = [[cell for cell in row.kids if cell.kind in ("TH", "TD")] for row in rows]
    if not any(cell.kind == "TH" for row in rows for cell in row.kids):
        text = extractor.text_of(table)
        fix = "Mark the header cells of columns or rows as TH."
        fault = Fault(f"a table has no header cells: {quoted(text)}", template_fault(fix))
        yield Finding(NO_HEADER, table.page, fault, text)
    widths = [0] * len(rows)
    for number, one_row in enumerate(cells):
        for cell in one_row:
            for reached in range(number, min(number + _span(cell, "/RowSpan"), len(rows))):
                widths[reached] += _span(cell, "/ColSpan")
    for row, width in zip(rows, widths, strict=True):
        if width != widths[0]:
            text = extractor.text_of(row)
            what = f"a table row has {width} cells, the first row {widths[0]}: {quoted(text)}"
            fix = "All rows must be equally wide, counting ColSpan and RowSpan."
            yield Finding(UNEVEN, row.page, Fault(what, template_fault(fix)), text)


def _span(cell: Element, name: str) -> int:
    given = cell.attribute(name)
    return given if isinstance(given, int) and given > 0 else 1
