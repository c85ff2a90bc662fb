"""Is each slide shown as the picture that its layout asks for? Only hints: a list says the same."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pack.model import Origin
from pack.problems import Fault, Severity
from preflight.findings import Finding, Rule

if TYPE_CHECKING:
    from slides.composition import Composition

AS_LIST = Rule("deck-as-list", "house rule: slides", Severity.WARNING)

#: How many letters of a text are named.
_NAMED = 50


def check_pictures(composition: "Composition", origin: Origin) -> Iterator[Finding]:
    """Yield a hint for each text that is too long for the picture of its slide.

    Nobody can shorten the name of a school: for that, the last slide has a form of its own.
    """
    for number, slide in enumerate(composition.slides, start=1):
        # A list that runs on is named on the first of its slides.
        for line in composition.too_long.get(slide.key.removesuffix("/1"), ()):
            if line.path[:1] == ("school",):
                continue
            text = line.in_one_row
            shown = text if len(text) < _NAMED else text[: _NAMED - 3].rstrip() + "…"
            what = f"“{shown}” is too long for the slide's picture, so the slide shows a list"
            remedy = "Shorten it, or choose a layout for lists, such as “key-points”."
            yield Finding(AS_LIST, number, Fault(what, remedy), text, origin.place(line.path))
