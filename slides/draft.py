"""A deck in the making: planned once, composed once, and passed on to everything that shows it."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pack.model import Pack
from slides.direction import is_right_to_left

if TYPE_CHECKING:
    from slides.composition import Composition
    from slides.content import SlideContent

#: What one process has computed for a deck, for the same draft in another process.
DraftState = Mapping[str, Any]


class DeckDraft:
    """The deck of a pack, during one build.

    Its properties are computed when they are first needed, and kept: a draft that is sent to
    another process takes them along.
    """

    def __init__(self, pack: Pack, template: Path | None = None) -> None:
        """`template` is a PowerPoint file to build on instead of the pack's, or ours."""
        self.pack = pack
        self.template = template or pack.deck_template

    @property
    def is_mirrored(self) -> bool:
        """Whether left and right change on its slides: on our own, as others' are not ours to turn.

        All is planned and composed from the left; only what is written or drawn is mirrored.
        """
        return not self.template and is_right_to_left(self.pack.locale)

    @cached_property
    def outline(self) -> "tuple[SlideContent, ...]":
        """What is on each slide, whatever the template. Cheap: it needs no library."""
        from slides.outline import plan

        return plan(self.pack)

    @cached_property
    def composition(self) -> "Composition":
        """The slides as they fit.

        Raises `ContentError` if a text does not fit, `TemplateError` if the template has no
        suitable layout.
        """
        from slides.layout import compose

        return compose(self.pack, self.outline, self.template)

    @cached_property
    def on_paper(self) -> "list[tuple[SlideContent, str]]":
        """Each slide, and the picture of it in guides. Raises as `composition` does."""
        return self.pictures(on_white=True)

    @cached_property
    def without_school(self) -> "DeckDraft":
        """The same deck without a school: this draft, if it has none."""
        if not self.pack.school:
            return self
        return DeckDraft(self.pack.for_school(None), self.template)

    def progress(self) -> DraftState:
        """What has been computed so far."""
        passed_on = ("outline", "composition", "on_paper")
        found = {name: value for name, value in vars(self).items() if name in passed_on}
        if self.pack.school and "without_school" in vars(self):
            found["without_school"] = self.without_school.progress()
        return found

    def go_on_from(self, found: DraftState) -> None:
        """Take over what another process has computed for the same deck."""
        vars(self).update({key: value for key, value in found.items() if key != "without_school"})
        if "without_school" in found:
            self.without_school.go_on_from(found["without_school"])

    def pictures(
        self, first: int | None = None, *, on_white: bool = False
    ) -> "list[tuple[SlideContent, str]]":
        """Each slide, or each of the `first` slides, and a picture of it as SVG.

        With `on_white`, dark slides are drawn on white, as on paper. Raises as `composition` does.
        """
        from slides.slide_svg import picture

        composed = self.composition
        found = []
        for number, content in enumerate(composed.slides[:first], start=1):
            alt = self.alt_of(number, content)
            layout = composed.layout_of(content)
            drawn = picture(
                content,
                layout,
                alt,
                composed.size,
                self.pack.locale,
                mirrored=self.is_mirrored,
                on_white=on_white,
            )
            found.append((content, drawn))
        return found

    def alt_of(self, number: int, content: "SlideContent") -> str:
        """What a picture of a slide shows, in words."""
        alt = self.pack.labels.slide_alt.replace("{number}", str(number))
        return alt.replace("{title}", content.title.in_one_row)
