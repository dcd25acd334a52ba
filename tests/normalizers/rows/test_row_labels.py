"""Rows of a table that a label heads: their aims are of the item above, in every edition."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, heading_of, read_plan

_FACTS = [
    ("new", "レセプト点検の強化", "kpi", 1, "協会のレセプト点検の査定率", "ge", None),
    ("new", "レセプト点検の強化", "kpi", 2, "特定健診実施率", "ge", 34.5),
    ("old", "レセプト点検の強化", "kpi", 1, "協会のレセプト点検の査定率", "ge", None),
    ("old", "レセプト点検の強化", "kpi", 2, "特定健診実施率", "ge", 33.0),
]


@pytest.mark.parametrize(
    ("label", "head", "same", "font", "size"),
    [
        ("【ＫＰＩ】", "項目", "①同左", "japan", 9.0),
        ("■ 数値目標", "重点事項", "①協会のレセプト点検の査定率を対前年度以上とする", "japan-s", 7.5),
    ],
)
def test_a_label_in_the_column_of_names_makes_aims_of_both_editions(
    label: str, head: str, same: str, font: str, size: float
) -> None:
    rows = [
        [head, "令和6年度", "令和5年度"],
        ["広報の充実", "・広報紙を毎月発行する。", "・広報紙を発行する。"],
        ["レセプト点検の強化", "・点検の計画を立て、自動点検を改める。", "・点検の計画を立てる。"],
        [
            label,
            "①協会のレセプト点検の査定率を対前年度以上とする\n②特定健診実施率を34.5％以上とする",
            f"{same}\n②特定健診実施率を33.0％以上とする",
        ],
        ["電子申請の推進", "・電子申請を勧める。", "・電子申請を勧める。"],
    ]
    _, records = read_plan(draw_plan(rows, [90, 210, 210], font=font, size=size, page=(842, 595)))
    read = [
        (t.edition, heading_of(records, t), t.kind, t.number, t.indicator, t.comparator, t.value)
        for t in records.targets
    ]
    assert sorted(read, key=str) == sorted(_FACTS, key=str)
    assert not [finding for finding in records.findings if finding.code == "empty_target"]


@pytest.mark.parametrize(("label", "font", "size"), [("実施計画", "japan", 9.0), ("【計画値】", "japan-s", 8.0)])
def test_a_row_that_announces_figures_gives_them_to_the_item_above_and_no_group_to_the_aims_below(
    label: str, font: str, size: float
) -> None:
    rows = [
        ["項目", "令和6年度", "令和5年度"],
        ["健診の推進", "・自己負担の軽減を周知する。", "・受診を勧める。"],
        [label, "◆被扶養者 対象者数：62,450人", "◆被扶養者 対象者数：64,890人"],
        ["KPI", "①事業者健診データ取得率を9.1％以上とする", "①事業者健診データ取得率を8.8％以上とする"],
    ]
    _, records = read_plan(draw_plan(rows, [90, 210, 210], font=font, size=size, page=(842, 595)))
    assert {heading_of(records, t) for t in records.targets} == {"健診の推進"}
    assert {(t.kind, t.population, t.value) for t in records.targets} == {
        ("plan_figure", "dependents", 62450.0),
        ("plan_figure", "dependents", 64890.0),
        ("kpi", "insured", 9.1),
        ("kpi", "insured", 8.8),
    }


def test_a_label_without_aims_in_its_row_is_named() -> None:
    rows = [
        ["項目", "令和6年度", "令和5年度"],
        ["広報の充実", "・広報紙を毎月発行する。", "・広報紙を発行する。"],
        ["【KPI】", "―", "―"],
        ["電子申請の推進", "・電子申請を勧める。", "・電子申請を勧める。"],
    ]
    _, records = read_plan(draw_plan(rows, [90, 210, 210], page=(842, 595)))
    assert records.targets == () or all(t.basis == "not_set" for t in records.targets)


@pytest.mark.parametrize("label", ["【ＫＰＩ】", "目標指標"])
def test_a_label_in_the_column_of_names_of_a_plan_of_one_edition(label: str) -> None:
    rows = [
        ["項目", "取組内容"],
        ["健診の推進", "・自己負担の軽減を周知する。"],
        [label, "①特定健診実施率を34.5％以上とする\n②協会のレセプト点検の査定率を対前年度以上とする"],
        ["電子申請の推進", "・電子申請を勧める。"],
    ]
    _, records = read_plan(draw_plan(rows, [100, 360]))
    assert [(heading_of(records, t), t.kind, t.number, t.value) for t in records.targets] == [
        ("健診の推進", "kpi", 1, 34.5),
        ("健診の推進", "kpi", 2, None),
    ]
