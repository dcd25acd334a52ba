"""A name in a line of its own names the figures in the lines below it, and is no aim itself."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from normalizers.outline.figures_below import states_only_figures, tells_only_a_result
from tests.normalizers.plan_text import plan

_HEAD = ["(1) 健診の推進", "・健診を勧める。"]


def _targets(*lines: str) -> list[tuple[object, ...]]:
    records = normalize_document(plan([*_HEAD, *lines]))
    return [(t.kind, t.number, t.indicator, t.basis, t.comparator, t.value) for t in records.targets]


@pytest.mark.parametrize("label", ["《指標{}》{}", "【評価指標{}】{}", "指標{}　{}", "KPI{}　{}"])
@pytest.mark.parametrize("figure", ["{}", " → {}", "⇒　{}", " 目標：{}", "目標値　{}", " 【目標】{}"])
def test_a_label_names_the_figure_in_the_line_below_it(label: str, figure: str) -> None:
    found = _targets(
        label.format("１", "現金給付等の申請に係る電子申請の割合"),
        figure.format("10.0％以上"),
        label.format("２", "返納金債権の回収率"),
        figure.format("対前年度以上"),
    )
    assert found == [
        ("kpi", 1, "現金給付等の申請に係る電子申請の割合", "absolute", "ge", 10.0),
        ("kpi", 2, "返納金債権の回収率", "previous_year", "ge", None),
    ]


@pytest.mark.parametrize("marks", [("① ", "② "), ("・", "・"), ("", "")])
@pytest.mark.parametrize("arrow", ["→ ", "▶　", "⇒", ""])
def test_names_in_a_list_under_a_label_have_their_figures_below_them(marks: tuple[str, str], arrow: str) -> None:
    found = _targets(
        "【数値目標】",
        f"{marks[0]}10か月以内に医療機関を受診した者の割合",
        f" {arrow}36.1％以上",
        f"{marks[1]}訪問による受診勧奨の件数",
        f" {arrow}150件",
    )
    numbers = (1, 2) if marks[0] == "① " else (None, None)
    assert found == [
        ("kpi", numbers[0], "10か月以内に医療機関を受診した者の割合", "absolute", "ge", 36.1),
        ("kpi", numbers[1], "訪問による受診勧奨の件数", "absolute", None, 150.0),
    ]


@pytest.mark.parametrize("label", ["◆指標　{}", "成果指標：{}", "■ KPI　{}"])
@pytest.mark.parametrize(
    ("result", "figure", "year"),
    [
        ("現状値　1,200社（令和４年度）", "目標値　1,350社以上", 2022),
        ("令和５年度実績　1,200社", "令和６年度目標　1,350社以上", 2023),
        ("実績：1,200社", "→ 1,350社以上", None),
    ],
)
def test_a_result_between_name_and_figure_is_its_baseline(
    label: str, result: str, figure: str, year: int | None
) -> None:
    records = normalize_document(plan([*_HEAD, label.format("健康宣言事業所数"), f" {result}", f" {figure}"]))
    (target,) = records.targets
    assert (target.indicator, target.value, target.comparator) == ("健康宣言事業所数", 1350.0, "ge")
    assert (target.baseline_value, target.baseline_year, target.deadline) == (1200.0, year, None)


def test_a_figure_for_all_of_a_group_has_the_name_above_it() -> None:
    records = normalize_document(plan([*_HEAD, "《指標》支部内研修への参加", " 目標：全職員が年３回以上"]))
    (target,) = records.targets
    assert (target.indicator, target.value, target.unit) == ("支部内研修への参加", 3.0, "times")
    assert target.condition == "全職員"


def test_a_heading_that_names_a_rate_names_the_labelled_figure_below_it() -> None:
    found = _targets("○ 返納金債権の回収率", " 【目標】59.5％以上", "○ 健康宣言事業所数", " 目標：1,350事業所")
    assert [(name, value) for _, _, name, _, _, value in found] == [
        ("返納金債権の回収率", 59.5),
        ("健康宣言事業所数", 1350.0),
    ]


def test_a_figure_without_any_name_is_doubted() -> None:
    records = normalize_document(plan([*_HEAD, "目標：60.0％以上"]))
    (target,) = records.targets
    assert target.indicator is None
    assert target.confidence < 0.8


@pytest.mark.parametrize(
    "line",
    [
        "現状値　9.1％（令和５年度）",
        "令和５年度実績：66.1％",
        "（前年度実績 1,200社）",
        "（２９年度実績：86.9％）",
        "5年度末実績　3件",
    ],
)
def test_a_line_may_tell_a_result_only(line: str) -> None:
    assert tells_only_a_result(line)
    assert not states_only_figures(line)


@pytest.mark.parametrize("line", ["健診実施率　66.1％", "実績 66.1％から 70.0％へ", "健診を年２回行う。"])
def test_other_lines_tell_more_than_a_result(line: str) -> None:
    assert not tells_only_a_result(line)


@pytest.mark.parametrize("result", ["（令和５年度 58.3％）", "令和５年度実績　58.3％", "（R5実績：58.3％）"])
@pytest.mark.parametrize("aim", [("① 返納金債権の回収率を61.0％以上とする",), ("① 返納金債権の回収率", " 61.0％以上")])
def test_a_result_below_an_aim_is_its_baseline(result: str, aim: tuple[str, ...]) -> None:
    records = normalize_document(plan([*_HEAD, "■ KPI", *aim, f" {result}", "② 一者応札案件の割合　15％以下"]))
    assert [(t.indicator, t.value, t.baseline_value, t.baseline_year) for t in records.targets] == [
        ("返納金債権の回収率", 61.0, 58.3, 2023),
        ("一者応札案件の割合", 15.0, None, None),
    ]


@pytest.mark.parametrize(
    ("told", "result", "year"),
    [
        ("（Ｒ４目標57.0％以上、Ｒ３実績58.3％）", 58.3, 2021),
        ("（R5目標対前年度以上、R4実績58.3％）", 58.3, 2022),
        ("（前年度目標 57.0％／前年度実績 58.3％）", 58.3, 2023),
        ("（R5目標 57.0％・R5.12末 58.3％）", 58.3, 2023),
        ("（令和４年度実績 57.9％、令和５年度実績 58.3％）", 58.3, 2023),
        ("（令和５年度目標 57.0％以上）", None, None),
        ("（５年度 57.0％以上）", None, None),
        ("（令和５年度　57.0％以上）", None, None),
        ("（前年度：57.0％以上）", None, None),
    ],
)
@pytest.mark.parametrize("aim", [("・返納金債権の回収率 61.0％以上",), ("・返納金債権の回収率", " 61.0％以上")])
def test_brackets_below_an_aim_tell_last_years_aim_and_its_result(
    told: str, result: float | None, year: int | None, aim: tuple[str, ...]
) -> None:
    records = normalize_document(plan([*_HEAD, "■ KPI", *aim, f" {told}", "・一者応札案件の割合　15％以下"]))
    assert [(t.kind, t.indicator, t.value, t.baseline_value, t.baseline_year) for t in records.targets] == [
        ("kpi", "返納金債権の回収率", 61.0, result, year),
        ("kpi", "一者応札案件の割合", 15.0, None, None),
    ]


def test_brackets_below_an_aim_may_set_one_for_a_later_year() -> None:
    records = normalize_document(plan([*_HEAD, "■ KPI", "・返納金債権の回収率 61.0％以上", "（R8目標 65.0％）"]))
    assert [target.value for target in records.targets] == [61.0, 65.0]


@pytest.mark.parametrize(
    ("below", "result"),
    [
        ("Ｒ5目標　57.0％以上　／　Ｒ4実績　55.2％", 55.2),
        ("R5目標 対前年度以上 / R4実績 55.2%", 55.2),
        ("令和5年度目標　－　／　令和4年度実績　55.2％", 55.2),
        ("R4実績 55.2％、R5目標 57.0％", 55.2),
        ("（令和５年度目標　57.0％）", None),
        ("Ｒ5目標　－　／　Ｒ4実績　－", None),
        ("令和5年度目標：設定なし、令和4年度実績：なし", None),
    ],
)
def test_earlier_years_told_below_a_figure_are_no_aims(below: str, result: float | None) -> None:
    lines = ["【KPI】", "健診実施率　58.4％以上", below, "返納金債権の回収率", "60.0％以上", below]
    records = normalize_document(plan([*_HEAD, *lines]))
    assert [(t.indicator, t.value, t.baseline_value) for t in records.targets] == [
        ("健診実施率", 58.4, result),
        ("返納金債権の回収率", 60.0, result),
    ]
    assert all(target.confidence >= 0.9 for target in records.targets)
    assert [finding.check for finding in records.findings] == []
