"""The lines of the one table: what was waited for, how long, against which bound and which baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.comparison import Spread
from benchmarks.measurement import Measurement

HEADER = ("what", "documents", "rounds", "seconds", "bound", "time ÷ baseline", "bound", "baseline", "MB")


@dataclass(frozen=True, slots=True)
class Row:
    """All rounds of one thing and, where there is one, of its baseline, which was measured turn by turn with it.

    ``bound`` is in seconds, ``ratio_bound`` in times the baseline; the median counts. ``megabytes_bound`` is for the
    memory of the measured process itself, without those that it begins.
    """

    name: str
    documents: int
    rounds: tuple[Measurement, ...]
    bound: float | None = None
    baseline: tuple[Measurement, ...] = ()
    baseline_name: str = ""
    ratio_bound: float | None = None
    megabytes_bound: float | None = None

    @property
    def seconds(self) -> Spread:
        return Spread.of([one.seconds for one in self.rounds])

    @property
    def ratio(self) -> Spread | None:
        """Times as long as the baseline, round by round."""
        pairs = [one.seconds / other.seconds for one, other in zip(self.rounds, self.baseline, strict=False)]
        return Spread.of(pairs) if pairs else None

    @property
    def megabytes(self) -> float:
        return max(one.peak_mb for one in self.rounds)

    def faults(self) -> list[str]:
        """The bounds that were missed, in words."""
        what = f"{self.name}, {self.documents} documents"
        found = []
        if self.bound is not None and self.seconds.median > self.bound:
            found.append(f"{what}: {self.seconds} s, bound {self.bound:g}")
        if self.ratio_bound is not None and self.ratio is not None and self.ratio.median > self.ratio_bound:
            found.append(f"{what}: {self.ratio} times {self.baseline_name}, bound {self.ratio_bound:g}")
        if self.megabytes_bound is not None and self.megabytes > self.megabytes_bound:
            found.append(f"{what}: {self.megabytes:.0f} MB, bound {self.megabytes_bound:g}")
        return found

    def cells(self) -> list[str]:
        """A line of the table."""
        megabytes = f"{self.megabytes:.0f}" + (f" (bound {self.megabytes_bound:g})" if self.megabytes_bound else "")
        return [
            self.name,
            str(self.documents),
            str(len(self.rounds)),
            str(self.seconds),
            "" if self.bound is None else f"{self.bound:g}",
            "" if self.ratio is None else str(self.ratio),
            "" if self.ratio_bound is None else f"{self.ratio_bound:g}",
            self.baseline_name,
            megabytes,
        ]


def growth_faults(rows: Sequence[Row], name: str, most: float) -> list[str]:
    """Whether a document takes more than ``most`` times as long in the largest run ``name`` as in the one before."""
    runs = sorted((row for row in rows if row.name == name), key=lambda row: row.documents)
    if len(runs) < 3:
        return []
    per_document = [row.seconds.median / row.documents for row in runs]
    share = per_document[-1] / per_document[-2]
    if share <= most:
        return []
    larger, smaller = runs[-1].documents, runs[-2].documents
    return [f"{name}: a document of {larger} takes {share:.2f} times one of {smaller}, bound {most}"]


Part = tuple[str, Iterator[Row]]
"""What is measured together, by name: its rows as they come."""


def gathered(parts: Iterable[Part], show: Callable[[Row], None]) -> tuple[list[Row], list[str]]:
    """All rows of ``parts``, ``show`` being called with each at once, and in words the parts that broke down.

    What breaks down costs its own rows: the others have taken many minutes.
    """
    rows: list[Row] = []
    broken: list[str] = []
    for name, part in parts:
        try:
            for row in part:
                show(row)
                rows.append(row)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told and fails the run
            broken.append(f"{name} broke down: {' '.join(str(error).split())[:500]}")
    return rows, broken
