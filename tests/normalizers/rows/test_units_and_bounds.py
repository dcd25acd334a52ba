"""Units in captions and columns, bounds and dittos in columns of their own."""

from __future__ import annotations

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, read_plan


@pytest.mark.parametrize(
    ("caption", "scale", "unit"),
    [("（単位：千円）", 1e3, "yen"), ("単位：百万円", 1e6, "yen"), ("〔単位：千件〕", 1e3, "cases")],
)
def test_a_unit_above_the_table_multiplies_and_is_no_target(caption: str, scale: float, unit: str) -> None:
    rows = [["項目", "令和5年度目標", "令和6年度目標"], ["郵送に要する量", "12,400", "11,800"]]
    _, records = read_plan(draw_plan(rows, [200, 120, 120], above=("3. 組織体制", caption)))
    assert [(t.value, t.unit) for t in records.targets] == [(12400 * scale, unit), (11800 * scale, unit)]


def test_bounds_and_units_in_columns_of_their_own() -> None:
    rows = [
        ["指標", "目標値", "", "単位"],
        ["サービススタンダードの達成状況", "100", "以上", "％"],
        ["一般競争入札に占める一者応札案件の割合", "15", "以下", "％"],
        ["健康宣言事業所数", "1,900", "以上", "社"],
    ]
    _, records = read_plan(draw_plan(rows, [220, 80, 60, 60]))
    assert [(t.comparator, t.value, t.unit) for t in records.targets] == [
        ("ge", 100.0, "percent"),
        ("le", 15.0, "percent"),
        ("ge", 1900.0, "companies"),
    ]


@pytest.mark.parametrize("header", ["基準", "条件", "達成の向き"])
@pytest.mark.parametrize("ditto", ["〃", "同上", "（同上）"])
def test_bounds_in_a_column_of_their_own_are_repeated_by_dittos(header: str, ditto: str) -> None:
    rows = [
        ["指標", "令和6年度目標", header],
        ["郵送化率", "96.5%", "以上"],
        ["健康診査の実施率", "61.0%", ditto],
        ["一者応札案件の割合", "15.0%", "以下"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 100, 80]))
    assert [t.comparator for t in records.targets] == ["ge", "ge", "le"]


@pytest.mark.parametrize(
    ("caption", "heads", "units"),
    [
        ("（単位：人、％）", ("対象者数", "受診率"), ("people", "percent")),
        ("（単位：社・回）", ("参加事業所数", "開催回数"), ("companies", "times")),
    ],
)
def test_of_several_units_in_a_caption_each_column_takes_that_of_its_word(
    caption: str, heads: tuple[str, str], units: tuple[str, str]
) -> None:
    rows = [
        ["区分", "令和6年度計画", "<"],
        ["^", *heads],
        ["特定健診", "31,600", "30.0"],
        ["生活習慣病予防健診", "118,400", "64.5"],
    ]
    _, records = read_plan(draw_plan(rows, [160, 110, 110], above=["1. 健診の実施計画", "", caption]))
    assert [(t.value, t.unit) for t in records.targets] == [
        (31600.0, units[0]),
        (30.0, units[1]),
        (118400.0, units[0]),
        (64.5, units[1]),
    ]
