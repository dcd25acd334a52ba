"""The stored tables as Arrow datasets."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from parsers.model.errors import BranchPlansError
from pipeline.store.columns import TABLES
from pipeline.store.table import arrow_schema

PARTITION = pa.field("plan_year", pa.int32())
"""The Hive partition column: the document's fiscal year, in the folders' names and not in the files."""


class OutputError(BranchPlansError):
    """The folder given is not the output of an ingest."""


def dataset(output: Path, name: str) -> ds.Dataset:
    """The table ``name`` under ``output`` as an Arrow dataset, empty where no document has rows in it.

    Raises OutputError when the folder holds no tables at all, KeyError when there is no table of that name.
    """
    schema = arrow_schema(TABLES[name]).append(PARTITION)
    tables = output / "tables"
    if not tables.is_dir():
        raise OutputError("no_tables", where=str(output))
    files = sorted(str(path) for path in (tables / name).glob("plan_year=*/*.parquet"))
    if not files:
        return ds.dataset(schema.empty_table())
    partitioning = ds.partitioning(pa.schema([PARTITION]), flavor="hive")
    return ds.dataset(
        files, schema=schema, format="parquet", partitioning=partitioning, partition_base_dir=str(tables / name)
    )
