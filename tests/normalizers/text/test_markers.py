"""What counts as a list mark at the beginning of a line, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.text.markers import read_marker


@pytest.mark.parametrize(
    ("line", "kind", "text", "number"),
    [
        ("1-2. 窓口", "compound_number", "1-2.", 2),
        ("２－１０．広報", "compound_number", "２－１０．", 10),
        ("(3) 点検", "bracketed_number", "(3)", 3),
        ("（１）点検", "bracketed_number", "（１）", 1),
        ("⑷点検", "bracketed_number", "⑷", 4),
        ("2）回収", "number_bracket", "2）", 2),
        ("３．広報", "number", "３．", 3),
        ("１　広報", "bare_number", "１", 1),
        ("第２　施策", "chapter", "第２", 2),
        ("第3章 施策", "chapter", "第3章", 3),
        ("⑫ 回収", "circled", "⑫", 12),
        ("イ．案内", "katakana", "イ．", 2),
        ("ウ　案内", "katakana", "ウ", 3),
        ("ロ　案内", "katakana", "ロ", 2),
        ("ア　ジェネリック医薬品", "katakana", "ア", 1),
        ("イ コラボヘルスの推進", "katakana", "イ", 2),
        ("（ハ）案内", "bracketed_katakana", "（ハ）", 3),
        ("（エ）案内", "bracketed_katakana", "（エ）", 4),
        ("iv) 広報", "small_roman", "iv)", 4),
        ("ⅲ）広報", "small_roman", "ⅲ）", 3),
        ("Ⅱ．広報", "roman", "Ⅱ．", 2),
        ("Ⅰ 加入者の健康", "roman", "Ⅰ", 1),
        ("I) 人事", "roman", "I)", 1),
        ("b) 広報", "letter", "b)", 2),
        ("二、広報", "kanji", "二、", 2),
        ("（十二）広報", "bracketed_kanji", "（十二）", 12),
        ("○広報", "circle", "○", None),
        ("‣被保険者", "check", "‣", None),
        ("　・広報", "dot", "・", None),
        ("－ 広報", "dash", "－", None),
        ("−生活習慣病予防健診　実施率65.2％", "dash", "−", None),
        ("-事業者健診データ", "dash", "-", None),
        ("‐広報", "dash", "‐", None),
        ("ｰ訪問", "dash", "ｰ", None),
        ("─ 広報", "dash", "─", None),
        ("※1 説明", "note", "※1", 1),
        ("(※) 説明", "note", "(※)", None),
        ("【目標】", "lenticular", "【目標】", None),
        ("＜課題＞", "angle", "＜課題＞", None),
        ("（内訳）実施分", "breakdown", "（内訳）", None),
    ],
)
def test_marks_and_what_they_count(line: str, kind: str, text: str, number: int | None) -> None:
    marker = read_marker(line)
    assert marker is not None
    assert (marker.kind.name, marker.text, marker.number) == (kind, text, number)
    assert line[marker.start : marker.end].strip() == text


@pytest.mark.parametrize(
    "line",
    [
        "10.5%以上",
        "100% とする",
        "10 日以内",
        "3 か月以内",
        "2024 年度",
        "（1）～（3）の取組",
        "①～③の合計",
        "第2期計画",
        "Ⅱ型糖尿病",
        "アンケート",
        "コ ラ ボ ヘ ル ス",
        "ア　カ　デ　ミ　ー",
        "ハローワークとの連携",
        "-5.0%",
        "5人以上",
        "▲307",
        "④から移動",
        "",
        "　",
        "加入者",
    ],
)
def test_text_that_only_looks_like_a_mark(line: str) -> None:
    assert read_marker(line) is None


@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    marker = read_marker(text)
    assert marker is None or 0 <= marker.start < marker.end <= len(text)


@pytest.mark.parametrize("text", ["60. 3%", "8 .1％", "31. 3%以上", "8. 1ポイント"])
def test_a_figure_with_a_blank_at_its_point_has_no_mark(text: str) -> None:
    assert read_marker(text) is None


@pytest.mark.parametrize("text", ["1. 95.7%", "1. 95%", "2. 5疾病への対応", "10. 健診"])
def test_a_mark_before_a_figure_is_one(text: str) -> None:
    assert read_marker(text) is not None


@pytest.mark.parametrize("text", ["12 会場", "6 回以上", "15 社"])
def test_a_number_apart_from_its_unit_is_no_mark(text: str) -> None:
    assert read_marker(text) is None


@pytest.mark.parametrize("text", ["2 会場の設営", "12. 社会保障", "3) 年度計画"])
def test_a_mark_before_a_word_that_begins_like_a_unit_is_one(text: str) -> None:
    assert read_marker(text) is not None


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [("1）100％", "1）", 1), ("2)99.99%", "2)", 2), ("3）5,846円", "3）", 3), ("3.0.35%", "3.", 3)],
)
def test_a_mark_right_before_a_figure_is_no_part_of_it(text: str, mark: str, number: int) -> None:
    found = read_marker(text)
    assert found is not None
    assert (found.text, found.number) == (mark, number)


@pytest.mark.parametrize("text", ["12.5%", "1.5倍", "2.0ポイント"])
def test_a_figure_with_a_point_has_no_mark(text: str) -> None:
    assert read_marker(text) is None
