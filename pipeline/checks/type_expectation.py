"""An expectation of this project's own: every column has the type that its table declares.

The library has one only for a single column, and what an expectation costs is its own administration: asked column by
column, types alone took a third of the whole validation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.render import LegacyRendererType, RenderedStringTemplateContent
from great_expectations.render.renderer.renderer import renderer

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult
    from great_expectations.execution_engine import ExecutionEngine
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration


class ExpectColumnsToHaveTypes(BatchExpectation):
    """Expect each column of ``column_types`` that is there to have one of the pandas types named for it."""

    column_types: dict[str, list[str]]

    metric_dependencies = ("table.column_types",)
    success_keys = ("column_types",)
    args_keys = ("column_types",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[Any, Any] | None = None,  # noqa: ARG002  (the library's signature)
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG002  (the library's signature)
    ) -> dict[str, Any]:
        found = {column["name"]: str(column["type"]) for column in metrics["table.column_types"]}
        wrong = [
            f"{name} is {found[name]}"
            for name, expected in self.column_types.items()
            if name in found and found[name] not in expected
        ]
        return {"success": not wrong, "result": {"observed_value": ", ".join(wrong) or "as declared"}}

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,  # noqa: ARG003  (the library's signature)
        runtime_configuration: dict[Any, Any] | None = None,  # noqa: ARG003  (the library's signature)
    ) -> list[RenderedStringTemplateContent]:
        assert configuration is not None
        types = configuration.kwargs["column_types"]
        template = "Numbers must be numbers: " + ", ".join(f"$c{number}" for number in range(len(types)))
        params = {f"c{number}": f"{column} {expected[0]}" for number, (column, expected) in enumerate(types.items())}
        styling = {"default": {"classes": ["badge", "badge-secondary"]}}
        return [
            RenderedStringTemplateContent(
                content_block_type="string_template",
                string_template={"template": template, "params": params, "styling": styling},
            )
        ]
