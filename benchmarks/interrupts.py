"""Presses Ctrl-C at moments spread over a run and measures how long the run takes to end.

``python -m benchmarks.interrupts --times 25`` ingests the sample corpus again and again, page pictures included, and
exits with 1 when a run took longer than two seconds to end, ended with another code than 130, said nothing, left a
process behind, or left an output that cannot be read.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.aftermath import verified
from benchmarks.comparison import Spread, table
from benchmarks.corpus import copy_many, write_sample
from benchmarks.sessions import heed_interrupts, survivors

SECONDS_TO_END = 2.0
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Interruption:
    """One Ctrl-C ``after`` so many seconds; the run ended ``seconds`` later and said ``said``."""

    after: float
    seconds: float
    said: str
    faults: tuple[str, ...]


def interrupt(raw: Path, output: Path, after: float) -> Interruption | None:
    """Begins a run and presses Ctrl-C; None where the run had ended by itself before."""
    command = [sys.executable, "-m", "pipeline", "--lang", "en", "ingest", str(raw), "--output", str(output)]
    # A terminal sends the signal to every process of the group.
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no other thread runs here
    ) as run:
        assert run.stderr is not None
        time.sleep(after)
        if run.poll() is not None:
            return None
        pressed = time.monotonic()
        os.killpg(run.pid, signal.SIGINT)
        said = run.stderr.read()
        run.wait()
        seconds = time.monotonic() - pressed
        code = run.returncode
    if code in (0, 1):
        return None
    words = said.strip().splitlines()
    faults = []
    if seconds > SECONDS_TO_END:
        faults.append(f"took {seconds:.1f} s to end")
    if code != INTERRUPTED:
        faults.append(f"ended with exit code {code}")
    if not words or "nterrupted" not in words[-1] or "Traceback" in said:
        faults.append(f"said {said[-300:]!r}")
    if left := survivors(run.pid):
        faults.append(f"left processes {left}")
    sound, told = verified(output)
    if not sound and not told:
        faults.append("verify fails and does not say why")
    return Interruption(after, seconds, words[-1] if words else "", tuple(faults))


@click.command()
@click.option("--times", default=25, show_default=True)
def main(times: int) -> None:
    """Interrupt runs and print how long they took to end."""
    with tempfile.TemporaryDirectory() as scratch:
        sample = write_sample(Path(scratch) / "sample").sample
        raw = copy_many(sample, len(sample), Path(scratch) / "raw")
        started = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "pipeline", "ingest", str(raw), "--output", f"{scratch}/whole", "--quiet"],
            check=True,
        )
        whole = time.monotonic() - started
        click.echo(f"an undisturbed run takes {whole:.1f} s", err=True)
        seen: dict[str, list[float]] = defaultdict(list)
        faults = []
        for number in range(times):
            after = whole * (number + 0.5) / times
            found = interrupt(raw, Path(scratch) / f"out{number}", after)
            if found is None:
                continue
            seen[re.sub(r"\d+", "…", found.said)].append(found.seconds)
            faults += [f"after {found.after:.1f} s: {fault}" for fault in found.faults]
    rows = [[said, str(len(seconds)), str(Spread.of(seconds))] for said, seconds in seen.items()]
    click.echo(table(["what the run said", "interruptions", "seconds until it had ended"], rows))
    for fault in faults:
        click.echo(f"- {fault}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
