"""Work on one document that several workers share: the order of parts, their failures, and the same result."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from pipeline.inputs.configuration import load_configuration
from pipeline.inputs.discovery import InputFile
from pipeline.workers import worker_pool
from pipeline.workers.divided import Divided, Joined, WaitingTasks
from pipeline.workers.worker_pool import WorkerPool, run_in_workers
from tests.pipeline.workers.scans import scan_of

LIMITS = load_configuration().limits


def test_parts_come_before_calls_that_were_not_begun_and_are_joined_in_their_order() -> None:
    waiting = WaitingTasks([("one",), ("two",)])
    first = waiting.next()
    assert waiting.settle(first, Divided(("a", "b"))) == []
    a, b = waiting.next(), waiting.next()
    assert (a.call, b.call) == (("one", "a"), ("one", "b"))
    assert waiting.settle(b, "B") == []
    assert waiting.settle(a, "A") == []
    joined = waiting.next()
    assert joined.call == ("one", Joined(("A", "B")))
    assert waiting.settle(joined, "whole") == [(0, "whole")]
    assert waiting.next().call == ("two",)
    assert not waiting


def test_a_part_that_fails_fails_its_call_once_and_no_other() -> None:
    waiting = WaitingTasks([("one",), ("two",)])
    waiting.settle(waiting.next(), Divided(("a", "b", "c")))
    a, b = waiting.next(), waiting.next()
    error = TimeoutError()
    assert waiting.settle(a, error) == [(0, error)]
    assert waiting.settle(b, "B") == []
    assert waiting.next().call == ("two",)
    assert not waiting


def _sum(numbers: tuple[int, ...], part: Any = None) -> Any:
    """Adds up numbers, several in parts; a number below zero cannot be added."""
    if isinstance(part, Joined):
        return sum(part.answers)
    if part is None and len(numbers) > 1:
        return Divided(numbers)
    number = numbers[0] if part is None else part
    if number < 0:
        raise ValueError(number)
    return number


def test_workers_share_a_call() -> None:
    calls = [((1, 2, 3, 4),), ((5,),), ((1, -1, 2),), ((6, 7),)]
    done = dict(run_in_workers(_sum, calls, 2, LIMITS, preload=__name__))
    assert {index: result for index, result in done.items() if index != 2} == {0: 10, 1: 5, 3: 13}
    assert isinstance(done[2], worker_pool.UnforeseenError)


@pytest.fixture
def scan(tmp_path: Path) -> InputFile:
    """Five pages that are pictures of text."""
    data = scan_of(5)
    path = tmp_path / "scan.pdf"
    path.write_bytes(data)
    return InputFile(path, path.name, hashlib.sha256(data).hexdigest(), len(data))


def test_a_scan_read_by_two_workers_is_the_scan_read_by_one(scan: InputFile) -> None:
    told: list[tuple[str, int]] = []
    results = []
    for workers in (1, 2):
        stage = WorkerPool(workers)
        (outcome,) = stage([scan], LIMITS, lambda _: None, lambda file, of: told.append((file.source_file, of)))
        assert outcome.error is None
        results.append(outcome.result)
    assert results[0] == results[1]
    assert told == [("scan.pdf", 5)] * 10
