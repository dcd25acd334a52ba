"""A process that has loaded what a later call needs, and what becomes of calls that fail in it."""

from __future__ import annotations

import gc
import operator
import os
from collections.abc import Iterator

import pytest

from pipeline.workers.early_process import EarlyProcess, NoAnswerError


@pytest.fixture(scope="module")
def process() -> Iterator[EarlyProcess]:
    process = EarlyProcess("json")
    yield process
    process.end()


def test_it_answers_one_call_after_another(process: EarlyProcess) -> None:
    assert process.ask(operator.add, 1, 2)() == 3
    assert process.ask(os.getpid)() != os.getpid()


def test_a_call_that_fails_gives_no_answer_and_the_next_does(process: EarlyProcess) -> None:
    with pytest.raises(NoAnswerError, match="ZeroDivisionError"):
        process.ask(operator.truediv, 1, 0)()
    assert process.ask(operator.add, 1, 2)() == 3


def test_a_process_that_ends_gives_no_answer() -> None:
    process = EarlyProcess("json")
    with pytest.raises(NoAnswerError):
        process.ask(os._exit, 1)()
    with pytest.raises(NoAnswerError):
        process.ask(operator.add, 1, 2)()
    process.end()


def test_what_it_has_loaded_is_not_searched_for_garbage_and_the_rest_is(process: EarlyProcess) -> None:
    assert process.ask(gc.isenabled)()
    assert process.ask(gc.get_freeze_count)() > 0
