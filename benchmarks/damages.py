"""Flips single bits in the files of an output, again and again, and looks whether each is found and healed or named.

``python -m benchmarks.damages --flips 50`` prints a table and exits with 1 when anything went unnoticed. Each flip is
made in a fresh copy of one output; ``verify`` looks at it, then a folder with one further plan is ingested, and
``verify`` looks again. Every second time the PDFs that the output was made of are gone. All runs are in this process,
with short plans and without the validation of structures, which nothing of this depends on: one flip takes seconds.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.comparison import table
from benchmarks.forked_runs import OwnProcess, leave_out_structure, report_in_own_process
from benchmarks.hostile_pdfs import cut_to
from parsers.model.errors import BranchPlansError
from pipeline.inputs.configuration import load_configuration
from pipeline.run.context import IngestOptions
from pipeline.run.ingest import ingest
from pipeline.run.progress import Silent
from pipeline.sample.corpus import make_document
from pipeline.sample.offices import offices
from pipeline.store.manifest import Manifest
from pipeline.store.state_folders import STATES
from pipeline.store.verify import verify_output

BRANCHES = ("13", "15", "33")
FURTHER = "30"
PAGES = 2
"""So many of each plan are enough to have a row in every table."""


@dataclass(slots=True)
class Tally:
    """How often what became of a flip, and every fault as a sentence."""

    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def campaign(scratch: Path, *, flips: int, seed: int) -> Tally:
    """Flips ``flips`` bits, each in a copy of its own under ``scratch``."""
    chance = random.Random(seed)
    leave_out_structure()
    report_in_own_process()
    plans = {
        office.branch_code: cut_to(make_document(office, 2024, seed=1).pdf, PAGES)
        for office in offices()
        if office.branch_code in (*BRANCHES, FURTHER)
    }
    raw, further = scratch / "raw", scratch / "further"
    for folder, codes in ((raw, BRANCHES), (further, (FURTHER,))):
        folder.mkdir()
        for code in codes:
            (folder / f"{code}.pdf").write_bytes(plans[code])
    _menu(raw / "menu.pdf")
    whole = scratch / "whole"
    for path in [*sorted(raw.glob("*.pdf")), raw]:  # several runs, so that there are accounts and states of the past
        ingest_quietly((path,), whole, pictures=True)
    tally = Tally()
    aside = scratch / "aside"
    for number in range(flips):
        damaged = scratch / "damaged"
        shutil.rmtree(damaged, ignore_errors=True)
        _copy(whole, damaged)
        path = chance.choice(_files(damaged, of_report=number % 3 == 2))
        _flip(path, chance)
        name = path.relative_to(damaged).as_posix()
        found = _found(damaged)
        if not found:
            tally.faults.append(f"{name}: verify says nothing")
        without = bool(number % 2)
        if without:
            raw.rename(aside)
        try:
            became = _became(damaged, further, tally, name)
        finally:
            if without:
                aside.rename(raw)
        tally.seen[_part(name), became] += 1
        print(f"{number + 1} of {flips}: {name}: {'found' if found else 'NOT FOUND'}, {became}", file=sys.stderr)
    return tally


def _files(output: Path, *, of_report: bool) -> list[Path]:
    """The files of the report, which are most of all, or all others."""
    files = [path for path in sorted(output.rglob("*")) if path.is_file() and path.stat().st_size]
    return [path for path in files if (path.relative_to(output).parts[0] == "report") == of_report]


def _became(damaged: Path, further: Path, tally: Tally, name: str) -> str:
    try:
        manifest = ingest_quietly((further,), damaged, pictures=True)
    except BranchPlansError as refused:
        tally.faults.append(f"{name}: the next run refused: {refused}")
        return "refused"
    loaded = {entry.source_file for entry in manifest.entries if entry.held}
    expected = {*(f"{code}.pdf" for code in (*BRANCHES, FURTHER)), "menu.pdf"}
    if loaded != expected:
        if {entry.source_file for entry in manifest.lost} == expected - loaded:
            return "named as lost"
        tally.faults.append(f"{name}: lost without a word: {sorted(expected - loaded)}")
        return "lost"
    left = verify_output(damaged).faults
    if left:
        tally.faults.append(f"{name}: after the next run verify still finds {left[0]}")
        return "not healed"
    return "healed"


def _found(output: Path) -> bool:
    try:
        return bool(verify_output(output).faults)
    except BranchPlansError:
        return True


def _flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    place = chance.randrange(len(data) * 8)
    data[place // 8] ^= 1 << place % 8
    with path.open("r+b") as file:
        file.write(data)


def _copy(source: Path, target: Path) -> None:
    """A copy with the same links between its files and the same times."""
    copies: dict[int, Path] = {}
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(parents=True)
        elif (inode := path.stat().st_ino) in copies:
            os.link(copies[inode], place)
        else:
            copies[inode] = Path(shutil.copy2(path, place))
    for path in sorted(source.rglob("*"), reverse=True):
        shutil.copystat(path, target / path.relative_to(source))


def _part(name: str) -> str:
    parts = Path(name).parts
    return f"{STATES}/{parts[2]}" if parts[0] == STATES else parts[0]


def ingest_quietly(raw: tuple[Path, ...], output: Path, *, pictures: bool = False) -> Manifest:
    """Ingests in this process."""
    options = IngestOptions(raw, output, load_configuration(), OwnProcess(1), page_pictures=pictures, workers=1)
    return ingest(options, lambda _: nullcontext(Silent()))


def _menu(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    menu = Canvas(str(path), invariant=True)
    menu.drawString(72, 700, "Lunch: noodles, rice, tea")
    menu.save()


@click.command()
@click.option("--flips", default=50, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(flips: int, seed: int) -> None:
    """Flip bits and print what became of them."""
    with tempfile.TemporaryDirectory() as scratch:
        tally = campaign(Path(scratch), flips=flips, seed=seed)
    rows = [[part, became, str(count)] for (part, became), count in sorted(tally.seen.items())]
    click.echo(table(["where", "after the next run", "flips"], rows))
    click.echo(f"\n{flips} flips, {len(tally.faults)} faults.")
    for fault in tally.faults:
        click.echo(f"- {fault}")
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
