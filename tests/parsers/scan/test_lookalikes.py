"""Characters told apart by their neighbours and their size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.scan.lookalikes import read_alone, settled


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("健診デ一夕", "健診データ"),
        ("第二クール", "第二クール"),
        ("口コモ", "ロコモ"),
        ("一者応札", "一者応札"),
        ("能力の向上", "能力の向上"),
        ("カ力オ", "カカオ"),
        ("であリ、", "であり、"),
        ("はリ・きゅう", "はり・きゅう"),
        ("85。0%", "85.0%"),
        ("1O0人", "100人"),
        ("実施する。", "実施する。"),
    ],
)
def test_neighbours_decide(read: str, meant: str) -> None:
    assert settled(read, [(0.0, 10.0)] * len(read)) == meant


def test_a_low_kana_is_a_small_one() -> None:
    tall, low = (0.0, 10.0), (4.0, 10.0)
    assert settled("フオロー", [tall, low, tall, tall]) == "フォロー"
    assert settled("よって", [tall, (4.0, 10.0), tall]) == "よって"


def test_a_point_that_hangs_below_its_digits_is_a_comma() -> None:
    digit = (0.0, 10.0)
    assert settled("41.890", [digit, digit, (9.0, 12.0), digit, digit, digit]) == "41,890"
    assert settled("41.8", [digit, digit, (9.0, 10.0), digit]) == "41.8"


def test_what_is_passed_over_in_a_line_is_a_reference_mark() -> None:
    assert read_alone("米") == "※"
    assert read_alone("健") == "健"


@given(st.text(max_size=60))
def test_nothing_is_added_or_lost(text: str) -> None:
    assert len(settled(text, [(0.0, 10.0)] * len(text))) == len(text)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("合和6年度目標", "令和6年度目標"),
        ("平戌29年庶", "平成29年度"),
        ("今和元年度", "令和元年度"),
        ("進抄管理", "進捗管理"),
        ("令和の時代", "令和の時代"),
        ("合和会", "合和会"),
        ("令和6年庶務課", "令和6年庶務課"),
        ("毎年座談会", "毎年座談会"),
        ("令和6年座の目標", "令和6年度の目標"),
        ("令和6年座長に就く", "令和6年座長に就く"),
        ("進挫状況", "進捗状況"),
        ("挫折", "挫折"),
        ("健康保険ヤミナー", "健康保険セミナー"),
        ("委員力バー率", "委員カバー率"),
        ("中小企業診断十)を", "中小企業診断士)を"),
        ("診断十分", "診断十分"),
        ("<KP1>", "<KPI>"),
        ("KPl：①", "KPI：①"),
        ("宣言事業所数1.350事業所", "宣言事業所数1,350事業所"),
        ("172.500人", "172,500人"),
        ("地域医庵構想", "地域医療構想"),
        ("延~2,600人", "延べ2,600人"),
        ("四半期ことに1回", "四半期ごとに1回"),
        ("円であつた。", "円であった。"),
        ("三つたてる", "三つたてる"),
        ("サーピススタンダード", "サービススタンダード"),
        ("（ー）サービス水準の向上", "（一）サービス水準の向上"),
        ("(－)健診", "(一)健診"),
        ("36.2%以トとする", "36.2%以上とする"),
        ("20%以丁", "20%以下"),
        ("改革の推准", "改革の推進"),
        ("81.3%「80.0%]", "81.3%[80.0%]"),
        ("「80.0%」", "「80.0%」"),
        ("広報.健康保険委員", "広報・健康保険委員"),
        ("実績-目標", "実績・目標"),
        ("Off-JT", "Off-JT"),
        ("査定率1.350%", "査定率1.350%"),
        ("0.178", "0.178"),
        ("回収率(件数べース)", "回収率(件数ベース)"),
        ("優良企業べスト", "優良企業ベスト"),
        ("健康へルスアップ", "健康ヘルスアップ"),
        ("調べ、ストップ", "調べ、ストップ"),
        ("会場へ、リース", "会場へ、リース"),
        ("協会けんほの加入者", "協会けんぽの加入者"),
        ("社会保險診療報酬", "社会保険診療報酬"),
        ("対象者の增减", "対象者の増減"),
        ("委崛事業所数", "委嘱事業所数"),
        ("実施目以者数", "実施見込者数"),
        ("着目以外の者", "着目以外の者"),
    ],
)
def test_words_that_faint_print_distorts(read: str, meant: str) -> None:
    assert settled(read, [(0.0, 10.0)] * len(read)) == meant
