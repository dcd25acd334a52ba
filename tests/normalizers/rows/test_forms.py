"""Forms, whose rows begin with labels, and tables whose rows name the measures that the other columns plan."""

from __future__ import annotations

import pymupdf
import pytest

from tests.normalizers.rows.drawn_tables import doubts, draw_plan, heading_of, read_plan


@pytest.mark.parametrize(
    ("name", "timing", "font"), [("事業名", ("実施時期", "担当"), "japan"), ("施策名", ("期限", "所管"), "japan-s")]
)
def test_what_stands_beside_a_label_is_what_the_label_says(name: str, timing: tuple[str, str], font: str) -> None:
    aims = "①レセプト点検の査定率を0.33%以上とする\n②再審査レセプト1件当たりの査定額を7,300円以上とする"
    rows = [
        [name, "レセプト点検の強化", "<", "<"],
        ["目的", "医療費の適正化を図る。", "<", "<"],
        ["現状", "査定率0.31%（全国0.35%）", "<", "<"],
        [timing[0], "通年", timing[1], "レセプトグループ"],
        ["ＫＰＩ", aims, "<", "<"],
        ["予算", "1,200千円", "<", "<"],
    ]
    _, records = read_plan(draw_plan(rows, [70, 220, 50, 130], font=font))
    assert [(t.number, t.indicator, t.value, heading_of(records, t)) for t in records.targets] == [
        (1, "レセプト点検の査定率", 0.33, "レセプト点検の強化"),
        (2, "再審査レセプト1件当たりの査定額", 7300.0, "レセプト点検の強化"),
    ]


@pytest.mark.parametrize(("label", "goal"), [("KPI", "目標値"), ("評価指標", "令和6年度目標")])
def test_names_and_goals_side_by_side_in_a_form(label: str, goal: str) -> None:
    rows = [
        ["事業名", "サービス水準の維持・向上", "<", "<"],
        ["実施内容", "・受付から10日以内に支払う。", "<", "<"],
        [label, "サービススタンダードの達成状況", goal, "100%"],
        ["^", "現金給付等の申請に係る郵送化率", "^", "96.8%以上"],
        ["担当", "業務グループ", "<", "<"],
    ]
    _, records = read_plan(draw_plan(rows, [70, 220, 90, 90]))
    assert [(t.indicator, t.comparator, t.value, heading_of(records, t)) for t in records.targets] == [
        ("サービススタンダードの達成状況", None, 100.0, "サービス水準の維持・向上"),
        ("現金給付等の申請に係る郵送化率", "ge", 96.8, "サービス水準の維持・向上"),
    ]


@pytest.mark.parametrize(
    "heads", [("令和6年度計画", "令和7年度計画"), ("Plan 令和6年度計画", "Act 令和7年度計画（案）")]
)
def test_no_list_of_aims_runs_on_into_the_row_of_the_next_measure(heads: tuple[str, str]) -> None:
    rows = [
        ["施策", *heads],
        ["点検", "・研修を行う。\n【KPI】\n①査定率 0.3%以上", "・勉強会を行う。\n【KPI】\n・査定率 0.32%以上"],
        [
            "契約",
            "・公告する。\n【KPI】\n①一者応札の割合 15%以下",
            "・公告期間を20日以上確保する。\n・点検員15人で検討会を月2回行う。",
        ],
    ]
    _, records = read_plan(draw_plan(rows, [60, 200, 200], title="令和7年度 長野支部事業計画"))
    assert [(t.edition, t.indicator, t.value) for t in records.targets] == [
        ("old", "査定率", 0.3),
        ("new", "査定率", 0.32),
        ("old", "一者応札の割合", 15.0),
    ]


@pytest.mark.parametrize("arrow", ["→", "⇒"])
def test_a_header_with_an_arrow_is_of_the_year_behind_it(arrow: str) -> None:
    rows = [
        ["指標", f"令和4年度実績{arrow}令和6年度目標"],
        ["特定健診実施率", f"58.3%{arrow}61.0%"],
        ["一般競争入札に占める一者応札案件の割合", f"21.4%{arrow}15%以下"],
    ]
    _, records = read_plan(draw_plan(rows, [200, 200]))
    rate, share = records.targets
    assert [(t.edition, t.fiscal_year, t.value, t.baseline_value) for t in (rate, share)] == [
        ("new", 2024, 61.0, 58.3),
        ("new", 2024, 15.0, 21.4),
    ]
    assert (share.indicator, share.comparator) == ("一般競争入札に占める一者応札案件の割合", "le")
    assert rate.comparator is None
    assert "column_way_only" in doubts(rate)
    assert rate.confidence < 0.8 <= share.confidence


@pytest.mark.parametrize("branches", ["全支部", "各支部"])
def test_for_whom_an_aim_holds_is_no_name_in_a_table(branches: str) -> None:
    rows = [["指標", "支部目標", "全国目標"], ["ジェネリック医薬品使用割合", "81.0%以上", f"{branches}80%以上"]]
    _, records = read_plan(draw_plan(rows, [200, 100, 130]))
    assert [(t.edition, t.indicator, t.condition, t.value) for t in records.targets] == [
        ("single", "ジェネリック医薬品使用割合", None, 81.0),
        ("reference", "ジェネリック医薬品使用割合", branches, 80.0),
    ]


@pytest.mark.parametrize(("count", "rate"), [("計画数", "計画率"), ("見込者数", "実施率")])
def test_heads_planned_under_three_columns_of_names(count: str, rate: str) -> None:
    rows = [
        ["区分", "<", "<", "対象者数", count, rate],
        ["健診", "被保険者", "生活習慣病予防健診", "138,200人", "97,300人", "70.4％"],
        ["^", "^", "事業者健診データ取得", "138,200人", "11,900人", "8.6％"],
        ["特定保健指導", "被保険者", "協会実施", "21,000人", "4,890人", "23.3％"],
        ["^", "被扶養者", "<", "1,100人", "220人", "20.0％"],
    ]
    _, records = read_plan(draw_plan(rows, [70, 60, 130, 75, 75, 60]))
    assert [(t.kind, t.population, t.value) for t in records.targets] == [
        ("plan_figure", population, value)
        for population, values in (
            ("insured", (138200.0, 97300.0, 70.4, 138200.0, 11900.0, 8.6, 21000.0, 4890.0, 23.3)),
            ("dependents", (1100.0, 220.0, 20.0)),
        )
        for value in values
    ]


@pytest.mark.parametrize("label", ["施策", "取組", "重点施策"])
def test_the_first_field_of_a_form_may_name_its_measure(label: str) -> None:
    rows = [
        [label, "レセプト点検"],
        ["取組内容", "点検員の研修を年4回行う。"],
        ["数値目標", "査定率 0.35%以上"],
        ["前年度実績", "0.31%"],
    ]
    _, records = read_plan(draw_plan(rows, [90, 360]))
    assert [(t.indicator, t.value, heading_of(records, t)) for t in records.targets] == [
        ("査定率", 0.35, "レセプト点検")
    ]


def test_two_forms_in_one_table_keep_their_aims() -> None:
    rows = [["事業名", "健診"], ["内容", "勧奨する。"], ["目標", "受診率 30.0%"]]
    rows += [["事業名", "宣言"], ["内容", "訪問する。"], ["目標", "健康宣言事業所数 1,400社"]]
    _, records = read_plan(draw_plan(rows, [90, 360]))
    assert [(t.value, heading_of(records, t)) for t in records.targets] == [(30.0, "健診"), (1400.0, "宣言")]


@pytest.mark.parametrize(
    ("kind", "choice", "headings"),
    [
        ("目標の区分", "■数値目標　□状態目標", ("１　コラボヘルスの推進", "２　適正受診の促進")),
        ("目標の種類", "□定性目標　■定量目標", ("（１）喫煙対策", "（２）ジェネリック医薬品の使用促進")),
    ],
)
def test_boxes_to_tick_state_no_aim_and_the_line_above_a_form_heads_it(
    kind: str, choice: str, headings: tuple[str, str]
) -> None:
    data = pymupdf.open()
    for heading, aim in zip(headings, ("健康宣言事業所数　1,750事業所", "使用割合　84.5％以上"), strict=True):
        rows = [
            ["分類", "□基盤的保険者機能　■戦略的保険者機能　□組織・運営体制"],
            [kind, choice],
            ["目標", aim],
            ["達成の手段", "■事業所訪問（120件）　□電話勧奨　■文書勧奨"],
        ]
        data.insert_pdf(pymupdf.open(stream=draw_plan(rows, [80, 380], above=(heading,))))
    _, records = read_plan(bytes(data.tobytes()))
    assert [(t.value, heading_of(records, t)) for t in records.targets] == [
        (1750.0, headings[0]),
        (84.5, headings[1]),
    ]
