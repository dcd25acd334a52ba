"""The derived database answers as the Parquet files do, whatever it was made from."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.store.columns import TABLES
from pipeline.store.database import refresh_database
from pipeline.store.dataset import dataset
from pipeline.store.derived import DATABASE, damaged_derived, derived_file, is_current
from pipeline.store.views import STORED, connect
from pipeline.threads.table import refresh_threads
from tests.pipeline.invented_output import InventedDocument

CHECKUP = ("生活習慣病予防健診実施率", "insured_checkup_rate")


def plan(year: int, code: str, value: float, sha256: str = "0" * 64) -> InventedDocument:
    document = InventedDocument(year, code, "岡山", sha256=sha256)
    for number in range(3):
        document.target(
            *CHECKUP, value + number, "percent", population="insured", kind="kpi", notes=["※1", f"※{value}"]
        )
    return document


def written(root: Path, *documents: InventedDocument) -> Path:
    for document in documents:
        document.write(root)
    return root


def made(root: Path, earlier: Path | None = None) -> Path:
    refresh_threads(root)
    assert refresh_database(root, earlier)
    return root


def tables_of(root: Path) -> dict[str, list[dict[str, Any]]]:
    with connect(root) as connection:
        assert connection.execute("SELECT current_database()").fetchall() == [(STORED,)]
        return {name: connection.sql(f"FROM {name}").to_arrow_table().to_pylist() for name in TABLES}


def stored_rows(root: Path) -> dict[str, list[dict[str, Any]]]:
    return {name: dataset(root, name).to_table().to_pylist() for name in TABLES}


def following(before: Path, root: Path) -> Path:
    """A state that shares all its files with the one before."""
    shutil.copytree(before / "tables", root / "tables", copy_function=os.link)
    return root


def test_the_rows_are_those_of_the_files_in_their_order(tmp_path: Path) -> None:
    root = made(written(tmp_path, plan(2024, "33", 60.0), plan(2023, "34", 50.0), plan(2024, "01", 70.0)))
    assert tables_of(root) == stored_rows(root)
    assert not refresh_database(root)


def test_what_is_made_from_the_state_before_equals_what_is_made_anew(tmp_path: Path) -> None:
    one = made(written(tmp_path / "1", plan(2024, "33", 60.0), plan(2023, "34", 50.0), plan(2024, "01", 70.0)))
    two = following(one, tmp_path / "2")
    for gone in (two / "tables").glob("*/plan_year=2023/2023-34-*.parquet"):
        gone.unlink()
    for replaced in (two / "tables").glob("targets/plan_year=2024/2024-01-*.parquet"):
        replaced.unlink()
    again = plan(2024, "01", 71.0)
    again.write(tmp_path / "other")
    for new in (tmp_path / "other" / "tables").glob("targets/*/*.parquet"):
        shutil.copy(new, two / "tables" / new.relative_to(tmp_path / "other" / "tables"))
    written(two, plan(2022, "13", 40.0))
    made(two, one)
    assert tables_of(two) == stored_rows(two)
    assert {row["value"] for row in tables_of(two)["targets"]} == {40.0, 41.0, 42.0, 60.0, 61.0, 62.0, 71.0, 72.0, 73.0}


def test_the_last_document_of_all_may_go(tmp_path: Path) -> None:
    one = made(written(tmp_path / "1", plan(2024, "33", 60.0)))
    two = following(one, tmp_path / "2")
    for gone in (two / "tables").glob("*/*/*.parquet"):
        gone.unlink()
    assert tables_of(made(two, one)) == {name: [] for name in TABLES}


def test_a_database_of_other_tables_is_not_asked(tmp_path: Path) -> None:
    root = made(written(tmp_path, plan(2024, "33", 60.0)))
    written(root, plan(2024, "34", 50.0))
    assert not is_current(root, DATABASE)
    with connect(root) as connection:
        assert connection.execute("SELECT count(*) FROM targets").fetchall() == [(6,)]


def test_a_copy_of_the_output_still_has_its_database(tmp_path: Path) -> None:
    root = made(written(tmp_path / "one", plan(2024, "33", 60.0)))
    shutil.copytree(root, tmp_path / "two", copy_function=shutil.copyfile)
    assert is_current(tmp_path / "two", DATABASE)
    assert tables_of(tmp_path / "two") == stored_rows(root)


@pytest.mark.parametrize("place", [0, 5000])
def test_a_damaged_database_is_found_and_the_files_answer(tmp_path: Path, place: int) -> None:
    root = made(written(tmp_path, plan(2024, "33", 60.0)))
    file = derived_file(root, DATABASE)
    data = bytearray(file.read_bytes())
    data[place : place + 4000] = b"\xff" * 4000
    file.write_bytes(bytes(data))
    assert file in damaged_derived(root)
    with connect(root) as connection:
        assert connection.execute("SELECT count(*) FROM targets").fetchall() == [(3,)]


def test_nothing_can_be_written_through_it(tmp_path: Path) -> None:
    import duckdb

    root = made(written(tmp_path, plan(2024, "33", 60.0)))
    with connect(root) as connection:
        for statement in ("DELETE FROM targets", "CREATE TABLE mine (a INTEGER)", "ATTACH 'other.duckdb'"):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
        with pytest.raises(duckdb.Error):
            connection.execute(f"FROM read_csv('{tmp_path}/x.csv')")
