"""``python -m benchmarks``: measures everything in one run and writes benchmarks/RESULTS.md."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks.comparison import pages_per_second, peak_mb, seconds, table, time_ratio
from benchmarks.contestants import CONTESTANTS, FLOOR, PARSE, PDFPLUMBER
from benchmarks.corpus import Corpus, write_sample
from benchmarks.ingest_runs import growth, ingest_round
from benchmarks.measurement import Measurement, measure_camelot, measure_command, measure_contestant

CAMELOT = "camelot lattice"
PACKAGES = ("pymupdf", "pdfplumber", "pandas", "pyarrow", "great-expectations", "spacy", "sudachipy")


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Rounds; every round measures every contestant once.")
@click.option("--ingest-rounds", default=5, show_default=True, help="Rounds of the whole command, and of camelot.")
@click.option("--growth-to", default=470, show_default=True, help="Largest number of documents in the growth series.")
@click.option("--no-camelot", is_flag=True, help="Leave camelot out (it takes minutes and an environment of its own).")
@click.option("--output", type=click.Path(path_type=Path), default=Path(__file__).with_name("RESULTS.md"))
def main(rounds: int, ingest_rounds: int, growth_to: int, no_camelot: bool, output: Path) -> None:
    """Measure readers of tables and this project side by side, and write the result as Markdown."""
    with tempfile.TemporaryDirectory() as scratch:
        corpus = write_sample(Path(scratch) / "sample")
        sections = [
            _reader_section(corpus, rounds, ingest_rounds, None if no_camelot else _camelot_python(Path(scratch))),
            _ingest_section(corpus, ingest_rounds, Path(scratch) / "ingest"),
            _growth_section(corpus, Path(scratch) / "growth", [n for n in (1, 10, 47, 470) if n <= growth_to]),
            _start_section(rounds, corpus, Path(scratch) / "status"),
        ]
    output.write_text(_head(corpus, rounds, ingest_rounds) + "\n\n".join(sections) + "\n", encoding="utf-8")
    click.echo(output.read_text(encoding="utf-8"))


def _head(corpus: Corpus, rounds: int, ingest_rounds: int) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return (
        "# Results\n\n"
        f"Written by `python -m benchmarks`: {rounds} rounds, each of every reader once ({ingest_rounds} of the whole "
        "command and of camelot); figures are the median with the smallest and largest in brackets, ratios are taken "
        "within a round.\n\n"
        f"Files: the sample corpus without its scanned plans ({len(corpus.sample)} plans)"
        f"{f' and {len(corpus.others)} other documents' if corpus.others else ''}. "
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {versions}.\n\n"
    )


def _reader_section(corpus: Corpus, rounds: int, camelot_rounds: int, camelot: Path | None) -> str:
    few = corpus.every[::8]
    measured: list[dict[str, Measurement]] = []
    measured_few: list[dict[str, Measurement]] = []
    for number in range(rounds):
        click.echo(f"readers, round {number + 1} of {rounds}", err=True)
        measured.append({c.name: measure_contestant(c.name, corpus.every) for c in CONTESTANTS})
        if camelot and number < camelot_rounds:
            measured_few.append({FLOOR: measure_contestant(FLOOR, few), CAMELOT: measure_camelot(camelot, few)})
    pages = measured[0][FLOOR].pages
    rows = [
        [
            c.name,
            str(pages_per_second(measured, c.name)),
            str(time_ratio(measured, c.name, FLOOR)),
            str(time_ratio(measured, c.name, PDFPLUMBER)),
            f"{peak_mb(measured, c.name):.0f}",
            c.note,
        ]
        for c in CONTESTANTS
    ]
    if measured_few:
        rows.append(
            [
                CAMELOT,
                str(pages_per_second(measured_few, CAMELOT)),
                str(time_ratio(measured_few, CAMELOT, FLOOR)),
                "",
                f"{peak_mb(measured_few, CAMELOT):.0f}",
                f"on every eighth file ({measured_few[0][FLOOR].pages} pages), against the floor on the same files",
            ]
        )
    header = ["reader", "pages a second", f"time ÷ {FLOOR}", f"time ÷ {PDFPLUMBER}", "peak MB", "what it reads"]
    bounds = (
        f"\n\nBounds: {PARSE} at most 5 times the floor and at least 5 times faster than {PDFPLUMBER} "
        "(a ratio of at most 0.20)."
    )
    return f"## Readers\n\n{pages} pages, one process, imports not counted.\n\n{table(header, rows)}{bounds}"


def _ingest_section(corpus: Corpus, rounds: int, scratch: Path) -> str:
    measured = []
    for number in range(rounds):
        click.echo(f"ingest, round {number + 1} of {rounds}", err=True)
        results = ingest_round(corpus.sample, scratch, workers=2)
        alone = _side_by_side(corpus.sample)
        measured.append({**results, "pdfplumber, two processes": alone})
    rows = [
        [
            name,
            str(seconds(measured, name)),
            str(time_ratio(measured, name, "pdfplumber, two processes")),
            f"{peak_mb(measured, name):.0f}",
        ]
        for name in measured[0]
    ]
    header = ["whole command", "seconds", f"time ÷ {PDFPLUMBER} in two processes", "largest process, MB"]
    pages = measured[0]["ingest, cold"].pages
    return (
        f"## The whole command\n\n{len(corpus.sample)} plans, {pages} pages, 2 workers, start-up included.\n\n"
        f"{table(header, rows)}"
    )


def _side_by_side(files: Sequence[Path]) -> Measurement:
    """pdfplumber's extract_tables over ``files`` with two processes at once, each with half of them."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(lambda part: measure_contestant(PDFPLUMBER, part), (files[::2], files[1::2])))
    return Measurement(max(h.seconds for h in halves), sum(h.pages for h in halves), max(h.peak_mb for h in halves))


def _growth_section(corpus: Corpus, scratch: Path, counts: Sequence[int]) -> str:
    rows = []
    for count, workers, result in growth(corpus.sample, scratch, counts):
        click.echo(f"growth: {count} documents, {workers} workers: {result.seconds:.1f} s", err=True)
        rows.append(
            [
                str(count),
                str(workers),
                f"{result.seconds:.1f}",
                f"{result.pages / result.seconds:.0f}",
                f"{result.peak_mb:.0f}",
            ]
        )
    header = ["documents", "workers", "seconds", "pages a second", "largest process, MB"]
    return f"## Growth\n\nCold runs without page pictures, one each.\n\n{table(header, rows)}"


def _start_section(rounds: int, corpus: Corpus, output: Path) -> str:
    program = [sys.executable, "-m", "pipeline"]
    measure_command([*program, "ingest", str(corpus.sample[0]), "--output", str(output)], 1)
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "branch-plans --help": [*program, "--help"],
        "branch-plans status": [*program, "status", str(output)],
    }
    measured = [{name: measure_command(command, 1) for name, command in commands.items()} for _ in range(rounds * 2)]
    rows = [
        [name, str(seconds(measured, name)), str(time_ratio(measured, name, "python -c pass"))] for name in commands
    ]
    return f"## Start\n\n{table(['command', 'seconds', 'time ÷ bare Python'], rows)}"


def _camelot_python(scratch: Path) -> Path:
    """The Python of a new environment that holds camelot alone: its dependencies are not this project's."""
    environment = scratch / "camelot"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "camelot-py", "pypdf", "opencv-python-headless"], check=True
    )
    return python


if __name__ == "__main__":
    main()
