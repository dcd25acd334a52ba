"""The threads of an output folder as a Parquet file beside its tables."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.store.dataset import dataset
from pipeline.store.derived import THREADS, is_current, put_derived
from pipeline.store.thread_links import THREAD_LINKS
from pipeline.threads.build import thread_rows

READ = {
    "documents": ["document_id", "branch_code", "fiscal_year", "kind", "is_draft"],
    "measures": [
        "measure_id", "document_id", "ordinal", "edition", "fiscal_year", "section", "parent_id", "kind",
        "text_normalized",
    ],
    "targets": ["measure_id", "indicator_code", "population"],
}  # fmt: skip


def refresh_threads(output: Path) -> bool:
    """Makes the threads of the tables under ``output`` anew where they are not of these tables; says whether it did.

    Raises OSError where they cannot be written.
    """
    if is_current(output, THREADS):
        return False
    rows = {name: dataset(output, name).to_table(columns=columns).to_pylist() for name, columns in READ.items()}
    found = thread_rows(rows["documents"], rows["measures"], rows["targets"])
    columns = {field.name: [getattr(row, field.name) for row in found] for field in THREAD_LINKS}
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns, schema=THREAD_LINKS), buffer)
    put_derived(output, THREADS, buffer.getvalue())
    return True
