"""Run the preview from start to end: `serve(files, output, port)`."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pack.errors import MissingLibrary, PortTaken
from pack.problems import Fault, Place, Problem
from press.processes import init_child_process, processes, start
from preview.messages import Looked, ProblemsUpdate, Saved, Unable
from preview.outbox import Outbox

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from preview.state import State

#: Only this computer can reach it.
HOST = "127.0.0.1"

#: The limit of simultaneous connections; more are refused (503). A few tabs need ten.
_MOST = 2000


@dataclass(frozen=True)
class Service:
    """What is served: the preview of saved files, or the studio around it.

    `make` makes the web application; it gets the state, the output folder, the names of the host
    with the port, and the messages to the builder. Only if it `publishes` does the builder write to
    the output folder; otherwise it makes what somebody views, and from drafts.
    """

    title: str
    command: str
    make: "Callable[[State, Path, set[str], Outbox], AbstractAsyncContextManager[ASGIApp]]"
    publishes: bool


@contextlib.asynccontextmanager
async def _preview(
    state: "State", output: Path, hosts: set[str], outbox: Outbox
) -> "AsyncIterator[ASGIApp]":
    from preview.app import make_app

    yield make_app(state, output, hosts, lambda key: outbox.put(Looked(key)))


PREVIEW = Service("Preview", "preview", _preview, publishes=True)


def serve(
    files: Sequence[Path],
    output: Path,
    port: int,
    *,
    deck_template: Path | None = None,
    browser: bool = True,
    say: Callable[[str], None] = print,
    service: Service = PREVIEW,
) -> None:
    """Show the materials of content files, and update page and output folder until Ctrl-C.

    `port` 0 picks any free port. `deck_template` is a PowerPoint file to build decks from. `say`
    prints the address and hints. Raises `PortTaken` and `MissingLibrary`.
    """
    try:
        with (
            _listening(port, service) as listener,
            _builder(files, output, deck_template, listener, service) as pipe,
        ):
            address = f"http://{HOST}:{listener.getsockname()[1]}/"
            say(f"{service.title}: {address} (stop it with Ctrl-C)")
            if browser and not _open(address):
                say("No browser could be opened here. Open this address in a browser yourself.")
            watched = [*files, *([deck_template] if deck_template else [])]
            asyncio.run(_serve(watched, output, listener, pipe, service))
    except KeyboardInterrupt:
        pass  # the usual way to stop it


@contextlib.contextmanager
def _listening(port: int, service: Service) -> Iterator[socket.socket]:
    listener = socket.socket()
    if os.name == "posix":  # elsewhere this would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with listener:
        try:
            listener.bind((HOST, port))
            listener.listen(2048)
        except (OSError, OverflowError):
            raise PortTaken(
                f"Port {port} can't be used, probably because another program is using it. "
                f"Try another: {service.command} --port {port + 1 if port < 65535 else 8766}"
            ) from None
        yield listener


@contextlib.contextmanager
def _builder(
    files: Sequence[Path],
    output: Path,
    deck_template: Path | None,
    listener: socket.socket,
    service: Service,
) -> "Iterator[Connection[Any, Any]]":
    """A pipe to the builder's process."""
    ours, theirs = processes.Pipe()
    arguments = (theirs, ours, list(files), output, deck_template, listener, service.publishes)
    process = processes.Process(target=_build, args=arguments)
    start(process)
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()  # the builder notices, and stops itself and its workers
        process.join(timeout=5)
        if process.is_alive():
            process.kill()
            process.join()


def _build(
    theirs: "Connection[Any, Any]",
    ours: "Connection[Any, Any]",
    files: list[Path],
    output: Path,
    deck_template: Path | None,
    listener: socket.socket,
    publishes: bool,
) -> None:
    init_child_process(signal.SIG_IGN)  # the server handles Ctrl-C, and stops us
    listener.close()  # otherwise the port stays in use if the server is killed
    from preview.builder import work

    work(theirs, ours, files, output, deck_template, publishes)


async def _serve(
    files: Sequence[Path],
    output: Path,
    listener: socket.socket,
    pipe: "Connection[Any, Any]",
    service: Service,
) -> None:
    import uvicorn

    from preview.state import State
    from preview.watch import watch

    loop = asyncio.get_running_loop()
    # Visitors who hang up are not worth a log message.
    loop.set_exception_handler(lambda loop, context: None)
    _allow_many_files()
    state = State()
    outbox = Outbox(pipe)
    unable: list[str] = []

    def receive() -> None:
        try:
            news = pipe.recv()
        except (EOFError, OSError):
            loop.remove_reader(pipe.fileno())
            state.take(ProblemsUpdate("", (_gone(files),)))
            return
        if isinstance(news, Unable):
            unable.append(news.reason)
            server.should_exit = True
        state.take(news)

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: Any) -> None:
            state.end()  # otherwise it would wait for open pages
            super().handle_exit(sig, frame)

    port = listener.getsockname()[1]
    hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
    async with service.make(state, output, hosts, outbox) as app:
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            limit_concurrency=_MOST,
            timeout_graceful_shutdown=1,
            lifespan="off",
            server_header=False,
            ws="none",
        )
        server = Server(config)
        loop.add_reader(pipe.fileno(), receive)
        watching = asyncio.create_task(
            watch(files, output, lambda appearance: outbox.put(Saved(appearance)))
        )
        try:
            await server.serve(sockets=[listener])
        finally:
            loop.remove_reader(pipe.fileno())
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
    if unable:
        raise MissingLibrary(unable[0])


def _gone(files: Sequence[Path]) -> Problem:
    return Problem(
        Place(files[0]),
        "",
        Fault(
            "the part of the preview that makes the files has stopped",
            "Stop the preview with Ctrl-C, and start it again.",
        ),
    )


def _open(address: str) -> bool:
    """Open the browser, unless it would open in this terminal."""
    screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    if sys.platform.startswith("linux") and not screen:
        return False
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def _allow_many_files() -> None:
    """Raise a low system limit, so that excess connections get an answer."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
