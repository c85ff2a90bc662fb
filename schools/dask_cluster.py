"""The workers of a Dask cluster: they need the program, and nothing else from this machine.

Everything is sent and returned as bytes, so that the scheduler need not have the program.
"""

import pickle
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pack.errors import MissingLibrary, UsageError, WorkerError
from pack.installation import setup_extra
from press.build_id import program
from press.fingerprint import named_files
from press.native_libraries import import_handouts
from schools.bases import BaseSet
from schools.workers import Workers

_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application")

#: How often a piece of work is retried if it fails for a reason within Dask.
_RETRIES = 5

#: How long a scheduler may take to answer, and workers to register, in seconds.
_SCHEDULER_TIMEOUT, _WORKERS_TIMEOUT = 5, 60

_START = (
    "Start workers in the program's folder, or in any folder if the program is installed, with: "
    "dask worker {} --nworkers auto"
)


@contextmanager
def cluster(scheduler: str) -> Iterator[Workers]:
    """The workers at a scheduler's address.

    Raises `WorkerError`, `UsageError` for an address of another kind, and `MissingLibrary`.
    """
    import asyncio

    try:
        from dask import config

        # Dask logs each worker that dies; here only the final result matters.
        config.set({"logging": dict.fromkeys(_LOGGERS, "critical")})
        from distributed import Client, KilledWorker
    except ModuleNotFoundError:
        raise MissingLibrary(
            f"--scheduler needs the package “distributed”: {setup_extra('cluster')}"
        ) from None
    try:
        client: Any = Client(scheduler, timeout=_SCHEDULER_TIMEOUT)  # type: ignore[no-untyped-call]
    except ValueError:
        raise UsageError(
            f"“{scheduler}” is not the address of a Dask scheduler: write it as tcp://host:8786."
        ) from None
    except OSError:
        raise WorkerError(f"No Dask scheduler answers at {scheduler}.") from None
    remedy = _START.format(scheduler)

    def read(result: bytes) -> Any:
        if not result:
            raise WorkerError(f"A worker of the cluster can't find the program. {remedy}")
        value, error = pickle.loads(result)  # noqa: S301 (from our own workers)
        if error:
            raise error
        return value

    with client:
        try:
            client.wait_for_workers(1, timeout=_WORKERS_TIMEOUT)
        except TimeoutError:
            raise WorkerError(f"The scheduler at {scheduler} has no workers. {remedy}") from None

        def pack(base_set: BaseSet) -> Any:
            with config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
                # Not scattered: Dask can compute a result again if all workers that hold it die.
                return client.submit(bytes, _packed(base_set), pure=False, retries=_RETRIES)

        def submit(
            parcel: Any, function: Callable[..., Any], piece: tuple[Any, ...]
        ) -> "Future[Any]":
            work = pickle.dumps((function, piece))
            task = client.submit(_remote, parcel, work, pure=False, retries=_RETRIES)
            # Dask's own executor fails if a worker dies right after its result has arrived.
            result = client.gather(task, asynchronous=True)
            return asyncio.run_coroutine_threadsafe(result, client.loop.asyncio_loop)

        try:
            yield Workers(pack, submit, read, sum(client.nthreads().values()))
        except KilledWorker:
            raise WorkerError(
                "Several workers of the cluster died one after another on the same schools, "
                "possibly because they ran out of memory."
            ) from None


def _remote(parcel: bytes, work: bytes) -> bytes:
    """Find the program on a worker and do a piece of work; empty if it can't be found."""
    import sys
    from contextlib import suppress
    from pathlib import Path

    with suppress(ModuleNotFoundError):
        import handout_press  # noqa: F401 (if the wheel is installed, this finds the rooms)
    if str(Path.cwd()) not in sys.path:
        sys.path.append(str(Path.cwd()))
    try:
        from schools.dask_cluster import answer
    except ModuleNotFoundError:
        return b""
    return answer(parcel, work)


# Sent by value, because "dask worker" does not search the folder where it was started.
_remote.__module__ = "__main__"


@dataclass(frozen=True)
class _Parcel:
    """A base set with the files that it names, and the program version that packed it."""

    program: str
    base_set: BaseSet
    files: Mapping[str, bytes]


def _packed(base_set: BaseSet) -> bytes:
    files = {
        file.relative_to(pack.folder).as_posix(): file.read_bytes()
        for pack in base_set.packs.values()
        for file in named_files(pack.for_school(None))
    }
    if base_set.deck_template:
        files[base_set.deck_template.name] = base_set.deck_template.read_bytes()
    return pickle.dumps(_Parcel(program(), base_set, files))


def answer(parcel: bytes, work: bytes) -> bytes:
    """Do a piece of work for another machine; returns the result or the exception."""
    try:
        base_set, _folder = _opened(parcel)
        function, piece = pickle.loads(work)  # noqa: S301 (whoever reaches a worker can run code anyway)
        return pickle.dumps((function(base_set, *piece), None))
    except Exception as error:
        return pickle.dumps((None, error))


@lru_cache(maxsize=2)
def _opened(parcel: bytes) -> tuple[BaseSet, TemporaryDirectory[str]]:
    """The base set of a parcel, and the folder with its files, kept as long as this object."""
    import socket

    import_handouts()  # first, because the parcel needs it
    found: _Parcel = pickle.loads(parcel)  # noqa: S301
    if found.program != program():
        raise WorkerError(
            f"The program on {socket.gethostname()} is a different version, or has different "
            "templates. Install the same program on all machines."
        )
    folder = TemporaryDirectory(prefix="handout-press-", ignore_cleanup_errors=True)
    own = Path(folder.name) / "pack"
    for name, data in found.files.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_bytes(data)
    base_set = found.base_set
    template = base_set.deck_template
    moved = replace(
        base_set,
        packs={name: pack.moved(own) for name, pack in base_set.packs.items()},
        scratch=Path(folder.name) / "schools",
        deck_template=own / template.name if template else None,
    )
    return moved, folder
