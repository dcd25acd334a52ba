"""The tables and views of an output folder in DuckDB, which can read and write nothing else.

The views stand in ``sql/*.sql``, in the order in which they need each other, and the meaning of each of their columns
in ``views.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from pipeline.store.derived import DATABASE, THREADS, derived_file, is_current
from pipeline.store.state_folders import pin

_OF_AIMS = ("aims", "kpi", "history")
_OF_THREADS = "threads"
STALE = "The threads are not of these tables: run `branch-plans ingest` again, which makes them anew."
MATRIX = "kpi_matrix"
STORED = "stored"
"""Under this name a connection sees the derived database."""

LOCKS = (
    "SET enable_progress_bar = false",
    "SET temp_directory = ''",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


@contextmanager
def connect(output: Path, memory_mb: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees one state of the tables and views of ``output`` and nothing else on the machine.

    They come from the derived database where that is of these tables. Elsewhere Arrow reads the Parquet files, only
    the columns and rows that a query asks for. DuckDB itself has no access to files, network or extensions, and its
    settings are locked. ``memory_mb`` bounds its memory (MiB). Raises OutputError when there are no tables.
    """
    pinned = pin(output)  # held until the connection is closed
    with duckdb.connect(":memory:", config={"python_enable_replacements": "false"}) as connection:
        if is_current(pinned.root, DATABASE) and _attached(connection, derived_file(pinned.root, DATABASE)):
            connection.execute(f"USE {STORED}")
        else:
            _show_files(connection, pinned.root)
        if memory_mb is not None:
            connection.execute(f"SET memory_limit = '{memory_mb:d}MiB'")
        for lock in LOCKS:
            connection.execute(lock)
        yield connection


def _attached(connection: duckdb.DuckDBPyConnection, file: Path) -> bool:
    """Whether the derived database can be opened; a damaged one is passed over here and named by ``verify``.

    DuckDB has a checksum of every block, so that damage elsewhere in it gives an error, never another answer.
    """
    try:
        connection.execute(f"ATTACH {quoted_text(str(file))} AS {STORED} (READ_ONLY)")
    except duckdb.Error:
        return False
    return True


def _show_files(connection: duckdb.DuckDBPyConnection, root: Path) -> None:
    """Makes the tables over the Parquet files under ``root``, and the views."""
    from pipeline.store.catalogue_tables import catalogue_table, national_table
    from pipeline.store.columns import TABLES
    from pipeline.store.dataset import dataset

    for name in TABLES:
        connection.register(name, dataset(root, name))
    connection.register("catalogue", catalogue_table())
    connection.register("catalogue_national", national_table())
    _show_threads(connection, root)
    create_aim_views(connection)
    create_thread_views(connection)


def _show_threads(connection: duckdb.DuckDBPyConnection, root: Path) -> None:
    """Makes ``thread_links``; where they are of other tables than those on disk, to ask for them is an error."""
    import pyarrow.parquet as pq

    from pipeline.store.thread_links import THREAD_LINKS

    if is_current(root, THREADS):
        connection.register("thread_links", pq.read_table(derived_file(root, THREADS), schema=THREAD_LINKS))
        return
    connection.register("no_thread_links", THREAD_LINKS.empty_table())
    # Every name and literal is this module's own.
    connection.execute(
        "CREATE VIEW thread_links AS SELECT * FROM no_thread_links UNION ALL "  # noqa: S608
        f"SELECT {', '.join(['error(' + quoted_text(STALE) + ')'] * len(THREAD_LINKS))} FROM range(1)"
    )


def create_aim_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the views over the tables that ``connection`` sees, those of threads left out."""
    for script in _OF_AIMS:
        connection.execute(_script(script))
    connection.execute(_matrix_view(connection))


def create_thread_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the views of threads, which need ``thread_links`` and the other views."""
    connection.execute(_script(_OF_THREADS))


def _script(name: str) -> str:
    return (files("pipeline.store") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Writes the meaning of every view and of its columns into the database as comments; the derived one has them."""
    if connection.execute("SELECT current_database()").fetchall() == [(STORED,)]:
        return
    put_comments(
        connection,
        (
            (f"VIEW {view}" if column is None else f"COLUMN {view}.{quoted_name(column)}", meaning)
            for view, column, meaning in _comments(connection)
        ),
    )


def put_comments(connection: duckdb.DuckDBPyConnection, comments: Iterable[tuple[str, str]]) -> None:
    """Writes the meaning of each of what SQL calls by those names.

    All in one go: there are more than a thousand, and each by itself costs more than what it says.
    """
    connection.execute("; ".join(f"COMMENT ON {what} IS {quoted_text(meaning)}" for what, meaning in comments))


def _comments(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str | None, str]]:
    from pipeline.store.view_meanings import view_meanings

    names: dict[str, list[str]] = {}
    for view, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' "
        "ORDER BY table_name, column_index"
    ).fetchall():
        names.setdefault(view, []).append(column)
    for view, told in view_meanings().items():
        yield view, None, f"One row {told.row}."
        for column in names[view]:
            if column in told.columns:
                yield view, column, told.columns[column]
    for column, name in _matrix_columns(connection):
        yield MATRIX, column, name


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
        "FROM targets AS t LEFT JOIN catalogue AS c ON c.indicator_code = t.indicator_code "
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
