"""The tables for other programs: one DuckDB file, a folder of CSV files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline.answers.export import export
from pipeline.answers.export_error import ExportError
from pipeline.store.columns import TABLES
from pipeline.store.view_meanings import view_meanings
from pipeline.threads.table import refresh_threads


@pytest.fixture
def whole(output: Path) -> Path:
    """An output folder with its threads."""
    refresh_threads(output)
    return output


def test_a_database_opens_elsewhere_with_tables_views_and_meanings(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "to" / "plans.duckdb"
    export(whole, file)
    with duckdb.connect(str(file), read_only=True) as database:
        names = {name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        views = {name for (name,) in database.execute("SELECT view_name FROM duckdb_views()").fetchall()}
        assert set(TABLES) <= names
        assert set(view_meanings()) <= views
        assert database.execute("SELECT value FROM kpi WHERE change IS NOT NULL ORDER BY value").fetchall() == [
            (60.3,), (66.5,)
        ]  # fmt: skip
        assert database.execute("SELECT checkup_rate FROM kpi_matrix ORDER BY 1 LIMIT 1").fetchall() == [(52.0,)]
        comments = database.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
        ).fetchall()
        assert comments == []
        untold = database.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall()
        assert untold == []
    assert [path.name for path in file.parent.iterdir()] == ["plans.duckdb"]


def test_a_database_of_one_year_holds_nothing_of_another(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "plans.duckdb"
    export(whole, file, year=2023)
    with duckdb.connect(str(file), read_only=True) as database:
        assert database.execute("SELECT DISTINCT fiscal_year FROM kpi").fetchall() == [(2023,)]
        assert database.execute("SELECT DISTINCT fiscal_year FROM threads").fetchall() == [(2023,)]


def test_csv_files_read_back_and_the_codebook_names_every_column(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    export(whole, folder)
    assert {path.stem for path in folder.iterdir()} == {*TABLES, *view_meanings(), "codebook"}
    kpi = pd.read_csv(folder / "kpi.csv")
    assert sorted(kpi.value.dropna()) == [52.0, 57.0, 60.3, 65.1, 66.5]
    with (folder / "codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        book = list(csv.DictReader(file))
    assert all(row["meaning"] for row in book)
    described = {(row["table"], row["column"]) for row in book}
    for path in folder.glob("*.csv"):
        if path.stem != "codebook":
            assert {(path.stem, column) for column in pd.read_csv(path, nrows=0).columns} <= described
    notes = pd.read_csv(folder / "targets.csv").notes
    assert json.loads(notes[0]) == []


def test_csv_files_in_a_folder_that_is_there_leave_the_others(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "mine.txt").write_text("kept", encoding="utf-8")
    export(whole, folder)
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "kept"
    assert (folder / "kpi.csv").is_file()
    assert [path.name for path in tmp_path.glob(".csv*")] == []


@pytest.mark.parametrize("name", ["kpi.pdf", "kpi.xls", "kpi.csv"])
def test_another_ending_is_refused_with_those_that_can_be_written(whole: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="duckdb"):
        export(whole, tmp_path / name)


@pytest.mark.parametrize("name", ["kpi.duckdb", "kpi.xlsx"])
def test_a_year_that_is_not_loaded_writes_nothing(whole: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="1999"):
        export(whole, tmp_path / "to" / name, year=1999)
    assert list((tmp_path / "to").glob("*")) == []
