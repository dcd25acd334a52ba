"""A plan of a few lines as the normalizers give it, and decisions on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from normalizers.model.reasons import Reason
from normalizers.model.records import Change, Measure, Records, Target, UnknownIndicator
from parsers.model.geometry import Box
from pipeline.decisions.decision import Decision

SHA = "a" * 64
START = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def box(row: int) -> Box:
    return Box(50.0, 100.0 + 20 * row, 300.0, 112.0 + 20 * row)


def measure(row: int, text: str, parent: str | None = None, **more: Any) -> Measure:
    fields: dict[str, Any] = {
        "measure_id": f"m{row:04d}", "ordinal": row, "edition": "single", "plan_title": None, "fiscal_year": 2024,
        "section": "戦略", "section_number": None, "marker": None, "level": 1 if parent else 0, "parent_id": parent,
        "kind": "action", "text": text, "text_normalized": text, "underlines": (), "importance": None,
        "difficulty": None, "page": 1, "box": box(row), "cell_id": None,
    }  # fmt: skip
    return Measure(**{**fields, **more})


def target(number: int, line: Measure, **more: Any) -> Target:
    fields: dict[str, Any] = {
        "target_id": f"t{number:04d}", "measure_id": line.measure_id, "heading_id": line.parent_id,
        "edition": "single", "plan_title": None, "fiscal_year": 2024, "section": "戦略", "kind": "kpi",
        "number": None, "statement": line.text, "statement_normalized": line.text, "indicator": "健診実施率",
        "indicator_code": None, "population": None, "basis": "absolute", "comparator": "ge", "value": 67.2,
        "unit": "percent", "baseline_value": None, "baseline_year": None, "condition": None, "deadline": None,
        "notes": (), "value_underlined": False, "page": line.page, "box": line.box, "confidence": 0.5,
        "confidence_reasons": (Reason("no_unit"),),
    }  # fmt: skip
    return Target(**{**fields, **more})


HEADING = measure(0, "健診を広める", kind="heading")
RATE = measure(1, "健診実施率を67.2%以上とする", "m0000", kind="target")
COUNTS = measure(2, "健診 実施率60.3%(実施見込者数:172,500人)", "m0000", kind="figure")
PROSE = measure(3, "前年は70%でした。", "m0000")
TAIL = measure(4, "これを伸ばします。", "m0000")


def plan() -> Records:
    """Three targets, two of them on one line, under a heading; a change; two lines of prose."""
    return Records(
        measures=(HEADING, RATE, COUNTS, PROSE, TAIL),
        targets=(
            target(1, RATE),
            target(2, COUNTS, kind="plan_figure", indicator="健診実施率", value=60.3),
            target(3, COUNTS, kind="plan_figure", indicator="健診実施見込者数", value=172500.0, unit="people"),
        ),
        changes=(Change("x0001", "modified", "m0001", None, RATE.text, None, (), (), "unmarked", None),),
        findings=(),
        unknown_indicators=(UnknownIndicator("健診実施率", "t0001", ()),),
    )


def decide(action: str, record: Measure | Target | None = None, *, minute: int = 0, **said: Any) -> Decision:
    """A decision on ``record``, so many minutes after nine."""
    place: dict[str, Any] = {}
    if record is not None:
        table = "targets" if isinstance(record, Target) else "measures"
        text = record.statement if isinstance(record, Target) else record.text
        place = {"table": table, "page": record.page, "text": text, **record.box._asdict()}
    fields: dict[str, Any] = {
        "id": f"d{minute:03d}-{said.get('by', 'Aoki')}", "at": START + timedelta(minutes=minute), "by": "Aoki",
        "action": action, "sha256": SHA, **place, **said,
    }  # fmt: skip
    return Decision(**fields)
