"""The most memory resident at once: in workers on the largest plan and the scanned one, in the parent on all 47.

``python -m benchmarks.memory`` prints a table and exits with 1 when a bound is broken.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from benchmarks.comparison import table
from pipeline.inputs.configuration import Limits, load_configuration
from pipeline.workers.worker_pool import run_in_workers

BOUNDS_MB = {"worker, largest digital plan": 500, "worker, scanned plan": 1500, "parent, all 47 plans": 700}


def peak_of_worker(file: Path, limits: Limits) -> tuple[int, float]:
    """Pages and peak in MB of the process that runs this, after reading ``file``."""
    from pipeline.workers.worker import process_file

    pages = process_file(file, file.name, limits).page_count
    return pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_of_parent(raw: Path, output: Path) -> float:
    """Peak in MB of the process of an ingest itself, its workers left out."""
    code = (
        "import resource, sys; from pipeline.cli import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-c", code, "ingest", str(raw), "--output", str(output), "--quiet"]
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return float(done.stdout.splitlines()[-1])


@click.command()
def main() -> None:
    """Measure and print."""
    from pipeline.sample import write_corpus

    limits = load_configuration().limits
    with tempfile.TemporaryDirectory() as scratch:
        plans = sorted(write_corpus(Path(scratch) / "sample").plans.rglob("*.pdf"))
        calls = [(plan, limits) for plan in plans]
        peaks = {}
        for index, found in run_in_workers(peak_of_worker, calls, 2, limits, preload="pipeline.workers.worker"):
            if isinstance(found, Exception):
                raise found
            peaks[plans[index]] = found
        scanned = max(plans, key=lambda plan: plan.stat().st_size)
        digital = max((plan for plan in plans if plan != scanned), key=lambda plan: peaks[plan])
        measured = {
            "worker, largest digital plan": peaks[digital][1],
            "worker, scanned plan": peaks[scanned][1],
            "parent, all 47 plans": peak_of_parent(plans[0].parent, Path(scratch) / "out"),
        }
    rows = [[name, f"{mb:.0f}", str(BOUNDS_MB[name])] for name, mb in measured.items()]
    click.echo(table(["process", "peak MB", "bound MB"], rows))
    sys.exit(any(mb > BOUNDS_MB[name] for name, mb in measured.items()))


if __name__ == "__main__":
    main()
