"""Reads an output while it is published again and again, and counts readings that failed or mixed two states.

``python -m benchmarks.readers --publishes 40`` prints a table and exits with 1 where a reader that holds a state failed
or mixed. Readers in turn: ``open_output`` (two tables), a query over two tables, and pandas on the folder of one table,
which holds no state: it sees file by file what is there.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from benchmarks.comparison import table
from benchmarks.damages import BRANCHES, ingest_quietly
from benchmarks.forked_runs import make_swift
from pipeline.sample.corpus import make_document
from pipeline.sample.offices import offices

REPLACED = BRANCHES[-1]
SQL = "SELECT DISTINCT d.document_id AS d, t.document_id AS t FROM documents d FULL JOIN targets t USING (document_id)"
FORK = multiprocessing.get_context("fork")


def publish_alternately(raw: Path, output: Path, versions: tuple[bytes, bytes], publishes: int) -> None:
    """Ingests ``publishes`` times, one of the plans replaced by its other version each time; draws no reports."""
    make_swift()
    for number in range(publishes):
        (raw / f"{REPLACED}.pdf").write_bytes(versions[number % 2])
        ingest_quietly((raw,), output)


def _held(output: Path) -> set[str]:
    from pipeline import open_output

    held = open_output(output)
    targets = set(held.targets["document_id"])
    documents = set(held.documents["document_id"])
    return documents if documents == targets else documents ^ targets | {"two states"}


def _asked(output: Path) -> set[str]:
    from pipeline.answers.query import run_query

    answer = io.BytesIO()
    run_query(output, SQL, "json", answer)
    rows = json.loads(answer.getvalue())
    mixed = {"two states"} if any(row["d"] != row["t"] for row in rows) else set()
    return {row["d"] for row in rows if row["d"]} | mixed


def _by_path(output: Path) -> set[str]:
    import pandas as pd

    return set(pd.read_parquet(output / "tables" / "targets")["document_id"])


READERS: dict[str, Callable[[Path], set[str]]] = {
    "open_output": _held,
    "query": _asked,
    "pandas on the folder": _by_path,
}
HOLDING = ("open_output", "query")


def campaign(scratch: Path, publishes: int) -> Counter[tuple[str, str]]:
    """What each reader saw, by reader and outcome."""
    raw, output = scratch / "raw", scratch / "out"
    raw.mkdir()
    plans = {office.branch_code: office for office in offices() if office.branch_code in BRANCHES}
    for code, office in plans.items():
        (raw / f"{code}.pdf").write_bytes(make_document(office, 2024, seed=1).pdf)
    versions = tuple(make_document(plans[REPLACED], 2024, seed=seed).pdf for seed in (2, 1))
    ingest_quietly((raw,), output)  # reads both versions here, so that the publisher forked need not
    expected = [_held(output)]
    (raw / f"{REPLACED}.pdf").write_bytes(versions[0])
    ingest_quietly((raw,), output)
    expected.append(_held(output))
    publisher = FORK.Process(
        target=publish_alternately, args=(raw, output, (versions[1], versions[0]), publishes), daemon=True
    )
    publisher.start()
    seen: Counter[tuple[str, str]] = Counter()
    while publisher.is_alive():
        for name, reader in READERS.items():
            try:
                found = "one state" if reader(output) in expected else "a mix"
            except Exception as error:  # noqa: BLE001 - whatever it is, the reading failed
                found = f"failed: {type(error).__name__}"
            seen[name, found] += 1
    if publisher.exitcode:
        raise RuntimeError(f"the publisher ended with exit code {publisher.exitcode}")
    return seen


@click.command()
@click.option("--publishes", default=40, show_default=True)
def main(publishes: int) -> None:
    """Read in the middle of publishing and print what was seen."""
    with tempfile.TemporaryDirectory() as scratch:
        seen = campaign(Path(scratch), publishes)
    rows = [[reader, found, str(count)] for (reader, found), count in sorted(seen.items())]
    click.echo(table(["reader", "saw", "readings"], rows))
    sys.exit(1 if any(found != "one state" for reader, found in seen if reader in HOLDING) else 0)


if __name__ == "__main__":
    main()
