"""Questions in SQL over the tables of an output folder, answered by DuckDB, which can read and write nothing else."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import duckdb

from parsers.model.errors import BranchPlansError
from pipeline.store.columns import TABLES
from pipeline.store.views import comment, connect, view_meanings

if TYPE_CHECKING:
    import pyarrow as pa

QueryFormat = Literal["table", "csv", "json", "parquet"]

# What may be asked: DuckDB counts PIVOT among the statements made of several.
READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI)
UNLIMITED = 100_000


class QueryError(BranchPlansError):
    """The SQL cannot be answered, or asks for more than reading."""


def run_query(output: Path, sql: str, form: QueryFormat, to: BinaryIO, *, width: int | None = None) -> None:
    """Answers ``sql`` (one statement that reads) and writes the rows to ``to``; ``width`` (character cells)
    limits ``table``: rows that do not fit are written one column a line.

    Raises QueryError for what is no such statement or fails, with DuckDB's own words.
    """
    with connect(output) as connection:
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type not in READING:
                raise QueryError(
                    "only one statement that reads can be run here.",
                    remedy="Write a SELECT; `branch-plans query` without SQL lists tables and views.",
                )
            rows = connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError(
                _in_one_line(error), remedy="`branch-plans query` without SQL lists tables, views and columns."
            ) from error
    to.write(_written(rows, form, width))


def _in_one_line(error: duckdb.Error) -> str:
    """DuckDB's words without the picture of the statement beneath them."""
    words = " ".join(str(error).partition("\n\nLINE ")[0].split())
    return words if words.endswith((".", "!", "?")) else f"{words}."


def describe(output: Path) -> str:
    """Tables, views and their columns with meanings, as text."""
    lines: list[str] = []
    for table in TABLES.values():
        lines += [f"{table.name}: one row {table.row}"]
        lines += [f"  {column.name:<22} {column.type:<12} {column.meaning}" for column in table.columns]
        lines += [f"  {'plan_year':<22} {'integer':<12} The document's fiscal year.", ""]
    with connect(output) as connection:
        comment(connection)
        for view, told in view_meanings().items():
            lines += [f"{view} (view): one row {told.row}"]
            columns = connection.execute(
                "SELECT column_name, lower(data_type), comment FROM duckdb_columns() WHERE table_name = ? "
                "ORDER BY column_index",
                [view],
            ).fetchall()
            # Of a list of structures the name says enough here.
            lines += [f"  {name:<22} {kind.partition('(')[0]:<12} {meaning}" for name, kind, meaning in columns]
            lines += [""]
    return "\n".join(lines)


def _written(rows: pa.Table, form: QueryFormat, width: int | None) -> bytes:
    if form == "parquet":
        import pyarrow.parquet as pq

        buffer = io.BytesIO()
        pq.write_table(rows, buffer)
        return buffer.getvalue()
    records: list[dict[str, Any]] = rows.to_pylist()
    if form == "json":
        return (json.dumps(records, ensure_ascii=False, indent=1, default=str) + "\n").encode()
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(rows.column_names)
        writer.writerows([_plain(record[name]) for name in rows.column_names] for record in records)
        return text.getvalue().encode()
    return _drawn(rows.column_names, records, width).encode()


def _plain(value: object) -> object:
    """A value as one field of text: lists and structures as JSON."""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value


def _drawn(names: list[str], records: list[dict[str, Any]], width: int | None) -> str:
    """The rows as a table, or one column a line where that is wider than ``width`` (no limit when None)."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        numeric = any(isinstance(record[name], int | float) for record in records)
        table.add_column(name, justify="right" if numeric else "left", no_wrap=True)
    for record in records:
        table.add_row(*(_shown(record[name]) for name in names))
    text = io.StringIO()
    console = Console(file=text, width=UNLIMITED, no_color=True, markup=False, highlight=False)
    console.print(table)
    lines = [line.rstrip() for line in text.getvalue().splitlines() if line.strip()]
    if width is not None and max(map(cell_len, lines), default=0) > width:
        longest = max(map(len, names))
        lines = []
        for number, record in enumerate(records, 1):
            lines += [f"-- {number} --", *(f"{name:<{longest}}  {_shown(record[name])}" for name in names)]
    return "\n".join([*lines, f"({len(records)} {'row' if len(records) == 1 else 'rows'})", ""])


def _shown(value: object) -> str:
    """A value for the terminal: text from a document may hold characters that would steer it."""
    plain = "" if value is None else str(_plain(value))
    return "".join(character if character.isprintable() else " " for character in plain)
