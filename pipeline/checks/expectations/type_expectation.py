"""An expectation of this project's own: every column has the type that its table declares.

The library has one only for a single column, and what an expectation costs is its own administration: asked column by
column, types alone took a third of the whole validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from great_expectations.expectations.expectation import BatchExpectation

from pipeline.checks.expectations.rule_badges import ShownAsBadges

if TYPE_CHECKING:
    from great_expectations.execution_engine import ExecutionEngine


class ExpectColumnsToHaveTypes(ShownAsBadges, BatchExpectation):
    """Expect each column of ``column_types`` that is there to have one of the pandas types named for it."""

    column_types: dict[str, list[str]]

    rule_in_words: ClassVar[str] = "Numbers must be numbers"
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
    def badges(cls, kwargs: Mapping[str, Any]) -> list[str]:
        return [f"{column} {expected[0]}" for column, expected in kwargs["column_types"].items()]
