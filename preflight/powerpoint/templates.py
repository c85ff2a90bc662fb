"""Findings that are about a foreign template, not about what is said on the slides.

Whoever writes the content can't fix them there, and the deck can be shown all the same: they are
warnings that name the template, each once for all slides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pack.problems import Fault, Place, Severity
from preflight.findings import Finding
from preflight.powerpoint.checks import DECORATIVE, EMPTY, MOTION, ORDER
from preflight.powerpoint.legibility import (
    CONTRAST,
    FOOT_CONTRAST,
    FOOT_FIT,
    SIZE,
    STRONG_CONTRAST,
    TYPEFACE,
    UNKNOWN_CONTRAST,
)

#: What only the template decides; text that is cut off and unreadable codes are not among it.
_RULES = frozenset(
    {
        CONTRAST,
        DECORATIVE,
        EMPTY,
        FOOT_CONTRAST,
        FOOT_FIT,
        MOTION,
        ORDER,
        SIZE,
        STRONG_CONTRAST,
        TYPEFACE,
        UNKNOWN_CONTRAST,
    }
)


def of_template(found: Iterable[Finding], template: Path) -> Iterator[Finding]:
    """The findings, those on the template as warnings in the template's file."""
    repeated: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        if finding.rule in _RULES:
            repeated.setdefault((finding.rule.name, finding.what), []).append(finding)
        else:
            yield finding
    for first, *others in repeated.values():
        slides = len({finding.page for finding in others} - {first.page})
        more = f", and on {slides} more {'slide' if slides == 1 else 'slides'}" if slides else ""
        yield replace(
            first,
            rule=replace(first.rule, severity=Severity.WARNING),
            fault=Fault(f"{first.what}{more}", first.remedy),
            subject="",
            place=Place(template, 0, 0),
        )
