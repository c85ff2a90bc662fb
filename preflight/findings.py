"""What preflight finds: one record for everything wrong with an artifact, whatever checks it."""

from dataclasses import dataclass, field

from pack.problems import Place, Severity

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

    `page` counts from 1 (for a deck: slides); 0 stands for the whole file. `what` says what is
    wrong and `remedy` how to mend it, each in a sentence for people who don't read code. `place`
    is the line of the content file to mend it in, if it is known; `spot` where it is on the page.
    """

    rule: Rule
    page: int
    what: str
    remedy: str
    place: Place | None = None
    spot: Spot | None = None
