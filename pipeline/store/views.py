"""The tables and views of an output folder in DuckDB, which can read and write nothing else.

The views stand in ``sql/*.sql``, in the order in which they need each other, and the meaning of each of their columns
in ``views.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, model_validator

from parsers.model.data_file import read_data, stand_once
from pipeline.store.catalogue_tables import catalogue_table, national_table
from pipeline.store.columns import TABLES
from pipeline.store.dataset import dataset
from pipeline.store.derived import THREADS, derived_file, is_current
from pipeline.store.state_folders import pin

SCRIPTS = ("aims", "kpi", "history", "threads")
THREAD_LINKS = pa.schema(
    [
        pa.field("measure_id", pa.string(), nullable=False),
        pa.field("thread_id", pa.string(), nullable=False),
        pa.field("topic_id", pa.string(), nullable=False),
        pa.field("linked", pa.string(), nullable=False),
        pa.field("previous_measure_id", pa.string()),
        pa.field("similarity", pa.float64()),
        pa.field("topic_similarity", pa.float64(), nullable=False),
        pa.field("merged_into", pa.string()),
    ]
)
"""The table ``thread_links``: one row a measure that is followed over years and branches."""

STALE = "The threads are not of these tables: run `branch-plans ingest` again, which makes them anew."
MATRIX = "kpi_matrix"
LOCKS = (
    "SET temp_directory = ''",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


@dataclass(frozen=True, slots=True)
class ViewMeaning:
    """What a view holds one row of, and what each of its columns means."""

    row: str
    columns: Mapping[str, str]


@contextmanager
def connect(output: Path, memory_mb: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees one state of the tables and views of ``output`` and nothing else on the machine.

    Arrow reads the Parquet files, only the columns and rows that a query asks for; DuckDB itself has no access to
    files, network or extensions, and its settings are locked. ``memory_mb`` bounds its memory (MiB). Raises OutputError
    when there are no tables.
    """
    pinned = pin(output)  # held until the connection is closed
    with duckdb.connect(":memory:", config={"python_enable_replacements": "false"}) as connection:
        for name in TABLES:
            connection.register(name, dataset(pinned.root, name))
        connection.register("catalogue", catalogue_table())
        connection.register("catalogue_national", national_table())
        _show_threads(connection, pinned.root)
        create_views(connection)
        if memory_mb is not None:
            connection.execute(f"SET memory_limit = '{memory_mb:d}MiB'")
        for lock in LOCKS:
            connection.execute(lock)
        yield connection


def _show_threads(connection: duckdb.DuckDBPyConnection, output: Path) -> None:
    """Makes ``thread_links``; where they are of other tables than those on disk, to ask for them is an error."""
    if is_current(output, THREADS):
        connection.register("thread_links", pq.read_table(derived_file(output, THREADS), schema=THREAD_LINKS))
        return
    connection.register("no_thread_links", THREAD_LINKS.empty_table())
    # Every name and literal is this module's own.
    connection.execute(
        "CREATE VIEW thread_links AS SELECT * FROM no_thread_links UNION ALL "  # noqa: S608
        f"SELECT {', '.join(['error(' + quoted_text(STALE) + ')'] * len(THREAD_LINKS))} FROM range(1)"
    )


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the views over the tables that ``connection`` sees."""
    for script in SCRIPTS:
        connection.execute((files("pipeline.store") / "sql" / f"{script}.sql").read_text(encoding="utf-8"))
    connection.execute(_matrix_view(connection))


def comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Writes the meaning of every view and of its columns into the database as comments."""
    for view, column, meaning in _comments(connection):
        what = f"VIEW {view}" if column is None else f"COLUMN {view}.{quoted_name(column)}"
        connection.execute(f"COMMENT ON {what} IS {quoted_text(meaning)}")


def _comments(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str | None, str]]:
    names: dict[str, list[str]] = {}
    for view, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
    ).fetchall():
        names.setdefault(view, []).append(column)
    for view, told in view_meanings().items():
        yield view, None, f"One row {told.row}."
        for column in names[view]:
            if column in told.columns:
                yield view, column, told.columns[column]
    for column, name in _matrix_columns(connection):
        yield MATRIX, column, name


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    row: str
    columns: tuple[str, ...]
    meanings: dict[str, str] = {}


class _Views(BaseModel):
    """The file, explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str]
    views: dict[str, _View]

    def meaning(self, view: _View, column: str) -> str:
        return view.meanings.get(column) or self.columns[column]

    @model_validator(mode="after")
    def _every_column_has_a_meaning(self) -> Self:
        for name, view in self.views.items():
            stand_once(view.columns, f"column of {name}")
            if left := (set(view.columns) - view.meanings.keys() - self.columns.keys()) | (
                view.meanings.keys() - set(view.columns)
            ):
                raise ValueError(f"column {min(left)} of {name} stands without a meaning, or a meaning without it")
        return self


@cache
def view_meanings() -> Mapping[str, ViewMeaning]:
    """By view: its row and columns as ``views.toml`` declares them; shared columns are declared there once."""
    declared = read_data("pipeline.store", "views.toml", _Views)
    return {
        name: ViewMeaning(view.row, {column: declared.meaning(view, column) for column in view.columns})
        for name, view in declared.views.items()
    }


def quoted_text(value: str | None) -> str:
    """``value`` as a literal of SQL."""
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def quoted_name(value: str) -> str:
    """``value`` as a name of SQL."""
    return '"' + value.replace('"', '""') + '"'


def _matrix_view(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL of ``kpi_matrix``: a column a catalogue code, or one a population where a code is used with several.

    A column holds values of one unit: what is printed in another one is left to ``kpi_conflicts``.
    """
    columns = [
        f", max(value) FILTER (indicator_code = {quoted_text(code)} AND basis = 'absolute' AND unit_fits "
        f"AND population IS NOT DISTINCT FROM {quoted_text(population)}) AS {quoted_name(name)}"
        for name, code, population, _ in _matrix_indicators(connection)
    ]
    # Every name and literal above is quoted by DuckDB's rules.
    return (
        f"CREATE VIEW {MATRIX} AS SELECT branch_code, any_value(branch_name) AS branch_name, fiscal_year"  # noqa: S608
        f"{''.join(columns)} FROM kpi GROUP BY branch_code, fiscal_year ORDER BY fiscal_year, branch_code;"
    )


def _matrix_columns(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    for name, _, _, meaning in _matrix_indicators(connection):
        yield name, meaning


def _matrix_indicators(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str | None, str]]:
    """Column, code, population and meaning of each column of the matrix, by code."""
    seen = connection.execute(
        "SELECT t.indicator_code, t.population, count(*) OVER (PARTITION BY t.indicator_code) > 1, "
        "coalesce(any_value(c.name_ja), max(t.indicator)), any_value(c.unit) "
        "FROM targets AS t LEFT JOIN catalogue AS c ON c.code = t.indicator_code "
        "WHERE t.indicator_code IS NOT NULL AND t.indicator IS NOT NULL AND t.edition <> 'reference' "
        "AND t.branch_code <> '00' "
        "GROUP BY t.indicator_code, t.population ORDER BY t.indicator_code, t.population NULLS FIRST"
    ).fetchall()
    return [
        (
            f"{code}_{population}" if several and population else code,
            code,
            population,
            f"{name} ({unit})" if unit else name,
        )
        for code, population, several, name, unit in seen
    ]
