"""Rounds of measurements to ratios, each taken within one round: a slow moment of the machine hits both sides."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Spread:
    """Smallest, middle and largest of the rounds."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(min(values), statistics.median(values), max(values))

    def __str__(self) -> str:
        return f"{_short(self.median)} ({_short(self.low)}–{_short(self.high)})"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


Rounds = Sequence[Mapping[str, Measurement]]


def seconds(rounds: Rounds, name: str) -> Spread:
    """Wall time of ``name`` over the rounds."""
    return Spread.of([r[name].seconds for r in rounds])


def pages_per_second(rounds: Rounds, name: str) -> Spread:
    """Pages a second of ``name`` over the rounds."""
    return Spread.of([r[name].pages / r[name].seconds for r in rounds])


def time_ratio(rounds: Rounds, name: str, baseline: str) -> Spread:
    """How many times as long a page takes with ``name`` as with ``baseline``, round by round."""
    return Spread.of([(r[name].seconds / r[name].pages) / (r[baseline].seconds / r[baseline].pages) for r in rounds])


def peak_mb(rounds: Rounds, name: str) -> float:
    """The most memory that ``name`` took in any round, in MB."""
    return max(r[name].peak_mb for r in rounds)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
