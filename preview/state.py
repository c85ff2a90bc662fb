"""What the page shows now, and what is new since a given moment."""

import asyncio
import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from pack.problems import Problem, Severity
from preview.messages import Left, Planned, ProblemsUpdate
from preview.views import ArtifactView


@dataclass
class State:
    """Each change gets the next number, so that a page can ask for everything newer than its own.

    `views` are the artifacts by `ArtifactView.key`. `numbers` has the number of the last message
    about each artifact, `changed` that of the last change of its pages. `unfinished` and `heard`
    are as in `Left`.
    """

    run: str = field(default_factory=lambda: secrets.token_hex(4))
    number: int = 0
    left: int = 1  # until the builder has looked
    unfinished: frozenset[str] = frozenset()
    heard: int = -1
    ended: bool = False
    plans: dict[str, Planned] = field(default_factory=dict)
    views: dict[str, ArtifactView] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def moment(self) -> str:
        """The current moment, as pages remember it. It is unique to this run of the preview."""
        return f"{self.run}-{self.number}"

    def touch(self) -> None:
        """Let the pages know of something that they look up themselves."""
        self.number += 1
        self._wake()

    def take(self, news: Any) -> None:
        """Take in a message from the builder."""
        if isinstance(news, Left):
            self.unfinished, self.heard = news.keys, news.heard
            self._wake()
            if (news.number > 0) == (self.left > 0):
                self.left = news.number
                return  # the page does not show the exact number
            self.left = news.number
        elif isinstance(news, Planned):
            if self.plans.get(news.pack) == news:
                return
            self.plans[news.pack] = news
            self._drop_unplanned()
        elif isinstance(news, ProblemsUpdate):
            if self.problems.get(news.subject, ()) == news.problems:
                return
            self.problems[news.subject] = news.problems
        elif isinstance(news, ArtifactView):
            old = self.views.get(news.key)
            if old and not news.inspected:
                notes = tuple(replace(note, spot=None) for note in old.notes)
                news = replace(news, notes=notes)
            self.views[news.key] = news
            self.numbers[news.key] = self.number + 1
            if old and old.digest != news.digest:
                self.changed[news.key] = self.number + 1
        self.number += 1
        self._wake()

    def end(self) -> None:
        """End every wait for news."""
        self.ended = True
        self._wake()

    async def news(self, since: int) -> None:
        """Wait until there is something newer, or the end."""
        while self.number <= since and not self.ended:
            await self._news.wait()

    async def finished(self, key: str, number: int) -> None:
        """Wait until the builder has heard a message, and then finished an artifact; or the end."""
        while (self.heard < number or key in self.unfinished) and not self.ended:
            await self._news.wait()

    def order(self) -> list[str]:
        """The artifacts that can be shown: the latest changes first, then the pack's order."""
        planned = [key for plan in self.plans.values() for key in plan.keys if key in self.views]
        return sorted(planned, key=lambda key: -self.changed.get(key, 0))

    def newer(self, since: int) -> list[str]:
        """The artifacts with a message after a given number."""
        return [key for key in self.order() if self.numbers[key] > since]

    def errors(self) -> list[Problem]:
        return sorted({problem for problem in self._all() if problem.severity is Severity.ERROR})

    def warnings(self) -> list[Problem]:
        return sorted(
            {problem for problem in self._all() if problem.severity is not Severity.ERROR}
        )

    def _all(self) -> list[Problem]:
        return [problem for problems in self.problems.values() for problem in problems]

    def _drop_unplanned(self) -> None:
        planned = {key for plan in self.plans.values() for key in plan.keys}
        # The keys of whole packs have no “/”.
        for key in {key for key in (*self.views, *self.problems) if "/" in key} - planned:
            for held in (self.views, self.numbers, self.changed, self.problems):
                held.pop(key, None)

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
