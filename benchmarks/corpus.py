"""The files that are measured: the sample corpus, and the real plans and other documents where they are present."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Corpus:
    """``sample`` are the 47 plans; ``others`` the real plans and documents beside the checkout, if any."""

    sample: tuple[Path, ...]
    others: tuple[Path, ...]

    @property
    def every(self) -> tuple[Path, ...]:
        return self.sample + self.others


def write_sample(directory: Path) -> Corpus:
    """Write the sample corpus (scanned plans left out: only text layers can be compared with other readers)."""
    import json

    from pipeline.sample import write_corpus

    write_corpus(directory)
    described = (directory / "truth" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    scanned = {row["source_file"] for row in map(json.loads, described) if row["scanned"]}
    plans = sorted((directory / "plans").rglob("*.pdf"))
    sample = tuple(plan for plan in plans if plan.name not in {Path(name).name for name in scanned})
    others = tuple(sorted((SHARED / "plans").glob("*.pdf")) + sorted((SHARED / "real").glob("*.pdf")))
    return Corpus(sample, others)


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
