"""One database file of all tables and views, derived from the Parquet files of a state and kept beside them.

A question then costs what it asks for, not the opening of every file. The file of a new state is written from that of
the state before: only what differs is read from Parquet. It is no source of anything: where it is missing, damaged or
of other tables, the Parquet files answer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.store.catalogue_tables import catalogue_table, national_table
from pipeline.store.columns import TABLES
from pipeline.store.derived import (
    DATABASE,
    THREADS,
    SourceFile,
    derived_file,
    is_current,
    put_derived_file,
    source_files,
    staged_file,
)
from pipeline.store.table import arrow_schema
from pipeline.store.thread_links import THREAD_LINKS
from pipeline.store.views import (
    comment,
    create_aim_views,
    create_thread_views,
    put_comments,
    quoted_name,
    quoted_text,
)

PLAN_YEAR = "The document's fiscal year; 0 where it names none."

_KEPT_IN = "kept"
_KEPT_OF_AIMS = ("heading_paths", "aims", "national_values", "kpi", "kpi_history")
_KEPT_OF_THREADS = ("thread_items", "threads")
_KEPT = (*_KEPT_OF_AIMS, *_KEPT_OF_THREADS)
"""Views whose rows are stored, each after those that it needs: to gather them costs every question most of its time."""

OUTCOME = ("documents", "findings")
"""The tables that hang on what the checks of a run find: a grade of a document, and the findings."""

_MEMORY_MB = 512
"""MiB that the building may take, so that the run's own memory does not grow with the archive."""


def refresh_database(
    root: Path,
    earlier: Path | None = None,
    make_threads: Callable[[duckdb.DuckDBPyConnection], object] | None = None,
) -> bool:
    """Makes the database of the state at ``root`` anew where it is not of these tables; says whether it did.

    ``earlier`` is the folder of the state before. ``make_threads`` is called when all tables are there; then
    the threads must be there as well. Raises OSError where it cannot be written.
    """
    if is_current(root, DATABASE) and is_current(root, THREADS):
        return False
    staged = staged_file(root, DATABASE)
    with _opened(staged) as database:
        sources = source_files(root, DATABASE)
        with _before(database, earlier) as before, _transaction(database):
            for name in TABLES:
                _put_table(database, name, [file for file in sources if file.table == name], before)
        # Threads are followed in Python, and DuckDB works outside the lock that lets one of its threads run at a time.
        with database.cursor() as second, ThreadPoolExecutor(1) as beside:
            aims = beside.submit(_add_aims, second)
            if make_threads is not None:
                make_threads(database)
            aims.result()
        _add_threads(database, pq.read_table(derived_file(root, THREADS), schema=THREAD_LINKS))
    put_derived_file(root, DATABASE, staged)
    return True


def amend_database(root: Path, prepared: Path, earlier: Path | None = None) -> bool:
    """Makes the database in ``prepared``, which was made for a state foreseen, that of the state at ``root``.

    The tables may differ in findings and grades only; says whether they do, and where they differ in more leaves
    ``root`` without a database. The threads must be there. Raises OSError where it cannot be written.
    """
    staged = staged_file(root, DATABASE)
    derived_file(prepared, DATABASE).replace(staged)
    with _opened(staged) as database:
        sources = source_files(root, DATABASE)
        with _before(database, earlier) as before, _transaction(database):
            database.execute("ALTER TABLE documents RENAME TO foreseen")
            database.execute("DROP TABLE findings")
            for name in OUTCOME:
                _put_table(database, name, [file for file in sources if file.table == name], before)
            as_foreseen = _differ_in_grades_only(database, "documents", "foreseen")
            database.execute("DROP TABLE foreseen")
            for view in _KEPT if as_foreseen else ():
                _put_grades(database, view)
            put_comments(database, _table_meanings(OUTCOME))
    if as_foreseen:
        put_derived_file(root, DATABASE, staged)
    return as_foreseen


def _differ_in_grades_only(database: duckdb.DuckDBPyConnection, one: str, other: str) -> bool:
    told = "SELECT * EXCLUDE (grade, grade_reasons)"
    asked = " UNION ALL ".join(f"({told} FROM {a} EXCEPT ALL {told} FROM {b})" for a, b in ((one, other), (other, one)))
    return not database.execute(f"SELECT 1 FROM ({asked}) LIMIT 1").fetchall()  # noqa: S608 - names of tables


def _put_grades(database: duckdb.DuckDBPyConnection, view: str) -> None:
    """Puts the documents' grades into the stored rows of ``view``, where they tell them."""
    asked = "SELECT 1 FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? AND column_name = 'grade'"
    if database.execute(asked, [_KEPT_IN, view]).fetchall():
        database.execute(
            f"UPDATE {_KEPT_IN}.{quoted_name(view)} AS v SET grade = d.grade FROM documents AS d "  # noqa: S608 - own
            "WHERE d.document_id = v.document_id AND d.grade IS DISTINCT FROM v.grade"
        )


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database ``file``, with a bound to the memory that it takes."""
    spill = file.with_name(f"{file.name}.spill")
    with duckdb.connect(str(file)) as database:
        database.execute("SET enable_progress_bar = false")
        database.execute(f"SET memory_limit = '{_MEMORY_MB}MiB'")
        database.execute(f"SET temp_directory = {quoted_text(str(spill))}")
        yield database


def finish(database: duckdb.DuckDBPyConnection, thread_links: object) -> None:
    """Adds to the tables what the views need, the views, and the meaning of everything as comments."""
    _add_aims(database)
    _add_threads(database, thread_links)


def _add_aims(database: duckdb.DuckDBPyConnection) -> None:
    """Adds the catalogue and the views that need no threads."""
    of_catalogue = "The catalogue of indicators, of which that view is made."
    with _transaction(database):
        _add_source(database, "catalogue", catalogue_table(), "indicators", of_catalogue)
        _add_source(
            database, "catalogue_national", national_table(), "national_values", "The nation's aims in that catalogue."
        )
        create_aim_views(database)
        database.execute(f"CREATE SCHEMA {_KEPT_IN}")
        _keep_rows(database, _KEPT_OF_AIMS)


def _add_threads(database: duckdb.DuckDBPyConnection, thread_links: object) -> None:
    """Adds the threads and their views, and then the comments on everything."""
    meaning = "Which measure carries on which; that view shows their texts."
    with _transaction(database):
        _add_source(database, "thread_links", thread_links, "threads", meaning)
        create_thread_views(database)
        _keep_rows(database, _KEPT_OF_THREADS)
        comment(database)
        put_comments(database, (*_kept_meanings(database), *_table_meanings()))


def _add_source(database: duckdb.DuckDBPyConnection, name: str, rows: object, view: str, meaning: str) -> None:
    """Adds a table of which the view ``view`` is made."""
    copy_table(database, name, rows)
    database.execute(f"COMMENT ON TABLE {quoted_name(name)} IS {quoted_text(meaning)}")
    _comment_like(database, name, view)


@contextlib.contextmanager
def _transaction(database: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that is made within is flushed to the disk together and not piece by piece; of what fails, nothing is."""
    database.execute("BEGIN")
    yield
    database.execute("COMMIT")


def _table_meanings(names: Collection[str] = TABLES) -> Iterator[tuple[str, str]]:
    for table in map(TABLES.__getitem__, names):
        yield f"TABLE {quoted_name(table.name)}", f"One row {table.row}."
        for name, meaning in (*((c.name, c.meaning) for c in table.columns), ("plan_year", PLAN_YEAR)):
            yield f"COLUMN {quoted_name(table.name)}.{quoted_name(name)}", meaning


def _comment_like(database: duckdb.DuckDBPyConnection, table: str, view: str) -> None:
    """Gives the columns of ``table`` the meanings that the columns of those names have in ``view``."""
    from pipeline.store.view_meanings import view_meanings

    meanings = {**view_meanings()[view].columns, "place": "Place in the catalogue's order, from 0."}
    for (column,) in database.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [table]
    ).fetchall():
        place = f"{quoted_name(table)}.{quoted_name(column)}"
        database.execute(f"COMMENT ON COLUMN {place} IS {quoted_text(meanings[column])}")


def _keep_rows(database: duckdb.DuckDBPyConnection, views: Sequence[str]) -> None:
    """Stores the rows of the views that cost most in a schema of their own, from where the views then take them."""
    for view in views:
        kept = f"{_KEPT_IN}.{quoted_name(view)}"
        # Names are this module's own.
        database.execute(f"CREATE TABLE {kept} AS FROM {quoted_name(view)}")
        database.execute(f"CREATE OR REPLACE VIEW {quoted_name(view)} AS SELECT * FROM {kept}")  # noqa: S608


def _kept_meanings(database: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """The stored rows of a view have the meanings of the view and of its columns."""
    views = database.execute("SELECT view_name, comment FROM duckdb_views() WHERE comment IS NOT NULL").fetchall()
    for view, meaning in views:
        if view in _KEPT:
            yield f"TABLE {_KEPT_IN}.{quoted_name(view)}", meaning
    columns = database.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND comment IS NOT NULL"
    ).fetchall()
    for view, column, meaning in columns:
        if view in _KEPT:
            yield f"COLUMN {_KEPT_IN}.{quoted_name(view)}.{quoted_name(column)}", meaning


def copy_table(database: duckdb.DuckDBPyConnection, name: str, rows: object, only: str = "") -> None:
    """Makes the table ``name`` of ``rows`` (anything that DuckDB reads), those that the condition ``only`` leaves."""
    database.register("copied", rows)
    # Every name is the project's own.
    database.execute(f"CREATE TABLE {quoted_name(name)} AS SELECT * FROM copied {only}")  # noqa: S608
    database.unregister("copied")


@contextlib.contextmanager
def _before(database: duckdb.DuckDBPyConnection, earlier: Path | None) -> Iterator[dict[str, SourceFile]]:
    """The files of which the attached database ``before`` was made, by name; none where there is no such database."""
    if earlier is None or not is_current(earlier, DATABASE):
        yield {}
        return
    try:
        database.execute(f"ATTACH {quoted_text(str(derived_file(earlier, DATABASE)))} AS before (READ_ONLY)")
    except duckdb.Error:
        yield {}
        return
    yield {file.name: file for file in source_files(earlier, DATABASE)}
    database.execute("DETACH before")


def _put_table(
    database: duckdb.DuckDBPyConnection, name: str, files: Sequence[SourceFile], before: dict[str, SourceFile]
) -> None:
    """Makes the table ``name`` of ``files``, in their order, from what ``before`` has of them and from the rest."""
    kept = [file for file in files if file.name in before and before[file.name].same == file.same]
    stays = {file.name for file in kept}
    new = [file.path for file in files if file.name not in stays]
    gone = {f.document_id for f in before.values() if f.table == name} - {f.document_id for f in kept}
    table = quoted_name(name)
    if not files:
        schema = arrow_schema(TABLES[name])
        copy_table(database, name, schema.empty_table())
        database.execute(f"ALTER TABLE {table} ADD COLUMN plan_year INTEGER")
        return
    # Names are the project's own, and every value is quoted by DuckDB's rules.
    if not kept:
        database.execute(f"CREATE TABLE {table} AS SELECT * FROM {_read(new)}")  # noqa: S608
        return
    away = ", ".join(quoted_text(document_id) for document_id in sorted(gone))
    stored = f"FROM before.{table}" + (f" WHERE document_id NOT IN ({away})" if away else "")
    if not new:
        database.execute(f"CREATE TABLE {table} AS SELECT * {stored}")
        return
    database.execute(
        f"CREATE TABLE {table} AS SELECT * EXCLUDE (place) FROM ("  # noqa: S608
        f"SELECT *, rowid AS place {stored} UNION ALL BY NAME "
        f"SELECT * EXCLUDE (file_row_number), file_row_number AS place FROM {_read(new, 'file_row_number = true')}"
        ") ORDER BY plan_year, document_id, place"
    )


def _read(files: Sequence[str], *more: str) -> str:
    """The Parquet ``files`` as DuckDB's SQL reads them, in their order."""
    listed = "[" + ", ".join(quoted_text(path) for path in files) + "]"
    options = ("hive_partitioning = true", "hive_types = {'plan_year': INTEGER}", *more)
    return f"read_parquet({', '.join((listed, *options))})"
