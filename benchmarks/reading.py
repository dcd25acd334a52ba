"""How fast pages are read beside other readers of tables and of scans, and the whole command beside pdfplumber."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.contestants import FIND_TABLES, FLOOR, PARSE, PDFPLUMBER, RAPIDOCR, RECOGNITION
from benchmarks.corpus import Corpus
from benchmarks.measurement import Measurement, measure_command, measure_contestant
from benchmarks.rows import Row

PARSE_TO_FLOOR = 5.0
PARSE_TO_PDFPLUMBER = 0.2
WHOLE_TO_PDFPLUMBER = 1.5
"""Times as long as the baseline: reading pages, and a cold run with scan and pictures."""


def reader_rows(corpus: Corpus, rounds: int) -> Iterator[Row]:
    """Readers of the sample plans and of others that are there, in processes of their own, imports not counted."""
    files = corpus.every
    names = (FLOOR, PARSE, FIND_TABLES, PDFPLUMBER)
    measured = [{name: measure_contestant(name, files) for name in names} for _ in range(rounds)]
    runs = {name: tuple(one[name] for one in measured) for name in names}
    for name, baseline, bound in (
        (PARSE, FLOOR, PARSE_TO_FLOOR),
        (PARSE, PDFPLUMBER, PARSE_TO_PDFPLUMBER),
        (FIND_TABLES, FLOOR, None),
        (PDFPLUMBER, FLOOR, None),
    ):
        yield Row(name, len(files), runs[name], None, runs[baseline], baseline, bound)


def scan_rows(corpus: Corpus, rounds: int) -> Iterator[Row]:
    """A scan read by this project and by RapidOCR's own pipeline."""
    measured = [
        (measure_contestant(RECOGNITION, corpus.scans), measure_contestant(RAPIDOCR, corpus.scans))
        for _ in range(rounds)
    ]
    own, other = zip(*measured, strict=True)
    yield Row(RECOGNITION, len(corpus.scans), own, None, other, RAPIDOCR)


def whole_rows(corpus: Corpus, scratch: Path, rounds: int) -> Iterator[Row]:
    """The whole command over the 47 sample plans, with the scan and all pictures and without."""
    files = (*corpus.sample, *corpus.scans)
    raw = corpus.sample[0].parent
    both, plain, alone = [], [], []
    for _ in range(rounds):
        both.append(_cold(raw, scratch / "with"))
        plain.append(_cold(raw, scratch / "without", "--no-page-pictures"))
        alone.append(_side_by_side(files))
    name = f"{PDFPLUMBER}, two processes"
    yield Row("cold run with pictures", len(files), tuple(both), None, tuple(alone), name, WHOLE_TO_PDFPLUMBER)
    yield Row("cold run with the scan", len(files), tuple(plain), None, tuple(alone), name)


def _cold(raw: Path, output: Path, *options: str) -> Measurement:
    shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "pipeline", "ingest", str(raw), "--output", str(output), "--workers", "2"]
    return measure_command([*command, *options], 1)


def _side_by_side(files: Sequence[Path]) -> Measurement:
    """pdfplumber's extract_tables over ``files`` with two processes at once, each with half of them."""
    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(lambda part: measure_contestant(PDFPLUMBER, part), (files[::2], files[1::2])))
    return Measurement(max(h.seconds for h in halves), sum(h.pages for h in halves), max(h.peak_mb for h in halves))


def start_rows(rounds: int) -> Iterator[Row]:
    """What a command costs that does nothing."""
    commands = ([sys.executable, "-m", "pipeline", "--help"], [sys.executable, "-c", "pass"])
    measured = [[measure_command(command, 1) for command in commands] for _ in range(rounds)]
    own, bare = zip(*measured, strict=True)
    yield Row("branch-plans --help", 0, own, 0.5, bare, "python -c pass")
