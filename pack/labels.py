"""Short words and phrases on sheets, slides and pages; `templates/labels/` has our own."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from pack import types
from pack.items import Part
from pack.theme import TEMPLATES
from pack.types import Text


class Labels(Part):
    """Short words and phrases on sheets, slides and pages."""

    scan_to_watch: Text = Field(description="Above the QR codes of videos.")
    video_length: Annotated[Text, types.filled_in("minutes")] = Field(
        description="The length of a video, like “{minutes} minutes”."
    )
    sample_link: Text = Field(description="Beside a QR code whose address is a placeholder.")
    qr_alt: Annotated[Text, types.filled_in("address")] = Field(
        description="What a screen reader says for a QR code, with {address}."
    )
    logo_alt: Annotated[Text, types.filled_in("name")] = Field(
        description="What a screen reader says for a logo, with {name}."
    )
    help_strip: Text = Field(description="The heading of the help strip.")
    my_school: Text = Field(description="Before the number of a school, or a line to write it on.")
    adapted_from: Annotated[Text, types.filled_in("sources")] = Field(
        description="The sources of a sheet, with {sources}."
    )
    added: Annotated[Text, types.filled_in("names")] = Field(
        description="The contacts on a sheet that we added ourselves, with {names}."
    )
    published: Annotated[Text, types.filled_in("publisher", "date")] = Field(
        description="The publisher and the date of the last change: {publisher}, {date}."
    )
    draft: Text = Field(description="On everything whose translation nobody has reviewed yet.")
    page_of: Annotated[Text, types.filled_in("page", "pages")] = Field(
        description="The page number, with {page} and {pages}."
    )
    myth: Text = Field(description="The heading of the column of myths.")
    fact: Text = Field(description="The heading of the column of facts.")
    text_word: Annotated[Text, types.filled_in("word", "number")] = Field(
        description="A number for text messages, with the word to send: {word}, {number}."
    )
    text_number: Annotated[Text, types.filled_in("number")] = Field(
        description="The same for a number that takes any text, with {number}."
    )
    tty: Annotated[Text, types.filled_in("number")] = Field(
        description="A number for text telephones, with {number}."
    )
    reach: Text = Field(description="The heading of the column of numbers and addresses.")
    use: Text = Field(description="The heading of the column that says what each is for.")
    slide_alt: Annotated[Text, types.filled_in("number", "title")] = Field(
        description="What a screen reader says for the picture of a slide: {number}, {title}."
    )
    people_alt: Annotated[Text, types.filled_in("on", "of")] = Field(
        description="What a screen reader says for people who stand for a number: {on}, {of}."
    )
    pairs_alt: Annotated[Text, types.filled_in("on", "of")] = Field(
        description="The same for adults, each with a child: {on}, {of}."
    )
    row_alt: Annotated[Text, types.filled_in("on", "of")] = Field(
        description="The same for children from the smallest to the tallest: {on}, {of}."
    )
    timeline_alt: Annotated[Text, types.filled_in("count")] = Field(
        description="What a screen reader says for the parts of a talk, drawn as bars: {count}."
    )
    fork_alt: Annotated[Text, types.filled_in("start", "end")] = Field(
        description="What a screen reader says for the arrows of a fork: {start}, {end}."
    )
    cycle_alt: Annotated[Text, types.filled_in("count", "exit")] = Field(
        description="What a screen reader says for a circle of arrows: {count}, {exit}."
    )
    run_sheet: Text = Field(description="In the guide: above the list of slides and times.")
    until: Text = Field(description="In the guide: above the clock times.")
    slide: Text = Field(description="In the guide: above the titles of the slides.")
    length: Text = Field(description="In the guide: above how many minutes each slide takes.")
    video: Text = Field(description="In the guide: what a screen reader says for a video's mark.")
    hand_out: Text = Field(description="In the guide: above the sheets to hand out.")
    print_list: Text = Field(description="In the guide: above the list of what to print.")
    sheet: Text = Field(description="In the guide: above the sheets to print.")
    each: Text = Field(description="In the guide: above the copies for each family.")
    copies: Annotated[Text, types.filled_in("families")] = Field(
        description="In the guide: above the copies in total, with {families}."
    )
    as_needed: Text = Field(description="In the guide: for a sheet without a number of copies.")
    questions: Text = Field(description="In the guide: above the likely questions.")
    all_slides: Text = Field(description="In the guide: above the slides with their notes.")
    minutes: Annotated[Text, types.filled_in("minutes", "clock")] = Field(
        description="In the notes: how long a slide takes, and when it ends: {minutes}, {clock}."
    )
    continued: Annotated[Text, types.filled_in("title", "number", "count")] = Field(
        description="The title of a slide that continues: {title}, {number}, {count}."
    )
    say: Text = Field(description="In the notes: before what to say.")
    ask: Text = Field(description="In the notes: before a question to the audience.")
    do: Text = Field(description="In the notes: before what to do.")
    disclose: Text = Field(
        description="In the notes: before what to do if someone says it happened to them."
    )
    source: Text = Field(description="In the notes: before the source.")
    quotes: Annotated[Text, types.filled_in("text")] = Field(
        description="The quotation marks of this language, around {text}; with a period at the "
        "end if a period stands after them, not before."
    )
    skip: Text = Field(
        description="On the page: the link for keyboard users that skips to the content."
    )
    languages: Text = Field(
        description="On the page: what a screen reader says for the links to other languages."
    )
    videos: Text = Field(description="On the page: above the videos.")
    watch: Text = Field(description="On the page: the link to a video.")
    now: Text = Field(
        description="On the page: above the sheet for someone to whom it is happening now."
    )
    sheets: Text = Field(description="On the page: above the sheets.")
    more_sheets: Text = Field(description="On the page: above the sheets that are in no group.")
    presenters: Text = Field(description="On the page: above the deck and its guide.")
    everything: Annotated[Text, types.filled_in("size")] = Field(
        description="On the page: the link to one file with everything, with {size}."
    )
    download: Text = Field(description="On the page: the button that downloads a file.")
    other_editions: Text = Field(
        description="On the page: what opens the list of a sheet's other editions."
    )
    page_count: Annotated[Text, types.filled_in("count")] = Field(
        description="On the page: how many pages a file has, like “Pages: {count}”; or for one "
        "page and for several, like “1 page | {count} pages”."
    )
    slide_count: Annotated[Text, types.filled_in("count")] = Field(
        description="On the page: how many slides a file has, in the same way."
    )
    letter: Text = Field(description="On the page: the name of US Letter paper.")
    a4: Text = Field(description="On the page: the name of A4 paper.")
    black: Text = Field(description="On the page: the name of editions in black ink.")
    large_print: Text = Field(description="On the page: the name of editions in large print.")


def fill(label: str, **values: str) -> str:
    """A label with its words in {braces} filled in; other braces stay unchanged."""
    for name, value in values.items():
        label = label.replace(f"{{{name}}}", value)
    return label


def quoted(label: str, text: str) -> str:
    """A text in the quotation marks of the label `quotes`.

    If that ends in a period, as in “«{text}».”, the text's own period stands after the marks, too.
    """
    if not label.endswith("."):
        return fill(label, text=text)
    bare = re.sub(r"(?<!\.)\.$", "", text)
    return fill(label if bare != text else label[:-1], text=bare)


def counted(label: str, count: int) -> str:
    """A label with its {count} filled in; in “1 page | {count} pages” the first form is for one.

    A line that only separates the {count} from a word before it (“Pages | {count}”) stays.
    """
    one, _, several = label.partition(" | ")
    if "{count}" in several and several.strip() != "{count}":
        label = one if count == 1 else several
    return fill(label, count=str(count))


def languages() -> list[str]:
    """The codes of the languages that the program has labels in."""
    return sorted(file.stem for file in (TEMPLATES / "labels").glob("*.toml"))


@cache
def labels_in(language: str) -> Mapping[str, str]:
    """The program's labels in a language such as "es" or "es-US"; empty if it has none."""
    code = language
    while code and code not in languages():
        code = code.rpartition("-")[0]
    return tomllib.loads((TEMPLATES / "labels" / f"{code}.toml").read_text("utf-8")) if code else {}


def default_labels(language: str) -> Mapping[str, str]:
    """The labels of packs in a language that don't write their own."""
    return {**labels_in("en"), **labels_in(language)}
