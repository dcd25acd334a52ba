"""Pages made side by side: every page is there, whatever becomes of the workers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.inputs.configuration import load_configuration
from pipeline.report.page_jobs import PageJob, in_parts, put_pages

LIMITS = load_configuration().limits


def write(path: Path, parent: int) -> None:
    path.write_text("by a worker" if os.getpid() != parent else "by the run itself")


def write_or_die(path: Path, parent: int) -> None:
    if os.getpid() != parent:
        os._exit(9)
    write(path, parent)


def refuse(path: Path, parent: int) -> None:
    raise ValueError(f"no room for {path.name}")


def test_many_jobs_are_done_by_workers_and_what_they_fail_at_by_the_run(tmp_path: Path) -> None:
    names = ["a", "b", "c", "d"]
    jobs: list[PageJob] = [(write_or_die if name == "b" else write, (tmp_path / name, os.getpid())) for name in names]
    put_pages(jobs, workers=2, limits=LIMITS)
    written = {name: (tmp_path / name).read_text() for name in names}
    assert written == dict.fromkeys(names, "by a worker") | {"b": "by the run itself"}


def test_what_a_job_raises_is_raised(tmp_path: Path) -> None:
    jobs: list[PageJob] = [(write, (tmp_path / name, 0)) for name in "abc"]
    with pytest.raises(ValueError, match="no room for d"):
        put_pages([*jobs, (refuse, (tmp_path / "d", 0))], workers=2, limits=LIMITS)


@pytest.mark.parametrize("count", [0, 1, 7, 8, 46])
@pytest.mark.parametrize("workers", [1, 2, 8])
def test_every_item_is_in_exactly_one_part(count: int, workers: int) -> None:
    parts = in_parts(range(count), workers)
    assert sorted(item for part in parts for item in part) == list(range(count))
    assert all(parts)
