"""Tables on one page that stamps above them tell apart as the new and the old plan."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from parsers.parse import parse_document
from tests.parsers.sheets import Sheet


def _table(sheet: Sheet, left: float, top: float, value: str) -> None:
    sheet.grid([left, left + 90, left + 330], [top, top + 22, top + 110])
    sheet.text(left + 6, top + 15, "分野").text(left + 96, top + 15, "具体的施策")
    sheet.text(left + 6, top + 40, "組織体制関係")
    for line, text in enumerate(("(1) 債権の回収", "・催告を行う。", "【KPI】", f"・返納金債権の回収率 {value}％以上")):
        sheet.text(left + 96, top + 40 + 18 * line, text)


@pytest.mark.parametrize(("new", "old"), [("新", "旧"), ("【新】", "【旧】"), ("改正後", "改正前")])
@pytest.mark.parametrize("beside", [True, False])
def test_a_stamp_above_each_table_tells_its_edition(new: str, old: str, beside: bool) -> None:
    sheet = Sheet(width=842, height=595).text(250, 40, "令和6年度 京都支部事業計画 新旧対照", size=14)
    places = [(50.0, 110.0), (450.0, 110.0)] if beside else [(50.0, 110.0), (50.0, 300.0)]
    for (left, top), stamp, value in zip(places, (new, old), ("58.0", "57.0"), strict=True):
        sheet.text(left + (150 if beside else 4), top - 12, stamp)
        _table(sheet, left, top, value)
    parsed = parse_document(sheet.data(), "plan.pdf")
    records = normalize_document(parsed)
    assert parsed.identity.kind == "comparison"
    assert [(t.edition, t.value) for t in records.targets] == [("new", 58.0), ("old", 57.0)]
    assert [(change.kind, change.new_text) for change in records.changes] == [
        ("modified", "・返納金債権の回収率 58.0%以上")
    ]


def test_tables_without_stamps_of_both_editions_are_of_one_plan() -> None:
    sheet = Sheet(width=842, height=595).text(250, 40, "令和6年度 京都支部事業計画", size=14)
    for (left, top), stamp in zip([(50.0, 110.0), (50.0, 300.0)], ("新", ""), strict=True):
        sheet.text(left + 4, top - 12, stamp)
        _table(sheet, left, top, "58.0")
    assert parse_document(sheet.data(), "plan.pdf").identity.kind == "plan"
