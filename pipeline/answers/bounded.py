"""Runs one query within bounds of time, memory and size of the answer; its rows as an Arrow table or as values."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from parsers.model.errors import BranchPlansError, Quoted

if TYPE_CHECKING:
    import pyarrow as pa


class QueryError(BranchPlansError):
    """The SQL cannot be answered, or asks for more than reading."""


@dataclass(frozen=True, slots=True)
class QueryBounds:
    """What a query may take: seconds of time, MiB of DuckDB's memory, MiB and rows of its answer.

    Rows bound only what is turned into text here, at about a kilobyte of memory a value.
    """

    seconds: float = 60.0
    memory_mb: int = 2048
    answer_mb: int = 512
    rows: int = 500_000


DEFAULT_BOUNDS = QueryBounds()
_ROWS_A_BATCH = 10_000


def answer(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object], bounds: QueryBounds
) -> pa.Table:
    """The rows that ``sql`` gives, each column under a name of its own.

    Raises QueryError where a bound is passed or a column is of a type that Arrow does not have, DuckDB's own errors
    otherwise.
    """
    import pyarrow as pa

    timer = threading.Timer(bounds.seconds, connection.interrupt)
    timer.start()
    try:
        reader = connection.sql(sql, params=dict(parameters)).to_arrow_reader(_ROWS_A_BATCH)
        batches, size = [], 0
        for batch in reader:
            batches.append(batch)
            size += batch.nbytes
            if size > bounds.answer_mb * 1024 * 1024:
                raise QueryError("answer_too_large", {"most": bounds.answer_mb})
        table = pa.Table.from_batches(batches, schema=reader.schema)
    except duckdb.InterruptException as error:
        raise QueryError("query_too_slow", {"seconds": bounds.seconds}) from error
    except duckdb.OutOfMemoryException as error:
        raise QueryError("query_too_large", {"most": bounds.memory_mb}) from error
    except (pa.ArrowException, OSError, OverflowError, NotImplementedError) as error:
        # Arrow gives on what fails within DuckDB as an OSError.
        raise _not_shown(error) from error
    finally:
        timer.cancel()
    return table.rename_columns(_distinct(table.column_names))


def values(rows: pa.Table, bounds: QueryBounds) -> list[dict[str, Any]]:
    """The rows as Python's values; raises QueryError where there are too many or one has no such value."""
    import pyarrow as pa

    if rows.num_rows > bounds.rows:
        raise QueryError("too_many_rows", {"rows": rows.num_rows, "most": bounds.rows})
    try:
        records: list[dict[str, Any]] = rows.to_pylist()
    except (pa.ArrowException, OverflowError, ValueError, NotImplementedError) as error:
        raise _not_shown(error) from error
    return records


def as_parquet(rows: pa.Table) -> bytes:
    """The rows as the bytes of a Parquet file; raises QueryError where a column is of a type that it does not have."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    try:
        pq.write_table(rows, buffer)
    except (pa.ArrowException, NotImplementedError) as error:
        raise _not_shown(error) from error
    return buffer.getvalue()


def finite(value: object) -> object:
    """``value`` with numbers that JSON does not know (infinite, not a number) as text."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {name: finite(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return value


def _not_shown(error: Exception) -> QueryError:
    return QueryError("value_not_shown", {"words": Quoted("DuckDB", str(error))})


def _distinct(names: list[str]) -> list[str]:
    """``names`` with a number behind those that stand before already: value, value_2."""
    taken = set(names)
    seen: set[str] = set()
    distinct = []
    for name in names:
        new, number = name, 1
        while new in seen or (number > 1 and new in taken):
            number += 1
            new = f"{name}_{number}"
        seen.add(new)
        distinct.append(new)
    return distinct
