"""KPI tables: one row an indicator, a column a year; each target cell becomes rows of its own year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from normalizers.records import Measure, Target
from parsers.document import ParsedDocument


@dataclass(frozen=True, slots=True)
class TableRecords:
    """Measures by the index of their paragraph, and targets with the index of theirs."""

    measures: Mapping[int, Measure] = field(default_factory=dict)
    targets: tuple[tuple[int, Target], ...] = ()


def table_records(parsed: ParsedDocument, measures: Mapping[int, Measure], by_color: bool) -> TableRecords:
    """The records of all cells that stand in KPI tables."""
    return TableRecords()
