"""Questions in SQL over the tables of an output folder, answered by DuckDB, which can read and write nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import duckdb

from parsers.model.errors import Quoted
from pipeline.answers.bounded import DEFAULT_BOUNDS, QueryBounds, QueryError, answer, as_parquet, finite, values
from pipeline.answers.nearest import nearest
from pipeline.store.views import comment, connect

if TYPE_CHECKING:
    import pyarrow as pa

QueryFormat = Literal["table", "csv", "json", "parquet", "markdown"]

# What may be asked: DuckDB counts PIVOT among the statements made of several.
READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI)
UNLIMITED = 100_000


_MARKUP = re.compile(r"[|*_`\[\]\\]")
_MISSING_COLUMN = re.compile(
    r'column "?([^" ]+)"? (?:not found|does not exist)|does not have a column named "([^"]+)"', re.IGNORECASE
)


def run_query(
    output: Path,
    sql: str,
    form: QueryFormat,
    to: BinaryIO,
    *,
    width: int | None = None,
    parameters: Mapping[str, object] | None = None,
    bounds: QueryBounds = DEFAULT_BOUNDS,
) -> None:
    """Answers ``sql`` (one statement that reads) and writes the rows to ``to``; ``width`` (character cells)
    limits ``table``: rows that do not fit are written one column a line. ``parameters`` are what stands for ``$name``.

    Raises QueryError for what is no such statement, passes one of the ``bounds`` or fails, with DuckDB's own words and
    the nearest name. Of two columns of one name the second gets a number behind it.
    """
    to.write(_written(asked(output, sql, parameters or {}, bounds), form, width, bounds))


def asked(output: Path, sql: str, parameters: Mapping[str, object], bounds: QueryBounds = DEFAULT_BOUNDS) -> pa.Table:
    """The rows that ``sql`` (one statement that reads) asks for; raises as ``run_query`` does."""
    with connect(output, memory_mb=bounds.memory_mb) as connection:
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type not in READING:
                raise QueryError("not_one_reading_statement")
            _check_parameters(statements[0].named_parameters, parameters)
            return answer(connection, sql, parameters, bounds)
        except duckdb.Error as error:
            raise QueryError(
                "sql", {"words": Quoted("DuckDB", _in_one_line(error)), "near": _nearest_columns(connection, error)}
            ) from error


def read_parameters(given: Sequence[str]) -> dict[str, object]:
    """``NAME=VALUE`` as names and values: whole numbers and decimals as such, nothing as NULL, the rest as text.

    Raises QueryError where there is no name or no ``=``.
    """
    read: dict[str, object] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not name or not equals:
            raise QueryError("no_parameter", {"text": text})
        read[name] = _typed(value)
    return read


def _typed(value: str) -> object:
    for kind in (int, float):
        # A number with a leading zero is a code: 01 is 北海道.
        if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value):
            try:
                return kind(value)
            except ValueError:
                continue
    return value or None


def _check_parameters(wanted: Iterable[str], given: Mapping[str, object]) -> None:
    """Raises QueryError where a parameter of the statement has no value, or a value no parameter."""
    needed = set(wanted)
    for name in sorted(needed - given.keys()):
        near = nearest(name, given.keys() - needed)
        if near:
            raise QueryError("parameter_of_other_name", {"name": name, "given": near[0]})
        raise QueryError("parameter_without_value", {"name": name})
    for name in sorted(given.keys() - needed):
        raise QueryError(
            "unknown_parameter",
            {"name": name, "near": nearest(name, needed), "known": [f"${n}" for n in sorted(needed)]},
        )


def _nearest_columns(connection: duckdb.DuckDBPyConnection, error: duckdb.Error) -> list[str]:
    """DuckDB names near tables itself, and of columns only those of the tables asked."""
    missing = _MISSING_COLUMN.search(str(error))
    if missing is None or "Candidate" in str(error):
        return []
    names = connection.execute("SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    return nearest(missing[1] or missing[2], [name for (name,) in names])


def _in_one_line(error: duckdb.Error) -> str:
    """DuckDB's words without the picture of the statement beneath them."""
    return " ".join(str(error).partition("\n\nLINE ")[0].split())


def describe(output: Path) -> str:
    """Tables, views and their columns with meanings, as text."""
    from pipeline.store.columns import TABLES
    from pipeline.store.view_meanings import view_meanings

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
                "SELECT column_name, lower(data_type), comment FROM duckdb_columns() "
                "WHERE schema_name = 'main' AND table_name = ? "
                "ORDER BY column_index",
                [view],
            ).fetchall()
            # Of a list of structures the name says enough here.
            lines += [f"  {name:<22} {kind.partition('(')[0]:<12} {meaning}" for name, kind, meaning in columns]
            lines += [""]
    return "\n".join(lines)


def _written(rows: pa.Table, form: QueryFormat, width: int | None, bounds: QueryBounds) -> bytes:
    if form == "parquet":
        return as_parquet(rows)
    records = values(rows, bounds)
    if form == "json":
        return (json.dumps(finite(records), ensure_ascii=False, indent=1, default=str) + "\n").encode()
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(rows.column_names)
        writer.writerows([_plain(record[name]) for name in rows.column_names] for record in records)
        return text.getvalue().encode()
    if form == "markdown":
        return _markdown(rows.column_names, records).encode()
    return _drawn(rows.column_names, records, width).encode()


def _markdown(names: list[str], records: list[dict[str, Any]]) -> str:
    """The rows as a table of Markdown: numbers to the right, nothing in a field that would end it or begin markup."""
    numeric = [any(isinstance(record[name], int | float) for record in records) for name in names]
    lines = [
        "| " + " | ".join(map(_markdown_field, names)) + " |",
        "| " + " | ".join("---:" if number else "---" for number in numeric) + " |",
    ]
    lines += ["| " + " | ".join(_markdown_field(record[name]) for name in names) + " |" for record in records]
    return "\n".join(lines) + "\n"


def _markdown_field(value: object) -> str:
    return _MARKUP.sub(r"\\\g<0>", _shown(value)).replace("<", "&lt;")


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
