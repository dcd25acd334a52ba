"""The Great Expectations suites: structure from the tables' declaration, and rules across rows and tables.

Every expectation carries in its ``meta`` the name of the check under which its findings appear.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.checks.rows import Frames
from pipeline.store.columns import TABLES
from pipeline.store.table import ColumnType, Table

if TYPE_CHECKING:
    import great_expectations as gx
    import pandas as pd
    from great_expectations.expectations.expectation import Expectation

LAST_PAGE = "last page"
_ORDERED = (("x0", "x1"), ("top", "bottom"), ("page", LAST_PAGE))

# What pandas may call a column of each type, empty ones included.
_DTYPES: dict[ColumnType, list[str]] = {
    "integer": ["int64", "int32", "Int64", "Int32", "float64"],
    "number": ["float64", "int64", "Float64"],
    "boolean": ["bool", "boolean"],
}


def suite_of(table: Table, frame: pd.DataFrame) -> gx.ExpectationSuite:
    """Everything expected of ``table``'s frame, as prepared by `prepared_frame`.

    Types are asked for only where ``frame`` has a value: pandas gives a column without any an arbitrary type. Of an
    empty table only its columns are asked for.
    """
    import great_expectations as gx

    expectations = [*_structure(table, frame)]
    if not frame.empty:
        expectations += [*_references(table), *_across_rows(table)]
    return gx.ExpectationSuite(name=table.name, expectations=expectations)


def prepared_frame(table: Table, frames: Frames) -> pd.DataFrame:
    """The table's frame with one column more for each rule that needs another table.

    ``measure_id in measures`` says ``found``, ``missing`` or ``another document``, null where nothing is named;
    ``LAST_PAGE`` is the document's number of pages.
    """
    frame = frames[table.name].reset_index(drop=True)
    added: dict[str, pd.Series[Any]] = {}
    for column, target in table.references.items():
        if target in frames and {column, "document_id"} <= {*frame} and TABLES[target].key in frames[target]:
            added[_reference_column(column, target)] = _reference_states(frame, column, frames[target], target)
    if {"page", "document_id"} <= {*frame} and "page_count" in frames["documents"]:
        pages = frames["documents"].drop_duplicates("document_id").set_index("document_id")["page_count"]
        added[LAST_PAGE] = frame["document_id"].map(pages)
    return frame.assign(**added)


def _reference_column(column: str, target: str) -> str:
    return f"{column} in {target}"


def _reference_states(frame: pd.DataFrame, column: str, referenced: pd.DataFrame, target: str) -> pd.Series[Any]:
    keys, owners = _objects(referenced, TABLES[target].key), _objects(referenced, "document_id")
    owner = dict(zip(keys, owners, strict=True))
    states = [
        None if not isinstance(key, str) else "missing" if key not in owner else _same(owner[key], document)
        for key, document in zip(_objects(frame, column), _objects(frame, "document_id"), strict=True)
    ]
    import pandas as pd

    return pd.Series(states, index=frame.index, dtype="object")


def _objects(frame: pd.DataFrame, column: str) -> list[Any]:
    """The values of a column, all converted at once: pandas would take them one by one out of Arrow's memory."""
    values: list[Any] = frame[column].to_numpy(dtype="object").tolist()
    return values


def _same(owner: str, document: str) -> str:
    return "found" if owner == document else "another document"


def _structure(table: Table, frame: pd.DataFrame) -> Iterator[Expectation]:
    import great_expectations.expectations as gxe

    from pipeline.checks.expectations.row_expectations import (
        ExpectColumnsToBeInRanges,
        ExpectColumnsToBeInValueSets,
        ExpectRequiredColumnsToBeFilled,
    )
    from pipeline.checks.expectations.type_expectation import ExpectColumnsToHaveTypes

    schema = {"check": "schema"}
    names = [column.name for column in table.columns]
    required = [column.name for column in table.columns if not column.nullable]
    yield gxe.ExpectTableColumnsToMatchSet(column_set=names, exact_match=False, meta=schema)
    yield gxe.ExpectColumnValuesToBeUnique(column=table.key, meta=schema)
    yield ExpectRequiredColumnsToBeFilled(column_list=required, meta=schema)
    if frame.empty:
        return
    typed = {
        column.name: _DTYPES[column.type]
        for column in table.columns
        if column.type in _DTYPES and column.name in frame and bool(frame[column.name].notna().any())
    }
    if typed:
        yield ExpectColumnsToHaveTypes(column_types=typed, meta=schema)
    allowed = {column.name: list(column.allowed) for column in table.columns if column.allowed}
    if allowed:
        yield ExpectColumnsToBeInValueSets(column_list=[table.key, *allowed], value_sets=allowed, meta=schema)
    bounds = {column.name: (column.minimum, column.maximum) for column in table.columns}
    ranges = {name: pair for name, pair in bounds.items() if pair != (None, None)}
    if ranges:
        yield ExpectColumnsToBeInRanges(column_list=[table.key, *ranges], ranges=ranges, meta={"check": "value_range"})


def _references(table: Table) -> Iterator[Expectation]:
    from pipeline.checks.expectations.row_expectations import ExpectColumnsToBeInValueSets

    found = {_reference_column(column, target): ["found"] for column, target in table.references.items()}
    if found:
        yield ExpectColumnsToBeInValueSets(
            column_list=[table.key, *found], value_sets=found, meta={"check": "reference"}
        )


def _across_rows(table: Table) -> Iterator[Expectation]:
    """Rules over several columns or rows of one table."""
    import great_expectations.expectations as gxe
    from great_expectations.expectations.row_conditions import Column as RowColumn

    from pipeline.checks.expectations.row_expectations import ExpectColumnsToBeInOrder

    names = {column.name for column in table.columns}
    pairs = [(small, large) for small, large in _ORDERED if small in names and (large in names or large == LAST_PAGE)]
    if pairs:
        columns = [name for pair in pairs for name in pair]
        yield ExpectColumnsToBeInOrder(column_list=columns, pairs=pairs, meta={"check": "value_range"})
    order = {"check": "reading_order"}
    if table.name == "measures":
        yield gxe.ExpectCompoundColumnsToBeUnique(column_list=["document_id", "ordinal"], meta=order)
    if table.name == "cells":
        place = ["document_id", "page", "table_index", "row", "column"]
        yield gxe.ExpectCompoundColumnsToBeUnique(column_list=place, meta=order)
    if table.name == "targets":
        yield gxe.ExpectColumnValuesToNotBeNull(
            column="value",
            row_condition=RowColumn("basis") == "absolute",
            meta={"check": "absolute_value"},
        )
