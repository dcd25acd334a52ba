"""All tables and views as one DuckDB file, or as a folder of CSV files with a codebook."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.answers.export_error import ExportError
from pipeline.store.columns import TABLES
from pipeline.store.database import PLAN_YEAR, copy_table, finish
from pipeline.store.dataset import dataset
from pipeline.store.derived import DATABASE, derived_file, is_current
from pipeline.store.state_folders import pin
from pipeline.store.view_meanings import view_meanings
from pipeline.store.views import comment, connect, quoted_name

CODEBOOK = ("table", "column", "type", "meaning", "values", "may_be_empty")
# Excel takes a CSV file without this mark for one in the system's old encoding.
_ENCODING = "utf-8-sig"


def export_database(output: Path, file: Path, *, year: int | None = None) -> None:
    """Writes ``file`` (.duckdb) with all tables and views of ``output`` and their meanings as comments.

    With ``year``, of the documents of that fiscal year only. Raises OutputError where there are no tables, ExportError
    where the threads are not of these tables, there is nothing of that year or ``file`` cannot be written.
    """
    staged = file.with_name(f".{file.name}.{os.getpid()}")
    pinned = pin(output)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        staged.unlink(missing_ok=True)
        with connect(pinned.root) as source:
            counted = "SELECT count(*) FROM documents WHERE plan_year = coalesce(?, plan_year)"
            if not source.execute(counted, [year]).fetchall()[0][0]:
                raise ExportError.nothing_there(output, year)
            if year is None and is_current(pinned.root, DATABASE):
                shutil.copyfile(derived_file(pinned.root, DATABASE), staged)
            else:
                _write_database(staged, pinned.root, source.sql("FROM thread_links").to_arrow_table(), year)
        staged.replace(file)
    except (OSError, duckdb.Error) as error:
        raise ExportError.unwritable(file, error) from error
    finally:
        staged.unlink(missing_ok=True)


def _write_database(file: Path, root: Path, thread_links: pa.Table, year: int | None) -> None:
    with duckdb.connect(str(file)) as database:
        for name in TABLES:
            copy_table(database, name, dataset(root, name), f"WHERE plan_year = {year:d}" if year is not None else "")
        if year is not None:
            measures = pa.array([row[0] for row in database.execute("SELECT measure_id FROM measures").fetchall()])
            thread_links = thread_links.filter(pc.is_in(thread_links["measure_id"], measures))
        finish(database, thread_links)


def export_folder(output: Path, folder: Path, *, year: int | None = None) -> None:
    """Writes each table and view of ``output`` as ``<name>.csv`` into ``folder``, and ``codebook.csv``.

    A new folder appears whole or not at all; of one that is there, files of these names are replaced. Raises as
    ``export_database`` does.
    """
    staged = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        staged.mkdir(parents=True)
        with connect(output) as connection:
            comment(connection)
            if not connection.execute("SELECT count(*) FROM documents").fetchall()[0][0]:
                raise ExportError.nothing_there(output, year)
            for name in (*TABLES, *view_meanings()):
                _write_csv(staged / f"{name}.csv", connection, name, year)
            with (staged / "codebook.csv").open("w", encoding=_ENCODING, newline="") as file:
                csv.writer(file).writerows([CODEBOOK, *codebook(connection)])
        if not folder.exists():
            staged.replace(folder)
            return
        for path in sorted(staged.iterdir()):
            path.replace(folder / path.name)
    except (OSError, duckdb.Error) as error:
        raise ExportError.unwritable(folder, error) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def codebook(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Every column of every table and view: type, meaning, allowed values, whether it may be empty."""
    for table in TABLES.values():
        for column in table.columns:
            values = " / ".join(column.allowed)
            yield table.name, column.name, column.type, column.meaning, values, "yes" if column.nullable else "no"
        yield table.name, "plan_year", "integer", PLAN_YEAR, "", "no"
    for name in view_meanings():
        columns = connection.execute(
            "SELECT column_name, lower(data_type), comment FROM duckdb_columns() "
            "WHERE schema_name = 'main' AND table_name = ? "
            "ORDER BY column_index",
            [name],
        ).fetchall()
        for column_name, kind, meaning in columns:
            yield name, column_name, kind, meaning or "", "", "yes"


def _write_csv(file: Path, connection: duckdb.DuckDBPyConnection, name: str, year: int | None) -> None:
    columns = [row[0] for row in connection.execute(f"DESCRIBE {quoted_name(name)}").fetchall()]
    by = next((column for column in ("plan_year", "fiscal_year") if column in columns), None)
    only = f"WHERE {by} = {year:d}" if year is not None and by else ""
    rows = connection.execute(f"SELECT * FROM {quoted_name(name)} {only}")  # noqa: S608
    with file.open("w", encoding=_ENCODING, newline="") as target:
        writer = csv.writer(target)
        writer.writerow(columns)
        while batch := rows.fetchmany(10_000):
            writer.writerows(_fields(row) for row in batch)


def _fields(row: Sequence[object]) -> list[object]:
    """A row as fields of text: lists and structures as JSON."""
    return [json.dumps(v, ensure_ascii=False, default=str) if isinstance(v, list | dict) else v for v in row]
