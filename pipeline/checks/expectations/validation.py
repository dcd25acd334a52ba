"""Validation of documents' frames by Great Expectations, and its way back to documents and rows."""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from parsers.model.finding import Finding
from pipeline.checks.expectations.merging import rule_in_words
from pipeline.checks.expectations.structure import prepared_frame, suite_of
from pipeline.checks.grading import graded
from pipeline.checks.report import DocumentFinding
from pipeline.checks.rows import Frames
from pipeline.checks.settings import CheckSettings
from pipeline.store.columns import TABLES
from pipeline.store.table import Table, range_in_words

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import (
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )
    from great_expectations.data_context import EphemeralDataContext
    from great_expectations.datasource.fluent import PandasDatasource

_FILLED = "expect_required_columns_to_be_filled"

# A rule broken throughout a document is one doubt, not thousands.
_ROWS_NAMED = 5
_CHARACTERS_SHOWN = 40


def import_great_expectations() -> None:
    """Imports the library with its reports of usage switched off."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations  # noqa: F401  (importing it is the purpose)


def new_source() -> PandasDatasource:
    """A place of the library where frames are validated; to make it costs as much as some validations."""
    import_great_expectations()
    import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    _silence_progress(context)
    return context.data_sources.add_pandas("run")


def validate(
    source: PandasDatasource, frames: Frames, names: Iterable[str], part: int = 0
) -> dict[str, ExpectationSuiteValidationResult]:
    """Validates the tables ``names`` that ``frames`` holds; result by table name, unexpected rows complete.

    ``frames`` must hold ``documents``; each ``part`` of a source has a number of its own.
    """
    results: dict[str, ExpectationSuiteValidationResult] = {}
    for name in names:
        if name not in frames:
            continue
        table = TABLES[name]
        frame = prepared_frame(table, frames)
        asset = source.add_dataframe_asset(f"{name} {part}" if part else name)
        batch = asset.add_batch_definition_whole_dataframe("all documents")
        results[name] = batch.get_batch({"dataframe": frame}).validate(
            suite_of(table, frame),
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": sorted({"document_id", table.key}),
                "return_unexpected_index_query": False,
            },
        )
    return results


def _silence_progress(context: EphemeralDataContext) -> None:
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context.variables.progress_bars = ProgressBarsConfig(globally=False)


def findings_of(
    results: Mapping[str, ExpectationSuiteValidationResult], frames: Frames, settings: CheckSettings
) -> Iterator[DocumentFinding]:
    """A finding for each document and expectation that did not hold, naming the first rows.

    An expectation that could not be evaluated (a column is missing) or that fails for a table as a whole is a finding
    of every document.
    """
    documents = [key for key in frames["documents"]["document_id"].tolist() if isinstance(key, str)]
    places = {name: _places(TABLES[name], frames) for name in results}
    for name, result in results.items():
        for outcome in result.results:
            if not outcome.success:
                yield from _findings_of_outcome(outcome, TABLES[name], documents, places[name], settings)


def _findings_of_outcome(
    outcome: ExpectationValidationResult,
    table: Table,
    documents: list[str],
    places: Mapping[str, int | None],
    settings: CheckSettings,
) -> Iterator[DocumentFinding]:
    config = outcome.expectation_config
    assert config is not None
    check = str((config.meta or {}).get("check", "schema"))
    rule = rule_in_words(config.type, config.kwargs)
    said = {"table": table.name, "rule": rule}
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in outcome.result.get("unexpected_index_list") or ():
        rows[str(row.get("document_id"))].append(row)
    found: list[tuple[str, Finding]] = []
    for document_id, unexpected in rows.items():
        for row in unexpected[:_ROWS_NAMED]:
            key = str(row.get(table.key))
            broken = _values(row, config.type, config.kwargs) or key
            values = {**said, "broken": broken, "rows": len(unexpected)}
            place = (places.get(key), None, table.name, key)
            found.append((document_id, Finding(check, values, *place, variant="rows")))
    if not rows:
        if failed := _failure(outcome):
            whole = Finding("check_failed", {**said, "error": failed}, variant="rule")
        else:
            seen = outcome.result.get("observed_value")
            whole = Finding(check, {**said, "seen": seen if isinstance(seen, str) else ""}, variant="table")
        found = [(document_id, whole) for document_id in documents]
    for document_id, finding in found:
        if graded_row := graded(finding, settings, "run"):
            yield DocumentFinding(document_id, graded_row)


def _values(row: Mapping[str, Any], kind: str, kwargs: Mapping[str, Any]) -> str:
    """The values of an unexpected row that break the expectation, each with what was expected of its column."""
    said = [f"{name} is {_brief(row[name])}{why}" for name, why in _broken_columns(row, kind, kwargs) if name in row]
    return ", ".join(said)


def _broken_columns(row: Mapping[str, Any], kind: str, kwargs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "value_sets" in kwargs:
        for name, allowed in kwargs["value_sets"].items():
            if not _is_empty(row.get(name)) and row.get(name) not in allowed:
                yield name, f" (allowed: {', '.join(allowed)})"
    elif "ranges" in kwargs:
        for name, (low, high) in kwargs["ranges"].items():
            value = row.get(name)
            if not _is_empty(value) and not (low is None or value >= low) & (high is None or value <= high):
                yield name, f" (allowed: {range_in_words(low, high)})"
    elif "pairs" in kwargs:
        for small, large in kwargs["pairs"]:
            if not (_is_empty(row.get(small)) or _is_empty(row.get(large))) and row[small] > row[large]:
                yield small, f" ({large} is {_brief(row[large])})"
    elif kind == _FILLED:
        yield from ((name, "") for name in kwargs["column_list"] if _is_empty(row.get(name)))
    elif "column" in kwargs:
        yield kwargs["column"], ""


def _is_empty(value: Any) -> bool:
    import pandas as pd

    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _brief(value: Any) -> str:
    return str(value)[:_CHARACTERS_SHOWN]


def _failure(outcome: ExpectationValidationResult) -> str:
    """Why the expectation could not be evaluated, in the library's words; empty where it was evaluated."""
    info = outcome.exception_info or {}
    single = [info] if "raised_exception" in info else [v for v in info.values() if isinstance(v, dict)]
    messages = {str(one.get("exception_message")) for one in single if one.get("raised_exception")}
    return "; ".join(sorted(messages))


def _places(table: Table, frames: Frames) -> dict[str, int | None]:
    """The page of each row by its key, where the table has pages."""
    frame = frames[table.name]
    if "page" not in frame.columns or table.key not in frame.columns:
        return {}
    return {
        str(key): int(page) if page == page and page is not None else None
        for key, page in zip(frame[table.key].tolist(), frame["page"].tolist(), strict=True)
    }
