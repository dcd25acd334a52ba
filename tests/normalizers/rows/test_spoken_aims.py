"""Aims outside KPI blocks and tables: cards of slides, questions and answers, polite prose, lines without a verb."""

from __future__ import annotations

import pytest

from normalizers.model.records import Records
from normalizers.normalize import normalize_document
from tests.normalizers.plan_text import plan
from tests.normalizers.rows.drawn_tables import TITLE, read_plan
from tests.parsers.sheets import Sheet


def lines(*texts: str, size: float = 10.0, pitch: float = 18.0) -> Records:
    sheet = Sheet().text(180, 50, TITLE, size=14).text(50, 80, "1. 基盤的保険者機能の盤石化", size=11)
    for number, text in enumerate(texts):
        sheet.text(50, 105 + pitch * number, text, size=size)
    return read_plan(sheet.data())[1]


def aims(records: Records) -> list[tuple[str | None, str | None, float | None]]:
    return [(target.indicator, target.comparator, target.value) for target in records.targets]


@pytest.mark.parametrize(
    ("name", "figure", "size"), [("郵送化率", "96.5%以上", 10.0), ("特定健診実施率", "31.5%以上", 14.0)]
)
@pytest.mark.parametrize("above", [True, False])
def test_a_large_figure_on_a_card_is_of_the_name_beside_it(name: str, figure: str, size: float, above: bool) -> None:
    sheet = (
        Sheet(width=720, height=540).text(180, 40, TITLE, size=16).text(50, 75, "1. 基盤的保険者機能の盤石化", size=12)
    )
    for x, (word, number) in ((50, (name, figure)), (380, ("事業者健診データ取得率", "9.1%以上"))):
        sheet.grid([x, x + 280], [110, 210])
        sheet.text(x + 12, 135 if above else 198, word, size=size)
        sheet.text(x + 12, 185 if above else 160, number, size=2.2 * size)
    records = read_plan(sheet.data())[1]
    if above:
        assert aims(records) == [(name, "ge", float(figure[:-3])), ("事業者健診データ取得率", "ge", 9.1)]
    else:
        # A figure above its name is kept with it, and never passed over.
        unread = [finding for finding in records.findings if finding.check == "unread_number"]
        assert [finding.values["numbers"] for finding in unread] == [[figure[:-3]], ["9.1"]]


@pytest.mark.parametrize(
    "text",
    [
        "現金給付等の申請に係る郵送化率を96.5%以上とします。",
        "現金給付等の申請に係る郵送化率は、96.5%以上を目指します。",
        "現金給付等の申請に係る郵送化率を96.5%以上に引き上げることを目標としています。",
        "現金給付等の申請に係る郵送化率を96.5%以上にします。",
    ],
)
@pytest.mark.parametrize("mark", ["・", "Ａ１　", "A2. "])
def test_polite_prose_and_answers_state_aims_that_a_person_looks_at(text: str, mark: str) -> None:
    records = lines("Q1　申請は便利になりますか。", mark + text)
    assert aims(records) == [("現金給付等の申請に係る郵送化率", "ge", 96.5)]
    assert records.targets[0].confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "現金給付等の申請に係る郵送化率は96.5%でした。",
        "国は特定健診実施率を70%以上とすることを目標としています。",
        "特定健診実施率は全国の目標である70%以上に届きませんでした。",
    ],
)
def test_polite_prose_of_results_and_of_others_goals_states_none(text: str) -> None:
    assert lines(text).targets == ()


@pytest.mark.parametrize("text", ["■ 郵送化率 96.5%以上", "・郵送化率：96.5%以上", "郵送化率　96.5%以上"])
def test_a_line_that_ends_with_a_bound_is_an_aim_in_doubt(text: str) -> None:
    records = lines(text)
    assert aims(records) == [("郵送化率", "ge", 96.5)]
    assert records.targets[0].confidence < 0.8


@pytest.mark.parametrize(
    "announced", ["目標は次のとおりです。", "■ KPI：次のとおりとする", "数値目標を以下のとおり設定する。"]
)
def test_what_is_announced_as_targets_is_targets_and_the_announcement_none(announced: str) -> None:
    records = lines(announced, "・郵送化率　96.5%", "・健康宣言事業所数　1,850社", "・窓口業務の改善に取り組む。")
    assert [(target.kind, target.value) for target in records.targets] == [("kpi", 96.5), ("kpi", 1850.0)]


@pytest.mark.parametrize("entry", ["【指標１２】", "（指標７～１１、別表２）", "【KPI3、4】", "〔別紙１参照〕"])
def test_the_number_of_an_entry_elsewhere_is_no_aim(entry: str) -> None:
    heading = f"（２）重症化予防{entry}"
    assert not normalize_document(plan([heading, "ア 未治療者へ二次勧奨を行う。"])).targets
    records = normalize_document(plan([f"■ KPI：健康宣言事業所数{entry} 1,180社以上"]))
    assert [(t.indicator, t.value, t.unit) for t in records.targets] == [("健康宣言事業所数", 1180.0, "companies")]


@pytest.mark.parametrize(
    "child", ["特定健康診査　実施率　29.5%（58,469人）", "・特定健康診査　実施率　30.1％（9,300人）"]
)
def test_a_group_counted_in_its_own_line_speaks_for_the_rates_under_it(child: str) -> None:
    records = lines("●被扶養者の受診対象者数　198,200人", "　" + child)
    assert [target.population for target in records.targets] == ["dependents"] * 3


def test_head_counts_in_a_column_of_targets_are_targets_but_for_those_the_plan_reckons_with() -> None:
    sheet = Sheet().text(180, 50, TITLE, size=14).text(50, 80, "1. 基盤的保険者機能の盤石化", size=11)
    sheet.grid([50, 110, 180, 560], [95, 120, 150, 180])
    for x, word in ((55, "事業"), (115, "実施内容"), (190, "目標")):
        sheet.text(x, 112, word, size=9)
    for y, row in (
        (140, ("啓発", "開催する", "セミナー開催　4会場（参加者延べ400人）")),
        (170, ("健診", "勧奨する", "特定健診　実施率　30.0%（実施見込者数：9,000人）")),
    ):
        for x, word in zip((55, 115, 190), row, strict=True):
            sheet.text(x, y, word, size=8)
    records = read_plan(sheet.data())[1]
    kinds = {target.unit: target.kind for target in records.targets if target.unit in ("places", "percent")}
    assert kinds == {"places": "kpi", "percent": "plan_figure"}


@pytest.mark.parametrize(("none", "size"), [("（該当なし）", 10.0), ("（設定なし）", 10.5)])
def test_that_no_target_is_set_is_of_nothing_and_asks_nobody(none: str, size: float) -> None:
    target = lines("■ KPI", none, size=size).targets[0]
    assert (target.basis, target.indicator, target.confidence >= 0.8) == ("not_set", None, True)
