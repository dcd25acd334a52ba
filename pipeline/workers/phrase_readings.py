"""Readings of many phrases, one after another or shared among worker processes, always in the order of the phrases.

Imported once by the server process from which workers are forked, with everything loaded that reading needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalizers.explain import phrase_reading
from parsers.parse import collection_paused
from pipeline.inputs.configuration import Limits
from pipeline.workers.worker_pool import begin_server, run_in_workers

_MODULE = "pipeline.workers.phrase_readings"

WORTH_SHARING = 1000
"""Phrases that must be waiting: to load a worker's dictionaries takes as long as to read some 1,500 phrases."""

_A_CALL = 100
"""Phrases that a worker reads at a time, in about a tenth of a second."""


class Phrase(NamedTuple):
    """A line of ``explain --jsonl``; see ``phrase_reading``."""

    text: str
    marked: bool
    fiscal_year: int | None


def begin_sharing() -> None:
    """Has the workers' server load what reading needs, and returns at once."""
    begin_server(_MODULE)


def shared_readings(phrases: Sequence[Phrase], workers: int, limits: Limits) -> Iterator[str]:
    """The reading of each phrase as a line of JSON, by so many ``workers`` at once.

    What a worker fails to read is read anew in this process, which raises what there is to raise.
    """
    parts = [phrases[first : first + _A_CALL] for first in range(0, len(phrases), _A_CALL)]
    done: dict[int, Sequence[str]] = {}
    at = 0
    for index, lines in run_in_workers(_lines, [(part,) for part in parts], workers, limits, preload=_MODULE):
        done[index] = _lines(parts[index]) if isinstance(lines, Exception) else lines
        while at in done:
            yield from done.pop(at)
            at += 1


def _lines(phrases: Sequence[Phrase]) -> list[str]:
    with collection_paused():
        return [reading_line(phrase) for phrase in phrases]


def reading_line(phrase: Phrase) -> str:
    """The reading of one phrase as a line of JSON."""
    reading = phrase_reading(phrase.text, marked=phrase.marked, fiscal_year=phrase.fiscal_year)
    try:
        return json.dumps(reading, ensure_ascii=False, allow_nan=False)
    except ValueError:
        # JSON knows no infinity; a number of hundreds of digits has no value here.
        plain = json.loads(json.dumps(reading, ensure_ascii=False), parse_constant=lambda _: None)
        return json.dumps(plain, ensure_ascii=False)
