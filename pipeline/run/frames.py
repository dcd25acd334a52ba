"""Documents' Parquet files as pandas frames, for the checks."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import TYPE_CHECKING

from pipeline.store.columns import TABLES
from pipeline.store.parquet_file import DocumentFiles, read

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def frames_of(documents: Iterable[DocumentFiles]) -> dict[str, pd.DataFrame]:
    """All tables of the documents as pandas frames, findings of earlier comparisons left out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    documents = list(documents)
    frames = {}
    # Arrow reads outside the lock that lets one thread of Python run at a time.
    with ThreadPoolExecutor() as threads:
        for name, table in TABLES.items():
            stored = threads.map(read, [files[name] for files in documents], repeat(table))
            rows = pa.concat_tables([part.replace_schema_metadata(None) for part in stored])
            if name == "findings":
                rows = rows.filter(pc.equal(rows["scope"], "document"))
            frames[name] = pandas_frame(rows)
    return frames


def pandas_frame(rows: pa.Table) -> pd.DataFrame:
    """The rows as the checks take them.

    Columns of lists stay Arrow's: as Python objects they would cost more than all other columns together.
    """
    import pandas as pd
    import pyarrow as pa

    frame: pd.DataFrame = rows.to_pandas(
        types_mapper=lambda arrow_type: pd.ArrowDtype(arrow_type) if pa.types.is_nested(arrow_type) else None
    )
    return frame
