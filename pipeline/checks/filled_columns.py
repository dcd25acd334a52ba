"""An expectation of this project's own: all required columns of a row are filled.

The library has one only for a single column; a table has twenty, and what an expectation costs is its own
administration, not the rows it looks at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import MulticolumnMapMetricProvider
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)

if TYPE_CHECKING:
    import pandas as pd


class RequiredColumnsFilled(MulticolumnMapMetricProvider):
    """Whether each row has a value in every column of the list."""

    condition_metric_name = "required_columns.filled"
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series[bool]:  # noqa: N805  (a class method by decorator)
        return column_list.notna().all(axis=1)


class ExpectRequiredColumnsToBeFilled(MulticolumnMapExpectation):
    """Expect every row to have a value in each of ``column_list``."""

    ignore_row_if: str = "never"
    map_metric = "required_columns.filled"
    args_keys = ("column_list",)
