"""Typed access to what an ingest wrote: each table as one Arrow table or pandas frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.store.dataset import dataset
from pipeline.store.state_folders import Pin, pin

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow.dataset as ds


@dataclass(frozen=True, slots=True)
class Output:
    """The tables under one output folder, all of the state that it had when this was made, whatever is ingested later.

    Nothing is read before a table is asked for, and nothing is kept. Each frame has the columns of the data dictionary
    and, last, ``plan_year`` (the document's fiscal year).
    """

    root: Path
    _pinned: Pin = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pinned", pin(self.root))

    @property
    def folder(self) -> Path:
        """The folder of the state, for programs that read ``tables/<table>`` by path: there as long as this object."""
        return self._pinned.root

    def dataset(self, name: str) -> ds.Dataset:
        """The table ``name`` as an Arrow dataset, empty where no document has rows in it.

        Raises OutputError when the folder holds no tables at all, KeyError when there is no table of that name.
        """
        return dataset(self._pinned.root, name)

    def table(self, name: str) -> pa.Table:
        """The table ``name`` in memory; raises what ``dataset`` raises."""
        return self.dataset(name).to_table()

    def _frame(self, name: str) -> pd.DataFrame:
        return _typed(self.table(name))

    @property
    def documents(self) -> pd.DataFrame:
        """One row a source file."""
        return self._frame("documents")

    @property
    def cells(self) -> pd.DataFrame:
        """One row a table cell."""
        return self._frame("cells")

    @property
    def measures(self) -> pd.DataFrame:
        """One row an item of a plan's outline."""
        return self._frame("measures")

    @property
    def targets(self) -> pd.DataFrame:
        """One row an aim that can be checked."""
        return self._frame("targets")

    @property
    def changes(self) -> pd.DataFrame:
        """One row a difference between the old and the new edition."""
        return self._frame("changes")

    @property
    def findings(self) -> pd.DataFrame:
        """One row a thing that quality assurance should look at."""
        return self._frame("findings")

    @property
    def kpi(self) -> pd.DataFrame:
        """One row a branch, year and indicator, beside the year before (the ``kpi`` view)."""
        return self.view("kpi")

    def view(self, name: str) -> pd.DataFrame:
        """The view ``name`` of the data dictionary; raises KeyError when there is no view of that name."""
        from pipeline.store.view_meanings import view_meanings
        from pipeline.store.views import connect

        if name not in view_meanings():
            raise KeyError(name)
        with connect(self._pinned.root) as connection:
            return _typed(connection.table(name).to_arrow_table())

    def query(self, sql: str, **parameters: object) -> pd.DataFrame:
        """The answer to one statement of SQL that reads; ``parameters`` are what stands for ``$name`` in it.

        Raises QueryError for what is no such statement or fails.
        """
        from pipeline.answers.query import asked

        return _typed(asked(self.root, sql, parameters))


def _typed(table: pa.Table) -> pd.DataFrame:
    """The frame of ``table`` with whole numbers whole, also in columns where some are missing."""
    import pandas as pd

    whole: dict[pa.DataType, Any] = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=whole.get)
    return frame
