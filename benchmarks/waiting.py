"""What people wait for: one changed plan, one decision, a question, a look whether all is sound; over growing archives.

``python -m benchmarks.waiting`` measures them for 1 and 10 years of sample plans, or for as many as ``--years`` says,
and prints one table. With ``--check`` it ends with exit code 1 where a bound is missed, which on a busy machine says
nothing.
"""

from __future__ import annotations

import compileall
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from benchmarks.comparison import table
from benchmarks.corpus import scanned_plans, write_years, years_of
from benchmarks.measurement import Measurement, measure_command
from benchmarks.opening import opened, time_to_open
from benchmarks.rows import HEADER, Part, Row, gathered, growth_faults

KPI = "SELECT count(*) FROM kpi"
YEARS = (1, 10)
"""Sizes of archives; 50 years take half an hour more, and are measured where they are asked for."""

MANY_YEARS = 50

PROGRAM = Path(__file__).resolve().parents[1]
"""The folder of the packages that are measured."""

BOUNDS: dict[tuple[str, int], float] = {
    ("one document, cold", 1): 4.0,
    ("first line of progress", 1): 1.0,
    ("one file changed", 1): 3.0,
    ("one file changed", 10): 5.0,
    ("one file changed", 50): 10.0,
    ("one decision", 1): 3.0,
    ("one decision", 10): 5.0,
    ("one decision", 50): 10.0,
    ("query on kpi", 10): 0.5,
    ("query on kpi", 50): 1.0,
}
"""Seconds by what is waited for and years of plans, on two cores that do nothing else."""

VERIFY = 1.5
"""Verifying may take so many times as long as hashing every file, where starting is not most of it."""

PARENT_MB = 1024
"""The most memory of the run's own process with 50 years of plans."""

LINEAR = 1.15
"""A document may take so many times as long with 50 years of plans as with 10."""

COLD = "cold run, no pictures"


def ingest(raw: Path, output: Path, *options: str) -> Measurement:
    """A run without page pictures."""
    command = [sys.executable, "-m", "pipeline", "ingest", str(raw), "--output", str(output), "--no-page-pictures"]
    return measure_command([*command, *options], 1)


def changed(raw: Path, output: Path, number: int) -> Measurement:
    """A run after one plan's bytes have changed, and nothing that it shows."""
    plans = sorted(raw.rglob("*.pdf"))
    with plans[number % len(plans)].open("ab") as end:
        end.write(f"\n% change {number}\n".encode())
    return ingest(raw, output)


def decided(raw: Path, output: Path, number: int) -> Measurement:
    """A run after somebody has confirmed one aim."""
    from pipeline.decisions.decision import new_decision
    from pipeline.decisions.journal import append
    from pipeline.decisions.row_places import record_place
    from pipeline.store.views import connect

    with connect(output) as connection:
        asked_for = (
            "SELECT t.*, d.sha256 FROM targets AS t JOIN documents AS d USING (document_id) "
            "WHERE t.reviewed = 'no' AND t.value IS NOT NULL ORDER BY t.target_id LIMIT 1 OFFSET $number"
        )
        (row,) = connection.sql(asked_for, params={"number": number}).to_arrow_table().to_pylist()
    place = record_place("targets", row)
    if place is None:
        raise RuntimeError(f"{row['target_id']} has no place that a decision could name")
    box = {side: row[side] for side in ("x0", "top", "x1", "bottom")}
    said = {"table": "targets", "page": row["page"], **box, "text": place.text, "occurrence": place.occurrence}
    append(output, [new_decision("benchmark", "confirm", row["sha256"], **said)])
    return ingest(raw, output)


def asked(output: Path) -> Measurement:
    """The question by the command line."""
    return measure_command([sys.executable, "-m", "pipeline", "query", KPI, "--output", str(output)], 1)


def asked_of_parquet(file: Path) -> Measurement:
    """The same question, asked of DuckDB directly on one Parquet file of the same rows."""
    program = "import duckdb, sys; print(duckdb.sql(f\"SELECT count(*) FROM '{sys.argv[1]}'\").fetchall())"
    return measure_command([sys.executable, "-c", program, str(file)], 1)


def verified(output: Path) -> Measurement:
    """Everything read again and compared with its hash."""
    return measure_command([sys.executable, "-m", "pipeline", "verify", str(output)], 1)


def hashed(output: Path) -> Measurement:
    """The baseline of it: every file's hash, by a program that does nothing else."""
    program = (
        "import hashlib, pathlib, sys\n"
        "for path in pathlib.Path(sys.argv[1]).rglob('*'):\n"
        "    if path.is_file(): hashlib.sha256(path.read_bytes()).digest()"
    )
    return measure_command([sys.executable, "-c", program, str(output)], 1)


def one_document(plan: Path, scratch: Path, rounds: int) -> Iterator[Row]:
    """The first run over a single plan, and how soon it says something."""
    runs = tuple(ingest(plan, scratch / f"one-{number}") for number in range(rounds))
    yield Row("one document, cold", 1, runs, BOUNDS["one document, cold", 1])
    said = tuple(Measurement(run.first_word, 1, run.peak_mb) for run in runs)
    yield Row("first line of progress", 1, said, BOUNDS["first line of progress", 1])


def archive(raw: Path, output: Path, years: int, rounds: int) -> Iterator[Row]:
    """All that is waited for with an archive of so many years, one cold run and ``rounds`` of everything else."""
    from pipeline.store.views import connect

    documents = len(list(raw.rglob("*.pdf")))
    numbers = range(rounds)
    # The state before was made by the cold run: the first change after it costs what every other does.
    yield Row(COLD, documents, (ingest(raw, output),), megabytes_bound=PARENT_MB if years >= MANY_YEARS else None)
    for name, run in (("one file changed", changed), ("one decision", decided)):
        runs = tuple(run(raw, output, 7 * number) for number in numbers)
        yield Row(name, documents, runs, BOUNDS.get((name, years)))
    rows = output.parent / f"kpi-{years}.parquet"
    import pyarrow.parquet as pq

    with connect(output) as connection:
        pq.write_table(connection.table("kpi").to_arrow_table(), rows)
    both = [(asked(output), asked_of_parquet(rows)) for _ in numbers]
    directly = "DuckDB on one Parquet file"
    bound = BOUNDS.get(("query on kpi", years))
    yield Row("query on kpi", documents, *_apart(both, bound), baseline_name=directly)
    both = [(verified(output), hashed(output)) for _ in numbers]
    yield Row(
        "verify",
        documents,
        *_apart(both),
        baseline_name="SHA-256 of every file",
        ratio_bound=VERIFY if years > 1 else None,
    )
    yield Row("nothing changed", documents, tuple(ingest(raw, output) for _ in numbers))
    with opened() as browser:
        if browser is not None:
            index = output / "report" / "index.html"
            yield Row("opening the report", documents, tuple(time_to_open(browser, index) for _ in numbers))


def _apart(
    both: Sequence[tuple[Measurement, Measurement]], bound: float | None = None
) -> tuple[tuple[Measurement, ...], float | None, tuple[Measurement, ...]]:
    return tuple(one for one, _ in both), bound, tuple(other for _, other in both)


def waiting_parts(scratch: Path, years: Sequence[int], rounds: int) -> Iterator[Part]:
    """Everything that is waited for, with archives of so many ``years``; each part must be used up before the next.

    Scans are left out: to recognise them is measured by itself, and would be most of a cold run. The smaller archives
    are the newest years of the largest.
    """
    compile_program()
    plans = write_years(scratch / "plans", max(years))
    for scan in scanned_plans(scratch / "plans"):
        scan.unlink()
    for size in sorted(years):
        raw = years_of(plans, size, scratch / f"raw-{size}")
        if size == min(years):
            yield "one document", one_document(min(raw.glob("*.pdf")), scratch, rounds)
        output = scratch / f"output-{size}"
        yield f"an archive of {size} years", archive(raw, output, size, rounds)
        shutil.rmtree(raw)
        shutil.rmtree(output, ignore_errors=True)


def faults(rows: Sequence[Row]) -> list[str]:
    """The bounds that were missed, in words."""
    return [fault for row in rows for fault in row.faults()] + growth_faults(rows, COLD, LINEAR)


def compile_program() -> None:
    """Compiles the program beforehand, as installing it does: what a checkout compiles at every start is no user's."""
    for package in ("parsers", "normalizers", "pipeline"):
        compileall.compile_dir(PROGRAM / package, quiet=1)


def shown(row: Row) -> None:
    """A row as soon as it is there."""
    click.echo(" | ".join(row.cells()), err=True)


@click.command()
@click.option("--years", multiple=True, type=int, default=YEARS, show_default=True, help="Sizes of archives.")
@click.option("--rounds", default=3, show_default=True, help="Rounds; the median counts. Cold runs are made once.")
@click.option("--check", is_flag=True, help="Exit with 1 where a bound is missed.")
def main(years: tuple[int, ...], rounds: int, check: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        rows, broken = gathered(waiting_parts(Path(folder), years, rounds), shown)
    click.echo(table(HEADER, [row.cells() for row in rows]))
    missed = [*broken, *faults(rows)]
    for fault in missed:
        click.echo(fault, err=True)
    sys.exit(bool(check and missed))


if __name__ == "__main__":
    main()
