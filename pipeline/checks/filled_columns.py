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
from great_expectations.render import LegacyRendererType, RenderedStringTemplateContent
from great_expectations.render.renderer.renderer import renderer

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration


class RequiredColumnsFilled(MulticolumnMapMetricProvider):
    """Whether each row has a value in every column of the list."""

    condition_metric_name = "required_columns.filled"
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series[bool]:  # noqa: N805  (a class method by decorator)
        return column_list.notna().all(axis=1)


class ExpectRequiredColumnsToBeFilled(MulticolumnMapExpectation):
    """Expect every row to have a value in each of ``column_list``; wants ``ignore_row_if="never"``."""

    map_metric = "required_columns.filled"
    args_keys = ("column_list",)

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,  # noqa: ARG003  (the library's signature)
        runtime_configuration: dict[Any, Any] | None = None,  # noqa: ARG003  (the library's signature)
    ) -> list[RenderedStringTemplateContent]:
        assert configuration is not None
        columns = configuration.kwargs["column_list"]
        template = "Every row must have a value in: " + ", ".join(f"$c{number}" for number in range(len(columns)))
        params = {f"c{number}": column for number, column in enumerate(columns)}
        styling = {"default": {"classes": ["badge", "badge-secondary"]}}
        return [
            RenderedStringTemplateContent(
                content_block_type="string_template",
                string_template={"template": template, "params": params, "styling": styling},
            )
        ]
