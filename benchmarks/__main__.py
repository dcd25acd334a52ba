"""``python -m benchmarks``: measures everything in one run, prints one table and writes it to benchmarks/RESULTS.md."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from benchmarks.comparison import table
from benchmarks.corpus import Corpus, write_sample
from benchmarks.reading import reader_rows, scan_rows, start_rows, whole_rows
from benchmarks.rows import HEADER, Part, gathered
from benchmarks.waiting import YEARS, faults, shown, waiting_parts

PACKAGES = ("pymupdf", "pdfplumber", "rapidocr", "duckdb", "pandas", "pyarrow", "great-expectations", "spacy")


@click.command()
@click.option("--rounds", default=3, show_default=True, help="Rounds; the median counts. Cold archives are made once.")
@click.option("--years", multiple=True, type=int, default=YEARS, show_default=True, help="Sizes of archives.")
@click.option("--check", is_flag=True, help="Exit with 1 where a bound is missed.")
@click.option("--output", type=click.Path(path_type=Path), default=Path(__file__).with_name("RESULTS.md"))
def main(rounds: int, years: tuple[int, ...], check: bool, output: Path) -> None:
    """Measure this project beside others and over growing archives, and write the result as Markdown."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        corpus = write_sample(scratch / "sample")
        parts = chain(_parts_of_reading(corpus, scratch, rounds), waiting_parts(scratch, years, rounds))
        rows, broken = gathered(parts, shown)
    missed = [*broken, *faults(rows)]
    minutes = (time.monotonic() - started) / 60
    text = _head(corpus, rounds, minutes) + table(HEADER, [row.cells() for row in rows]) + "\n\n" + _verdict(missed)
    output.write_text(text, encoding="utf-8")
    click.echo(text)
    sys.exit(bool(check and missed))


def _parts_of_reading(corpus: Corpus, scratch: Path, rounds: int) -> Iterator[Part]:
    yield "start", start_rows(rounds)
    yield "readers", reader_rows(corpus, rounds)
    yield "recognition", scan_rows(corpus, rounds)
    yield "the whole command", whole_rows(corpus, scratch, rounds)


def _head(corpus: Corpus, rounds: int, minutes: float) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    others = f", and {len(corpus.others)} other documents for the readers" if corpus.others else ""
    return (
        "# Results\n\n"
        f"Written by `python -m benchmarks --rounds {rounds}` in {minutes:.0f} minutes. Seconds are the median with "
        "the smallest and largest in brackets; ratios are taken within a round. MB are those of the measured process "
        f"itself. Files: the sample corpus, {len(corpus.sample)} plans with a text layer and {len(corpus.scans)} "
        f"scanned{others}; the archives are years of sample plans without scans.\n\n"
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {versions}.\n\n"
    )


def _verdict(missed: list[str]) -> str:
    if not missed:
        return "Every bound holds.\n"
    return "Missed:\n\n" + "".join(f"- {fault}\n" for fault in missed)


if __name__ == "__main__":
    main()
