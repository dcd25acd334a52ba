"""What the screen shows of one item, and the line of the queue that leads to it: plain values for a script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from normalizers.model.reasons import reason_text
from normalizers.vocabulary import normalize
from pipeline.checks.rules import stored_text
from pipeline.decisions.decision import Decision
from pipeline.decisions.fields import correctable
from pipeline.decisions.row_places import BOX, as_read, bare, decision_key
from pipeline.report.inventory import read_rows
from pipeline.review.material import Material, ReviewedDocument, Row, value_key
from pipeline.review.queue import Item
from pipeline.store.table_rows import stored_reasons

NEIGHBOURS = 3
"""Lines of the outline shown before and after the one in doubt."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def queue_line(item: Item) -> Row:
    """The item as the list of the queue has it."""
    row, document = item.row or {}, item.document.document
    return {
        "key": item.key,
        "document_id": item.document.document_id,
        "branch": document["branch_name"] or document["branch_code"] or "",
        "branch_code": document["branch_code"],
        "year": document["fiscal_year"],
        "grade": document.get("grade"),
        "page": item.place.page,
        "table": item.table,
        "kind": row.get("kind"),
        "title": row.get("indicator") or row.get("text_normalized") or row.get("new_text") or row.get("old_text"),
        "code": row.get("indicator_code"),
        "value": row.get("value"),
        "unit": row.get("unit"),
        "checks": sorted({finding["check"] for finding in item.findings}),
        "confidence": row.get("confidence"),
        "risk": round(item.risk, 4),
        "sampled": item.sampled,
        "decision": decision_line(item.decision),
    }


def decision_line(decision: Decision | None) -> Row | None:
    """Who decided what, and when."""
    if decision is None:
        return None
    return {
        "id": decision.id,
        "action": decision.action,
        "field": decision.field,
        "after": decision.after,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "comment": decision.comment,
    }


def item_data(item: Item, material: Material, decisions: Sequence[Decision]) -> Row:
    """Everything that the screen shows of one item but the picture of its page."""
    document = item.document
    row = item.row
    about = [decision for decision in decisions if _is_about(decision, item)]
    pending = _pending(item, about)
    return {
        **queue_line(item),
        "document": {name: document.document[name] for name in _DOCUMENT_FIELDS},
        "state": document.state,
        "place": item.place.said(),
        "box": item.place.box,
        "values_at": _values_at(document, row) if row is not None and item.table == "targets" else [],
        "sheet": _sheet(document, item.place.page),
        "statement": (row or {}).get("statement") or (row or {}).get("text"),
        "fields": {} if row is None else {**_fields(item.table, row), **pending},
        "read": {} if row is None else _read(item.table, row, pending),
        "sources": _sources(row) if row is not None and item.table == "targets" else {},
        "findings": [_finding(finding) for finding in item.findings],
        "reasons": [_both(reason) for reason in stored_reasons((row or {}).get("confidence_reasons", ()))],
        "around": list(_around(document, row)) if row is not None else [],
        "headings": _headings(document, row) if row is not None else [],
        "old_text": _other_side(document, row) if row is not None else None,
        "values": _values(row, document, material) if row is not None and item.table == "targets" else None,
        "offers": list(_offers(item, material, decisions)),
        "history": [decision_line(decision) for decision in about],
    }


_DOCUMENT_FIELDS = (
    "document_id", "sha256", "title", "source_file", "branch_code", "branch_name", "fiscal_year", "kind", "is_draft",
    "page_count",
)  # fmt: skip


def _sheet(document: ReviewedDocument, page: int | None) -> Row | None:
    """The size of the page that the item stands on."""
    found = next((row for row in read_rows(document.files, "pages") if row["page"] == page), None)
    return None if found is None else {"width": found["width"], "height": found["height"]}


def _values_at(document: ReviewedDocument, row: Row) -> list[list[float]]:
    """Where the row's value is printed, on the page that the row stands on."""
    return [
        [number[side] for side in BOX]
        for number in read_rows(document.files, "numbers")
        if number["record_id"] == row["target_id"] and number["role"] == "value" and number["page"] == row["page"]
    ]


def _fields(table: str, row: Row) -> Row:
    return {name: row[name] for name in correctable()[table].values if name in row}


def _pending(item: Item, about: Sequence[Decision]) -> Row:
    """The fields that people corrected since the last run: the screen shows what holds, not what is in the tables."""
    applied = item.document.applied
    made = (d for d in about if d.action == "correct" and d.field is not None and d.id not in applied)
    return {
        str(decision.field): decision.after for decision in made if decision.field in correctable()[item.table].values
    }


def _read(table: str, row: Row, pending: Row) -> Row:
    """What was read where a person has changed it."""
    held = {**row, **pending}
    return {n: as_read(row, n) for n in correctable()[table].values if n in row and as_read(row, n) != held[n]}


def _both(reason: Row) -> Row:
    return {"en": reason_text(reason, "en"), "ja": reason_text(reason, "ja"), "field": reason["field"]}


def _finding(finding: Row) -> Row:
    box = None if finding["x0"] is None else [finding[side] for side in ("x0", "top", "x1", "bottom")]
    said = {name: finding[name] for name in ("severity", "check", "page", "record_table")}
    words = {"en": stored_text(finding, "en"), "ja": stored_text(finding, "ja")}
    return {**said, "values": json.loads(finding["values"]), "box": box, **words}


def _sources(row: Row) -> dict[str, list[int]]:
    """Which characters of the statement each field was read from, where they can be told: [start, end] by field."""
    statement = row["statement"]
    normal = normalize(statement)
    sources: dict[str, list[int]] = {}

    def mark(name: str, start: int, end: int) -> None:
        sources[name] = [normal.offsets[start], normal.offsets[end - 1] + 1]

    for name in ("indicator", "condition", "deadline"):
        text = row[name] and normalize(row[name]).text
        if text and (at := normal.text.find(text)) >= 0:
            mark(name, at, at + len(text))
    after_name = normal.text.find(row["indicator"]) + len(row["indicator"]) if "indicator" in sources else 0
    for name in ("value", "baseline_value"):
        found = list(_numbers(normal.text, row[name]))
        if found:
            start, end = next((span for span in found if span[0] >= after_name), found[-1])
            mark(name, start, end)
            if name == "value" and end < len(normal.text):
                mark("comparator", end, len(normal.text))
    return sources


def _numbers(text: str, value: float | None) -> Iterator[tuple[int, int]]:
    if value is None:
        return
    for found in _NUMBER.finditer(text):
        if float(found.group().replace(",", "")) == abs(value):
            yield found.span()


def _around(document: ReviewedDocument, row: Row) -> Iterator[Row]:
    """The lines before and after the one in doubt, in reading order; ``here`` marks the line itself."""
    key = row.get("measure_id") or row.get("new_measure_id") or row.get("old_measure_id")
    lines = [line for line in document.measures if line["edition"] == document.by_id.get(key or "", {}).get("edition")]
    at = next((at for at, line in enumerate(lines) if line["measure_id"] == key), None)
    if at is None:
        return
    for near in range(max(0, at - NEIGHBOURS), min(len(lines), at + NEIGHBOURS + 1)):
        line = lines[near]
        yield {"text": line["text"], "kind": line["kind"], "page": line["page"], "here": near == at}


def _headings(document: ReviewedDocument, row: Row) -> list[str]:
    """The titles above the row, the section first."""
    above: list[str] = []
    key: str | None = row.get("heading_id") or row.get("parent_id")
    while key is not None and key in document.by_id and len(above) < _DEEPEST:
        line = document.by_id[key]
        above.append(line["text_normalized"])
        key = line["parent_id"]
    section = row.get("section")
    return ([section] if section else []) + above[::-1]


_DEEPEST = 8


def _other_side(document: ReviewedDocument, row: Row) -> Row | None:
    """What the other edition says at this place, where the plan compares two."""
    for change in document.changes:
        key = row.get("measure_id")
        if key is not None and key == change["new_measure_id"]:
            return {"edition": "old", "text": change["old_text"]}
        if key is not None and key == change["old_measure_id"]:
            return {"edition": "new", "text": change["new_text"]}
    return None


def _values(row: Row, document: ReviewedDocument, material: Material) -> Row:
    """The same branch's other years, and the other branches' values of the same year."""
    branch, year = document.document["branch_code"], row["fiscal_year"]
    others = material.values.get(value_key(row), ())
    own = [_value(other) for other in others if other["branch_code"] == branch and other["fiscal_year"] != year]
    same = [_value(other) for other in others if other["branch_code"] != branch and other["fiscal_year"] == year]
    return {
        "own": sorted(own, key=lambda other: -(other["year"] or 0)),
        "branches": sorted(same, key=lambda other: other["branch_code"] or ""),
    }


def _value(row: Row) -> Row:
    return {
        "branch_code": row["branch_code"],
        "branch": row["branch_name"],
        "year": row["fiscal_year"],
        "value": row["value"],
        "reviewed": row["reviewed"],
    }


def _offers(item: Item, material: Material, decisions: Iterable[Decision]) -> Iterator[dict[str, Any]]:
    """Corrections made on the same text in other files: another edition of this one, or another branch's plan."""
    names = {
        d.sha256: f"{d.document['branch_name'] or ''} {d.document['fiscal_year'] or ''}".strip()
        for d in material.documents.values()
    }
    for decision in decisions:
        if decision.sha256 == item.document.sha256 or decision.action not in ("correct", "reject"):
            continue
        if decision.table == item.table and bare(decision.text or "") == bare(item.place.text):
            yield {**(decision_line(decision) or {}), "source": names.get(decision.sha256, "")}


def _is_about(decision: Decision, item: Item) -> bool:
    if decision.sha256 != item.document.sha256:
        return False
    if decision.action == "dismiss":
        checks = {finding["check"] for finding in item.findings}
        return decision.field in checks and decision.page in (None, item.place.page)
    return item.row is not None and decision_key(decision) == item.place.key
