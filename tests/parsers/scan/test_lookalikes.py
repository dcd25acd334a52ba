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
    ],
)
def test_words_that_faint_print_distorts(read: str, meant: str) -> None:
    assert settled(read, [(0.0, 10.0)] * len(read)) == meant
