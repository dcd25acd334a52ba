"""What people wait for: one changed plan, one decision, a question, a look whether all is sound; over growing archives.

``python -m benchmarks.waiting`` measures them for 1, 10 and 50 years of sample plans and prints one table, each figure
beside its bound and, where there is one, beside a baseline that was measured in the same round. With ``--check`` it
ends with exit code 1 where a bound is missed, which on a busy machine says nothing.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.comparison import Spread, table
from benchmarks.measurement import Measurement, measure_command

KPI = "SELECT count(*) FROM kpi"
FIRST_YEAR = 2020
"""The sample's plans begin here; later years are invented."""

BOUNDS: dict[tuple[str, int], float] = {
    ("one document, cold", 1): 4.0,
    ("one file changed", 1): 3.0,
    ("one file changed", 10): 5.0,
    ("one file changed", 50): 10.0,
    ("query on kpi", 10): 0.5,
    ("query on kpi", 50): 1.0,
}
"""Seconds by what is waited for and years of plans, on two cores that do nothing else; a decision as a changed file."""

PARENT_MB = 1024
"""The most memory of the run's own process with 50 years of plans."""

LINEAR = 1.15
"""A document may take so many times as long with 50 years of plans as with 10."""


@dataclass(frozen=True, slots=True)
class Waited:
    """One thing that was waited for: all rounds of it, and those of its baseline."""

    name: str
    years: int
    rounds: tuple[Measurement, ...]
    baseline: tuple[Measurement, ...] = ()

    @property
    def seconds(self) -> Spread:
        return Spread.of([one.seconds for one in self.rounds])

    @property
    def bound(self) -> float | None:
        return BOUNDS.get(("one file changed" if self.name == "one decision" else self.name, self.years))

    @property
    def missed(self) -> bool:
        return self.bound is not None and self.seconds.median > self.bound

    def row(self) -> list[str]:
        """A line of the table."""
        ratio = [one.seconds / other.seconds for one, other in zip(self.rounds, self.baseline, strict=False)]
        return [
            self.name,
            str(self.years),
            str(self.seconds),
            "" if self.bound is None else f"{self.bound:g}",
            str(Spread.of(ratio)) if ratio else "",
            f"{max(one.peak_mb for one in self.rounds):.0f}",
        ]


HEADER = ("waited for", "years of plans", "seconds", "bound", "time ÷ baseline", "largest process, MB")


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
        asked = (
            "SELECT t.*, d.sha256 FROM targets AS t JOIN documents AS d USING (document_id) "
            "WHERE t.reviewed = 'no' AND t.value IS NOT NULL ORDER BY t.target_id LIMIT 1 OFFSET $number"
        )
        (row,) = connection.sql(asked, params={"number": number}).to_arrow_table().to_pylist()
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


def one_document(plan: Path, scratch: Path, rounds: int) -> Waited:
    """The first run over a single plan."""
    return Waited("one document, cold", 1, tuple(ingest(plan, scratch / f"one-{n}") for n in range(rounds)))


def archive(scratch: Path, years: int, rounds: int) -> list[Waited]:
    """All that is waited for with an archive of so many years, one cold run and ``rounds`` of everything else."""
    from pipeline.sample import write_corpus
    from pipeline.store.views import connect

    raw = write_corpus(scratch / f"{years}", year=FIRST_YEAR + years - 1, years=years).plans
    output = scratch / f"{years}" / "output"
    cold = ingest(raw, output)
    numbers = range(rounds)
    changes = tuple(changed(raw, output, 7 * n) for n in numbers)
    decisions = tuple(decided(raw, output, n) for n in numbers)
    rows = scratch / f"{years}" / "kpi.parquet"
    import pyarrow.parquet as pq

    with connect(output) as connection:
        pq.write_table(connection.table("kpi").to_arrow_table(), rows)
    return [
        Waited("cold run", years, (cold,)),
        Waited("one file changed", years, changes),
        Waited("one decision", years, decisions),
        Waited(
            "query on kpi", years, tuple(asked(output) for _ in numbers), tuple(asked_of_parquet(rows) for _ in numbers)
        ),
        Waited("verify", years, tuple(verified(output) for _ in numbers), tuple(hashed(output) for _ in numbers)),
        Waited("nothing changed", years, tuple(ingest(raw, output) for _ in numbers)),
    ]


def faults(waited: Sequence[Waited], documents: dict[int, int]) -> list[str]:
    """The bounds that were missed, in words."""
    found = [f"{w.name}, {w.years} years: {w.seconds} s, bound {w.bound:g}" for w in waited if w.missed and w.bound]
    cold = {w.years: w.rounds[0] for w in waited if w.name == "cold run"}
    if {10, 50} <= cold.keys():
        share = (cold[50].seconds / documents[50]) / (cold[10].seconds / documents[10])
        if share > LINEAR:
            found.append(f"a document of 50 years takes {share:.2f} times one of 10, bound {LINEAR}")
        if cold[50].peak_mb > PARENT_MB:
            found.append(f"the largest process of 50 years took {cold[50].peak_mb:.0f} MB, bound {PARENT_MB}")
    return found


@click.command()
@click.option("--years", multiple=True, type=int, default=(1, 10, 50), show_default=True, help="Sizes of archives.")
@click.option("--rounds", default=5, show_default=True, help="Rounds; the median counts.")
@click.option("--check", is_flag=True, help="Exit with 1 where a bound is missed.")
def main(years: tuple[int, ...], rounds: int, check: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        waited: list[Waited] = []
        documents = {}
        for size in sorted(years):
            waited += archive(scratch, size, rounds)
            plans = sorted((scratch / f"{size}" / "plans").rglob("*.pdf"))
            documents[size] = len(plans)
            if size == min(years):
                waited.insert(0, one_document(plans[0], scratch, rounds))
            click.echo(f"{size} years: {len(plans)} documents", err=True)
    click.echo(table(HEADER, [one.row() for one in waited]))
    missed = faults(waited, documents)
    for fault in missed:
        click.echo(fault, err=True)
    sys.exit(bool(check and missed))


if __name__ == "__main__":
    main()
