"""The columns of the workbook's sheets: heading, value, number format, link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.report.front import document_href
from pipeline.report.texts import Language, text

Row = dict[str, Any]
Value = str | float | int | None
PERCENT = ("percent", "percentage_point")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: heading (a text key), value, and where it links to (relative to the report)."""

    heading: str
    value: Callable[[Row], Value]
    number_format: Callable[[Row, Language], str] = lambda _row, _language: "General"
    link: Callable[[Row], str] | None = None


def number_format(unit: str | None, language: Language) -> str:
    """How a value of ``unit`` is shown: 95.0%, 1,850社. The value itself stays as it is in the tables."""
    if unit is None:
        return "General"
    label = text(f"unit.{unit}", language)
    gap = " " if language == "en" and unit not in PERCENT else ""
    return ("0.0##" if unit in PERCENT else "#,##0.###") + f'"{gap}{label}"'


def _of(name: str) -> Callable[[Row], Value]:
    def value(row: Row) -> Value:
        found: Value = row[name]
        return found

    return value


def _joined(name: str) -> Callable[[Row], Value]:
    return lambda row: " / ".join(row[name])


def _unit_format(row: Row, language: Language) -> str:
    return number_format(row["unit"], language)


def _to(key: str) -> Callable[[Row], str]:
    return lambda row: document_href(row["document_id"], row[key])


# Headings whose values are words of a closed vocabulary, and the section of the texts that names them.
VOCABULARIES = {
    "field.population": "population",
    "field.reviewed": "reviewed",
    "column.target_kind": "target_kind",
    "column.edition": "edition",
    "field.basis": "basis",
    "column.unit": "unit",
    "column.change_kind": "change",
    "column.marking": "marking",
    "column.severity": "severity",
    "column.check": "check",
    "column.read_from": "read_from",
    "column.linked": "linked",
    "column.direction": "direction",
}
WHERE = (
    Field("column.year", _of("fiscal_year")),
    Field("column.code", _of("branch_code")),
    Field("column.branch", _of("branch_name")),
)
AIMS = (
    *WHERE,
    Field("field.section", _of("section")),
    Field("kpi.indicator", _of("indicator")),
    Field("field.indicator_code", _of("indicator_code")),
    Field("field.population", _of("population")),
    Field("column.target_kind", _of("kind")),
    Field("column.edition", _of("edition")),
    Field("kpi.aim", _of("statement"), link=_to("target_id")),
    Field("column.value", _of("value"), _unit_format, _to("target_id")),
    Field("column.unit", _of("unit")),
    Field("field.basis", _of("basis")),
    Field("field.baseline", _of("baseline_value"), _unit_format),
    Field("field.condition", _of("condition")),
    Field("kpi.statement", _of("statement")),
    Field("field.confidence", _of("confidence"), lambda _row, _language: "0.00"),
    Field("field.reviewed", _of("reviewed")),
    Field("column.source_file", _of("source_file")),
    Field("column.page", _of("page"), link=_to("target_id")),
)
CHANGES = (
    *WHERE,
    Field("column.change_kind", _of("kind"), link=_to("change_id")),
    Field("column.marking", _of("marking")),
    Field("column.move_label", _of("move_label")),
    Field("column.old_text", _of("old_text")),
    Field("column.new_text", _of("new_text")),
    Field("column.old_marked", _joined("old_marked")),
    Field("column.new_marked", _joined("new_marked")),
    Field("column.source_file", _of("source_file")),
    Field("column.page", _of("page"), link=_to("change_id")),
)
FINDINGS = (
    *WHERE,
    Field("column.severity", _of("severity"), link=_to("finding_id")),
    Field("column.check", _of("check")),
    Field("column.message", _of("message")),
    Field("column.source_file", _of("source_file")),
    Field("column.page", _of("page"), link=_to("finding_id")),
)
HISTORY = (
    *WHERE,
    Field("kpi.indicator", _of("indicator_name")),
    Field("field.indicator_code", _of("indicator_code")),
    Field("field.population", _of("population")),
    Field("field.condition", _of("condition")),
    Field("column.value", _of("value"), _unit_format, _to("target_id")),
    Field("column.unit", _of("unit")),
    Field("field.basis", _of("basis")),
    Field("column.result", _of("result_value"), lambda row, language: number_format(row["result_unit"], language)),
    Field("column.read_from", _of("read_from")),
    Field("column.conflict", _of("conflict_detail")),
    Field("kpi.statement", _of("statement")),
    Field("column.headings", _of("heading_path")),
    Field("column.page", _of("page"), link=_to("target_id")),
)
THREADS = (
    *WHERE,
    Field("column.headings", _of("heading_path")),
    Field("column.measure", _of("text"), link=_to("measure_id")),
    Field("column.linked", _of("linked")),
    Field("column.similarity", _of("similarity"), lambda _row, _language: "0.00"),
    Field("column.previous_text", _of("previous_text")),
    Field("column.first_year", _of("first_year")),
    Field("column.is_new", lambda row: "○" if row["is_new"] else None),
    Field("column.is_dropped", lambda row: "○" if row["is_dropped"] else None),
    Field("column.branches_with_it", lambda row: len(row["topic_branches"])),
    Field("column.thread", _of("thread_id")),
    Field("column.page", _of("page"), link=_to("measure_id")),
)
INDICATORS = (
    Field("field.indicator_code", _of("indicator_code")),
    Field("kpi.indicator", _of("name")),
    Field("column.unit", _of("unit")),
    Field("column.direction", _of("direction")),
    Field("field.population", _of("population")),
    Field("column.definition", _of("definition")),
    Field("column.years", lambda row: ", ".join(map(str, row["years"]))),
    Field("column.branches_with_it", _of("branches")),
    Field("column.wordings", _joined("wordings")),
)
CODEBOOK = (
    Field("column.table", _of("table")),
    Field("column.name", _of("column")),
    Field("column.type", _of("type")),
    Field("column.meaning", _of("meaning")),
    Field("column.values", _of("values")),
)
