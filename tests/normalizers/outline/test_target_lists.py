"""Lists within a block of targets: parts counted anew beneath an item, and the count that goes on after them."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from tests.normalizers.plan_text import plan


@pytest.mark.parametrize("label", ["＜ＫＰＩ＞", "【数値目標】", "■ KPI："])
@pytest.mark.parametrize(("outer", "inner"), [("①②③", "アイ"), ("⑴⑵⑶", "ⅰⅱ")])
def test_parts_take_the_name_of_their_item(label: str, outer: str, inner: str) -> None:
    lines = [
        "(1) 健診の推進",
        "・健診を勧める。",
        label,
        f"{outer[0]}　特定健診実施率",
        f"{inner[0]}　被保険者　66.0％",
        f"{inner[1]}　被扶養者を33.5％以上に引き上げる",
        f"{outer[1]}　事業者健診データ取得率 → 11.2％",
        f"{outer[2]}　健康宣言事業所数1,350事業所",
    ]
    records = normalize_document(plan(lines))
    assert [(t.indicator, t.population, t.value) for t in records.targets][:3] == [
        ("特定健診実施率", "insured", 66.0),
        ("特定健診実施率", "dependents", 33.5),
        ("事業者健診データ取得率", "insured", 11.2),
    ]
    assert records.targets[2].number == 2
    assert records.targets[3].value == 1350.0
    assert len({t.kind for t in records.targets}) == 1
    assert records.targets[0].kind != "plan_figure"


def test_a_list_of_actions_after_the_targets_is_no_part_of_them() -> None:
    lines = [
        "(1) 健診の推進",
        "＜KPI＞",
        "① 健診実施率を60.0%以上とする",
        "(2) 広報の推進",
        "ア 広報誌を発行する。",
        "イ ホームページを更新する。",
    ]
    records = normalize_document(plan(lines))
    assert [t.value for t in records.targets] == [60.0]


def test_a_caption_of_units_is_no_target() -> None:
    lines = ["(1) 経費の節減", "■ KPI：", "（単位：千円）", "・郵送経費を11,800千円以下とする"]
    records = normalize_document(plan(lines))
    assert [t.value for t in records.targets if t.value is not None] == [11800000.0]


@pytest.mark.parametrize(
    "announcement",
    [
        "目標は次のとおりです。",
        "窓口での応対を改めます。令和６年度の数値目標は以下のとおりとします。",
        "・当支部の主な目標を、次の通り定める。",
        "【KPI】次のとおりとする",
        "■ KPI：以下のとおり",
    ],
)
def test_lines_that_a_sentence_announces_as_targets_are_such(announcement: str) -> None:
    lines = [
        "(1) 健診の推進",
        announcement,
        "・生活習慣病予防健診実施率を72.1％以上とします。",
        "・健康宣言事業所数は1,350事業所とします。",
        "健診の案内は年２回送ります。",
        "・商工会の広報誌に年３回寄稿する。",
    ]
    records = normalize_document(plan(lines))
    assert [(t.indicator, t.value, t.kind) for t in records.targets] == [
        ("生活習慣病予防健診実施率", 72.1, "kpi"),
        ("健康宣言事業所数", 1350.0, "kpi"),
    ]


@pytest.mark.parametrize(
    "line", ["目標に対する進捗は次のとおりです。", "研修の日程は次のとおりです。", "目標は達成した。"]
)
def test_other_sentences_announce_no_targets(line: str) -> None:
    records = normalize_document(plan(["(1) 健診の推進", line, "・広報誌に年３回寄稿する。"]))
    assert records.targets == ()


@pytest.mark.parametrize("label", ["目　標", "目標", "指標"])
@pytest.mark.parametrize(
    ("line", "value"), [("健康講座の利用事業所　120社以上", 120.0), ("● データ分析研修の修了者　12名", 12.0)]
)
def test_a_word_for_targets_alone_on_a_line_is_their_label(label: str, line: str, value: float) -> None:
    records = normalize_document(plan(["(1) 人材の育成", "・研修を行う。", label, line]))
    assert [(target.value, target.kind) for target in records.targets] == [(value, "kpi")]


@pytest.mark.parametrize(
    "line", ["■ KPI：下の表のとおり", "【数値目標】左の表", "■ KPI：右の図を参照", "支部目標：上の表のとおりとする"]
)
def test_a_label_that_points_at_what_stands_beside_is_no_target(line: str) -> None:
    records = normalize_document(plan(["(1) 健診の推進", "・健診を勧める。", line]))
    assert records.targets == ()


def test_a_label_before_an_aim_that_begins_with_a_place_is_one() -> None:
    records = normalize_document(plan(["(1) 健診の推進", "■ KPI：下の表の健診実施率を60.0％以上とする"]))
    assert [t.value for t in records.targets] == [60.0]


@pytest.mark.parametrize(
    "label", ["【本年度の数値目標】", "■ 今年度のKPI：", "〔当年度目標〕", "＜令和６年度の成果目標＞"]
)
def test_a_label_may_name_the_plans_own_year(label: str) -> None:
    records = normalize_document(plan(["(1) 健診の推進", label, "・特定健診実施率を60.0％以上とする"]))
    assert [(t.value, t.kind) for t in records.targets] == [(60.0, "kpi")]


@pytest.mark.parametrize("line", ["・今年度の目標を職員に示す。", "・本年度のKPIの達成に向けて研修を年1回行う。"])
def test_a_sentence_about_the_years_aims_is_no_label(line: str) -> None:
    records = normalize_document(plan(["(1) 健診の推進", line]))
    assert "kpi" not in {t.kind for t in records.targets}


@pytest.mark.parametrize("label", ["【KPI{}】", "KPI{}", "■ ＫＰＩ{}", "数値目標{}"])
@pytest.mark.parametrize("numbers", ["①②", "12"])
def test_a_label_numbers_the_lines_under_it(label: str, numbers: str) -> None:
    lines = [
        "(1) 窓口業務",
        "・体制を整える。",
        label.format(numbers[0]),
        "サービススタンダードの達成率　100％",
        label.format(numbers[1]),
        "郵送化率を96.0％以上とする",
        "返納金債権の回収率を対前年度以上とする",
        "(2) 広報",
        "・広報誌を12回発行する。",
    ]
    records = normalize_document(plan(lines))
    assert [(t.number, t.indicator, t.value) for t in records.targets] == [
        (1, "サービススタンダードの達成率", 100.0),
        (2, "郵送化率", 96.0),
        (2, "返納金債権の回収率", None),
    ]


@pytest.mark.parametrize("label", ["＜KPI＞", "【数値目標】", "■KPI："])
def test_several_figures_in_one_line_under_a_label_are_its_targets(label: str) -> None:
    line = "生活習慣病予防健診実施率　62.4％　事業者健診データ取得率　9.1％以上　特定健診実施率　31.0％"
    records = normalize_document(plan(["(1) 健診", "・受診を勧める。", label, line]))
    assert [(t.indicator, t.value) for t in records.targets] == [
        ("生活習慣病予防健診実施率", 62.4),
        ("事業者健診データ取得率", 9.1),
        ("特定健診実施率", 31.0),
    ]
    assert {t.kind for t in records.targets} == {"kpi"}


def test_head_counts_under_a_label_stay_figures_of_the_plan() -> None:
    line = "生活習慣病予防健診　実施率　60.3％（実施見込者数：172,500人）"
    records = normalize_document(plan(["(1) 健診", "・受診を勧める。", "■ KPI：", line]))
    assert {(t.kind, t.value) for t in records.targets} == {("plan_figure", 60.3), ("plan_figure", 172500.0)}


@pytest.mark.parametrize("label", ["【ＫＰＩ②】", "■ KPI② ", "【数値目標②】"])
@pytest.mark.parametrize(
    ("name", "figure", "read"),
    [
        ("現金給付等の申請に係る窓口での受付率", "対前年度以下（令和５年度実績 8.9％）", ("previous_year", "le", None)),
        ("一般競争入札に占める一者応札案件の割合", "15％以下", ("absolute", "le", 15.0)),
        ("情報セキュリティ研修の受講率", "全職員の100％", ("absolute", None, 100.0)),
        ("事業者健診データの提供に関する新規同意事業所数", "300事業所", ("absolute", None, 300.0)),
    ],
)
def test_a_name_above_its_figure_is_read_to_its_end_and_is_no_aim(
    label: str, name: str, figure: str, read: tuple[str, str | None, float | None]
) -> None:
    records = normalize_document(plan(["(1) 業務", "・取り組む。", f"{label}{name}", f" {figure}"]))
    found = [(t.number, t.indicator, t.basis, t.comparator, t.value) for t in records.targets]
    assert found == [(2, name, *read)]
    assert records.targets[0].statement == figure


def test_what_is_measured_may_stand_above_the_names() -> None:
    lines = [
        "(1) 健診",
        "【KPI①】健診の実施率（取得率）",
        "生活習慣病予防健診　64.7％以上",
        "事業者健診データ　6.4％以上",
    ]
    records = normalize_document(plan(lines))
    assert [(t.number, t.indicator, t.value) for t in records.targets] == [
        (1, "生活習慣病予防健診実施率", 64.7),
        (1, "事業者健診データ取得率", 6.4),
    ]


def test_groups_below_a_name_share_it() -> None:
    records = normalize_document(
        plan(["(1) 指導", "【KPI①】特定保健指導の実施率", "被保険者　41.3％以上 / 被扶養者　32.0％以上"])
    )
    assert [(t.number, t.indicator, t.population, t.value) for t in records.targets] == [
        (1, "特定保健指導の実施率", "insured", 41.3),
        (1, "特定保健指導の実施率", "dependents", 32.0),
    ]


def test_a_sentence_above_a_figure_stays_an_aim_of_its_own() -> None:
    records = normalize_document(plan(["(1) 広報", "【KPI①】広報誌を全事業所に送付する", "加入者理解率 45.0％以上"]))
    assert [t.value for t in records.targets] == [None, 45.0]


@pytest.mark.parametrize(
    ("heading", "outer"), [("（{}）ＫＰＩ", "①②"), ("{}．数値目標", "⑴⑵"), ("({}) 【KPI】", "アイ")]
)
@pytest.mark.parametrize("at", [2, 3])
def test_a_numbered_heading_that_is_only_a_label_heads_a_list_of_its_own(heading: str, outer: str, at: int) -> None:
    lines = [
        "第１ 健診",
        *(heading.format(n).replace("【KPI】", "").rstrip("ＫＰＩ数値目標 ") + "取組" for n in range(1, at)),
    ]
    lines += [
        heading.format(at),
        f"{outer[0]} 生活習慣病予防健診実施率を67.6％以上とする",
        f"{outer[1]} 特定健診実施率　31.6％",
    ]
    records = normalize_document(plan(lines))
    assert [(t.kind, t.number, t.value) for t in records.targets] == [("kpi", 1, 67.6), ("kpi", 2, 31.6)]


def test_figures_on_cards_under_one_label_are_all_its_targets() -> None:
    lines = [
        "(1) 保健指導",
        "・初回面談を広げる。",
        "ＫＰＩ",
        "被保険者の特定保健指導実施率36.2％以上",
        "（R5見込 33.9％）",
        "被扶養者の特定保健指導実施率18.5％以上",
        "（R5見込 16.1％）",
        "健診当日の初回面談件数7,200件",
    ]
    records = normalize_document(plan(lines))
    assert [(t.kind, t.value, t.unit) for t in records.targets] == [
        ("kpi", 36.2, "percent"),
        ("kpi", 18.5, "percent"),
        ("kpi", 7200.0, "cases"),
    ]


@pytest.mark.parametrize("label", ["【ＫＰＩ】", "＜数値目標＞", "〈KPI〉"])
def test_what_stands_before_a_label_in_its_line_is_no_part_of_the_name(label: str) -> None:
    line = f"■ 組織・運営体制　{label}一般競争入札に占める一者応札案件の割合　15％以下"
    records = normalize_document(plan(["(1) 組織", line]))
    assert [(t.kind, t.indicator, t.value) for t in records.targets] == [
        ("kpi", "一般競争入札に占める一者応札案件の割合", 15.0)
    ]


@pytest.mark.parametrize(
    "label", ["【サービス水準の向上のＫＰＩ】", "■ 健診に関する主なＫＰＩ", "〈医療費適正化の数値目標〉"]
)
def test_a_label_may_name_what_its_targets_are_of(label: str) -> None:
    lines = [
        "(1) 事業の推進",
        "・取組を進める。",
        label,
        "・返納金債権の回収率　58.0％以上",
        "・郵送化率　対前年度以上",
    ]
    records = normalize_document(plan(lines))
    assert [(t.kind, t.indicator, t.value) for t in records.targets] == [
        ("kpi", "返納金債権の回収率", 58.0),
        ("kpi", "郵送化率", None),
    ]


@pytest.mark.parametrize("heading", ["(2) ＫＰＩの達成に向けた取組", "■ 健診の目標", "【ＫＰＩの進捗管理】"])
def test_a_heading_with_such_words_amid_is_no_label(heading: str) -> None:
    records = normalize_document(plan(["(1) 事業の推進", "・取組を進める。", heading, "・職員の面談を行う。"]))
    assert not records.targets


@pytest.mark.parametrize("label", ["【KPI（令和5年度）】", "■ 令和5年度KPI", "【令和５年度目標】"])
def test_targets_under_a_label_of_an_earlier_year_are_doubted(label: str) -> None:
    lines = [
        "(1) 債権の回収",
        "・催告を行う。",
        label,
        "・返納金債権の回収率　58.0％以上",
        "【令和6年度KPI】",
        "・郵送化率　96％",
    ]
    records = normalize_document(plan(lines))
    codes = [{reason.code for reason in target.confidence_reasons} for target in records.targets]
    assert ["label_of_earlier_year" in own for own in codes] == [True, False]
    assert records.targets[0].confidence < 0.8
