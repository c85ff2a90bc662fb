"""Everything on a page is tagged content or an artifact, and the tree names every tagged piece.

The clauses are those of ISO 14289-1 (PDF/UA-1) and ISO 32000-1 (PDF 1.7), whose 14.6 and 14.7.4
explain how content is marked (BDC … EMC) and how the marks are numbered (MCID).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

from pack.problems import Fault
from preflight.findings import Finding, Rule
from preflight.pdf.remedies import program_fault, template_fault
from preflight.pdf.structure_tree import Key, Mark, Tree, entry
from preflight.pdf.text_extraction import Shown, TextExtractor, quoted

UNMARKED = Rule("pdf-content-unmarked", "ISO 14289-1, 7.1")
MIXED = Rule("pdf-artifact-in-content", "ISO 14289-1, 7.1")
UNBALANCED = Rule("pdf-marks-unbalanced", "ISO 32000-1, 14.6.1")
REPEATED = Rule("pdf-mark-repeated", "ISO 32000-1, 14.7.4.2")
OUTSIDE_TREE = Rule("pdf-content-outside-tree", "ISO 14289-1, 7.1; ISO 32000-1, 14.7.4")
NO_PARENT = Rule("pdf-content-parent", "ISO 32000-1, 14.7.4.4")
LOST = Rule("pdf-content-lost", "ISO 32000-1, 14.7.4.2")
SHARED = Rule("pdf-content-shared", "ISO 32000-1, 14.7.4")

_TEXT = frozenset(["Tj", "TJ", "'", '"'])
_DRAWING = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"])
#: The operators that are read in content streams; skipping the rest halves the time.
_OPERATORS = " ".join(["BDC", "BMC", "EMC", "Tf", "Do", "BI", "ID", "EI", *_TEXT, *_DRAWING])
#: The mark of artifacts, which no element can have.
_ARTIFACT: Final = Mark((0, 0), -1)
#: What is wrong if content and tree do not name each other, and how to fix it.
_PARENT_FAULTS = {
    OUTSIDE_TREE: (
        "{} can be seen but has no tag, so it is not read aloud",
        "Each piece must belong to an element of the structure tree, or be an artifact.",
    ),
    NO_PARENT: (
        "{} can't be traced back to a tag",
        "The page's entry in the ParentTree must name the element that has the content.",
    ),
    LOST: (
        "the tags name {} that the page does not have",
        "Remove these numbers (MCID) from the structure tree, or mark the content.",
    ),
    SHARED: (
        "two tags name the same content, so it would be read twice: {}",
        "Each piece of content must belong to exactly one element.",
    ),
}


@dataclass
class MarkedContent:
    """What each mark shows, and the streams with marks with their numbers in the ParentTree."""

    marks: dict[Mark, Shown] = field(default_factory=dict)
    streams: dict[Key, int | None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_content(document: pikepdf.Pdf) -> MarkedContent:
    """The marked content of all pages, and what is wrong with the marks themselves."""
    content = MarkedContent()
    for number, page in enumerate(document.pages, start=1):
        content.findings += _read(content, page.obj, page.resources, number, None)
    return content


def check_parents(
    content: MarkedContent, tree: Tree, extractor: TextExtractor
) -> Iterator[Finding]:
    """Check that the content and the structure tree refer to each other, both ways."""
    wrong: dict[tuple[Rule, int], list[Mark]] = defaultdict(list)
    for stream, marks in _by_stream(content).items():
        number = content.streams[stream]
        listed = _keys(tree.parents.get(-1 if number is None else number))
        for mark in marks:
            page = content.marks[mark].page
            owner = tree.owners.get(mark)
            if owner is None:
                wrong[OUTSIDE_TREE, page].append(mark)
            elif mark.mcid >= len(listed) or listed[mark.mcid] != owner.node.objgen:
                wrong[NO_PARENT, page].append(mark)
    for mark, owner in tree.owners.items():
        if mark not in content.marks:
            wrong[LOST, owner.page].append(mark)
    for mark, second in tree.shared.items():
        wrong[SHARED, second.page].append(mark)
    for (rule, page), marks in wrong.items():
        texts = [text for mark in marks if (text := extractor.text_of_mark(mark))]
        yield _parent_finding(rule, page, len(marks), texts)


def _parent_finding(rule: Rule, page: int, count: int, texts: list[str]) -> Finding:
    pieces = "1 piece of content" if count == 1 else f"{count} pieces of content"
    what, fix = _PARENT_FAULTS[rule]
    first = texts[0] if texts else ""
    shown = f"; the first is {quoted(first)}" if first else ""
    return Finding(rule, page, Fault(what.format(pieces) + shown, program_fault(fix)), first)


def _read(
    content: MarkedContent,
    stream: pikepdf.Object,
    resources: pikepdf.Object,
    page: int,
    enclosing: Mark | None,
    chain: tuple[Key, ...] = (),
) -> Iterator[Finding]:
    """Read a page or form: add what it shows to `content`, and yield what is wrong.

    `enclosing` is the mark around the form, `chain` are the forms around it.
    """
    key = stream.objgen
    open_marks = [enclosing]
    unmarked: list[str] = []
    font: pikepdf.Object | None = None
    for instruction in pikepdf.parse_content_stream(stream, _OPERATORS):
        # Not unpacked: that takes seven times as long, and most operands are not needed.
        name, inside = str(instruction.operator), open_marks[-1]
        if name in _TEXT or name in _DRAWING:
            if inside is None:
                unmarked.append("text" if name in _TEXT else "a drawing")
            elif inside is not _ARTIFACT:
                shown = content.marks[inside]
                if name in _TEXT:
                    shown.text.append((font, instruction))
                else:
                    shown.drawn = True
        elif name == "EMC":
            if len(open_marks) == 1:
                yield _unbalanced(page, "a mark is closed but was never opened")
            else:
                open_marks.pop()
        elif name == "Tf":
            font = _resource(resources, "/Font", instruction.operands[0])
        elif name == "Do":
            drawn = _resource(resources, "/XObject", instruction.operands[0])
            if drawn is not None and entry(drawn, "/Subtype") == "/Form":
                if drawn.objgen not in chain:
                    within = (*chain, drawn.objgen)
                    own = drawn.get("/Resources", resources)
                    yield from _read(content, drawn, own, page, inside, within)
            elif inside is None:
                unmarked.append("a picture")
            elif inside is not _ARTIFACT:
                content.marks[inside].drawn = True
        elif name in ("BMC", "BDC"):
            opened = _opened(list(instruction.operands), key, resources)
            if opened and inside and (opened is _ARTIFACT) != (inside is _ARTIFACT):
                yield _mixed(page, artifact_inside=opened is _ARTIFACT)
            if opened and opened is not _ARTIFACT:
                if opened in content.marks:
                    yield _repeated(page, opened.mcid)
                content.marks.setdefault(opened, Shown(page))
                number = stream.get("/StructParents")
                content.streams[key] = None if number is None else int(number)
            open_marks.append(opened or inside)
    if len(open_marks) > 1:
        yield _unbalanced(page, "a mark is opened but never closed")
    if unmarked:
        yield _unmarked(page, unmarked)


def _opened(operands: Sequence[Any], stream: Key, resources: pikepdf.Object) -> Mark | None:
    """The mark that BMC or BDC opens; None if it opens neither content nor an artifact."""
    if operands[0] == "/Artifact":
        return _ARTIFACT
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, pikepdf.Name):
        properties = _resource(resources, "/Properties", properties)
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return Mark(stream, int(properties.MCID))
    return None


def _resource(resources: pikepdf.Object, kind: str, name: pikepdf.Object) -> pikepdf.Object | None:
    found = entry(resources, kind, str(name))
    return found if isinstance(found, pikepdf.Object) else None


def _by_stream(content: MarkedContent) -> dict[Key, list[Mark]]:
    found: dict[Key, list[Mark]] = defaultdict(list)
    for mark in content.marks:
        found[mark.stream].append(mark)
    return found


def _keys(listed: pikepdf.Object | None) -> list[Key | None]:
    """The elements that a page's entry in the ParentTree names, by MCID."""
    if not isinstance(listed, pikepdf.Array):
        return []
    return [one.objgen if isinstance(one, pikepdf.Dictionary) else None for one in listed]


def _unmarked(page: int, unmarked: list[str]) -> Finding:
    kinds, count = " and ".join(dict.fromkeys(unmarked)), len(unmarked)
    return Finding(
        UNMARKED,
        page,
        Fault(
            f"something is neither tagged nor marked as decoration: {kinds}, {count} in all",
            program_fault(
                "Everything painted must be between BDC with an MCID, or /Artifact, and EMC."
            ),
        ),
    )


def _unbalanced(page: int, what: str) -> Finding:
    fix = "Every BDC or BMC in a content stream needs one EMC in the same stream."
    return Finding(
        UNBALANCED, page, Fault(f"the page's tags don't match up: {what}", program_fault(fix))
    )


def _mixed(page: int, *, artifact_inside: bool) -> Finding:
    what = "decoration inside tagged content" if artifact_inside else "content inside decoration"
    fix = "Artifacts and content with an MCID must not contain each other."
    return Finding(MIXED, page, Fault(f"there is {what}", template_fault(fix)))


def _repeated(page: int, mcid: int) -> Finding:
    fix = "Every MCID may be used only once per page."
    what = f"two pieces of content have the same number (MCID {mcid})"
    return Finding(REPEATED, page, Fault(what, program_fault(fix)))
