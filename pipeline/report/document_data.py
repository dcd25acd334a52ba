"""What a document's page in the report shows: its records as one value for a script, made from its Parquet files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from normalizers.model.reasons import reason_text
from normalizers.model.wording import Language
from pipeline.checks.rules import stored_text
from pipeline.decisions.row_places import Place, as_read, record_place, target_places
from pipeline.report.differences import Stretch, stretches
from pipeline.report.inventory import Row, StoredDocument, read_rows
from pipeline.store.table_rows import stored_reasons

BOX = ("x0", "top", "x1", "bottom")
TARGET_FIELDS = (
    "measure_id", "heading_id", "edition", "plan_title", "fiscal_year", "section", "kind", "number", "statement",
    "statement_normalized", "indicator", "indicator_code", "population", "basis", "comparator", "value", "unit",
    "baseline_value", "baseline_year", "condition", "deadline", "notes", "value_underlined", "page", "confidence",
    "confidence_reasons", "corrected_by", "reviewed",
)  # fmt: skip
MEASURE_FIELDS = (
    "edition", "fiscal_year", "section", "marker", "level", "parent_id", "kind", "text", "text_normalized",
    "underlines", "importance", "difficulty", "page", "cell_id", "corrected_by", "reviewed",
)  # fmt: skip
CELL_FIELDS = (
    "table_index", "row", "column", "row_span", "column_span", "role", "text", "text_normalized", "underlines",
    "strikethroughs", "colored", "page", "continues_cell_id",
)  # fmt: skip
FINDING_FIELDS = ("severity", "check", "message", "values", "page", "record_table", "record_id", "dismissed_by")
CHANGE_FIELDS = (
    "kind", "new_measure_id", "old_measure_id", "marking", "move_label", "corrected_by", "reviewed",
)  # fmt: skip
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
        "applied": sorted(decision.id for decision in stored.applied),
        "cells": _records(files, "cells", "cell_id", CELL_FIELDS),
        "measures": [_measure(row) for row in measures],
        "targets": _targets(stored),
        "findings": [_with_message(finding) for finding in _records(files, "findings", "finding_id", FINDING_FIELDS)],
        "changes": _changes(read_rows(files, "changes"), {row["measure_id"]: row for row in measures}),
    }


def _targets(stored: StoredDocument) -> list[Row]:
    rows = read_rows(stored.files, "targets")
    places = target_places(rows, stored.applied)
    return [
        {
            **_with_reasons(_record(row, "target_id", TARGET_FIELDS)),
            **_review(row, TARGET_FIELDS),
            "place": _named(places.get(row["target_id"])),
        }
        for row in rows
    ]


def _measure(row: Row) -> Row:
    place = _named(record_place("measures", row))
    return {**_record(row, "measure_id", MEASURE_FIELDS), **_review(row, MEASURE_FIELDS), "place": place}


def _named(place: Place | None) -> Row:
    """What a decision needs beside the page and the box, which are the record's own."""
    if place is None:
        return {}
    return {"text": place.text, **({"occurrence": place.occurrence} if place.occurrence > 1 else {})}


def _review(row: Row, fields: tuple[str, ...]) -> Row:
    """What was read where a person has changed it."""
    read = {name: as_read(row, name) for name in fields if as_read(row, name) != row[name]}
    return {"read": read} if read else {}


def _records(files: Mapping[str, Path], table: str, key: str, fields: tuple[str, ...]) -> list[Row]:
    return [_record(row, key, fields) for row in read_rows(files, table)]


def _record(row: Row, key: str, fields: tuple[str, ...]) -> Row:
    box = None if row["x0"] is None else [round(row[side], 2) for side in BOX]
    return {"id": row[key], "box": box, **_fields(row, fields)}


def _with_message(finding: Row) -> Row:
    """The finding with its message in both languages."""
    return {**finding, "values": json.loads(finding["values"]), "message_ja": stored_text(finding, "ja")}


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
            "place": {"text": change["new_text"] or change["old_text"] or ""},
            **_review(change, ("kind", "marking", "move_label")),
            "new": _side(change["new_text"], change["old_text"], measures.get(change["new_measure_id"] or "")),
            "old": _side(change["old_text"], change["new_text"], measures.get(change["old_measure_id"] or "")),
            **_fields(change, CHANGE_FIELDS),
        }
        for change in changes
    ]


def _sides(change: Row, measures: Mapping[str, Row]) -> tuple[Row | None, Row | None]:
    return measures.get(change["new_measure_id"] or ""), measures.get(change["old_measure_id"] or "")


def _side(text: str | None, other: str | None, measure: Row | None) -> list[Stretch]:
    return stretches(text, other, measure["underlines"] if measure else (), measure["text"] if measure else None)
