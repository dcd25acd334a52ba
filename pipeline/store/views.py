"""The tables and views of an output folder in DuckDB, which can read and write nothing else."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import duckdb

from pipeline.store.columns import TABLES
from pipeline.store.dataset import dataset

LOCKS = (
    "SET temp_directory = ''",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def connect(output: Path) -> duckdb.DuckDBPyConnection:
    """A connection that sees the tables and views of ``output`` and nothing else on the machine.

    Arrow reads the Parquet files, only the columns and rows that a query asks for; DuckDB itself has no access to
    files, network or extensions, and its settings are locked. Raises OutputError when there are no tables.
    """
    connection = duckdb.connect(":memory:", config={"python_enable_replacements": "false"})
    for name in TABLES:
        connection.register(name, dataset(output, name))
    connection.execute((files("pipeline.store") / "views.sql").read_text(encoding="utf-8"))
    connection.execute(_matrix_view(connection))
    for lock in LOCKS:
        connection.execute(lock)
    return connection


def _matrix_view(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL of ``kpi_matrix``: a column a catalogue code, or one a population where a code is used with several."""
    seen = connection.execute(
        "SELECT indicator_code, population, count(*) OVER (PARTITION BY indicator_code) > 1, max(indicator) "
        "FROM kpi WHERE indicator_code IS NOT NULL GROUP BY indicator_code, population "
        "ORDER BY indicator_code, population NULLS FIRST"
    ).fetchall()
    columns, comments = [], []
    for code, population, several, wording in seen:
        name = _name(f"{code}_{population}" if several and population else code)
        columns.append(
            f", max(value) FILTER (indicator_code = {_literal(code)} AND basis = 'absolute' "
            f"AND population IS NOT DISTINCT FROM {_literal(population)}) AS {name}"
        )
        comments.append(f"COMMENT ON COLUMN kpi_matrix.{name} IS {_literal(wording)};")
    # Every name and literal above is quoted by DuckDB's rules.
    view = (
        "CREATE VIEW kpi_matrix AS SELECT branch_code, any_value(branch_name) AS branch_name, fiscal_year"  # noqa: S608
        f"{''.join(columns)} FROM kpi GROUP BY branch_code, fiscal_year ORDER BY fiscal_year, branch_code;"
    )
    meaning = "COMMENT ON VIEW kpi_matrix IS 'One row a branch and fiscal year, one column an indicator''s value.';"
    return view + meaning + "".join(comments)


def _literal(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
