"""The files that are measured: the sample corpus, and the real plans and other documents where they are present."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf

FIRST_YEAR = 2020
"""The sample's plans begin here; later years are invented."""

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Corpus:
    """``sample`` are the sample's plans with a text layer, ``scans`` those without; ``others`` the real plans and
    documents beside the checkout that have one on each page, if any.
    """

    sample: tuple[Path, ...]
    scans: tuple[Path, ...]
    others: tuple[Path, ...]

    @property
    def every(self) -> tuple[Path, ...]:
        return self.sample + self.others


def write_sample(directory: Path) -> Corpus:
    """Write the sample corpus; only text layers can be compared with other readers, so that scans stand apart."""
    plans = write_years(directory, 1)
    scans = scanned_plans(directory)
    sample = tuple(plan for plan in sorted(plans.rglob("*.pdf")) if plan not in scans)
    others = [*sorted((SHARED / "plans").glob("*.pdf")), *sorted((SHARED / "real").glob("*.pdf"))]
    return Corpus(sample, tuple(scans), tuple(path for path in others if _has_text(path)))


def _has_text(path: Path) -> bool:
    with pymupdf.open(path) as pdf:
        return all(page.get_text().strip() for page in pdf)


def write_years(directory: Path, years: int) -> Path:
    """Write so many years of sample plans; gives the folder of the newest, with the others in folders within it."""
    from pipeline.sample import write_corpus

    return write_corpus(directory, year=FIRST_YEAR + years - 1, years=years).plans


def scanned_plans(directory: Path) -> list[Path]:
    """The plans under ``directory`` that are pictures only."""
    described = (directory / "truth" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return [directory / "plans" / row["source_file"] for row in map(json.loads, described) if row["scanned"]]


def years_of(plans: Path, years: int, directory: Path) -> Path:
    """A copy of the newest ``years`` of ``plans`` in ``directory``."""
    directory.mkdir(parents=True)
    older = sorted((path for path in plans.iterdir() if path.is_dir()), reverse=True)
    for folder in older[: years - 1]:
        shutil.copytree(folder, directory / folder.name)
    for file in plans.glob("*.pdf"):
        shutil.copyfile(file, directory / file.name)
    return directory


def copy_many(files: Sequence[Path], count: int, directory: Path) -> Path:
    """``count`` files in ``directory``, copies of ``files`` in turn, each with bytes of its own.

    A comment after the end of a PDF changes its hash and nothing that it shows.
    """
    directory.mkdir(parents=True)
    for number in range(count):
        source = files[number % len(files)]
        target = directory / f"{number:04d}_{source.name}"
        shutil.copyfile(source, target)
        with target.open("ab") as end:
            end.write(f"\n% copy {number}\n".encode())
    return directory
