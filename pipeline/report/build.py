"""Builds the report of an output folder: all that is on disk, shown as pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.report.front import front_page
from pipeline.report.inventory import take_inventory
from pipeline.report.site import put, put_assets


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What building the report made: the page to open, and the time spent, pictures counted apart (seconds)."""

    index: Path
    documents: int
    pages_drawn: int
    seconds: float
    picture_seconds: float


def build_report(
    output: Path,
    *,
    sources: Mapping[str, Path] | None = None,
    workers: int | None = None,
    pictures: bool = True,
    on_page: Callable[[int], None] | None = None,
) -> ReportSummary:
    """Writes ``output/report`` from the tables, the quarantine and the newest manifest under ``output``.

    ``sources`` names the PDF of each document by its SHA-256; a page whose source is not given keeps the picture made
    before, or says that there is none. ``on_page`` is told the number of page pictures drawn so far.
    """
    started = time.perf_counter()
    report = output / "report"
    inventory = take_inventory(output)
    put_assets(report)
    put(report / "index.html", front_page(inventory))
    return ReportSummary(report / "index.html", len(inventory.documents), 0, time.perf_counter() - started, 0.0)
