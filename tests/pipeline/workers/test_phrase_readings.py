"""Phrases shared among workers are answered in their order, whatever becomes of the workers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

import pytest

from pipeline.inputs.configuration import load_configuration
from pipeline.workers import phrase_readings
from pipeline.workers.phrase_readings import Phrase, reading_line, shared_readings


def test_answers_keep_the_order_though_parts_come_in_another_and_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def backwards(
        function: Callable[..., list[str]], calls: Sequence[tuple[Sequence[Phrase]]], *_: object, **__: object
    ) -> Iterator[tuple[int, list[str] | Exception]]:
        for index in reversed(range(len(calls))):
            yield index, MemoryError() if index == 1 else function(*calls[index])

    monkeypatch.setattr(phrase_readings, "run_in_workers", backwards)
    phrases = [Phrase(f"受診率を{number}％以上とする", True, 2024) for number in range(1, 251)]
    answers = [json.loads(line) for line in shared_readings(phrases, 2, load_configuration().limits)]
    assert [answer["targets"][0]["value"] for answer in answers] == list(range(1, 251))


def test_a_number_that_json_does_not_know_has_no_value() -> None:
    answer = json.loads(reading_line(Phrase(f"受診率を{'9' * 400}％以上とする", True, 2024)))
    assert all(target["value"] is None for target in answer["targets"])
