"""Pages made side by side: each is written by a function of its own data alone, here or in a worker process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.inputs.configuration import Limits
from pipeline.workers.worker_pool import run_in_workers

PageJob = tuple[Callable[..., None], tuple[object, ...]]
"""A function importable by name that writes pages, and its arguments."""

WORTH_WORKERS = 8
"""Fewer documents than this are done before workers have imported what they need."""

LARGE_ARCHIVE = 200
"""Documents from which on the pages about all of them are worth workers, whatever has changed: with 471 they take 2.4
CPU seconds, and a worker's imports 0.4."""

_PARTS_A_WORKER = 2

Item = TypeVar("Item")


def in_parts(items: Sequence[Item], workers: int) -> list[Sequence[Item]]:
    """``items`` dealt out for ``workers``: all in one part where they are few."""
    parts = workers * _PARTS_A_WORKER if workers > 1 and len(items) >= WORTH_WORKERS else 1
    return [items[first::parts] for first in range(min(parts, len(items)))]


def put_pages(jobs: Sequence[PageJob], *, workers: int, limits: Limits, few: bool = False) -> None:
    """Does all ``jobs``, where there are several in up to ``workers`` processes.

    ``few``: little has changed, so that all is done before workers would have imported what they need.

    What a worker fails to do is done anew in this process, which raises what the job raises: limits that are meant for
    reading one document, or a worker that was killed, never cost a page.
    """
    if len(jobs) <= 2 or few:
        for function, arguments in jobs:
            function(*arguments)
        return
    for index, done in run_in_workers(_do, jobs, workers, limits, preload="pipeline.report.page_jobs"):
        if isinstance(done, Exception):
            function, arguments = jobs[index]
            function(*arguments)


def _do(function: Callable[..., None], arguments: tuple[object, ...]) -> None:
    function(*arguments)
