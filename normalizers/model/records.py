"""The records that the normalizers give: rows of ``measures``, ``targets`` and ``changes``, with local ids.

Field names are the tables' column names. What the document as a whole says (document_id, branch_code) is added by
whoever writes the tables. ``corrected_by``, ``reviewed`` and ``read_value`` (JSON of the fields that a person changed,
as they were read) are set where decisions of people are applied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from normalizers.model.reasons import Reason
from parsers.model.document import Edition
from parsers.model.finding import Finding
from parsers.model.geometry import Box
from parsers.model.styled_text import Span

MeasureKind = Literal["heading", "action", "target", "figure", "importance", "difficulty", "note", "annotation"]
TargetKind = Literal["kpi", "branch_target", "plan_figure"]
Population = Literal["insured", "dependents", "all"]
Basis = Literal["absolute", "previous_year", "qualitative", "not_set"]
Comparator = Literal["ge", "le", "gt", "lt", "eq"]
ChangeKind = Literal["added", "removed", "modified", "moved"]
Marking = Literal["agrees", "unmarked", "overmarked"]
NumberRole = Literal[
    "value",
    "upper_bound",
    "baseline",
    "deadline",
    "condition",
    "indicator_name",
    "enumeration",
    "date",
    "reference",
    "statistic",
    "furniture",
    "unread",
]
Reviewed = Literal["no", "sampled", "confirmed", "corrected"]
"""Whether a person looked at the record; ``sampled`` is a confirmed one that was drawn by chance."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One item of a plan's outline, heading or leaf."""

    measure_id: str
    ordinal: int
    edition: Edition
    plan_title: str | None
    fiscal_year: int | None
    section: str | None
    section_number: str | None
    marker: str | None
    level: int
    parent_id: str | None
    kind: MeasureKind
    text: str
    text_normalized: str
    underlines: tuple[Span, ...]
    importance: str | None
    difficulty: str | None
    page: int
    box: Box
    cell_id: str | None
    corrected_by: str | None = None
    reviewed: Reviewed = "no"
    read_value: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One single aim that can be checked. ``confidence_reasons`` lists what raised or lowered ``confidence``."""

    target_id: str
    measure_id: str
    heading_id: str | None
    edition: Edition
    plan_title: str | None
    fiscal_year: int | None
    section: str | None
    kind: TargetKind
    number: int | None
    statement: str
    statement_normalized: str
    indicator: str | None
    indicator_code: str | None
    population: Population | None
    basis: Basis
    comparator: Comparator | None
    value: float | None
    unit: str | None
    baseline_value: float | None
    baseline_year: int | None
    condition: str | None
    deadline: str | None
    notes: tuple[str, ...]
    value_underlined: bool
    page: int
    box: Box
    confidence: float
    confidence_reasons: tuple[Reason, ...] = ()
    corrected_by: str | None = None
    reviewed: Reviewed = "no"
    read_value: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the old and the new edition."""

    change_id: str
    kind: ChangeKind
    new_measure_id: str | None
    old_measure_id: str | None
    new_text: str | None
    old_text: str | None
    new_marked: tuple[str, ...]
    old_marked: tuple[str, ...]
    marking: Marking
    move_label: str | None
    corrected_by: str | None = None
    reviewed: Reviewed = "no"
    read_value: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """One number printed in the plan's text; ``record_table`` and ``record_id`` name the row that it belongs to."""

    number_id: str
    page: int
    box: Box
    text: str
    value: float
    unit: str | None
    role: NumberRole
    record_table: str | None
    record_id: str | None


@dataclass(frozen=True, slots=True)
class UnknownIndicator:
    """An indicator that the catalogue does not know, with the nearest entries as (code, name, score 0..1)."""

    wording: str
    target_id: str
    nearest: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Records:
    """All records of one document."""

    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    unknown_indicators: tuple[UnknownIndicator, ...] = ()
    numbers: tuple[PrintedNumber, ...] = ()
