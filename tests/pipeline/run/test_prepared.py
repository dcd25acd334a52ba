"""What is made of all tables before the checks' outcome is known is what would be made of them afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pipeline.run.check_stage
from pipeline.checks.report import CheckReport
from pipeline.run.check_stage import ChecksBeside, ChecksHere
from pipeline.run.checking import CheckedTogether
from pipeline.search.search import search
from pipeline.store.columns import TABLES
from pipeline.store.derived import DATABASE, is_current
from pipeline.store.state_folders import pin
from pipeline.store.verify import verify_output
from pipeline.store.views import STORED, connect
from pipeline.workers.early_process import NoAnswerError
from tests.pipeline.invented_plans import run, tree, write_plan


class PreparesFirst(ChecksHere):
    """Does what could be done beside the checks before them, and keeps count."""

    def __init__(self) -> None:
        self.prepared = 0

    def __call__(self, asked: CheckedTogether, meanwhile: Callable[[], None]) -> CheckReport:
        meanwhile()
        self.prepared += 1
        return super().__call__(asked, meanwhile)


def everything(output: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables of the database in their order, and of the views, which have none."""
    with connect(output) as connection:
        assert connection.execute("SELECT current_database()").fetchall() == [(STORED,)]
        names = connection.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'")
        found = {name: connection.execute(f"FROM {name}").fetchall() for (name,) in names.fetchall()}
        found = {name: rows if name in TABLES else sorted(rows, key=repr) for name, rows in found.items()}
        found["told"] = connection.execute(
            "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        ).fetchall()
        return found


def written(raw: Path) -> Path:
    write_plan(raw / "a.pdf", "33", 2024)
    write_plan(raw / "b.pdf", "34", 2024, value=80.0)
    write_plan(raw / "c.pdf", "33", 2023, value=70.0)
    return raw


@pytest.mark.usefixtures("unvalidated")
def test_what_was_prepared_is_what_is_made_afterwards(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw")
    stage = PreparesFirst()
    run(raw, tmp_path / "prepared", check_stage=stage)
    run(raw, tmp_path / "afterwards")
    assert everything(tmp_path / "prepared") == everything(tmp_path / "afterwards")
    # The grade of a document hangs on what the checks find, also of one that did not change.
    write_plan(raw / "b.pdf", "34", 2024, value=180.0)
    write_plan(raw / "d.pdf", "33", 2024, value=95.5, kind="comparison")
    run(raw, tmp_path / "prepared", check_stage=stage)
    run(raw, tmp_path / "afterwards")
    found = everything(tmp_path / "prepared")
    assert found == everything(tmp_path / "afterwards")
    assert {row[0] for row in found["findings"]}
    assert stage.prepared == 2
    assert not verify_output(tmp_path / "prepared").faults
    assert [hit.document_id for hit in search(tmp_path / "prepared", "郵送化率").hits] == [
        hit.document_id for hit in search(tmp_path / "afterwards", "郵送化率").hits
    ]
    assert not (tmp_path / "prepared" / ".work" / "prepared").exists()


@pytest.mark.usefixtures("unvalidated")
def test_what_was_prepared_with_a_document_that_fails_is_given_up(tmp_path: Path) -> None:
    raw = written(tmp_path / "raw")
    write_plan(raw / "unknown.pdf", None, 2024)
    manifest, _ = run(raw, tmp_path / "output", check_stage=PreparesFirst())
    assert manifest.totals["quarantined"] == 1
    run(raw, tmp_path / "afterwards")
    assert everything(tmp_path / "output") == everything(tmp_path / "afterwards")
    assert is_current(pin(tmp_path / "output").root, DATABASE)


@pytest.mark.usefixtures("swift")
def test_a_process_that_gives_no_answer_costs_no_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed:
        def __init__(self, preload: str) -> None:
            pass

        def ask(self, *_: object) -> Callable[[], object]:
            def answer() -> object:
                raise NoAnswerError("killed")

            return answer

        def end(self) -> None:
            pass

    monkeypatch.setattr(pipeline.run.check_stage, "EarlyProcess", Killed)
    raw = written(tmp_path / "raw")
    run(raw, tmp_path / "output", check_stage=ChecksBeside())
    run(raw, tmp_path / "afterwards")
    assert tree(tmp_path / "output" / "tables") == tree(tmp_path / "afterwards" / "tables")
