"""Rows of stored documents one document at a time, without opening every file where the derived database is at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pipeline.store.columns import TABLES
from pipeline.store.derived import DATABASE, is_current
from pipeline.store.views import connect, quoted_name

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]


class StoredRows:
    """The rows of the documents under ``root``: of loaded ones from its database where that is of these tables, of
    quarantined ones and else from the Parquet files that are given. To be used in a ``with`` statement.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._from_database = is_current(root, DATABASE)
        self._opened = ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._tables: dict[tuple[str, tuple[str, ...]], Mapping[str, list[Row]]] = {}
        self._counts: Mapping[tuple[str, str], int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def of(self, document_id: str, files: Mapping[str, Path], table: str, columns: Sequence[str]) -> list[Row]:
        """The rows of ``table``, their ``columns`` only, in their order; none where the document has no such file."""
        if table not in files:
            return []
        if not self._is_loaded(files[table]):
            import pyarrow.parquet as pq

            rows: list[Row] = pq.ParquetFile(files[table]).read(columns=list(columns)).to_pylist()
            return rows
        asked = (table, tuple(columns))
        if asked not in self._tables:
            self._tables[asked] = self._read(*asked)
        return self._tables[asked].get(document_id, [])

    def count(self, document_id: str, files: Mapping[str, Path], table: str) -> int:
        """How many rows of ``table`` the document has."""
        if not self._is_loaded(files[table]):
            import pyarrow.parquet as pq

            return int(pq.read_metadata(files[table]).num_rows)
        if self._counts is None:
            # Names of tables are the project's own.
            asked = " UNION ALL ".join(
                f"SELECT '{name}', document_id, count(*) FROM {quoted_name(name)} GROUP BY document_id"  # noqa: S608
                for name in TABLES
            )
            found = self._database().execute(asked).fetchall()
            self._counts = {(name, of_document): count for name, of_document, count in found}
        return self._counts.get((table, document_id), 0)

    def _is_loaded(self, file: Path) -> bool:
        return self._from_database and file.is_relative_to(self._root / "tables")

    def _read(self, table: str, columns: tuple[str, ...]) -> Mapping[str, list[Row]]:
        quoted = ", ".join(map(quoted_name, columns))
        found: dict[str, list[Row]] = defaultdict(list)
        # Names of tables are the project's own.
        asked = f"SELECT document_id AS of_document, {quoted} FROM {quoted_name(table)}"  # noqa: S608
        for row in self._database().sql(asked).to_arrow_table().to_pylist():
            found[row.pop("of_document")].append(row)
        return found

    def _database(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            self._connection = self._opened.enter_context(connect(self._root))
        return self._connection
