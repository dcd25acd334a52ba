"""The run's frames as typed rows, document by document: what the domain checks read."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from parsers.model.geometry import Box
from pipeline.store.table_rows import stored_reasons

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What the checks need of a row of ``targets``; ``line`` is its own measure, ``heading`` the one it belongs to."""

    target_id: str
    line: str
    heading: str | None
    edition: str
    plan_title: str | None
    fiscal_year: int | None
    kind: str
    number: int | None
    statement: str
    indicator: str | None
    indicator_code: str | None
    population: str | None
    basis: str
    comparator: str | None
    value: float | None
    unit: str | None
    condition: str | None
    page: int
    box: Box
    confidence: float
    confidence_reasons: tuple[Mapping[str, Any], ...]

    @property
    def speaker(self) -> tuple[str, str | None, int | None]:
        """Whose plan it is part of; figures of two plans are never set against each other."""
        return (self.edition, self.plan_title, self.fiscal_year)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """What the checks need of one row of ``measures``."""

    measure_id: str
    kind: str
    text: str
    page: int
    box: Box
    parent: str | None
    underlined: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What the checks need of one row of ``changes``."""

    change_id: str
    kind: str
    marking: str
    measure_id: str | None
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class PageRow:
    """What the checks need of one row of ``pages``."""

    page: int
    text_layer: str
    characters: int
    lost_characters: int
    repeated_characters: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """One document with its rows, each kind in the order of its table."""

    document_id: str
    source_file: str
    branch_code: str | None
    branch_name: str | None
    fiscal_year: int | None
    kind: str
    targets: tuple[TargetRow, ...]
    measures: tuple[MeasureRow, ...]
    changes: tuple[ChangeRow, ...]
    pages: tuple[PageRow, ...]


def documents_of(frames: Frames) -> tuple[DocumentRows, ...]:
    """All documents of ``frames`` with their rows; tables that are not there count as empty.

    Raises KeyError when a table lacks a column that the checks read.
    """
    targets = _by_document(frames, "targets", _target)
    measures = _by_document(frames, "measures", _measure)
    changes = _by_document(frames, "changes", _change)
    pages = _by_document(frames, "pages", _page)
    return tuple(
        _document(
            row,
            tuple(targets[row["document_id"]]),
            tuple(measures[row["document_id"]]),
            tuple(changes[row["document_id"]]),
            tuple(pages[row["document_id"]]),
        )
        for row in _rows(frames, "documents")
    )


COMPARED_COLUMNS = (
    "document_id", "target_id", "measure_id", "heading_id", "edition", "plan_title", "fiscal_year", "kind", "number",
    "indicator", "indicator_code", "population", "basis", "comparator", "value", "unit", "condition", "page", "x0",
    "top", "x1", "bottom",
)  # fmt: skip
"""Columns of ``targets`` by which documents are compared with others."""


def compared_documents(
    documents: Iterable[Mapping[str, Any]], targets: Iterable[Mapping[str, Any]]
) -> tuple[DocumentRows, ...]:
    """Documents with no more than others are compared with: of the rows of ``targets`` ``COMPARED_COLUMNS``."""
    grouped: dict[str, list[TargetRow]] = defaultdict(list)
    for row in targets:
        unread = {"statement_normalized": "", "confidence": 1.0, "confidence_reasons": ()}
        grouped[row["document_id"]].append(_target({**row, **unread}))
    return tuple(_document(row, targets=tuple(grouped[row["document_id"]])) for row in documents)


def _document(
    row: Mapping[str, Any],
    targets: tuple[TargetRow, ...] = (),
    measures: tuple[MeasureRow, ...] = (),
    changes: tuple[ChangeRow, ...] = (),
    pages: tuple[PageRow, ...] = (),
) -> DocumentRows:
    return DocumentRows(
        document_id=row["document_id"],
        source_file=row["source_file"],
        branch_code=_text(row["branch_code"]),
        branch_name=_text(row["branch_name"]),
        fiscal_year=_integer(row["fiscal_year"]),
        kind=row["kind"],
        targets=targets,
        measures=measures,
        changes=changes,
        pages=pages,
    )


def _rows(frames: Frames, table: str) -> Iterator[dict[str, Any]]:
    frame = frames.get(table)
    if frame is None or frame.empty:
        return
    columns = list(frame.columns)
    for values in zip(*(frame[column].tolist() for column in columns), strict=True):
        yield dict(zip(columns, values, strict=True))


def _by_document(frames: Frames, table: str, read: Callable[[dict[str, Any]], Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(frames, table):
        grouped[row["document_id"]].append(read(row))
    return grouped


def _target(row: dict[str, Any]) -> TargetRow:
    return TargetRow(
        target_id=row["target_id"],
        line=row["measure_id"],
        heading=_text(row["heading_id"]),
        edition=row["edition"],
        plan_title=_text(row["plan_title"]),
        fiscal_year=_integer(row["fiscal_year"]),
        kind=row["kind"],
        number=_integer(row["number"]),
        statement=row["statement_normalized"],
        indicator=_text(row["indicator"]),
        indicator_code=_text(row["indicator_code"]),
        population=_text(row["population"]),
        basis=row["basis"],
        comparator=_text(row["comparator"]),
        value=_number(row["value"]),
        unit=_text(row["unit"]),
        condition=_text(row["condition"]),
        page=int(row["page"]),
        box=_box(row),
        confidence=float(row["confidence"]),
        confidence_reasons=tuple(stored_reasons(row["confidence_reasons"])),
    )


def _measure(row: dict[str, Any]) -> MeasureRow:
    return MeasureRow(
        measure_id=row["measure_id"],
        kind=row["kind"],
        text=row["text_normalized"],
        page=int(row["page"]),
        box=_box(row),
        parent=_text(row["parent_id"]),
        underlined=len(row["underlines"]) > 0,
    )


def _change(row: dict[str, Any]) -> ChangeRow:
    return ChangeRow(
        change_id=row["change_id"],
        kind=row["kind"],
        marking=row["marking"],
        measure_id=_text(row["new_measure_id"]) or _text(row["old_measure_id"]),
        text=_text(row["new_text"]) or _text(row["old_text"]) or "",
        marked=len(row["new_marked"]) + len(row["old_marked"]) > 0,
    )


def _page(row: dict[str, Any]) -> PageRow:
    return PageRow(
        page=int(row["page"]),
        text_layer=row["text_layer"],
        characters=int(row["characters"]),
        lost_characters=int(row["lost_characters"]),
        repeated_characters=int(row["repeated_characters"]),
        doubts=tuple(row["doubts"]),
    )


def _box(row: dict[str, Any]) -> Box:
    return Box(float(row["x0"]), float(row["top"]), float(row["x1"]), float(row["bottom"]))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    # Frames hold an empty number as None, NaN or pandas.NA, as their columns' types have it.
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return None if math.isnan(number) else number


def _integer(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)
