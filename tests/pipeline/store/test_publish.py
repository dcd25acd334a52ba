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
from pipeline.store.manifest import ManifestError, next_sequence, read_manifest
from pipeline.store.publish import make_ready, publish, show_present
from pipeline.store.state_folders import KEPT_SECONDS, KEPT_STATES, current_state, pin, state_folders
from pipeline.store.visible import ForeignFilesError
from tests.pipeline.invented_output import invented_manifest
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
    make_ready(output, work)
    show_present(output, work)
    file = staged / f"{number}.parquet"
    file.write_text(str(number))
    documents = {f"2024-{code:02d}-plan-00000000": (2024, dict.fromkeys(TABLES, file)) for code in range(1, 6)}
    publish(output, work, documents, {}, invented_manifest(sequence=next_sequence(output)))
    file.unlink()


def visible(output: Path) -> set[str]:
    """The numbers that a reader of all tables sees."""
    return {path.read_text() for path in (output / "tables").rglob("*.parquet")}


def stored(output: Path) -> set[str]:
    """The numbers that a reader of the present state sees."""
    return {path.read_text() for path in (pin(output).root / "tables").rglob("*.parquet")}


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
            time.sleep(chance.uniform(0.0, 0.1))
            os.kill(publisher.pid, signal.SIGKILL)
        assert len(visible(tmp_path)) == 1
        assert len(stored(tmp_path)) == 1
        state = current_state(tmp_path)
        assert state is not None
        assert read_manifest(state.account).sequence == state.sequence
        assert len(list((state.path / "tables").rglob("*.parquet"))) == 5 * len(TABLES)


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
    aside = tmp_path / ".work" / "shown" / "tables.old"
    aside.parent.mkdir(parents=True)
    (tmp_path / "tables").rename(aside)
    publish_state(tmp_path, 2)
    assert visible(tmp_path) == {"2"}


def test_documents_that_are_not_named_any_more_are_gone(tmp_path: Path) -> None:
    publish_state(tmp_path, 1)
    publish(tmp_path, tmp_path / ".work", {}, {}, invented_manifest(sequence=2))
    assert not list((tmp_path / "tables").rglob("*.parquet"))
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == sorted(TABLES)


def test_a_loaded_document_that_goes_to_quarantine_keeps_each_of_its_tables(tmp_path: Path) -> None:
    work = tmp_path / ".work"
    files = {}
    for name in TABLES:
        files[name] = work / "stage" / name / "2024-01-plan-00000000.parquet"
        files[name].parent.mkdir(parents=True)
        files[name].write_text(name)
    publish(tmp_path, work, {"2024-01-plan-00000000": (2024, files)}, {}, invented_manifest(sequence=1))
    stored_there = {name: path for name in TABLES for path in (tmp_path / "tables" / name).rglob("*.parquet")}
    publish(tmp_path, work, {}, {"2024-01-plan-00000000": stored_there}, invented_manifest(sequence=2))
    quarantined = sorted((tmp_path / "quarantine" / "2024-01-plan-00000000").iterdir())
    assert [path.read_text() for path in quarantined] == [path.stem for path in quarantined]
    assert len(quarantined) == len(TABLES)


def test_a_reader_that_holds_a_state_reads_it_whatever_is_published(tmp_path: Path) -> None:
    publish_state(tmp_path, 1)
    pinned = pin(tmp_path)
    for number in range(2, 4 + KEPT_STATES):
        publish_state(tmp_path, number)
        for state in state_folders(tmp_path):
            os.utime(state.path, (0, 0))  # as if long ago
    assert {path.read_text() for path in (pinned.root / "tables").rglob("*.parquet")} == {"1"}
    del pinned
    publish_state(tmp_path, 9)
    assert len(state_folders(tmp_path)) == KEPT_STATES + 1


def test_states_are_kept_for_a_while_and_whatever_the_clock_says(tmp_path: Path) -> None:
    for number in range(1, KEPT_STATES + 4):
        publish_state(tmp_path, number)
    assert len(state_folders(tmp_path)) == KEPT_STATES + 3
    for state in state_folders(tmp_path):
        os.utime(state.path, (time.time() + KEPT_SECONDS, time.time() + KEPT_SECONDS))
    publish_state(tmp_path, 9)
    assert len(state_folders(tmp_path)) == KEPT_STATES + 4
    assert stored(tmp_path) == {"9"}


@pytest.mark.parametrize("place", ["tables/notes.txt", "quarantine/mine/notes.txt", "report/notes.txt"])
def test_a_folder_of_somebody_elses_is_refused_and_nothing_in_it_is_touched(place: str, tmp_path: Path) -> None:
    mine = tmp_path / place
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(ForeignFilesError, match="notes"):
        publish_state(tmp_path, 1)
    assert tree(tmp_path) == {place: tree(mine.parent)["notes.txt"]}


def test_files_put_among_the_tables_later_are_not_replaced(tmp_path: Path) -> None:
    publish_state(tmp_path, 1)
    mine = tmp_path / "tables" / "targets" / "plan_year=2024" / "mine.parquet"
    mine.write_text("mine")
    with pytest.raises(ForeignFilesError, match="mine"):
        publish_state(tmp_path, 2)
    assert mine.read_text() == "mine"


def test_an_edited_account_is_known_by_its_seal(tmp_path: Path) -> None:
    publish_state(tmp_path, 1)
    state = current_state(tmp_path)
    assert state is not None
    text = state.account.read_text(encoding="utf-8")
    for edited in (text.replace('"sequence": 1', '"sequence": 2'), text.replace("\n", " "), text[:-10]):
        state.account.write_text(edited, encoding="utf-8")
        with pytest.raises(ManifestError):
            read_manifest(state.account)
