"""What the page shows now, and what of it is new since a given moment."""

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Any

from pack.problems import Problem, Severity
from preview.messages import Left, Planned, Troubles
from preview.views import ArtifactView


@dataclass
class State:
    """Every change gets the next number, so that a page can ask for all since the last it knows.

    `views` are the artifacts by `ArtifactView.key`, `numbers` when each was last told of, `changed`
    when its pages became others than those shown before.
    """

    run: str = field(default_factory=lambda: secrets.token_hex(4))
    number: int = 0
    left: int = 1  # until the builder has looked
    ended: bool = False
    plans: dict[str, Planned] = field(default_factory=dict)
    views: dict[str, ArtifactView] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    troubles: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def moment(self) -> str:
        """Now, as pages remember it: those of another run of the preview know nothing of ours."""
        return f"{self.run}-{self.number}"

    def take(self, news: Any) -> None:
        """Take in what the builder says."""
        if isinstance(news, Left):
            if (news.number > 0) == (self.left > 0):
                self.left = news.number
                return  # how many it is exactly is nobody's concern
            self.left = news.number
        elif isinstance(news, Planned):
            if self.plans.get(news.pack) == news:
                return
            self.plans[news.pack] = news
            self._drop_unplanned()
        elif isinstance(news, Troubles):
            if self.troubles.get(news.subject, ()) == news.problems:
                return
            self.troubles[news.subject] = news.problems
        elif isinstance(news, ArtifactView):
            old = self.views.get(news.key)
            self.views[news.key] = news
            self.numbers[news.key] = self.number + 1
            if old and old.digest != news.digest:
                self.changed[news.key] = self.number + 1
        self.number += 1
        self._wake()

    def end(self) -> None:
        """Let everybody who waits for news go."""
        self.ended = True
        self._wake()

    async def news(self, since: int) -> None:
        """Wait until there is something newer, or the end."""
        while self.number <= since and not self.ended:
            await self._news.wait()

    def order(self) -> list[str]:
        """The artifacts that can be shown, those that changed first, the last change before all."""
        planned = [key for plan in self.plans.values() for key in plan.keys if key in self.views]
        return sorted(planned, key=lambda key: -self.changed.get(key, 0))

    def newer(self, since: int) -> list[str]:
        """The artifacts that were told of after a moment."""
        return [key for key in self.order() if self.numbers[key] > since]

    def errors(self) -> list[Problem]:
        return sorted({one for one in self._problems() if one.severity is Severity.ERROR})

    def warnings(self) -> list[Problem]:
        return sorted({one for one in self._problems() if one.severity is not Severity.ERROR})

    def _problems(self) -> list[Problem]:
        return [problem for problems in self.troubles.values() for problem in problems]

    def _drop_unplanned(self) -> None:
        planned = {key for plan in self.plans.values() for key in plan.keys}
        # What is told of a whole pack has no “/” in it.
        for key in {key for key in (*self.views, *self.troubles) if "/" in key} - planned:
            for held in (self.views, self.numbers, self.changed, self.troubles):
                held.pop(key, None)

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
