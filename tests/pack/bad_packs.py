"""A small valid pack, and what the reader reports when a piece of it is broken."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from pack.errors import ContentError
from pack.load import read_pack
from pack.model import Pack
from pack.problems import Problem

#: The minimum that each part of a pack needs; each piece that tests replace appears once.
GOOD = """\
pack:
  title: Trial pack
  subtitle: What tests need
  description: A pack that has one of everything.
  language: en
  region: US
  revised: 2026-11-22
  help_strip: [bureau]

publisher:
  name: The Foundation
  website: https://www.fbi.gov/

contacts:
  bureau:
    name: The bureau
    use: Report the crime
    phone: 1-800-225-5324
    vanity: 1-800-CALL-FBI
    url: https://tips.fbi.gov/
    from: agency

videos:
  film:
    title: The film
    summary: What one sees.
    url: https://www.fbi.gov/video
    from: agency

sources:
  agency:
    name: The agency
    page: bureau

topics:
  beginning:
    title: How it begins
    body: Somewhere online.
    points:
      - In any app.
      - In any game.
    help: [bureau]
    from: agency

steps:
  save-it:
    title: Save it
    body: Keep everything.
    short: Keep it.
    contacts: [bureau]
    from: agency

conversations:
  car-talk:
    title: In the car
    when: On the way home
    lines: [Has anyone written to you?]
    from: agency

checklists:
  nights:
    title: At night
    tasks:
      - task: No phones in bedrooms.
    from: agency

pledges:
  promise:
    title: Our promise
    promises: [We will talk.]
    sign: [Parent]
    from: agency

myths:
  never:
    myth: It never happens here.
    fact: It happens anywhere.
    from: agency

figures:
  one-in-five:
    figure: 1 in 5
    title: Few have talked
    text: The agency says so.
    from: agency

handouts:
  - id: tip-sheet
    template: tip-sheet
    title: Tips for parents
    kicker: For parents
    lead: Read it in a minute.
    about: One sheet.
    pages: 1
    blocks:
      - topics: [beginning]
  - id: second-sheet
    template: checklist
    title: Things to tick off
    kicker: For the door
    lead: Go through it.
    about: Another sheet.
    pages: 1
    blocks:
      - checklists: [nights]
      - pledges: [promise]

deck:
  id: evening
  title: A parent night
  slides:
    - layout: title
      title: Welcome
      minutes: 1
    - layout: key-points
      topics: [beginning]

labels:
  scan_to_watch: Scan to watch
  video_length: "{minutes} minutes"
  sample_link: SAMPLE LINK
  qr_alt: "QR code that opens {address}"
  logo_alt: "Logo of {name}"
  help_strip: Help, right now
  adapted_from: "Adapted from: {sources}."
  added: "Added by us: {names}."
  published: "{publisher} · revised {date}"
  page_of: "{page} of {pages}"
  myth: What people say
  fact: What is true
  text_word: "Text {word} to {number}"
  text_number: "Text {number}"
  tty: "TTY: {number}"
  reach: Call or open
  use: What for
  slide_alt: "Slide {number}: {title}"
  people_alt: "{on} of {of} people are filled in"
  pairs_alt: "Adults, each with a child; filled in: {on} of {of}"
  row_alt: "Children, from the smallest to the tallest; filled in: {on} of {of}"
  timeline_alt: "{count} bars, one after the other, each as long as its part of the talk"
  fork_alt: "Two arrows lead from “{start}” to “{end}”"
  cycle_alt: "{count} steps in a circle, {exit}"
  run_sheet: Run sheet
  until: Until
  slide: Slide
  length: Minutes
  video: Video
  hand_out: Hand out
  print_list: What to print
  sheet: Sheet
  each: For each family
  copies: "For {families} families"
  as_needed: As needed
  questions: Likely questions
  all_slides: Slides and notes
  minutes: "{minutes} min · until {clock}"
  continued: "{title} ({number} of {count})"
  say: Say
  ask: Ask
  do: Do
  disclose: If someone tells you it happened
  source: Source
  skip: Skip to the content
  videos: Videos to watch
  watch: Watch the video
  sheets: Sheets to download
  presenters: For presenters
  everything: "Everything in one file (ZIP, {size})"
  now: If it is happening now
  more_sheets: More sheets
  download: Download
  other_editions: Other editions
  page_count: "Pages: {count}"
  slide_count: "Slides: {count}"
  letter: US Letter
  a4: A4
  black: Black and white
  large_print: Large print
  quotes: "“{text}”"
"""

Change = tuple[str, str]


@dataclass(frozen=True)
class Refused:
    """The text of a refused file, and every problem that was reported."""

    text: str
    problems: tuple[Problem, ...]

    def spot(self, piece: str) -> tuple[int, int]:
        """The line and column, from 1, of `piece` in the text, where it must appear once."""
        assert self.text.count(piece) == 1, f"{piece!r} must appear once in the text"
        before = self.text[: self.text.index(piece)]
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1

    @property
    def spots(self) -> list[tuple[int, int]]:
        return [(problem.place.line, problem.place.column) for problem in self.problems]

    def says(self, at: tuple[int, int], where: str, what: str, remedy: str) -> None:
        """Assert that this problem, and no other, is reported."""
        assert len(self.problems) == 1, "\n".join(map(str, self.problems))
        self.says_among_others(at, where, what, remedy)

    def says_among_others(self, at: tuple[int, int], where: str, what: str, remedy: str) -> None:
        """Assert that one of the problems is there, and says what is wrong and how to fix it."""
        everything = "\n".join(map(str, self.problems))
        here = [p for p in self.problems if (p.place.line, p.place.column) == at]
        assert here, f"nothing is reported at {at}:\n{everything}"
        found = [p for p in here if what in p.what and remedy in p.remedy and p.where == where]
        assert found, f"{where!r}, {what!r}, {remedy!r} is not reported:\n{everything}"


def changed(*changes: Change) -> str:
    """The valid pack with pieces replaced; each piece must appear in it exactly once."""
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} must appear once in the valid pack"
        text = text.replace(old, new)
    return text


def write(folder: Path, content: str | bytes) -> Path:
    file = folder / "pack.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def accepted(folder: Path, *changes: Change) -> Pack:
    """The valid pack with changes that keep it valid."""
    return read_pack(write(folder, changed(*changes)))


def refused_file(folder: Path, content: str | bytes) -> Refused:
    """What is reported for a file with this content; it must be refused."""
    file = write(folder, content)
    with pytest.raises(ContentError) as caught:
        read_pack(file)
    assert {problem.place.file for problem in caught.value.problems} == {file}
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    return Refused(text, caught.value.problems)


def refused(folder: Path, *changes: Change) -> Refused:
    """What is reported for the valid pack with these pieces replaced."""
    return refused_file(folder, changed(*changes))


def only_problem(file: Path) -> Problem:
    """The only problem of a refused file."""
    with pytest.raises(ContentError) as caught:
        read_pack(file)
    (problem,) = caught.value.problems
    assert problem.place.file == file
    return problem


def with_body(folder: Path, text: str, *changes: Change) -> Pack:
    """A small pack with this text in one of its steps."""
    body = "|\n" + "".join(f"      {line}\n" for line in text.splitlines())
    return accepted(folder, ("Keep everything.\n", body), *changes)


def line_of(pack: Pack, piece: str) -> int:
    """The number, from 1, of the only line that contains `piece`."""
    lines = pack.origin.file.read_text("utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, start=1) if piece in line]
    return number
