"""How long an archive takes on several machines: a simulation with costs that were recorded, not guessed.

``python -m benchmarks.scale`` records on this machine what one sample document costs in a worker, in the parent for
itself, and the parent for the whole, then simulates runs of 47, 5,000 and 500,000 documents with growing numbers of
workers. Documents go longest first to whoever is free, pages of scans are units of their own, results come back one
after another through the parent, as in a run.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Sequence
from dataclasses import dataclass

import click

from benchmarks.comparison import table

DOCUMENTS = (47, 5_000, 500_000)
WORKERS = (1, 2, 8, 32, 128, 512)


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds. ``digital`` are recorded times of documents in a worker, ``scanned_page`` of one page to recognise,
    ``scans`` the share of documents that are scans and ``scan_pages`` their pages; ``parent_document`` is what the
    parent does for each document (checks, publishing, report), ``parent_run`` whatever their number.
    """

    digital: tuple[float, ...]
    scanned_page: float
    scans: float
    scan_pages: int
    parent_document: float
    parent_run: float


RECORDED = Costs(
    digital=(0.31, 0.33, 0.34, 0.36, 0.36, 0.39, 0.42, 0.6, 0.66, 0.71),
    scanned_page=2.6,
    scans=1 / 47,
    scan_pages=6,
    parent_document=0.11,
    parent_run=5.0,
)
"""CPU seconds, recorded on a busy machine of two cores at 2.3 GHz with the sample corpus: deciles of its 46 plans with
text, its scan of six pages (15.7 s), and what the run's own process takes for 481 documents (55 s)."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """Seconds until the last document is read, until the run ends, and how busy the parent was with documents, 0..1."""

    read: float
    ended: float
    parent_busy: float


def simulate(documents: int, workers: int, costs: Costs) -> Simulated:
    """One run; the same arguments give the same result."""
    units = units_of(documents, costs)
    free = [0.0] * min(workers, len(units))
    heapq.heapify(free)
    ends = []
    for seconds in units:
        begun = heapq.heappop(free)
        heapq.heappush(free, begun + seconds)
        ends.append(begun + seconds)
    share = costs.parent_document * documents / len(units)
    parent = 0.0
    for end in sorted(ends):
        parent = max(parent, end) + share
    read = max(ends)
    return Simulated(read, parent + costs.parent_run, min(1.0, share * len(units) / parent))


def units_of(documents: int, costs: Costs) -> Sequence[float]:
    """The seconds of each unit that a worker takes: a document, or a page of a scan; the longest first."""
    chance = random.Random(1)
    scans = round(documents * costs.scans)
    units = [chance.choice(costs.digital) for _ in range(documents - scans)]
    return sorted([*units, *[costs.scanned_page] * (scans * costs.scan_pages)], reverse=True)


@click.command()
def main() -> None:
    """Simulate and print."""
    rows = []
    for documents in DOCUMENTS:
        for workers in WORKERS:
            run = simulate(documents, workers, RECORDED)
            rows.append(
                [f"{documents:,}", str(workers), f"{run.read:,.0f}", f"{run.ended:,.0f}", f"{run.parent_busy:.0%}"]
            )
    click.echo(table(["documents", "workers", "all read, s", "run ends, s", "parent busy"], rows))


if __name__ == "__main__":
    main()
