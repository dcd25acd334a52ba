"""What was parsed and normalised, as rows of the tables: global ids, NFC strings, offsets that fit them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from normalizers.model.reasons import Reason, as_stored
from normalizers.model.records import Change, Measure, PrintedNumber, Records, Target, UnknownIndicator
from normalizers.vocabulary import normalize
from parsers.model.document import Cell, DocumentIdentity, PageSummary, ParsedDocument
from parsers.model.finding import Finding, Severity
from parsers.model.geometry import Box
from parsers.model.styled_text import ColorSpan, Span
from pipeline.store.columns import TABLES
from pipeline.version import __version__

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its severity and English sentence; ``scope`` is ``document`` (found in this file alone) or ``run``
    (found by comparing documents). ``dismissed_by`` is who said in review that there is nothing wrong.
    """

    finding: Finding
    severity: Severity
    message: str
    scope: Literal["document", "run"]
    dismissed_by: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether it keeps its document out of the tables."""
        return self.severity == "error" and self.dismissed_by is None


def document_id_of(identity: DocumentIdentity, sha256: str) -> str:
    """The stable id: year, branch, kind and the first 8 digits of the hash; zeros where the plan names none."""
    year = identity.fiscal_year or 0
    return f"{year:04d}-{identity.branch_code or '00'}-{identity.kind}-{sha256[:8]}"


def rows_of(
    document_id: str, source_file: str, sha256: str, parsed: ParsedDocument, records: Records
) -> dict[str, list[Row]]:
    """Rows of every table but ``findings``, in the order in which they are stored."""
    identity = parsed.identity
    ids = _Ids(document_id)
    rows = {
        "documents": [_document(document_id, source_file, sha256, parsed)],
        "pages": [_page(ids, page) for page in parsed.pages],
        "cells": [_cell(ids, cell) for cell in parsed.cells],
        "measures": [_measure(ids, measure) for measure in records.measures],
        "targets": [_target(ids, target, identity.branch_code) for target in records.targets],
        "numbers": [_number(ids, number) for number in records.numbers],
        "changes": [_change(ids, change) for change in records.changes],
        "unknown_indicators": [_unknown(ids, unknown) for unknown in records.unknown_indicators],
    }
    return {name: _ordered(name, found) for name, found in rows.items()}


def finding_rows(document_id: str, findings: Iterable[FindingRow]) -> list[Row]:
    """Rows of ``findings`` for one document, errors first, then by page and check; ids count from f001."""
    found = [
        {
            "document_id": document_id,
            "severity": entry.severity,
            "check": entry.finding.check,
            "message": entry.message,
            "values": stored_values(entry.finding),
            "page": entry.finding.page,
            **_optional_box(entry.finding.box),
            "record_table": entry.finding.record_table,
            "record_id": _Ids(document_id).of(entry.finding.record_id),
            "scope": entry.scope,
            "dismissed_by": entry.dismissed_by,
        }
        for entry in findings
    ]
    order = {"error": 0, "warning": 1, "info": 2}
    found.sort(
        key=lambda row: (
            order[row["severity"]],
            row["page"] or 0,
            row["top"] or 0.0,
            row["check"],
            row["record_id"] or "",
            row["message"],
        )
    )
    for number, row in enumerate(found, start=1):
        row["finding_id"] = f"{document_id}-f{number:03d}"
    return _ordered("findings", found)


def finding_from_row(row: Mapping[str, Any]) -> FindingRow:
    """The finding that a stored row of ``findings`` holds; its record id stays the global one."""
    box = None if row["x0"] is None else Box(row["x0"], row["top"], row["x1"], row["bottom"])
    values = json.loads(row["values"])
    finding = Finding(
        check=row["check"],
        variant=values.pop("variant", ""),
        values=values,
        page=row["page"],
        box=box,
        record_table=row["record_table"],
        record_id=row["record_id"],
    )
    return FindingRow(finding, row["severity"], row["message"], row["scope"], row["dismissed_by"])


def json_reasons(reasons: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Reasons as a column holds them: their values as JSON."""
    return [{**reason, "values": _json(reason["values"])} for reason in reasons]


def stored_reasons(stored: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The reasons for a confidence as a column of ``targets`` holds them, with their values as they were."""
    return [{**reason, "values": json.loads(reason["values"])} for reason in stored]


def stored_values(finding: Finding) -> str:
    """The values of a finding and its variant as JSON, as the column ``values`` holds them."""
    return _json({**finding.values, **({"variant": finding.variant} if finding.variant else {})})


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


class _Ids:
    """Puts the document's id before the local ids of its records."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id

    def of(self, local: str | None) -> str | None:
        if local is None or local.startswith(self.document_id):
            return local
        return f"{self.document_id}-{local}"


def _ordered(table: str, rows: list[Row]) -> list[Row]:
    columns = TABLES[table].columns
    return [{column.name: _nfc(row[column.name]) for column in columns} for row in rows]


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, (list, tuple)):
        return [_nfc(item) for item in value]
    if isinstance(value, dict):
        return {name: _nfc(item) for name, item in value.items()}
    return value


def _box(box: Box) -> Row:
    return {"x0": round(box.x0, 2), "top": round(box.top, 2), "x1": round(box.x1, 2), "bottom": round(box.bottom, 2)}


def _optional_box(box: Box | None) -> Row:
    return {"x0": None, "top": None, "x1": None, "bottom": None} if box is None else _box(box)


class _Offsets:
    """Carries offsets into a verbatim text over to its NFC form, which may be shorter."""

    def __init__(self, text: str) -> None:
        self._text = None if unicodedata.is_normalized("NFC", text) else text

    def _move(self, offset: int) -> int:
        return offset if self._text is None else len(unicodedata.normalize("NFC", self._text[:offset]))

    def spans(self, spans: Sequence[Span]) -> list[Row]:
        return [{"start": self._move(span.start), "end": self._move(span.end)} for span in spans]

    def color_spans(self, spans: Sequence[ColorSpan]) -> list[Row]:
        return [{"start": self._move(s.start), "end": self._move(s.end), "color": s.color} for s in spans]


def _fields(table: str, record: object) -> Row:
    # The records' fields are named after the columns, so only what differs needs saying.
    return {c.name: getattr(record, c.name) for c in TABLES[table].columns if hasattr(record, c.name)}


def _document(document_id: str, source_file: str, sha256: str, parsed: ParsedDocument) -> Row:
    layers = {page.text_layer for page in parsed.pages}
    return {
        **_fields("documents", parsed.identity),
        "document_id": document_id,
        "source_file": source_file,
        "sha256": sha256,
        "title": normalize(parsed.identity.title).text,
        "page_count": len(parsed.pages),
        "text_layer": next(iter(layers)) if len(layers) == 1 else "mixed",
        "pipeline_version": __version__,
        "grade": None,
        "grade_reasons": [],
    }


def _page(ids: _Ids, page: PageSummary) -> Row:
    return {
        **_fields("pages", page),
        "page_id": ids.of(f"p{page.number:03d}"),
        "document_id": ids.document_id,
        "page": page.number,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
    }


def _cell(ids: _Ids, cell: Cell) -> Row:
    offsets = _Offsets(cell.text.text)
    return {
        **_fields("cells", cell),
        "cell_id": ids.of(cell.cell_id),
        "document_id": ids.document_id,
        **_box(cell.box),
        "text": cell.text.text,
        "text_normalized": normalize(cell.text.text).text,
        "underlines": offsets.spans(cell.text.underlines),
        "strikethroughs": offsets.spans(cell.text.strikethroughs),
        "colored": offsets.color_spans(cell.text.colored),
        "continues_cell_id": ids.of(cell.continues_cell_id),
    }


def _measure(ids: _Ids, measure: Measure) -> Row:
    return {
        **_fields("measures", measure),
        "measure_id": ids.of(measure.measure_id),
        "document_id": ids.document_id,
        "parent_id": ids.of(measure.parent_id),
        "underlines": _Offsets(measure.text).spans(measure.underlines),
        **_box(measure.box),
        "cell_id": ids.of(measure.cell_id),
    }


def _target(ids: _Ids, target: Target, branch_code: str | None) -> Row:
    return {
        **_fields("targets", target),
        "target_id": ids.of(target.target_id),
        "document_id": ids.document_id,
        "measure_id": ids.of(target.measure_id),
        "heading_id": ids.of(target.heading_id),
        "branch_code": branch_code,
        **_box(target.box),
        "confidence": round(target.confidence, 4),
        "confidence_reasons": [_reason(reason) for reason in target.confidence_reasons],
    }


def _reason(reason: Reason) -> Row:
    stored = as_stored(reason)
    return {**stored, "values": _json(stored["values"])}


def _number(ids: _Ids, number: PrintedNumber) -> Row:
    return {
        **_fields("numbers", number),
        "number_id": ids.of(number.number_id),
        "document_id": ids.document_id,
        "record_id": ids.of(number.record_id),
        **_box(number.box),
    }


def _change(ids: _Ids, change: Change) -> Row:
    return {
        **_fields("changes", change),
        "change_id": ids.of(change.change_id),
        "document_id": ids.document_id,
        "new_measure_id": ids.of(change.new_measure_id),
        "old_measure_id": ids.of(change.old_measure_id),
    }


def _unknown(ids: _Ids, unknown: UnknownIndicator) -> Row:
    return {
        "target_id": ids.of(unknown.target_id),
        "document_id": ids.document_id,
        "wording": unknown.wording,
        "nearest": [{"code": code, "name": name, "score": round(score, 4)} for code, name, score in unknown.nearest],
    }
