"""What a document's page in the report shows: its records as one value for a script, made from its Parquet files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from normalizers.model.reasons import reason_text
from normalizers.model.wording import Language
from pipeline.checks.rules import stored_text
from pipeline.report.differences import Stretch, stretches
from pipeline.report.inventory import Row, StoredDocument, read_rows
from pipeline.store.table_rows import stored_reasons

BOX = ("x0", "top", "x1", "bottom")
TARGET_FIELDS = (
    "measure_id", "heading_id", "edition", "plan_title", "fiscal_year", "section", "kind", "number", "statement",
    "statement_normalized", "indicator", "indicator_code", "population", "basis", "comparator", "value", "unit",
    "baseline_value", "baseline_year", "condition", "deadline", "notes", "value_underlined", "page", "confidence",
    "confidence_reasons", "corrected_by",
)  # fmt: skip
MEASURE_FIELDS = (
    "edition", "fiscal_year", "section", "marker", "level", "parent_id", "kind", "text", "text_normalized",
    "underlines", "importance", "difficulty", "page", "cell_id",
)  # fmt: skip
CELL_FIELDS = (
    "table_index", "row", "column", "row_span", "column_span", "role", "text", "text_normalized", "underlines",
    "strikethroughs", "colored", "page", "continues_cell_id",
)  # fmt: skip
FINDING_FIELDS = ("severity", "check", "message", "values", "page", "record_table", "record_id")
PAGE_FIELDS = ("width", "height", "text_layer", "doubts", "lost_characters", "repeated_characters")


def document_data(stored: StoredDocument) -> Row:
    """Everything the page of ``stored`` shows but its pictures. Boxes are [x0, top, x1, bottom] in PDF points."""
    files = stored.files
    measures = read_rows(files, "measures")
    return {
        "document": stored.document,
        "state": stored.state,
        "reason": stored.reason,
        "pages": [{"number": row["page"], **_fields(row, PAGE_FIELDS)} for row in read_rows(files, "pages")],
        "cells": _records(files, "cells", "cell_id", CELL_FIELDS),
        "measures": [_record(row, "measure_id", MEASURE_FIELDS) for row in measures],
        "targets": [_with_reasons(target) for target in _records(files, "targets", "target_id", TARGET_FIELDS)],
        "findings": [_with_message(finding) for finding in _records(files, "findings", "finding_id", FINDING_FIELDS)],
        "changes": _changes(read_rows(files, "changes"), {row["measure_id"]: row for row in measures}),
    }


def _records(files: Mapping[str, Path], table: str, key: str, fields: tuple[str, ...]) -> list[Row]:
    return [_record(row, key, fields) for row in read_rows(files, table)]


def _record(row: Row, key: str, fields: tuple[str, ...]) -> Row:
    box = None if row["x0"] is None else [round(row[side], 2) for side in BOX]
    return {"id": row[key], "box": box, **_fields(row, fields)}


def _with_message(finding: Row) -> Row:
    """The finding with its message in both languages."""
    worded = {key: value for key, value in finding.items() if key != "values"}
    return {**worded, "message_ja": stored_text(finding, "ja")}


def _with_reasons(target: Row) -> Row:
    """The target with the reasons for its confidence in both languages."""
    reasons = stored_reasons(target.get("confidence_reasons", ()))
    if not reasons:
        return target
    worded: dict[Language, list[str]] = {
        language: [reason_text(reason, language) for reason in reasons] for language in ("en", "ja")
    }
    return {**target, "confidence_reasons": worded["en"], "confidence_reasons_ja": worded["ja"]}


def _fields(row: Row, fields: tuple[str, ...]) -> Row:
    """The fields that say something: null, empty and false ones are left out to keep the files small."""
    return {name: row[name] for name in fields if row.get(name) not in (None, "", [], False)}


def _changes(changes: list[Row], measures: Mapping[str, Row]) -> list[Row]:
    return [
        {
            "id": change["change_id"],
            "page": next((m["page"] for m in _sides(change, measures) if m), None),
            "new": _side(change["new_text"], change["old_text"], measures.get(change["new_measure_id"] or "")),
            "old": _side(change["old_text"], change["new_text"], measures.get(change["old_measure_id"] or "")),
            **_fields(change, ("kind", "new_measure_id", "old_measure_id", "marking", "move_label")),
        }
        for change in changes
    ]


def _sides(change: Row, measures: Mapping[str, Row]) -> tuple[Row | None, Row | None]:
    return measures.get(change["new_measure_id"] or ""), measures.get(change["old_measure_id"] or "")


def _side(text: str | None, other: str | None, measure: Row | None) -> list[Stretch]:
    return stretches(text, other, measure["underlines"] if measure else (), measure["text"] if measure else None)
