"""A whole content file: the frozen `Pack`, with where each of its values stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from pack.labels import Labels
from pack.problems import Place
from pack.theme import load_theme
from pack.types import Identity

YamlPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Origin:
    """Where a pack was read from: its file, and the line and column of every value."""

    file: Path
    marks: Mapping[YamlPath, tuple[int, int]]

    def nearest(self, path: YamlPath) -> YamlPath:
        """The path itself if something stands there, else that of the nearest thing around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return path

    def place(self, path: YamlPath) -> Place:
        """Where the value at `path` stands, or the nearest thing around it."""
        return Place(self.file, *self.marks.get(self.nearest(path), (1, 1)))


class Pack(Part):
    """One topic: all its words, and the sheets and slides that they are printed on."""

    about: About = Field(alias="pack", description="What this pack is.")
    publisher: Publisher = Field(description="Who publishes the materials.")
    school: School | None = Field(None, description="The school at the head of every sheet.")
    contacts: Mapping[Identity, Contact] = Field(description="Telephone numbers, addresses.")
    videos: Mapping[Identity, Video] = Field({}, description="The videos.")
    sources: Mapping[Identity, Source] = Field(description="The pages texts come from.")
    topics: Mapping[Identity, Topic] = Field({}, description="What is explained.")
    steps: Mapping[Identity, ActionStep] = Field({}, description="What to do, step by step.")
    conversations: Mapping[Identity, Conversation] = Field({}, description="Words to say.")
    checklists: Mapping[Identity, Checklist] = Field({}, description="Things to tick off.")
    pledges: Mapping[Identity, Pledge] = Field({}, description="Promises to sign.")
    myths: Mapping[Identity, Myth] = Field({}, description="Myths and facts.")
    figures: Mapping[Identity, Figure] = Field({}, description="Numbers, set large.")
    quotes: Mapping[Identity, Quote] = Field({}, description="Words of the sources.")
    questions: Mapping[Identity, Question] = Field({}, description="Likely questions.")
    handouts: tuple[Handout, ...] = Field((), description="The sheets.")
    deck: Deck | None = Field(None, description="The PowerPoint deck.")
    page: Page | None = Field(None, description="The page to download all of it from.")
    labels: Labels = Field(description="The small words on sheets and slides.")

    _origin: Origin = PrivateAttr()

    @property
    def origin(self) -> Origin:
        return self._origin

    @property
    def folder(self) -> Path:
        """The folder that pictures are named from."""
        return self._origin.file.parent

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that pictures may lie in: a school's logo may have one of its own."""
        logo = self.school.logo if self.school else None
        return (self.folder, *([(self.folder / logo).parent] if logo else ()))

    @property
    def locale(self) -> str:
        """The language with its country, such as "en-US" (BCP 47)."""
        language = self.about.language
        return language if "-" in language else f"{language}-{self.about.region}"

    def for_school(self, school: School | None) -> "Pack":
        """The same pack with a school at the head of its sheets, or with none."""
        return self.model_copy(update={"school": school})

    def moved(self, folder: Path) -> "Pack":
        """The same pack with its pictures in another folder."""
        moved = self.model_copy()
        moved._origin = replace(self._origin, file=folder / self._origin.file.name)
        return moved

    @property
    def documents(self) -> Mapping[YamlPath, Handout | Deck | Guide | NotesSheet]:
        """All that is made of the pack, each by its way through the file."""
        found: dict[YamlPath, Handout | Deck | Guide | NotesSheet] = {}
        found |= {("handouts", number): one for number, one in enumerate(self.handouts)}
        if deck := self.deck:
            found |= {("deck",): deck}
            found |= {("deck", "guide"): deck.guide} if deck.guide else {}
            found |= {("deck", "notes_sheet"): deck.notes_sheet} if deck.notes_sheet else {}
        return found

    def document(self, id: str) -> Handout | Deck | Guide | NotesSheet:
        """The sheet, deck or guide of that id, which there must be."""
        return next(one for one in self.documents.values() if one.id == id)

    def path_of(self, id: str, edition: Edition | None = None) -> YamlPath:
        """Where the sheet, deck or guide of that id stands in the file.

        With an `edition` of a sheet where that is declared, if it is one of its variants.
        """
        path, document = next(item for item in self.documents.items() if item[1].id == id)
        names = [one.name for one in document.variants] if isinstance(document, Handout) else []
        if edition and edition.name in names:
            return (*path, "variants", names.index(edition.name))
        return path

    def items(self, choice: Choice) -> tuple[AnyItem, ...]:
        """The items that a block or slide chooses, in its order."""
        collection: Mapping[str, AnyItem] = getattr(self, choice.kind) if choice.kind else {}
        return tuple(collection[name] for name in choice.names)

    def pages_of(self, handout: Handout, edition: Edition) -> int | None:
        """How many pages an edition of a sheet must come out as; None if nobody said so."""
        declared = handout.pages_of(edition)
        back = self.school and load_theme().handouts[handout.template].back
        return declared + 1 if declared and back else declared

    def shown_contacts(
        self, choices: Iterable[Choice], also: Iterable[str] = ()
    ) -> tuple[Contact, ...]:
        """Every contact that blocks or slides show, those inside steps and topics too."""
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
        """Every source of what blocks or slides show, the contacts beside it included."""
        choices = tuple(choices)
        items = [item for choice in choices for item in self.items(choice)]
        shown = (*items, *self.shown_contacts(choices, also))
        names = dict.fromkeys(name for item in shown for name in _sources(item))
        return tuple(self.sources[name] for name in names)


def _sources(item: AnyItem) -> Iterator[str]:
    yield from item.sources
    if isinstance(item, ActionStep | Myth) and item.note:
        yield from item.note.sources
