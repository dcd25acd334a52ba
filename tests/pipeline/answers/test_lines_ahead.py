"""Lines that wait are told apart from lines that somebody still has to write."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from pipeline.answers.lines_ahead import LinesAhead


def test_all_lines_come_in_order_and_no_more_than_asked_for() -> None:
    ahead = LinesAhead(f"{number}\n" for number in range(25))
    taken: list[str] = []
    while block := ahead.take(10):
        assert len(block) <= 10
        taken += block
    assert taken == [f"{number}\n" for number in range(25)]
    assert ahead.take(10) == []


def test_a_line_is_given_before_the_next_is_written() -> None:
    answered = threading.Event()

    def asked() -> Iterator[str]:
        yield "one\n"
        assert answered.wait(30)
        yield "two\n"

    ahead = LinesAhead(asked())
    assert ahead.take(100) == ["one\n"]
    answered.set()
    assert ahead.take(100) == ["two\n"]


def test_what_is_wrong_with_the_stream_is_raised_after_the_lines_before_it() -> None:
    def broken() -> Iterator[str]:
        yield "one\n"
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")

    ahead = LinesAhead(broken())
    assert ahead.take(1) == ["one\n"]
    with pytest.raises(UnicodeDecodeError):
        ahead.take(1)
