"""Run the studio from start to end: `serve(files, output, port)`."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pack.errors import UsageError
from preview import server
from preview.outbox import Outbox
from preview.server import Service

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from preview.state import State


def serve(
    files: Sequence[Path],
    output: Path,
    port: int,
    *,
    base_url: str = "",
    user_header: str = "",
    browser: bool = True,
    say: Callable[[str], None] = print,
    report: Callable[[Exception], str] = str,
) -> None:
    """Let people edit content files in the browser until Ctrl-C.

    `base_url` is the address at which a proxy in front of the studio is reached, and `user_header`
    the header in which it says who asks. `report` writes down a fault in the program, and says
    where. Raises `ContentError` if a file can't be read at all, `UsageError` for a wrong address,
    `PortTaken` and `MissingLibrary`.
    """
    from studio.desk import Desk

    parts = urlsplit(base_url)
    if base_url and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise UsageError(f"“{base_url}” is not an address like https://handouts.district.example.")
    desks = {file.stem: Desk(file.resolve()) for file in files}

    @contextlib.asynccontextmanager
    async def make(
        state: "State", output: Path, hosts: set[str], outbox: Outbox
    ) -> "AsyncIterator[ASGIApp]":
        from studio import ready, schools, translating
        from studio.app import make_app
        from studio.jobs import Jobs
        from studio.studio import Access, Studio

        proxy = f"{parts.scheme}://{parts.netloc}" if base_url else ""
        known = frozenset({*hosts, *([parts.netloc] if base_url else [])})
        access = Access(known, parts.path.rstrip("/"), proxy, user_header)
        loop = asyncio.get_running_loop()

        def touch() -> None:
            loop.call_soon_threadsafe(state.touch)

        jobs = Jobs(touch, report)
        try:
            yield make_app(
                Studio(desks, state, outbox, access, report),
                lambda studio: [
                    *ready.routes(studio, output.resolve(), jobs),
                    *schools.routes(studio, output.resolve(), jobs),
                    *translating.routes(studio),
                ],
            )
        finally:
            await asyncio.to_thread(jobs.close)

    service = Service("Studio", "studio", make, publishes=False)
    try:
        server.serve(
            [desk.file for desk in desks.values()],
            output,
            port,
            browser=browser,
            say=say,
            service=service,
        )
    finally:
        for desk in desks.values():
            desk.copy.close()
