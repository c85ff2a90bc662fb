"""What all requests share: the packs that are edited, the builder, and who may ask."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from press.new_pack import start_pack
from preview.messages import Drafted, Touched
from preview.outbox import Outbox
from preview.state import State
from studio.desk import Desk
from studio.pages import StudioPages
from studio.todo import to_check
from studio.uploads import MOST
from studio.words import say


@dataclass(frozen=True)
class Access:
    """How the studio is reached.

    `base` is the start of all its addresses, such as "" or "/studio". `origin` is the address of a
    proxy in front of it. `user_header` names the header in which that proxy says who asks.
    """

    hosts: frozenset[str]
    base: str = ""
    origin: str = ""
    user_header: str = ""


#: How long nobody changes anything before all that shows a change is made, in seconds.
_PAUSE = 3
#: The longest body of a form with texts or a file, and of one that has only buttons.
_MOST_BYTES, _MOST_PLAIN_BYTES = (MOST + 5) * 1_000_000, 1_000_000
#: How many places for files a form may have; browsers send the empty ones, too.
_MOST_FILES = 10


class Studio:
    """Everything that the requests share."""

    def __init__(
        self,
        desks: dict[str, Desk],
        state: State,
        outbox: Outbox,
        access: Access,
        report: Callable[[Exception], str] = str,
    ) -> None:
        """`report` writes down a fault in the program, and says where."""
        self.desks = desks
        self.state = state
        self.outbox = outbox
        self.access = access
        self.token = secrets.token_urlsafe(24)
        self.pages = StudioPages(desks, state, access.base, self.token, report)
        #: A desk is for one at a time.
        self._busy = {name: asyncio.Lock() for name in desks}
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._told: dict[str, tuple[int, bool]] = {}
        self._handed_over: dict[str, tuple[int, bool]] = {}

    def begin(self, name: str) -> None:
        """Begin a new pack. Raises `NameTaken` and `OutputError`."""
        folder = next(iter(self.desks.values())).file.parent
        desk = Desk(start_pack(name, folder))
        self._busy[name] = asyncio.Lock()
        self.desks[name] = desk
        self.outbox.put(Drafted(desk.file, None))

    def desk(self, request: Request) -> Desk:
        name = request.path_params["name"]
        if name not in self.desks:
            raise HTTPException(404, say("no_page"))
        return self.desks[name]

    def who(self, request: Request) -> str:
        """Who asks, as the proxy says; empty if nobody says it."""
        header = self.access.user_header
        return request.headers.get(header, "")[:100] if header else ""

    @contextlib.asynccontextmanager
    async def at(self, desk: Desk) -> AsyncIterator[None]:
        """Have a desk for oneself. What changed is told to the builder and to all pages."""
        async with self._busy[desk.name]:
            try:
                await run_in_threadpool(desk.refresh)
                yield
            finally:
                self.tell(desk)

    def tell(self, desk: Desk) -> None:
        self.hand_over(desk)
        state = desk.copy.version, desk.copy.is_changed
        if self._told.get(desk.name) != state:
            self._told[desk.name] = state
            self.state.touch()
            if before := self._checks.get(desk.name):
                before.cancel()
            self._checks[desk.name] = asyncio.create_task(self._check(desk))

    def is_checking(self, desk: Desk) -> bool:
        """Whether more may be found wrong with what shows a change."""
        check = self._checks.get(desk.name)
        return self.state.left > 0 or bool(check and not check.done())

    async def _check(self, desk: Desk) -> None:
        """When nobody has changed anything for a while, have all made that shows a change."""
        await asyncio.sleep(_PAUSE)
        async with self._busy[desk.name]:
            keys = await run_in_threadpool(to_check, desk, self.state)
        self.outbox.put(Touched(keys))

    def hand_over(self, desk: Desk) -> None:
        """Let the builder have a changed text at once, while the answer to the page is made."""
        state = desk.copy.version, desk.copy.is_changed
        if self._handed_over.get(desk.name) != state:
            self._handed_over[desk.name] = state
            contents = desk.copy.source.contents if desk.copy.is_changed else None
            self.outbox.put(Drafted(desk.file, contents))

    async def form(
        self, request: Request, *, files: int = _MOST_FILES, most_bytes: int = _MOST_BYTES
    ) -> Any:
        """What a form sent. Refuses forms that are not from our own pages.

        `most_bytes` is the longest body of one with texts or `files`.
        """
        length, kind = (request.headers.get(one, "") for one in ("content-length", "content-type"))
        most = most_bytes if kind.startswith("multipart/") else _MOST_PLAIN_BYTES
        # Browsers always say how long a form is.
        if not length.isdecimal() or len(length) > 12 or int(length) > most:
            raise HTTPException(413, say("too_long"))
        form = await request.form(max_files=files, max_fields=5_000, max_part_size=4_000_000)
        token = str(form.get("token", "")).encode(errors="replace")
        if not secrets.compare_digest(token, self.token.encode()):
            raise HTTPException(403, say("old_page"))
        return form

    def link(self, name: str = "", *parts: str | int) -> str:
        return self.pages.link(name, *parts)
