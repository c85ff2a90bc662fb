"""What preflight finds: one record for everything wrong with an artifact, whatever checks it."""

from dataclasses import dataclass, field

from pack.problems import Fault, Place, Severity

#: Left, top, right and bottom on a page, in pt from its upper left corner.
Spot = tuple[float, float, float, float]


@dataclass(frozen=True, order=True)
class Rule:
    """What is demanded: a short name that never changes, the standard and its clause."""

    name: str
    standard: str
    severity: Severity = field(default=Severity.ERROR, compare=False)


@dataclass(frozen=True)
class Finding:
    """A rule that an artifact breaks.

    `page` counts from 1 (for a deck: slides); 0 stands for the whole file. `subject` is the text
    or address that it is about, whole, as it is on the page; empty if it is about the page or the
    file. `place` is the line of the content file to fix it in, if it is known; `spot` where it is
    on the page.
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
