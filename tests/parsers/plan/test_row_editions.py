"""A comparison that sets the editions one above the other: rows that their first cells name."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from tests.normalizers.rows.drawn_tables import draw_plan, read_plan


def _rows(after: str, before: str) -> list[list[str]]:
    return [
        ["1　レセプト点検の精度向上", "<"],
        [after, "KPI：査定額を10,200円以上とする"],
        [before, "KPI：査定額を9,800円以上とする"],
        ["2　コラボヘルス", "<"],
        [after, "KPI：宣言事業所数を1,400社以上とする"],
        [before, "KPI：宣言事業所数を1,250社以上とする"],
    ]


@pytest.mark.parametrize(
    ("after", "before", "font", "size"),
    [
        ("変更後 令和6年度", "変更前 令和5年度", "japan", 9.0),
        ("新（令和6年度）", "旧（令和5年度）", "japan-s", 10.0),
        ("改正後", "現行（令和5年度）", "japan", 8.0),
    ],
)
def test_rows_named_as_editions_are_these(after: str, before: str, font: str, size: float) -> None:
    parsed, records = read_plan(draw_plan(_rows(after, before), [130, 330], font=font, size=size))
    assert parsed.identity.kind == "comparison"
    assert not parsed.findings
    names = {measure.measure_id: measure.text for measure in records.measures}
    read = [(t.edition, t.fiscal_year, t.value, names[t.heading_id or ""]) for t in records.targets]
    assert read == [
        ("new", 2024, 10200.0, "1　レセプト点検の精度向上"),
        ("new", 2024, 1400.0, "2　コラボヘルス"),
        ("old", 2023, 9800.0, "1　レセプト点検の精度向上"),
        ("old", 2023, 1250.0, "2　コラボヘルス"),
    ]
    assert [change.kind for change in records.changes] == ["modified", "modified"]


def test_rows_of_measures_and_one_named_row_stay_a_plan() -> None:
    rows = [["健診", "KPI：実施率を60.0％以上とする"], ["変更", "申請を受け付ける"], ["広報", "チラシを配る"]]
    parsed, records = read_plan(draw_plan(rows, [130, 330]))
    assert parsed.identity.kind == "plan"
    assert {target.edition for target in normalize_document(parsed).targets} == {"single"}
    assert len(records.targets) == 1
