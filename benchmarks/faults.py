"""Lets faults befall an ingest, again and again, and looks at what each left.

``python -m benchmarks.faults --kills 500 --errors 100`` prints a table and exits with 1 when anything was torn or lost.
Most faults come at an exact system call that changes the file system (the run is killed before it, the call says that
the disk is full or broken, once or from then on), in random order so that each is met before any is met twice. The
others kill a run, all its processes, or one of its workers after a random time. One of the plans is replaced by another
version before each run. After each fault another folder is ingested: all that was held before must still be.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.aftermath import Tree, held_by, look_at, tree_of, verified
from benchmarks.comparison import table
from benchmarks.forked_runs import OwnProcess, finish_run, start_run
from benchmarks.sessions import session, survivors
from benchmarks.system_calls import Meddling, can_meddle
from pipeline.exit_code import ExitCode

BRANCHES = ("13", "30", "33")
REPLACED = "33"
OTHER = "46"
SECONDS_TO_END = 300.0
"""How long a run may take, also where one of its workers was killed."""

AT_RANDOM_TIMES = 0.02
"""Share of the kills that come after a random time; these runs have workers and so take far longer."""

AROUND_PUBLISHING = 40
"""System calls after the one that publishes that are met before all others."""

ONE_WORKER = "one worker"


@dataclass(slots=True)
class Tally:
    """How often what was seen, and every fault as a sentence."""

    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def count(self, *, kills: bool) -> int:
        """How many runs were killed, or met an error, before they had ended."""
        return sum(
            count
            for (what, found), count in self.seen.items()
            if ("killed" in what) == kills and found != "had ended before"
        )


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where runs take place, what they are given, and what they may leave."""

    place: Path
    raw: Path
    versions: tuple[bytes, bytes]
    arguments: list[str]
    elsewhere: list[str]
    said: Path
    expected: list[Tree]
    seconds: float
    calls: list[str]
    published: int
    swift: bool

    @property
    def output(self) -> Path:
        return self.place / "out"


def campaign(
    scratch: Path, *, kills: int, errors: int, seed: int, workers: int, swift: bool, say: Callable[[str], None]
) -> Tally:
    """Lets ``kills`` and ``errors`` befall runs in ``scratch``; what a run printed is in ``scratch/said.txt``.

    ``swift`` runs check nothing and draw no report, which takes nine tenths of the time of small runs.
    """
    _import_beforehand()
    chance = random.Random(seed)
    ground = _prepare(scratch, workers, swift=swift)
    say(f"a run takes {ground.seconds:.1f} s; its system call {ground.published} of {len(ground.calls)} publishes")
    tally, told = Tally(), 0
    numbers = {True: _numbers(ground, chance), False: _numbers(ground, chance)}
    while (is_kill := tally.count(kills=True) < kills) or tally.count(kills=False) < errors:
        is_kill = is_kill and (tally.count(kills=False) >= errors or chance.random() < kills / (kills + errors))
        (ground.raw / f"{REPLACED}.pdf").write_bytes(ground.versions[tally.seen.total() % 2])
        if chance.random() < 0.05:
            shutil.rmtree(ground.output, ignore_errors=True)
        before, held = tree_of(ground.output), held_by(ground.output)
        if is_kill and chance.random() < AT_RANDOM_TIMES:
            what, found, faults = _at_a_random_time(ground, before, chance)
        else:
            what, found, faults = _at_a_call(
                ground, before, _meddling(ground, next(numbers[is_kill]), chance, kill=is_kill)
            )
        if found != "had ended before":
            start_run(ground.place, ground.elsewhere, ground.said, swift=ground.swift).join(SECONDS_TO_END)
            gone = held - held_by(ground.output)
            if gone:
                faults.append(f"after a run on another folder: {sorted(gone)} are held no more")
        tally.seen[what.split(",")[0], found] += 1
        tally.faults += [f"{what}: {fault}" for fault in faults]
        for fault in tally.faults[told:]:
            say(fault)
        told = len(tally.faults)
        if tally.seen.total() % 10 == 0:
            say(f"{tally.count(kills=True)} kills, {tally.count(kills=False)} errors, {told} faults")
    (ground.raw / f"{REPLACED}.pdf").write_bytes(ground.versions[0])
    start_run(ground.place, ground.arguments, ground.said, swift=ground.swift).join()
    if tree_of(ground.output) not in ground.expected[:2]:
        tally.faults.append("after the last fault, an undisturbed run did not give the bytes of a fresh output")
    tally.faults += [f"after the last run: {fault}" for fault in verified(ground.output, report=not ground.swift)[1]]
    return tally


def _at_a_call(ground: _Ground, before: Tree, meddling: Meddling) -> tuple[str, str, list[str]]:
    said_before = ground.said.stat().st_size
    log = ground.place / "calls.txt"
    process = start_run(ground.place, ground.arguments, ground.said, meddling=meddling, log=log, swift=ground.swift)
    process.join(SECONDS_TO_END)
    how = "from then on" if meddling.lasting else "once"
    kill = meddling.mishap == "KILL"
    what = f"{'killed at a system call' if kill else f'{meddling.mishap} {how}'}, number {meddling.number}"
    faults = _leftovers(process)
    with ground.said.open("rb") as said:
        said.seek(said_before)
        if b"Traceback" in said.read():
            faults.append("ended with a traceback")
    finished = process.exitcode in (ExitCode.DONE, ExitCode.SOME_NOT_LOADED)
    if kill and finished:
        return what, "had ended before", faults
    if not kill and process.exitcode not in (*ExitCode,):
        faults.append(f"ended with exit code {process.exitcode}")
    found, more = look_at(ground.output, [*ground.expected, before], finished=finished, swift=ground.swift)
    return what, found if kill else f"exit code {process.exitcode}, {found}", [*faults, *more]


def _at_a_random_time(ground: _Ground, before: Tree, chance: random.Random) -> tuple[str, str, list[str]]:
    victim = chance.choice(["its process", "all its processes", ONE_WORKER])
    process = start_run(ground.place, ground.arguments, ground.said, in_own_process=False, swift=ground.swift)
    process.join(chance.uniform(0.0, ground.seconds))
    _kill(process, victim, chance)
    what, faults = f"{victim} killed at a random time", _leftovers(process)
    ended = process.exitcode in (ExitCode.DONE, ExitCode.SOME_NOT_LOADED)
    if ended and victim != ONE_WORKER:
        return what, "had ended before", faults
    # Without one of its workers a run goes on, and a document of it may wait for the next one.
    found, more = look_at(ground.output, [*ground.expected, before], finished=False, swift=ground.swift)
    return what, found, faults + [fault for fault in more if victim != ONE_WORKER or "of no state" not in fault]


def _leftovers(process: multiprocessing.process.BaseProcess) -> list[str]:
    assert process.pid is not None
    faults = []
    if process.is_alive():
        process.kill()
        process.join()
        faults.append("the run hangs")
    if left := survivors(process.pid):
        faults.append(f"processes {left} live on")
    return faults


def _numbers(ground: _Ground, chance: random.Random) -> Iterator[int]:
    """System calls to meet: those about publishing first, then every other, each once a round, in random order."""
    while True:
        first = range(ground.published - 5, min(ground.published + AROUND_PUBLISHING, len(ground.calls)) + 1)
        others = [number for number in range(1, len(ground.calls) + 1) if number not in first]
        yield from chance.sample(first, len(first))
        yield from chance.sample(others, len(others))


def _meddling(ground: _Ground, number: int, chance: random.Random, *, kill: bool) -> Meddling:
    if kill:
        return Meddling("KILL", number, ground.calls)
    return Meddling(chance.choice(["ENOSPC", "EIO"]), number, ground.calls, lasting=chance.random() < 0.5)


def _kill(process: multiprocessing.process.BaseProcess, victim: str, chance: random.Random) -> None:
    assert process.pid is not None
    if victim == ONE_WORKER:
        others = [pid for pid in session(process.pid) if pid != process.pid]
        if others:
            os.kill(chance.choice(others), signal.SIGKILL)
    elif victim == "all its processes":
        for pid in session(process.pid):
            os.kill(pid, signal.SIGKILL)
    else:
        process.kill()
    process.join(SECONDS_TO_END)


def _prepare(scratch: Path, workers: int, *, swift: bool) -> _Ground:
    """Writes the plans, and lets undisturbed runs show what disturbed ones may leave."""
    raw = scratch / "raw"
    versions = _write_plans(raw)
    arguments = ["ingest", str(raw), "--output", "out", "--workers", str(workers), "--no-page-pictures"]
    other = _write_other(scratch / "other")
    elsewhere = ["ingest", str(other), *arguments[2:]]
    expected = []
    said = scratch / "said.txt"
    for number, version in enumerate(versions):
        (raw / f"{REPLACED}.pdf").write_bytes(version)
        _read_beforehand(raw, other)
        place = scratch / f"undisturbed{number}"
        for given in (arguments, elsewhere):
            start_run(place, given, said, swift=swift).join()
            expected.append(tree_of(place / "out"))
    (raw / f"{REPLACED}.pdf").write_bytes(versions[0])
    started = time.monotonic()
    process = start_run(place, arguments, said, log=scratch / "calls.txt", swift=swift)
    calls, published = finish_run(process, scratch / "calls.txt")
    seconds = time.monotonic() - started
    place = scratch / "disturbed"
    place.mkdir()
    return _Ground(place, raw, versions, arguments, elsewhere, said, expected, seconds, calls, published, swift)


def _import_beforehand() -> None:
    """What a run imports in its seconds of starting, imported once here: each run is forked from this process."""
    import pipeline.cli
    import pipeline.commands.ingest
    import pipeline.report.build
    import pipeline.run.decision
    import pipeline.run.ingest
    import pipeline.run.staging
    import pipeline.store.verify
    import pipeline.workers.worker  # noqa: F401
    from pipeline.checks.expectations.validation import import_great_expectations

    import_great_expectations()
    gc.unfreeze()  # the workers' module freezes what it loads, and DuckDB's would be called leaked at the end


def _read_beforehand(*folders: Path) -> None:
    """Reads every plan once in this process, so that the runs forked from it need not."""
    from pipeline.inputs.configuration import load_configuration
    from pipeline.inputs.discovery import discover

    for folder in folders:
        files = discover([folder], folder.parent / "nowhere").files
        list(OwnProcess(1)(files, load_configuration().limits, lambda _: None, lambda *_: None))


def _write_plans(raw: Path) -> tuple[bytes, bytes]:
    """Short sample plans and one document that ends in quarantine; gives two versions of the plan replaced."""
    from reportlab.pdfgen.canvas import Canvas

    from pipeline.sample.corpus import make_document
    from pipeline.sample.offices import offices

    raw.mkdir(parents=True)
    plans = {office.branch_code: office for office in offices() if office.branch_code in BRANCHES}
    for code, office in plans.items():
        (raw / f"{code}.pdf").write_bytes(make_document(office, 2024, seed=1).pdf)
    menu = Canvas(str(raw / "menu.pdf"), invariant=True)
    menu.drawString(72, 700, "Lunch: noodles, rice, tea")
    menu.save()
    first = (raw / f"{REPLACED}.pdf").read_bytes()
    return first, make_document(plans[REPLACED], 2024, seed=2).pdf


def _write_other(folder: Path) -> Path:
    from pipeline.sample.corpus import make_document
    from pipeline.sample.offices import offices

    folder.mkdir()
    office = next(office for office in offices() if office.branch_code == OTHER)
    (folder / f"{OTHER}.pdf").write_bytes(make_document(office, 2024, seed=1).pdf)
    return folder


@click.command()
@click.option("--kills", default=200, show_default=True)
@click.option("--errors", default=50, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--workers", default=1, show_default=True)
@click.option("--full", is_flag=True, help="Check and draw the report in every run.")
def main(kills: int, errors: int, seed: int, workers: int, full: bool) -> None:
    """Let faults befall runs and print what was left."""
    if not can_meddle():
        raise click.UsageError("strace is needed, and may follow processes.")
    with tempfile.TemporaryDirectory() as scratch:
        tally = campaign(
            Path(scratch),
            kills=kills,
            errors=errors,
            seed=seed,
            workers=workers,
            swift=not full,
            say=lambda line: click.echo(line, err=True),
        )
    rows = [[what, found, str(count)] for (what, found), count in sorted(tally.seen.items())]
    click.echo(table(["what befell the run", "what it left", "runs"], rows))
    counts = f"{tally.count(kills=True)} kills, {tally.count(kills=False)} errors"
    click.echo(f"\n{counts}, {len(tally.faults)} faults, then one undisturbed run.")
    for fault in tally.faults:
        click.echo(f"- {fault}")
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
