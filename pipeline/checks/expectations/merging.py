"""Results of one table's validation in several parts as one result: what the Data Docs tell is about all documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from pipeline.checks.report import DocumentFinding

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import (
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )

_SUMMED = ("element_count", "missing_count", "unexpected_count")
_JOINED = ("partial_unexpected_list", "partial_unexpected_index_list", "unexpected_index_list", "unexpected_list")


def merged(
    table: str,
    parts: Sequence[ExpectationSuiteValidationResult],
    rows_before: int,
    findings_before: Iterable[DocumentFinding],
) -> ExpectationSuiteValidationResult:
    """The result over all ``parts`` and over ``rows_before`` rows that were validated by an earlier run, of which
    ``findings_before`` tell what did not hold.
    """
    broken: dict[tuple[str, str], int] = {}
    counted = set()
    for found in findings_before:
        values = found.row.finding.values
        key = (found.row.finding.check, str(values.get("rule")))
        # Several findings name rows of one broken rule, and each tells how many there are.
        if values.get("table") == table and "rows" in values and (found.document_id, *key) not in counted:
            counted.add((found.document_id, *key))
            broken[key] = broken.get(key, 0) + int(str(values["rows"]))
    outcomes: dict[tuple[str, str], list[ExpectationValidationResult]] = {}
    for part in parts:
        for outcome in part.results:
            outcomes.setdefault(rule_key(outcome), []).append(outcome)
    whole = copy(parts[0])
    whole.results = [_merged(same, rows_before, broken.get(key, 0)) for key, same in outcomes.items()]
    held = sum(bool(outcome.success) for outcome in whole.results)
    whole.success = held == len(whole.results)
    whole.statistics = {
        "evaluated_expectations": len(whole.results),
        "successful_expectations": held,
        "unsuccessful_expectations": len(whole.results) - held,
        "success_percent": 100 * held / len(whole.results) if whole.results else None,
    }
    return whole


def rule_key(outcome: ExpectationValidationResult) -> tuple[str, str]:
    """By what outcomes of one rule are known: the check it belongs to and the rule in words."""
    config = outcome.expectation_config
    assert config is not None
    return str((config.meta or {}).get("check", "schema")), rule_in_words(config.type, config.kwargs)


def _merged(same: Sequence[ExpectationValidationResult], rows_before: int, broken: int) -> ExpectationValidationResult:
    whole = copy(same[0])
    result: dict[str, Any] = dict(whole.result)
    for outcome in same[1:]:
        for name in _SUMMED:
            if name in outcome.result:
                result[name] = result.get(name, 0) + outcome.result[name]
        for name in _JOINED:
            if outcome.result.get(name):
                result[name] = [*result.get(name, ()), *outcome.result[name]]
    if "element_count" in result:
        config = whole.expectation_config
        if config is not None and not config.kwargs.get("row_condition"):
            result["element_count"] += rows_before
        result["unexpected_count"] = result.get("unexpected_count", 0) + broken
        asked = result["element_count"] - result.get("missing_count", 0)
        for name, of in (("unexpected_percent_total", result["element_count"]), ("unexpected_percent", asked)):
            if name in result and of:
                result[name] = 100 * result["unexpected_count"] / of
    whole.result = result
    whole.success = all(outcome.success for outcome in same) and not broken
    return whole


_UNSAID = (
    "batch_id",
    "mostly",
    "condition_parser",
    "ignore_row_if",
    "column_list",
    "column_types",
    "value_sets",
    "ranges",
    "pairs",
)
"""What a rule in words leaves out: how it is asked, and lists of which the broken values tell what matters."""


def rule_in_words(kind: str, kwargs: dict[str, Any]) -> str:
    """An expectation in words: column values to be unique (column cell_id)."""
    about = [
        f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in kwargs.items()
        if name not in _UNSAID and value is not None
    ]
    words = kind.removeprefix("expect_").replace("_", " ")
    return f"{words} ({'; '.join(about)})" if about else words
