"""Expectations of this project's own: what a table declares of its columns, asked of all columns of a row at once.

The library has them for single columns only; a table has twenty, and what an expectation costs is its own
administration, not the rows it looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import MulticolumnMapMetricProvider
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)
from great_expectations.render import LegacyRendererType, RenderedStringTemplateContent
from great_expectations.render.renderer.renderer import renderer

from pipeline.tables import range_in_words

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

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


def _every(rows: pd.DataFrame, conditions: Iterable[pd.Series[bool]]) -> pd.Series[bool]:
    """Whether a row meets every one of ``conditions``, each for one of its columns; an empty value meets its own."""
    import pandas as pd

    held = pd.Series(True, index=rows.index)
    for condition in conditions:
        held &= condition.fillna(value=False).astype(bool) | rows[condition.name].isna()
    return held


class _RowExpectation(MulticolumnMapExpectation):
    """What the expectations below share: every row is asked (``ignore_row_if="never"``), and how they are shown."""

    ignore_row_if: Literal["all_values_are_missing", "any_value_is_missing", "never"] = "never"

    @classmethod
    def shown(cls, kwargs: Mapping[str, Any]) -> tuple[str, list[str]]:
        """The rule in words, and what it says of each column."""
        raise NotImplementedError

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,  # noqa: ARG003  (the library's signature)
        runtime_configuration: dict[Any, Any] | None = None,  # noqa: ARG003  (the library's signature)
    ) -> list[RenderedStringTemplateContent]:
        assert configuration is not None
        words, columns = cls.shown(configuration.kwargs)
        template = f"{words}: " + ", ".join(f"$c{number}" for number in range(len(columns)))
        params = {f"c{number}": column for number, column in enumerate(columns)}
        styling = {"default": {"classes": ["badge", "badge-secondary"]}}
        return [
            RenderedStringTemplateContent(
                content_block_type="string_template",
                string_template={"template": template, "params": params, "styling": styling},
            )
        ]


class ExpectRequiredColumnsToBeFilled(_RowExpectation):
    """Expect every row to have a value in each of ``column_list``."""

    map_metric = "required_columns.filled"
    args_keys = ("column_list",)

    @classmethod
    def shown(cls, kwargs: Mapping[str, Any]) -> tuple[str, list[str]]:
        return "Every row must have a value in", list(kwargs["column_list"])


class ExpectColumnsToBeInValueSets(_RowExpectation):
    """Expect every value to be among those that ``value_sets`` allows for its column; ``column_list`` holds them
    and the table's key (the library wants two columns at least)."""

    value_sets: dict[str, list[str]]

    map_metric = "columns.in_value_sets"
    success_keys = ("value_sets",)
    args_keys = ("column_list", "value_sets")

    @classmethod
    def shown(cls, kwargs: Mapping[str, Any]) -> tuple[str, list[str]]:
        return "Values must be among", [f"{name}: {', '.join(sets)}" for name, sets in kwargs["value_sets"].items()]


class ExpectColumnsToBeInRanges(_RowExpectation):
    """Expect every number to be within the bounds that ``ranges`` gives its column; ``column_list`` holds them
    and the table's key (the library wants two columns at least)."""

    ranges: dict[str, tuple[float | None, float | None]]

    map_metric = "columns.in_ranges"
    success_keys = ("ranges",)
    args_keys = ("column_list", "ranges")

    @classmethod
    def shown(cls, kwargs: Mapping[str, Any]) -> tuple[str, list[str]]:
        return "Numbers must lie within", [
            f"{name} {range_in_words(*bounds)}" for name, bounds in kwargs["ranges"].items()
        ]
