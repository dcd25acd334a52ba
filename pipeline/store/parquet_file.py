"""Rows to the bytes of a Parquet file and back: fixed settings, so that equal rows give equal bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.model.errors import BranchPlansError
from pipeline.store.columns import SCHEMA_VERSION
from pipeline.store.table import Table, arrow_schema
from pipeline.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

_SCHEMA_KEY = b"branch_plans.schema_version"
_VERSION_KEY = b"branch_plans.pipeline_version"

Row = Mapping[str, Any]

DocumentFiles = Mapping[str, Path]
"""A document's files by table."""


class TableFileError(BranchPlansError):
    """A table's file is damaged, or was written by a version with other columns."""


def encode(table: Table, rows: Sequence[Row]) -> bytes:
    """The bytes of a Parquet file holding ``rows`` in their order.

    One row group a file (a document is small; DuckDB and pandas read whole files), Zstandard, dictionary pages for the
    many repeated strings. Raises TableFileError when a row does not fit the declaration.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    metadata = {_SCHEMA_KEY: SCHEMA_VERSION.encode(), _VERSION_KEY: __version__.encode()}
    schema = arrow_schema(table).with_metadata(metadata)
    try:
        data = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
        data.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError) as error:
        raise TableFileError("row_does_not_fit", {"table": table.name, "error": error}) from error
    for field, column in zip(schema, data.columns, strict=True):
        if not field.nullable and column.null_count:
            raise TableFileError(
                "column_left_empty", {"column": f"{table.name}.{field.name}", "rows": column.null_count}
            )
    sink = pa.BufferOutputStream()
    pq.write_table(data, sink, compression="zstd", compression_level=3, row_group_size=max(1, len(rows)), version="2.6")
    return bytes(sink.getvalue())


def read(path: Path, table: Table, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows stored at ``path``, or their ``columns`` only.

    Raises TableFileError when the file is damaged or has other columns than ``table``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(pa.BufferReader(path.read_bytes())) as file:
            stored = file.schema_arrow
            found = (stored.metadata or {}).get(_SCHEMA_KEY, b"").decode()
            if found != SCHEMA_VERSION:
                raise TableFileError(
                    "table_of_other_schema", {"found": found or "unknown", "own": SCHEMA_VERSION}, where=str(path)
                )
            if not stored.equals(arrow_schema(table), check_metadata=False):
                raise TableFileError("table_of_other_columns", {"table": table.name}, where=str(path))
            # One thread: a document's table is small, and to share it out costs more than to read it.
            return file.read(columns=columns, use_threads=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OSError) as error:
        raise TableFileError("table_unreadable", {"error": error}, where=str(path)) from error
