"""What the makers learn: each line that people corrected, as a case in the form of the phrase book."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.decisions.decision import Decision
from pipeline.decisions.journal import read_journal
from pipeline.decisions.row_places import as_read, bare
from pipeline.decisions.standing import by_document, decisions_file
from pipeline.review.material import ReviewedDocument, Row, read_material

_READING = (
    "indicator", "population", "basis", "comparator", "value", "unit", "baseline_value", "baseline_year", "condition",
    "deadline",
)  # fmt: skip


def lesson_lines(output: Path) -> Iterator[str]:
    """One JSON object a corrected line: the phrase, how it was read (``read``), how it is right (``rows``).

    Nobody's name and no comment is in it. Decisions that no run has applied yet are left out.
    """
    decisions = by_document(read_journal(decisions_file(output)).decisions)
    for document in read_material(output).documents.values():
        for lesson in _lessons(document, decisions.get(document.sha256, ())):
            yield json.dumps(lesson, ensure_ascii=False)


def _lessons(document: ReviewedDocument, decisions: Sequence[Decision]) -> Iterator[Row]:
    right: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in document.targets:
        right[row["page"], bare(as_read(row, "statement"))].append(row)
    taken_away = {
        (decision.page or 0, bare(decision.text or "")): decision.text or ""
        for decision in decisions
        if decision.action == "reject" and decision.table == "targets" and decision.id in document.applied
    }
    for place, rows in right.items():
        if place in taken_away or any(row["reviewed"] == "corrected" for row in rows):
            yield _lesson(rows[0]["statement"], rows, rows[0]["kind"], gone=place in taken_away)
    for place, text in taken_away.items():
        if place not in right:
            yield _lesson(text, [], "kpi", gone=True)


def _lesson(phrase: str, rows: Sequence[Row], kind: str, *, gone: bool) -> Row:
    read = [_reading(row, wrong=True) for row in rows if not _was_added(row)]
    return {
        "context": "kpi" if kind == "kpi" else "plain",
        "phrase": phrase,
        "rows": [_reading(row, wrong=False) for row in rows],
        "read": [*read, {"not_a_target": True}] if gone else read,
    }


def _reading(row: Mapping[str, object], *, wrong: bool) -> Row:
    return {name: as_read(dict(row), name) if wrong else row[name] for name in _READING}


def _was_added(row: Row) -> bool:
    return row["reviewed"] == "corrected" and row["read_value"] is None
