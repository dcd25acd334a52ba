"""Ingests hundreds of damaged and hostile PDFs in one batch, with three good ones among them.

``python -m benchmarks.mutations --count 500`` prints how each kind of damage ended and exits with 1 when a file has no
state, the totals do not add up, the good plans came out differently than without the others, an input was touched, or
an error escaped that nobody foresaw.
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.comparison import table
from benchmarks.hostile_pdfs import HOSTILE, cut_to
from benchmarks.torn_bytes import TORN

BASES = ("12", "15", "32", "47")
GOOD = ("13", "30", "33")
PAGES_OF_BASES = 2
LIMITS = "[limits]\nseconds_per_document = 60\nmemory_mb = 3000\npages = 1000\nfile_mb = 20\n"
UNFORESEEN = ("report this as a bug", "Traceback", "the process reading it died")


@dataclass(frozen=True, slots=True)
class Batch:
    """How a batch ended: states of each kind of damage, reasons, seconds, and every fault as a sentence."""

    states: Counter[tuple[str, str]]
    reasons: Counter[str]
    seconds: float
    faults: tuple[str, ...]


def write_mutants(folder: Path, count: int, seed: int) -> None:
    """``count`` mutants named for their kind of damage: every kind in turn, on every base in turn."""
    chance = random.Random(seed)
    bases = [cut_to(plan, PAGES_OF_BASES) for plan in _plans(BASES)]
    kinds: list[tuple[str, Callable[[bytes, random.Random], bytes]]] = [
        (kind.__name__, kind) for kind in (*TORN, *HOSTILE)
    ]
    folder.mkdir(parents=True)
    for number in range(count):
        # Damage to bytes differs each time, a planted object hardly: half of the mutants are left to the former.
        pool = kinds if number < len(kinds) or number % 2 else kinds[: len(TORN)]
        name, mutate = pool[number % len(pool)]
        # The comment at the end makes no two files the same.
        data = mutate(chance.choice(bases), chance) + f"\n% {number}\n".encode()
        (folder / f"{name}-{number:04d}.pdf").write_bytes(data)


def run_batch(scratch: Path, *, count: int, seed: int, workers: int, options: Sequence[str] = ()) -> Batch:
    """Ingests the good plans alone, then with the mutants, and compares."""
    good, raw = scratch / "good", scratch / "raw"
    good.mkdir(parents=True)
    write_mutants(raw / "mutants", count, seed)
    for code, plan in zip(GOOD, _plans(GOOD), strict=True):
        for folder in (good, raw):
            (folder / f"{code}.pdf").write_bytes(plan)
    (scratch / "limits.toml").write_text(LIMITS, encoding="utf-8")
    before = _inputs(raw)
    alone, _, _ = _ingest(scratch, good, "alone", workers, options)
    started = time.monotonic()
    account, said, exit_code = _ingest(scratch, raw, "together", workers, options)
    seconds = time.monotonic() - started

    faults = []
    entries = account["documents"]
    if exit_code != 1:
        faults.append(f"the exit code is {exit_code}")
    names = Counter(entry["source_file"] for entry in entries)
    inputs = {path.relative_to(raw).as_posix() for path in raw.rglob("*.pdf")}
    if set(names) != inputs or set(names.values()) != {1}:
        faults.append("not every file is in exactly one state")
    if sum(account["totals"].values()) != len(inputs):
        faults.append(f"the totals {account['totals']} do not add up to {len(inputs)}")
    faults += [f"{e['source_file']}: {e['reason']}" for e in entries if any(word in e["reason"] for word in UNFORESEEN)]
    faults += [f"{e['source_file']} has no reason" for e in entries if e["state"] == "unreadable" and not e["reason"]]
    faults += [f"stderr: {line}" for line in said.splitlines() if "Traceback" in line]
    faults += _differences(scratch, alone["documents"], entries)
    if _inputs(raw) != before:
        faults.append("an input was touched")
    verified = _command(scratch, "verify", "together")
    if verified.returncode:
        faults.append(f"verify: {verified.stderr}")
    return Batch(
        Counter((_kind(entry["source_file"]), entry["state"]) for entry in entries),
        Counter(_in_short(entry["reason"]) for entry in entries if entry["state"] == "unreadable"),
        seconds,
        tuple(faults),
    )


def _plans(codes: Sequence[str]) -> list[bytes]:
    from pipeline.sample.corpus import make_document
    from pipeline.sample.offices import offices

    return [make_document(office, 2024, seed=1).pdf for office in offices() if office.branch_code in codes]


def _ingest(
    scratch: Path, raw: Path, output: str, workers: int, options: Sequence[str]
) -> tuple[dict[str, Any], str, int]:
    done = _command(
        scratch, "ingest", str(raw), "--output", output, "--workers", str(workers), "--config", "limits.toml", "--json",
        *options,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise RuntimeError(f"the run ended with exit code {done.returncode}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout), done.stderr, done.returncode


def _command(scratch: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from pipeline.cli import main; main()"
    root = str(Path(__file__).resolve().parents[1])
    return subprocess.run(
        [sys.executable, "-c", code, root, *arguments], cwd=scratch, capture_output=True, text=True, check=False
    )


def _inputs(raw: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(raw.rglob("*.pdf"))
    }


def _differences(scratch: Path, alone: list[dict[str, str]], together: list[dict[str, str]]) -> list[str]:
    """Where the good plans' tables differ; findings that compare plans with each other are no part of it."""
    faults = []
    states = {entry["source_file"]: entry for entry in together}
    for entry in alone:
        other = states[entry["source_file"]]
        if (entry["state"], other["state"]) != ("loaded", "loaded"):
            faults.append(f"{entry['source_file']} is {entry['state']} alone, {other['state']} together")
            continue
        for path in (scratch / "alone" / "tables").rglob(f"{entry['document_id']}.parquet"):
            twin = scratch / "together" / path.relative_to(scratch / "alone")
            if "findings" not in path.parts and path.read_bytes() != twin.read_bytes():
                faults.append(f"{twin} is not what it is without the others")
    return faults


def _kind(source_file: str) -> str:
    return Path(source_file).name.rpartition("-")[0] or "good"


def _in_short(reason: str) -> str:
    return "".join("9" if c.isdigit() else c for c in reason)[:70].replace("|", "/")


@click.command()
@click.option("--count", default=500, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.option("--pictures", is_flag=True, help="Draw the pages for the report, too.")
def main(count: int, seed: int, workers: int, pictures: bool) -> None:
    """Ingest mutants and print how they ended."""
    options = () if pictures else ("--no-page-pictures",)
    with tempfile.TemporaryDirectory() as scratch:
        batch = run_batch(Path(scratch), count=count, seed=seed, workers=workers, options=options)
    states = sorted({state for _, state in batch.states})
    kinds = sorted({kind for kind, _ in batch.states})
    rows = [[kind, *(str(batch.states[kind, state] or "") for state in states)] for kind in kinds]
    click.echo(table(["what was done to it", *states], rows))
    click.echo("\n" + table(["why unreadable", "files"], [[r, str(n)] for r, n in batch.reasons.most_common()]))
    click.echo(f"\n{batch.states.total()} files in {batch.seconds:.0f} s, {len(batch.faults)} faults.")
    for fault in batch.faults:
        click.echo(f"- {fault}")
    sys.exit(1 if batch.faults else 0)


if __name__ == "__main__":
    main()
