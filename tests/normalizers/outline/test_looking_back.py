"""Figures below a head that tells of what was or is are no aims; those below the next head are."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from tests.normalizers.plan_text import plan
from tests.normalizers.rows.drawn_tables import draw_plan, read_plan


def _values(lines: list[str], year: int = 2024) -> list[tuple[str, float | None]]:
    return [(target.kind, target.value) for target in normalize_document(plan(lines, year=year)).targets]


@pytest.mark.parametrize(
    ("back", "ahead"),
    [
        ("【現状】", "【目標】"),
        ("（現状と課題）", "（令和6年度の目標）"),
        ("＜これまでの実績＞", "＜目標値＞"),
        ("〔令和5年度の実施状況〕", "〔目標〕"),
        ("《前年度までの取組・成果》", "《目標》"),
    ],
)
@pytest.mark.parametrize("name", ["研修参加者数", "メルマガ登録者数"])
def test_figures_below_a_head_that_looks_back_are_results(back: str, ahead: str, name: str) -> None:
    lines = ["１　広報の推進", back, f"　{name}　1,250人", ahead, f"　{name}　1,400人"]
    assert _values(lines) == [("kpi", 1400.0)]


@pytest.mark.parametrize("back", ["(1) 現状", "(1) 昨年度の結果", "(1) R5年度実績（見込）"])
def test_a_numbered_head_ends_at_the_next_number(back: str) -> None:
    lines = ["１　広報の推進", back, "　　登録者数　1,250人", "(2) 見込まれる数", "　　実施見込者数　1,400人"]
    assert _values(lines) == [("plan_figure", 1400.0)]


@pytest.mark.parametrize(("before", "after"), [("Before", "After"), ("現在", "令和6年度"), ("これまで", "これから")])
def test_what_was_stands_before_what_is_to_be(before: str, after: str) -> None:
    lines = ["１　委員の委嘱", before, "委嘱事業所数 2,800事業所", after, "委嘱事業所数 3,000事業所"]
    assert _values(lines) == [("plan_figure", 3000.0)]


def test_an_aim_in_so_many_words_below_such_a_head_is_doubted() -> None:
    lines = ["１　健診", "【現状】", "・特定健診実施率　60.0％以上", "２　広報", "■ KPI：登録者数を500人とする"]
    rows = normalize_document(plan(lines)).targets
    assert [(row.value, row.confidence < 0.8) for row in rows] == [(60.0, True), (500.0, False)]


@pytest.mark.parametrize("head", ["【令和6年度の見込】", "（実施計画）", "○ 現状分析に基づく取組", "【令和6年度】"])
def test_heads_that_look_ahead_leave_figures_as_they_are(head: str) -> None:
    assert _values(["１　健診", head, "　　実施見込者数　2,800人"]) == [("plan_figure", 2800.0)]


@pytest.mark.parametrize("head", ["【参考】令和5年度の実績", "（参考）", "※参考値"])
def test_figures_below_a_reference_are_none_of_the_plan(head: str) -> None:
    lines = ["１　点検", head, "　特定健診実施率　27.1％", "■KPI：特定健診実施率　28.0％以上"]
    assert _values(lines) == [("kpi", 28.0)]


@pytest.mark.parametrize(("label", "values"), [("現状と課題", []), ("取組内容", [86.9])])
def test_a_form_tells_beside_its_label_what_is(label: str, values: list[float]) -> None:
    rows = [
        ["施策名", "５　ジェネリック医薬品の使用促進"],
        [label, "・ジェネリック医薬品使用割合　86.9％"],
        ["数値目標", "・ジェネリック医薬品使用割合　87.5％以上"],
        ["施策名", "６　広報の強化"],
        [label, "・メールマガジンを配信している"],
        ["数値目標", "・登録件数　5,000件以上"],
    ]
    _, records = read_plan(draw_plan(rows, [90, 360]))
    assert [row.value for row in records.targets] == [*values, 87.5, 5000.0]


@pytest.mark.parametrize("mark", ["○", "◆", "・", "①"])
def test_items_of_any_mark_are_of_the_head_above_them(mark: str) -> None:
    items = [f"{mark} 委嘱事業所数　2,700事業所", "２　広報", "○ 委嘱事業所数　2,800事業所"]
    assert _values(["１　審査の強化", "現状・課題", *items]) == [("plan_figure", 2800.0)]
