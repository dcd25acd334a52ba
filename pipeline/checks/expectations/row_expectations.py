"""Expectations of this project's own: what a table declares of its columns, asked of all columns of a row at once.

The library has them for single columns only; a table has twenty, and what an expectation costs is its own
administration, not the rows it looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import MulticolumnMapMetricProvider
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)

from pipeline.checks.expectations.rule_badges import ShownAsBadges
from pipeline.store.table import range_in_words

if TYPE_CHECKING:
    import pandas as pd

_DOMAIN = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")


class RequiredColumnsFilled(MulticolumnMapMetricProvider):
    """Whether each row has a value in every column of the list."""

    condition_metric_name = "required_columns.filled"
    condition_domain_keys = _DOMAIN

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series[bool]:  # noqa: N805  (a class method by decorator)
        return column_list.notna().all(axis=1)


class ColumnsInValueSets(MulticolumnMapMetricProvider):
    """Whether each value of a row is empty or among those allowed for its column."""

    condition_metric_name = "columns.in_value_sets"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ("value_sets",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805  (a class method by decorator)
        column_list: pd.DataFrame,
        value_sets: Mapping[str, list[str]],
        **_: Any,
    ) -> pd.Series[bool]:
        return _every(column_list, (column_list[name].isin(allowed) for name, allowed in value_sets.items()))


class ColumnsInRanges(MulticolumnMapMetricProvider):
    """Whether each number of a row is empty or within the bounds (both included, null for none) of its column."""

    condition_metric_name = "columns.in_ranges"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ("ranges",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805  (a class method by decorator)
        column_list: pd.DataFrame,
        ranges: Mapping[str, tuple[float | None, float | None]],
        **_: Any,
    ) -> pd.Series[bool]:
        bounds = ((column_list[name], low, high) for name, (low, high) in ranges.items())
        return _every(
            column_list,
            (
                column.between(float("-inf") if low is None else low, float("inf") if high is None else high)
                for column, low, high in bounds
            ),
        )


class ColumnsInOrder(MulticolumnMapMetricProvider):
    """Whether in each row the first column of every pair is at most the second; of an empty one nothing is asked."""

    condition_metric_name = "columns.in_order"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ("pairs",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805  (a class method by decorator)
        column_list: pd.DataFrame,
        pairs: Sequence[tuple[str, str]],
        **_: Any,
    ) -> pd.Series[bool]:
        import pandas as pd

        held = pd.Series(True, index=column_list.index)
        for small, large in pairs:
            one, other = column_list[small], column_list[large]
            held &= (one <= other).fillna(value=False).astype(bool) | one.isna() | other.isna()
        return held


def _every(rows: pd.DataFrame, conditions: Iterable[pd.Series[bool]]) -> pd.Series[bool]:
    """Whether a row meets every one of ``conditions``, each for one of its columns; an empty value meets its own."""
    import pandas as pd

    held = pd.Series(True, index=rows.index)
    for condition in conditions:
        held &= condition.fillna(value=False).astype(bool) | rows[condition.name].isna()
    return held


class _RowExpectation(ShownAsBadges, MulticolumnMapExpectation):
    """What the expectations below share: every row is asked."""

    ignore_row_if: Literal["all_values_are_missing", "any_value_is_missing", "never"] = "never"


class ExpectRequiredColumnsToBeFilled(_RowExpectation):
    """Expect every row to have a value in each of ``column_list``."""

    rule_in_words: ClassVar[str] = "Every row must have a value in"
    map_metric = "required_columns.filled"
    args_keys = ("column_list",)

    @classmethod
    def badges(cls, kwargs: Mapping[str, Any]) -> list[str]:
        return list(kwargs["column_list"])


class ExpectColumnsToBeInValueSets(_RowExpectation):
    """Expect every value to be among those that ``value_sets`` allows for its column; ``column_list`` holds them
    and the table's key (the library wants two columns at least)."""

    value_sets: dict[str, list[str]]

    rule_in_words: ClassVar[str] = "Values must be among"
    map_metric = "columns.in_value_sets"
    success_keys = ("value_sets",)
    args_keys = ("column_list", "value_sets")

    @classmethod
    def badges(cls, kwargs: Mapping[str, Any]) -> list[str]:
        return [f"{name}: {', '.join(sets)}" for name, sets in kwargs["value_sets"].items()]


class ExpectColumnsToBeInRanges(_RowExpectation):
    """Expect every number to be within the bounds that ``ranges`` gives its column; ``column_list`` holds them
    and the table's key (the library wants two columns at least)."""

    ranges: dict[str, tuple[float | None, float | None]]

    rule_in_words: ClassVar[str] = "Numbers must lie within"
    map_metric = "columns.in_ranges"
    success_keys = ("ranges",)
    args_keys = ("column_list", "ranges")

    @classmethod
    def badges(cls, kwargs: Mapping[str, Any]) -> list[str]:
        return [f"{name} {range_in_words(*bounds)}" for name, bounds in kwargs["ranges"].items()]


class ExpectColumnsToBeInOrder(_RowExpectation):
    """Expect the first column of each of ``pairs`` to be at most the second; ``column_list`` holds them all."""

    pairs: list[tuple[str, str]]

    rule_in_words: ClassVar[str] = "Values must not be above those of another column"
    map_metric = "columns.in_order"
    success_keys = ("pairs",)
    args_keys = ("column_list", "pairs")

    @classmethod
    def badges(cls, kwargs: Mapping[str, Any]) -> list[str]:
        return [f"{small} ≤ {large}" for small, large in kwargs["pairs"]]
