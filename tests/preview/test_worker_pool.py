"""Which jobs the preview's workers do, and whose results are heard."""

import os
import time
from multiprocessing.connection import wait
from typing import Any

from preview.worker_pool import Job, WorkerPool


def process_of(seconds: float) -> int:
    """The process that does a job which takes so long."""
    time.sleep(seconds)
    return os.getpid()


def results(pool: WorkerPool) -> list[Any]:
    """The results of all jobs that are wanted."""
    found: list[Any] = []
    while pool.left():
        found += [result for _, result in pool.done(wait(pool.pipes()))]
    return found


def job(name: str, seconds: float = 0) -> Job:
    return Job((name, ""), process_of, (seconds,))


def test_nobody_hears_of_a_job_that_is_no_longer_wanted_but_its_worker_stays_warm() -> None:
    pool = WorkerPool(2)
    try:
        pool.put([job("first")])
        (worker,) = results(pool)
        pool.put([job("old", 0.5)])
        pool.put([job("new")])
        (other,) = results(pool)
        assert other != worker
        assert [*pool.done(wait(pool.pipes()))] == []  # the old one, when it is done
        pool.put([job("next")])
        assert results(pool) == [worker]
    finally:
        pool.end()


def test_jobs_that_keep_all_workers_busy_are_stopped_for_others() -> None:
    pool = WorkerPool(2)
    try:
        for name in ("one", "two", "three"):
            pool.put([job(name, 600)])
        pool.put([job("wanted")])
        assert len(results(pool)) == 1
    finally:
        pool.end()
