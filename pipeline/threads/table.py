"""The threads of an output folder as a Parquet file beside its tables."""

from __future__ import annotations

import io
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store.columns import TABLES
from pipeline.store.derived import THREADS, derived_file, is_current, is_whole_derived, put_derived, source_files
from pipeline.store.parquet_file import read
from pipeline.store.thread_links import THREAD_LINKS
from pipeline.store.views import connect
from pipeline.threads.build import EarlierThreads, thread_rows
from pipeline.threads.items import ThreadRow

READ = {
    "documents": ("document_id", "branch_code", "fiscal_year", "kind", "is_draft"),
    "measures": (
        "measure_id", "document_id", "ordinal", "edition", "fiscal_year", "section", "parent_id", "kind",
        "text_normalized",
    ),
    "targets": ("measure_id", "indicator_code", "population"),
}  # fmt: skip


def refresh_threads(output: Path, earlier: Path | None = None, tables: duckdb.DuckDBPyConnection | None = None) -> bool:
    """Makes the threads of the tables under ``output`` anew where they are not of these tables; says whether it did.

    ``earlier`` is the folder of the state before, of which the threads of unchanged branches are kept; ``tables`` a
    connection that has the tables already. Raises OSError where they cannot be written.
    """
    if is_current(output, THREADS):
        return False
    with nullcontext(tables) if tables is not None else connect(output) as connection:
        rows = {
            # Every name is this module's own.
            name: connection.sql(f"SELECT {', '.join(columns)} FROM {name}").to_arrow_table().to_pylist()  # noqa: S608
            for name, columns in READ.items()
        }
    before = _before(output, earlier) if earlier is not None and is_whole_derived(earlier, THREADS) else None
    found = thread_rows(rows["documents"], rows["measures"], rows["targets"], before)
    columns = {field.name: [getattr(row, field.name) for row in found] for field in THREAD_LINKS}
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns, schema=THREAD_LINKS), buffer)
    put_derived(output, THREADS, buffer.getvalue())
    return True


def _before(output: Path, earlier: Path) -> EarlierThreads:
    known = pq.read_table(derived_file(earlier, THREADS), schema=THREAD_LINKS).to_pylist()
    return EarlierThreads(
        {row["measure_id"]: (place, ThreadRow(**row)) for place, row in enumerate(known)},
        _changed_branches(output, earlier),
    )


def _changed_branches(output: Path, earlier: Path) -> frozenset[str | None]:
    """The branches of documents that are not in both states with the same files."""
    states = [{file.name: file for file in source_files(root, THREADS)} for root in (output, earlier)]
    branches: dict[str, set[str | None]] = {}
    changed = set()
    for state, other in (states, states[::-1]):
        for name, file in state.items():
            if name in other and other[name].same == file.same:
                continue
            if file.table != "documents":
                changed.add(file.document_id)
            elif (mine := _told(file.path)) != (_told(other[name].path) if name in other else None):
                changed.add(file.document_id)
                branches.setdefault(file.document_id, set()).add(mine["branch_code"])
    for state in states:
        for file in state.values():
            if file.table == "documents" and file.document_id in changed and file.document_id not in branches:
                branches[file.document_id] = {_told(file.path)["branch_code"]}
    return frozenset(code for document_id in changed for code in branches.get(document_id, ()))


def _told(file: str) -> dict[str, Any]:
    """What the threads depend on in a document's own row."""
    (row,) = read(Path(file), TABLES["documents"]).select(list(READ["documents"])).to_pylist()
    told: dict[str, Any] = row
    return told
