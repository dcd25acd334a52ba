"""A run killed while it publishes leaves the old state or the new one, whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.store.columns import TABLES
from pipeline.store.publish import publish, stored_loaded
from tests.pipeline.invented_plans import tree

KILLS = 20

PUBLISH_FOREVER = """
import sys
from pathlib import Path
from tests.pipeline.store.test_publish import publish_state
output = Path(sys.argv[1])
print("ready", flush=True)
number = int(sys.argv[2])
while True:
    publish_state(output, number)
    number += 1
"""


def publish_state(output: Path, number: int) -> None:
    """Publishes a state in which every file of every document holds the same number."""
    work = output / ".work"
    staged = work / "stage"
    staged.mkdir(parents=True, exist_ok=True)
    file = staged / f"{number}.parquet"
    file.write_text(str(number))
    documents = {f"2024-{code:02d}-plan-00000000": (2024, dict.fromkeys(TABLES, file)) for code in range(1, 6)}
    publish(output, work, documents, {})
    file.unlink()


def visible(output: Path) -> set[str]:
    """The numbers that a reader of all tables sees."""
    return {path.read_text() for path in (output / "tables").rglob("*.parquet")}


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_one_whole_state(tmp_path: Path) -> None:
    chance = random.Random(7)
    root = Path(__file__).resolve().parents[3]
    publish_state(tmp_path, 0)
    for kill in range(KILLS):
        command = [sys.executable, "-c", PUBLISH_FOREVER, str(tmp_path), str(kill * 1000 + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as publisher:
            assert publisher.stdout is not None
            publisher.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.05))
            os.kill(publisher.pid, signal.SIGKILL)
        assert len(visible(tmp_path)) == 1
        assert len(stored_loaded(tmp_path)) == 5


def test_the_next_run_gives_what_an_undisturbed_one_would(tmp_path: Path) -> None:
    publish_state(tmp_path / "undisturbed", 2)
    publish_state(tmp_path / "killed", 1)
    left = tmp_path / "killed" / ".work" / "next" / "tables" / "targets"
    left.mkdir(parents=True)
    (left / "half.parquet").write_text("1")
    publish_state(tmp_path / "killed", 2)
    assert tree(tmp_path / "killed" / "tables") == tree(tmp_path / "undisturbed" / "tables")


def test_where_folders_cannot_be_exchanged_a_kill_between_the_renames_is_put_right(tmp_path: Path) -> None:
    publish_state(tmp_path, 1)
    aside = tmp_path / ".work" / "next" / "tables.old"
    aside.parent.mkdir(parents=True)
    (tmp_path / "tables").rename(aside)
    publish_state(tmp_path, 2)
    assert visible(tmp_path) == {"2"}


def test_documents_that_are_not_named_any_more_are_gone(tmp_path: Path) -> None:
    publish_state(tmp_path, 1)
    publish(tmp_path, tmp_path / ".work", {}, {})
    assert stored_loaded(tmp_path) == {}
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == sorted(TABLES)
