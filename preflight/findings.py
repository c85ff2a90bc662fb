"""What preflight finds: one type of record, whichever check found the problem."""

from dataclasses import dataclass, field

from pack.problems import Fault, Place, Severity

#: Left, top, right and bottom on a page, in pt from its top left corner.
Spot = tuple[float, float, float, float]


@dataclass(frozen=True, order=True)
class Rule:
    """A requirement: a short name that never changes, the standard and its clause."""

    name: str
    standard: str
    severity: Severity = field(default=Severity.ERROR, compare=False)


@dataclass(frozen=True)
class Finding:
    """A place where an artifact breaks a rule.

    `page` counts from 1 (in a deck: slides); 0 means the whole file. `subject` is the full text or
    address that it is about, as shown on the page; empty if it is about the page or the file.
    `place` is the line of the content file in which to fix it, if known; `spot` is the area on the
    page.
    """

    rule: Rule
    page: int
    fault: Fault
    subject: str = ""
    place: Place | None = None
    spot: Spot | None = None

    @property
    def what(self) -> str:
        return self.fault.what

    @property
    def remedy(self) -> str:
        return self.fault.remedy
