"""A whole content file: the frozen `Pack`, and where each of its values is in the file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from pydantic import Field, PrivateAttr

from pack.documents import Choice, Deck, Edition, Guide, Handout, NotesSheet
from pack.download_page import Page
from pack.items import (
    About,
    ActionStep,
    AnyItem,
    Checklist,
    Contact,
    Conversation,
    Figure,
    Myth,
    Part,
    Pledge,
    Publisher,
    Question,
    Quote,
    School,
    Source,
    Topic,
    Video,
)
from pack.labels import Labels, fill
from pack.locales import with_country
from pack.markdown import plain
from pack.problems import Place, Problem
from pack.scripts import Script, script_of
from pack.theme import load_theme
from pack.types import Identity

YamlPath = tuple[str | int, ...]


@dataclass(frozen=True)
class TranslatedTexts:
    """A pack's texts in another language, each at its path and with its place in their file.

    A `draft` is not ready for families, and says so wherever it is shown.
    """

    language: str
    texts: Mapping[YamlPath, tuple[str, Place]]
    draft: bool = False


@dataclass(frozen=True)
class Origin:
    """Where a pack was read from: the file, and the line and column of each value.

    Texts in another language than the file's are from a `translation`.
    """

    file: Path
    marks: Mapping[YamlPath, tuple[int, int]]
    warnings: tuple[Problem, ...] = ()
    translation: TranslatedTexts | None = None

    def nearest(self, path: YamlPath) -> YamlPath:
        """The path itself if the file has a value there, otherwise the closest path around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return path

    def place(self, path: YamlPath) -> Place:
        """The place of the value at `path`, or of the closest value around it."""
        near = self.nearest(path)
        if self.translation and near in self.translation.texts:
            return self.translation.texts[near][1]
        return Place(self.file, *self.marks.get(near, (1, 1)))


class Pack(Part):
    """One topic: all its text, and the sheets and slides that show it."""

    about: About = Field(alias="pack", description="What this pack is about.")
    publisher: Publisher = Field(description="Who publishes the materials.")
    school: School | None = Field(None, description="The school at the top of every sheet.")
    contacts: Mapping[Identity, Contact] = Field(description="Phone numbers and web addresses.")
    videos: Mapping[Identity, Video] = Field({}, description="The videos.")
    sources: Mapping[Identity, Source] = Field(
        description="The web pages that the texts are adapted from."
    )
    topics: Mapping[Identity, Topic] = Field({}, description="Texts that explain something.")
    steps: Mapping[Identity, ActionStep] = Field({}, description="What to do, step by step.")
    conversations: Mapping[Identity, Conversation] = Field(
        {}, description="What to say to a child, line by line."
    )
    checklists: Mapping[Identity, Checklist] = Field({}, description="Things to check off.")
    pledges: Mapping[Identity, Pledge] = Field({}, description="Promises to sign.")
    myths: Mapping[Identity, Myth] = Field({}, description="Myths and facts.")
    figures: Mapping[Identity, Figure] = Field({}, description="Numbers, shown large.")
    quotes: Mapping[Identity, Quote] = Field({}, description="Quotations from the sources.")
    questions: Mapping[Identity, Question] = Field(
        {}, description="Questions that people are likely to ask."
    )
    handouts: tuple[Handout, ...] = Field((), description="The sheets.")
    deck: Deck | None = Field(None, description="The PowerPoint deck.")
    page: Page | None = Field(None, description="The download page for all files.")
    labels: Labels = Field(description="Short words and phrases on sheets, slides and the page.")

    _origin: Origin = PrivateAttr()

    @property
    def origin(self) -> Origin:
        return self._origin

    @property
    def folder(self) -> Path:
        """The folder that the paths of pictures start from."""
        return self._origin.file.parent

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that may hold pictures: a school's logo may be in a folder of its own."""
        logo = self.school.logo if self.school else None
        return (self.folder, *([(self.folder / logo).parent] if logo else ()))

    @property
    def deck_template(self) -> Path | None:
        """The PowerPoint file that the pack names for its deck."""
        return self.folder / self.deck.template if self.deck and self.deck.template else None

    @property
    def is_draft(self) -> bool:
        """Whether nobody has reviewed all of its words yet."""
        return bool(self._origin.translation and self._origin.translation.draft)

    @property
    def locale(self) -> str:
        """The language with a country, such as "en-US" (BCP 47)."""
        return with_country(self.about.language, self.about.region)

    @property
    def script(self) -> Script:
        """The script that the pack's language is written in."""
        return script_of(self.about.language)

    def for_school(self, school: School | None) -> "Pack":
        """The same pack with another school, or with none, at the top of its sheets."""
        return self.model_copy(update={"school": school})

    def moved(self, folder: Path) -> "Pack":
        """The same pack with its pictures in another folder."""
        moved = self.model_copy()
        moved._origin = replace(self._origin, file=folder / self._origin.file.name)
        return moved

    @property
    def short_numbers(self) -> tuple[Contact, ...]:
        """The contacts of the help strip with numbers that are dialed by heart, such as 911."""
        helpers = (self.contacts[name] for name in self.about.help_strip)
        return tuple(contact for contact in helpers if contact.has_short_phone)

    @property
    def documents(self) -> Mapping[YamlPath, Handout | Deck | Guide | NotesSheet]:
        """Everything that is built from the pack, by its path in the file."""
        found: dict[YamlPath, Handout | Deck | Guide | NotesSheet] = {}
        found |= {("handouts", number): handout for number, handout in enumerate(self.handouts)}
        if deck := self.deck:
            found |= {("deck",): deck}
            found |= {("deck", "guide"): deck.guide} if deck.guide else {}
            found |= {("deck", "notes_sheet"): deck.notes_sheet} if deck.notes_sheet else {}
        return found

    def document(self, id: str) -> Handout | Deck | Guide | NotesSheet:
        """The sheet, deck or guide with this id, which must exist."""
        return next(found for found in self.documents.values() if found.id == id)

    def path_of(self, id: str, edition: Edition | None = None) -> YamlPath:
        """The path of the sheet, deck or guide with this id.

        With an `edition` that is one of its variants, the path of that variant.
        """
        path, document = next(item for item in self.documents.items() if item[1].id == id)
        variants = () if isinstance(document, Deck) else document.variants
        names = [variant.name for variant in variants]
        if edition and edition.name in names:
            return (*path, "variants", names.index(edition.name))
        return path

    def items(self, choice: Choice) -> tuple[AnyItem, ...]:
        """The items chosen for a block or slide, in order."""
        collection: Mapping[str, AnyItem] = getattr(self, choice.kind) if choice.kind else {}
        return tuple(collection[name] for name in choice.names)

    def step_number(self, name: str) -> int:
        """The number that a step has everywhere: its place in the file, counted from 1."""
        return 1 + list(self.steps).index(name)

    def people_alt(self, figure: Figure) -> str:
        """The alternative text of the people that a figure is drawn with; empty without them."""
        if not figure.people:
            return ""
        labels, people = self.labels, figure.people
        label = {"pair": labels.pairs_alt, "row": labels.row_alt}.get(
            people.drawn, labels.people_alt
        )
        drawn = fill(label, on=str(people.on), of=str(people.of))
        return plain(figure.figure) + self.script.colon + drawn

    def pages_of(self, handout: Handout, edition: Edition) -> int | None:
        """How many pages an edition of a sheet must have; None if that isn't declared.

        In large print, a translation may have a third more than the content's own language.
        """
        declared = handout.pages_of(edition)
        if declared and edition.size != "standard" and self.origin.translation:
            declared = ceil(declared * 4 / 3)
        shown = self.school or self.about.motif
        back = shown and load_theme().handouts[handout.template].back
        return declared + 1 if declared and back else declared

    def printed(self, url: str) -> str:
        """What to print for a web address: the short one of a video or contact, or the same."""
        places: tuple[Video | Contact, ...] = (*self.videos.values(), *self.contacts.values())
        shorts = (place.short for place in places if place.url == url)
        return next(filter(None, shorts), url)

    def shown_contacts(
        self, choices: Iterable[Choice], also: Iterable[str] = ()
    ) -> tuple[Contact, ...]:
        """Every contact that blocks or slides show, including those inside steps and topics."""
        names = dict.fromkeys(also)
        for choice in choices:
            if choice.kind == "contacts":
                names |= dict.fromkeys(choice.names)
            for item in self.items(choice):
                if isinstance(item, ActionStep):
                    names |= dict.fromkeys(item.contacts)
                elif isinstance(item, Topic):
                    names |= dict.fromkeys(item.help)
        return tuple(self.contacts[name] for name in names)

    def shown_sources(
        self, choices: Iterable[Choice], also: Iterable[str] = ()
    ) -> tuple[Source, ...]:
        """Every source of what blocks or slides show, including the contacts."""
        choices = tuple(choices)
        items = [item for choice in choices for item in self.items(choice)]
        shown = (*items, *self.shown_contacts(choices, also))
        names = dict.fromkeys(name for item in shown for name in _sources(item))
        return tuple(self.sources[name] for name in names)


def _sources(item: AnyItem) -> Iterator[str]:
    yield from item.sources
    if isinstance(item, ActionStep | Myth) and item.note:
        yield from item.note.sources
