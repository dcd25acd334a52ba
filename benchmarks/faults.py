"""Kills an ingest at random moments, again and again, and looks at what each kill left.

``python -m benchmarks.faults --kills 200`` prints a table and exits with 1 when anything was torn. Half of the kills
come after a random time, half before a random one of the run's own changes to the file system, so that the short moment
of publishing is met too (these runs parse in their own process, to spare the workers' start). Kinds of victim: the
run's process alone, all its processes at once, or one of its workers (then the run goes on without it). One of the
plans is replaced by another version before each run. After every second kill another folder is ingested: all that was
held before must still be.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.comparison import table
from benchmarks.forked_runs import finish_run, start_run
from benchmarks.sessions import session, survivors

BRANCHES = ("13", "15", "30", "32", "33")
REPLACED = "33"
OTHER = "46"
SECONDS_TO_END = 300.0
"""How long a run may take, also where one of its workers was killed."""

Tree = Mapping[str, str]


@dataclass(slots=True)
class Tally:
    """How often what was seen, and every fault as a sentence."""

    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return sum(count for (_, found), count in self.seen.items() if found != "had ended before")


def campaign(scratch: Path, *, kills: int, seed: int, workers: int, say: Callable[[str], None]) -> Tally:
    """Kills ``kills`` runs in ``scratch``; what a run printed is in ``scratch/said.txt``."""
    _import_beforehand()
    chance = random.Random(seed)
    raw = scratch / "raw"
    versions = _write_plans(raw)
    arguments = ["ingest", str(raw), "--output", "out", "--workers", str(workers), "--no-page-pictures"]
    other = _write_other(scratch / "other")
    elsewhere = ["ingest", str(other), *arguments[2:]]
    expected, seconds, changes, exchange = [], 0.0, 0, 0
    for number, version in enumerate(versions):
        (raw / f"{REPLACED}.pdf").write_bytes(version)
        place = scratch / f"undisturbed{number}"
        started = time.monotonic()
        process = start_run(place, arguments, scratch / "said.txt", count=place / "changes")
        changes, exchange = finish_run(process, place / "changes")
        seconds = time.monotonic() - started
        expected.append(_tree(place / "out"))
        start_run(place, elsewhere, scratch / "said.txt").join()
        expected.append(_tree(place / "out"))
    say(f"an undisturbed run takes {seconds:.1f} s and changes the file system {changes} times")

    tally, told = Tally(), 0
    place = scratch / "disturbed"
    while tally.kills < kills:
        current = tally.seen.total() % 2
        (raw / f"{REPLACED}.pdf").write_bytes(versions[current])
        if chance.random() < 0.1:
            _forget(place / "out")
        before, held = _tree(place / "out"), _held(place / "out")
        victim = chance.choices(["its process", "all its processes", "one worker"], [0.6, 0.25, 0.15])[0]
        if victim == "its process" and chance.random() < 0.85:
            die_at = chance.choice([chance.randint(1, changes), chance.randint(exchange - 5, exchange + 30)])
            process = start_run(place, arguments, scratch / "said.txt", die_at=die_at)
            process.join(SECONDS_TO_END)
        else:
            process = start_run(place, arguments, scratch / "said.txt")
            process.join(chance.uniform(0.0, seconds))
            _kill(process, victim, chance)
        assert process.pid is not None
        if process.is_alive():
            process.kill()
            tally.faults.append(f"a run of which {victim} was to be killed hangs")
        left = survivors(process.pid)
        if left:
            tally.faults.append(f"after {victim} was killed: processes {left} live on")
        ended = process.exitcode in (0, 1)
        if ended and victim != "one worker":
            found = "had ended before"
        else:
            found = _look(place, [*expected, before], victim, tally)
            tally.faults += _after_another_folder(place, elsewhere, scratch / "said.txt", held, tally.kills)
        tally.seen[victim, found] += 1
        for fault in tally.faults[told:]:
            say(fault)
        told = len(tally.faults)
        if tally.kills % 10 == 0:
            say(f"{tally.kills} of {kills} kills, {len(tally.faults)} faults")

    (raw / f"{REPLACED}.pdf").write_bytes(versions[0])
    process = start_run(place, arguments, scratch / "said.txt")
    process.join()
    if _tree(place / "out") not in expected[:2]:
        tally.faults.append("after the last kill, an undisturbed run did not give the bytes of a fresh output")
    tally.faults += [f"after the last run: {fault}" for fault in verified(place / "out")[1]]
    return tally


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


def _write_plans(raw: Path) -> tuple[bytes, bytes]:
    """Five short sample plans and one document that ends in quarantine; gives two versions of the plan replaced."""
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


def _after_another_folder(place: Path, elsewhere: list[str], said: Path, held: set[str], kills: int) -> list[str]:
    """Ingests another folder after every second kill; gives as faults what was ``held`` before and is no more."""
    if kills % 2:
        return []
    start_run(place, elsewhere, said).join(SECONDS_TO_END)
    gone = held - _held(place / "out")
    return [f"after a run on another folder: {sorted(gone)} are held no more"] if gone else []


def _held(output: Path) -> set[str]:
    """The source files of all that ``output`` accounts for; the versions of one plan are one."""
    from pipeline.store.manifest import newest_manifest

    manifest = newest_manifest(output)
    return {entry.source_file for entry in (manifest.entries if manifest else ()) if entry.held}


def _kill(process: multiprocessing.process.BaseProcess, victim: str, chance: random.Random) -> None:
    assert process.pid is not None
    if victim == "one worker":
        others = [pid for pid in session(process.pid) if pid != process.pid]
        if others:
            os.kill(chance.choice(others), signal.SIGKILL)
    elif victim == "all its processes":
        for pid in session(process.pid):
            os.kill(pid, signal.SIGKILL)
    else:
        process.kill()
    process.join(SECONDS_TO_END)


def _look(place: Path, expected: list[Tree], victim: str, tally: Tally) -> str:
    """Names what a kill left; adds to the faults whatever no kill may leave."""
    output = place / "out"
    tree = _tree(output)
    state = "a complete state" if tree in expected else ("nothing yet" if not tree else "between two states")
    faults = _torn(output, tree, expected)
    if victim != "one worker" and state == "between two states":
        halves = [{k: v for k, v in e.items() if k.startswith("tables/")} for e in expected]
        tables = {k: v for k, v in tree.items() if k.startswith("tables/")}
        if tables and tables not in halves:
            faults.append("the tables are neither of the two states")
    sound, told = verified(output)
    if not sound and not told:
        faults.append("verify fails and does not say why")
    tally.faults += [f"kill {tally.seen.total() + 1} of {victim}: {fault}" for fault in faults]
    return f"{state}, {'sound' if sound else 'unfinished, and verify says so'}"


def _torn(output: Path, tree: Tree, expected: list[Tree]) -> list[str]:
    """Unreadable files, and documents with some tables but not all."""
    from pipeline.store.columns import TABLES
    from pipeline.store.parquet_file import TableFileError, read

    faults = []
    documents: dict[str, set[str]] = {}
    for name in tree:
        path = output / name
        if path.suffix != ".parquet":
            continue
        loaded = name.startswith("tables/")
        of_table, document = (name.split("/")[1], path.stem) if loaded else (path.stem, f"{path.parent.name} apart")
        documents.setdefault(document, set()).add(of_table)
        if any(tree[name] == e.get(name) for e in expected):
            continue
        try:
            read(path, TABLES[of_table])
        except TableFileError as error:
            faults.append(str(error))
    faults += [f"{document} has {len(has)} tables" for document, has in documents.items() if has != set(TABLES)]
    return faults


def verified(output: Path) -> tuple[bool, list[str]]:
    """Whether ``verify`` finds the output sound, and what it says otherwise."""
    from pipeline.store.status import NoOutputError
    from pipeline.store.verify import verify_output

    try:
        faults = verify_output(output).faults
    except NoOutputError as nothing:
        return False, [str(nothing)]
    return not faults, [str(fault) for fault in faults]


def _tree(output: Path) -> Tree:
    """Every file of the tables and the quarantine with its hash."""
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("tables", "quarantine")
        for path in sorted((output / part).rglob("*"))
        if path.is_file()
    }


def _forget(output: Path) -> None:
    import shutil

    shutil.rmtree(output, ignore_errors=True)


@click.command()
@click.option("--kills", default=200, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--workers", default=2, show_default=True)
def main(kills: int, seed: int, workers: int) -> None:
    """Kill runs and print what was left."""
    with tempfile.TemporaryDirectory() as scratch:
        tally = campaign(
            Path(scratch), kills=kills, seed=seed, workers=workers, say=lambda line: click.echo(line, err=True)
        )
    rows = [[victim, found, str(count)] for (victim, found), count in sorted(tally.seen.items())]
    click.echo(table(["killed", "what it left", "runs"], rows))
    click.echo(f"\n{tally.kills} kills, {len(tally.faults)} faults, then one undisturbed run.")
    for fault in tally.faults:
        click.echo(f"- {fault}")
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
