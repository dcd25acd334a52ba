"""Lines without a label of targets that give a name, how it stands and what is aimed at."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from tests.normalizers.plan_text import plan


@pytest.mark.parametrize(
    ("line", "indicator", "basis", "value", "result"),
    [
        ("郵送化率　現状 92.3%　目標 94.0%以上", "郵送化率", "absolute", 94.0, 92.3),
        ("査定率 現状 0.318%目標 前年度以上", "査定率", "previous_year", None, 0.318),
        ("健康宣言事業所数：実績480社、目標650社", "健康宣言事業所数", "absolute", 650.0, 480.0),
    ],
)
def test_a_goal_beside_a_result_is_an_aim(
    line: str, indicator: str, basis: str, value: float | None, result: float
) -> None:
    records = normalize_document(plan(["○ 広報の充実", "案内を送る。", line]))
    aims = [(t.kind, t.indicator, t.basis, t.value, t.baseline_value) for t in records.targets]
    assert aims == [("kpi", indicator, basis, value, result)]
    # Nothing marks it: the figures may be the nation's (（全国）) or an example's.
    assert all(target.confidence < 0.8 for target in records.targets)


def test_under_a_label_such_a_line_is_sure() -> None:
    lines = [
        "○ 広報の充実",
        "案内を送る。",
        "■ KPI",
        "・郵送化率　現状 92.3%　目標 94.0%以上",
        "・査定率　現状 0.3%　目標 0.4%以上",
    ]
    targets = normalize_document(plan(lines)).targets
    assert [(t.indicator, t.value) for t in targets] == [("郵送化率", 94.0), ("査定率", 0.4)]
    assert all(target.confidence >= 0.8 for target in targets)


@pytest.mark.parametrize(
    "line",
    [
        # A name that a narrow column cuts, its end behind the figures.
        "特定健診実施現状 57.0% 目標 58.9%以上率",
        "目標の達成状況（実績 57.0％、目標 58.9％）は前年度を上回っている。",
    ],
)
def test_a_state_that_is_no_label_of_its_own_makes_none(line: str) -> None:
    records = normalize_document(plan(["○ 健診の推進", line]))
    assert [t for t in records.targets if t.confidence >= 0.8] == []
