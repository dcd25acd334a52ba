"""Words that speak against a reading lower the confidence of its rows, and of no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalizers.model.reasons import Reason, reason_rules
from normalizers.normalize import normalize_document
from normalizers.rows.confidence import confidence_of, weighed
from normalizers.rows.word_doubts import are_twins, word_doubts
from parsers.model.finding import Finding
from parsers.model.geometry import Box
from tests.normalizers.plan_text import plan

SURE = 0.8
KNOWN = "生活習慣病予防健診実施率"


def row(indicator: str, *, score: float = 0.0, **given: object):  # type: ignore[no-untyped-def]
    (target,) = normalize_document(plan(["○健診", f"■ KPI：{KNOWN}を60.3%以上とする"])).targets
    reasons = (Reason("catalogue_score", {"score": score}),) if score else ()
    return replace(target, indicator=indicator, confidence_reasons=reasons, **given)


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ("達成状況/", "odd_edge"),
        ("カバー率……", "odd_edge"),
        ("満点中", "odd_edge"),
        ("対象者約", "odd_edge"),
        ("薬局への訪問(", "open_bracket"),
        ("実施率を5%の大台", "number_in_name"),
        ("12市町村での実施", "number_in_name"),
        ("平成30年3月診療分の使用割合", "date_in_name"),
        ("現年度分回収率及び過年度分回収率", "two_names"),
        ("訪問件数、面談件数", "two_names"),
        ("標準化を図った事業所数を倍増させ", "clause_in_name"),
        ("中期計画の最終年度、施設の延床面積", "clause_in_name"),
        ("いる歯科健診受診率", "clause_in_name"),
        ("寄附の受入額目標額", "label_in_name"),
        ("前年度参加率", "label_in_name"),
        ("期間中の一般管理費の額", "label_in_name"),
        ("医療機関", "unmeasured_name"),
        ("現金給付等の申請", "unmeasured_name"),
        ("一般競争入札(物品)", "unmeasured_name"),
    ],
)
def test_a_name_that_is_none_is_doubted(indicator: str, code: str) -> None:
    assert code in {reason.code for reason in word_doubts(row(indicator), "")}


@pytest.mark.parametrize(
    "indicator",
    [
        "返納金債権(診療報酬返還金(不当請求)を除く。)の回収率",
        "被保険者(40歳以上)の受診率",
        "再審査レセプト1件当たりの査定額",
        "健診受診月から10か月以内に医療機関を受診した者の割合",
        "施術箇所3部位以上、かつ月15日以上の施術の申請の割合",
        "HbA1c検査の実施率",
        "ジェネリック医薬品使用割合(※1)",
        "窓口での相談件数",
        "保健指導の実績評価の実施率",
        "事業計画の目標達成率",
        "前年度実績を下回る健診機関の割合",
        "服薬管理の対象者のうち、服薬を続けた者の割合",
        "後発医薬品のシェア",
    ],
)
def test_names_as_plans_print_them_are_in_order(indicator: str) -> None:
    assert [reason.code for reason in word_doubts(row(indicator), "")] == []


@pytest.mark.parametrize(
    ("indicator", "unit", "doubted"),
    [
        ("全職員", "times", True),
        ("連携する薬局(会員)", "days", True),
        ("連携する薬局", "places", False),
        ("健診の案内を受けた者", "people", False),
        ("電話による相談", "cases", False),
        ("職員研修", "times", False),
    ],
)
def test_people_and_bodies_are_counted_in_their_own_units(indicator: str, unit: str, doubted: bool) -> None:
    codes = {reason.code for reason in word_doubts(row(indicator, unit=unit), "")}
    assert ("unmeasured_name" in codes) == doubted


@pytest.mark.parametrize(
    ("indicator", "unit", "code"),
    [
        ("研修の受講料", "yen", "price_or_budget"),
        ("健診の委託単価", "yen", "price_or_budget"),
        ("施設整備の補助率", "percent", "price_or_budget"),
        ("広報の事業費", "times", "unit_unlike_name"),
        ("面談の利用率", "people", "unit_unlike_name"),
        ("1人当たり医療費", "yen", None),
        ("債権の残高", "yen", None),
        ("県内の順位に基づく実施率", "rank", None),
    ],
)
def test_prices_and_units_that_do_not_fit_a_name_are_doubted(indicator: str, unit: str, code: str | None) -> None:
    codes = {reason.code for reason in word_doubts(row(indicator, unit=unit), "")}
    assert codes & {"price_or_budget", "unit_unlike_name"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("indicator", "statement", "code"),
    [
        ("相談件数初回面談率", "相談件数を前年の40件から増やし、初回面談率を55%とする", "joined_name"),
        ("4月1日の支払日数", "4月1日の改正後は、支払日数を7日以内とする", "joined_name"),
        ("第2期計画講座の受講率", "第2期計画の終わる令和8年度の講座の受講率は36%以上とする", "joined_name"),
        ("巡回相談実施見込者数", "巡回相談 実施率9.2%(実施見込者数:400人)", "pieced_name"),
        ("窓口講座受講率", "窓口講座 受講者数300人 受講率25.0%", "pieced_name"),
    ],
)
def test_a_name_of_words_that_stand_apart_is_doubted_unless_a_measure_carries_it_on(
    indicator: str, statement: str, code: str
) -> None:
    codes = {reason.code for reason in word_doubts(row(indicator), statement)}
    assert codes & {"joined_name", "pieced_name"} == {code}


def test_what_changes_by_some_per_cent_need_not_be_a_rate() -> None:
    assert [*word_doubts(row("事務経費", basis="previous_year"), "")] == []


def test_a_name_that_the_catalogue_knows_may_hold_what_it_wants() -> None:
    name = "支払基金と合算したレセプト点検の査定率を含む割合と率"
    assert [*word_doubts(row(name, score=0.98), "")] == []
    assert [*word_doubts(row(name), "")] != []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("受診率及び実施率をそれぞれ30.5%以上とする", "shared_words"),
        ("A地区、B地区のいずれも55%以上とする", "shared_words"),
        ("満足度を5点満点中4.3点以上とする", "scale_words"),
        ("回答率は原則60%以上とする", "exception_words"),
        ("被保険者(対象者数,900人)", "digits_cut"),
        ("KPI:医療機関を受診した者の割合を362%以上とする", "over_all"),
        ("苦情の件数を前年度比98%以下に抑える", "ratio_words"),
        ("利用率 基準値32.4%・目標値40%", "result_left_out"),
    ],
)
def test_words_that_no_field_holds_are_doubts(statement: str, code: str) -> None:
    assert code in {reason.code for reason in word_doubts(row(KNOWN, score=1.0), statement)}


def test_a_comparator_behind_another_number_is_doubted() -> None:
    shared = "応答率90%、放棄率5%以下とする"
    assert "comparator_far" in {r.code for r in word_doubts(row("応答率", value=90.0, comparator="le"), shared)}
    assert "comparator_far" not in {r.code for r in word_doubts(row("放棄率", value=5.0, comparator="le"), shared)}


def test_rows_of_a_statement_that_differ_in_their_value_only_are_doubted() -> None:
    one = row(KNOWN, value=30.0)
    assert are_twins([one, replace(one, value=40.0)]) == [True, True]
    assert are_twins([one, replace(one, value=40.0, population="dependents")]) == [False, False]
    assert are_twins([one, one]) == [False, False]
    assert are_twins([one, replace(one, value=7_480.0, unit="people")]) == [False, False]
    assert are_twins([one, replace(one, value=20.0, unit=None)]) == [True, True]


def test_a_row_without_doubts_is_sure_and_one_with_grave_ones_is_not() -> None:
    sound, doubted = row(KNOWN, score=1.0), row("達成状況/")
    parsed = plan(["○健診", f"■ KPI：{KNOWN}を60.3%以上とする"])
    (one,) = weighed([sound], parsed, [])
    (other,) = weighed([doubted], parsed, [])
    assert one.confidence > 0.95
    assert other.confidence < SURE


def test_each_doubt_counts_once_and_a_recogniser_s_own_confidence_is_multiplied_in() -> None:
    once = confidence_of([Reason("unknown_indicator")])
    assert confidence_of([Reason("unknown_indicator")] * 3) == once
    assert confidence_of([Reason("recognised", {"confidence": 0.5})]) == pytest.approx(confidence_of([]) / 2, abs=1e-3)
    assert all(0 < rule.weight <= 10 for rule in reason_rules().values())


def test_lines_under_a_label_without_a_row_are_named() -> None:
    records = normalize_document(
        plan(["1 健診", " ◎目標", "  - 受診率で全国平均に並ぶ", "  - 声を聴く機会を増す", "2 広報", " ・周知する。"])
    )
    named = {finding.values["text"] for finding in records.findings if finding.check == "dropped_target"}
    held = {target.statement for target in records.targets}
    for line in ("受診率で全国平均に並ぶ", "声を聴く機会を増す"):
        assert any(line in text for text in named | held), line
    assert not any("周知" in text for text in named)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("窓口での受付率を対前年度以下とする", True),
        ("返戻の割合　前年度を下回る", True),
        ("現状 59.8％ ▶ 62.0％以上", True),
        ("電話応答率 85％以上", True),
        ("対象は従業員の年齢が40歳以上", False),
        ("国が示す目標は70％以上", False),
        ("事業所を訪問して説明する", False),
    ],
)
def test_a_line_that_ends_in_a_bound_is_a_row_or_named(line: str, named: bool) -> None:
    records = normalize_document(plan(["1 業務改革", f" ・{line}", " ・広報を行う。"]))
    told = {f.values["text"] for f in records.findings if f.check in ("dropped_target", "unread_number")}
    held = {target.statement for target in records.targets}
    assert any(line[:4] in text for text in told | held) == named


def test_a_bare_figure_in_a_line_of_its_own_is_named() -> None:
    records = normalize_document(plan(["1 健診", " ・健診の対象となる者", "153,200", " ・広報を行う。"]))
    told = [f.values["numbers"] for f in records.findings if f.check == "unread_number"]
    assert ["153,200"] in told


@pytest.mark.parametrize(
    "line",
    [
        "重症化予防【指標１２】",
        "サービス水準の向上【指標３、４】",
        "健診の推進（別表２参照）",
        "コラボヘルスの推進【指標７～１１、別表３】",
        "人間ドックの補助（上限25,000円）",
        "歯科健診の案内（自己負担額1,500円）",
    ],
)
def test_a_bracket_that_points_elsewhere_or_tells_a_price_is_no_aim(line: str) -> None:
    assert normalize_document(plan(["1 健診", f" ・{line}", " ・広報を行う。"])).targets == ()


def test_a_figure_among_targets_is_doubted_and_a_head_count_line_is_not() -> None:
    lines = ["○健診", "■ KPI：受診の山を登る", "被保険者 66.0%", "被保険者（40歳以上）（実施対象者数：1,000人）"]
    records = normalize_document(plan(lines))
    doubted = {
        target.statement
        for target in records.targets
        if "figure_among_targets" in {reason.code for reason in target.confidence_reasons}
    }
    assert not any("対象者数" in statement for statement in doubted)
    assert all(
        target.kind != "plan_figure" or target.statement in doubted or "対象者数" in target.statement
        for target in records.targets
    )


def test_a_page_in_doubt_lowers_all_its_rows_and_unread_ink_those_beside_it() -> None:
    parsed = plan(["○健診", f"■ KPI：{KNOWN}を60.3%以上とする"])
    (sound,) = normalize_document(parsed).targets
    box = sound.box
    beside = Box(box.x1 + 20, box.top, box.x1 + 60, box.bottom)
    far = Box(box.x0, box.bottom + 200, box.x1, box.bottom + 260)
    for finding, sure in (
        (Finding("overprinted_text", {"count": 2}, sound.page, far), False),
        (Finding("overprinted_text", {"count": 2}, sound.page + 1, far), True),
        (Finding("unread_ink", {"count": 1}, sound.page, beside), False),
        (Finding("unread_ink", {"count": 1}, sound.page, far), True),
        (Finding("hidden_text", {"count": 1, "text": "x"}, sound.page, beside), True),
    ):
        (read,) = normalize_document(replace(parsed, findings=(finding,))).targets
        assert (read.confidence >= SURE) is sure, finding


@pytest.mark.parametrize(
    ("line", "doubted"),
    [
        ("■ KPI：返納金債権の回収率をとする", True),
        ("■ KPI：現金給付等の申請に係る郵送化率を％以上とする。", True),
        ("■ KPI：効率的なレセプト点検を実施することとする", False),
        ("■ KPI：一般競争入札を原則とする", False),
    ],
)
def test_a_statement_that_lost_its_figure_is_doubted(line: str, doubted: bool) -> None:
    """What is struck, or stands elsewhere on the page, leaves a hole before the bound or the verb."""
    targets = normalize_document(plan(["○ 債権の回収", line])).targets
    assert [t.basis for t in targets] == ["qualitative"]
    found = {reason.code for reason in targets[0].confidence_reasons}
    assert bool({"figure_missing", "bound_left"} & found) == doubted
    assert not doubted or targets[0].confidence < 0.8
