"""The whole command, measured from outside: cold, unchanged, one file changed, and over growing numbers of files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpus import copy_many
from benchmarks.measurement import Measurement, measure_command


def page_count(files: Sequence[Path]) -> int:
    """Pages of all ``files``."""
    import pymupdf

    total = 0
    for file in files:
        with pymupdf.open(file) as document:
            total += document.page_count
    return total


def _ingest(raw: Path, output: Path, workers: int, pages: int, *options: str) -> Measurement:
    command = [sys.executable, "-m", "pipeline", "ingest", str(raw), "--output", str(output), "--workers", str(workers)]
    return measure_command([*command, *options], pages)


def ingest_round(files: Sequence[Path], scratch: Path, *, workers: int) -> dict[str, Measurement]:
    """One cold run without and one with page pictures, one unchanged run, and one after a file changed."""
    shutil.rmtree(scratch, ignore_errors=True)
    raw = copy_many(files, len(files), scratch / "raw")
    pages = page_count(files)
    results = {
        "ingest, cold, no page pictures": _ingest(raw, scratch / "plain", workers, pages, "--no-page-pictures"),
        "ingest, cold": _ingest(raw, scratch / "out", workers, pages),
        "ingest, unchanged": _ingest(raw, scratch / "out", workers, pages),
    }
    with next(iter(sorted(raw.glob("*.pdf")))).open("ab") as changed:
        changed.write(b"\n% changed\n")
    results["ingest, one file changed"] = _ingest(raw, scratch / "out", workers, pages)
    shutil.rmtree(scratch)
    return results


def growth(files: Sequence[Path], scratch: Path, counts: Sequence[int]) -> Iterator[tuple[int, int, Measurement]]:
    """Cold runs over each number of files with 1 and 2 workers: (files, workers, measurement)."""
    for count in counts:
        for workers in (1, 2):
            shutil.rmtree(scratch, ignore_errors=True)
            raw = copy_many(files, count, scratch / "raw")
            pages = page_count(sorted(raw.glob("*.pdf")))
            yield count, workers, _ingest(raw, scratch / "out", workers, pages, "--no-page-pictures")
    shutil.rmtree(scratch, ignore_errors=True)
