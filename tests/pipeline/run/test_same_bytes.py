"""The same PDFs give the same bytes, whoever reads them, where, in which order and by how many processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.hostile_pdfs import cut_to
from pipeline.exit_code import ExitCode
from pipeline.sample.corpus import make_document
from pipeline.sample.offices import offices
from tests.pipeline.invented_plans import tree

ROOT = Path(__file__).resolve().parents[3]
PAGES = {"02": 3, "15": 2, "26": 1, "33": 2}
"""Pages of each branch's plan: a comparison, two plans in columns, and a scan."""

ASCII_NAMES = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A machine that takes the bytes of Japanese file names for no text."""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans of four branches, one of them in two years."""
    folder = tmp_path_factory.mktemp("raw")
    chosen = [(office, 2024) for office in offices() if office.branch_code in PAGES]
    chosen += [(office, 2023) for office, _ in chosen if office.branch_code == "33"]
    for office, year in chosen:
        plan = make_document(office, year, seed=1)
        (folder / plan.source_file).write_bytes(cut_to(plan.pdf, PAGES[office.branch_code]))
    return folder


def ingested(inputs: list[Path], output: Path, workers: int, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "pipeline", "ingest", *inputs, "--output", output, "--workers", str(workers)]
    done = subprocess.run(
        [*command, "--quiet", "--no-page-pictures"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode in (ExitCode.DONE, ExitCode.SOME_NOT_LOADED), done.stderr


def tables(output: Path) -> dict[str, str]:
    """The hash of every table, published or in quarantine."""
    folders = (output / "tables", output / "quarantine")
    found = {
        f"{folder.name}/{name}": sha256
        for folder in folders
        for name, sha256 in tree(folder).items()
        if name.endswith(".parquet")
    }
    assert len(found) > len(PAGES)
    return found


@pytest.mark.slow
def test_workers_order_locale_time_zone_and_hash_seed_change_no_byte(raw: Path, tmp_path: Path) -> None:
    files = sorted(raw.iterdir(), reverse=True)
    one, four, single = tmp_path / "one", tmp_path / "four", tmp_path / "single"
    ingested([raw], one, 1, {"LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "0"})
    ingested(files, four, 4, {"LC_ALL": "ja_JP.UTF-8", "TZ": "America/New_York", "PYTHONHASHSEED": "1"})
    assert tables(four) == tables(one)
    for file in files:
        ingested([file], single, 2, {**ASCII_NAMES, "TZ": "UTC", "PYTHONHASHSEED": "2"})
    assert tables(single) == tables(one)
