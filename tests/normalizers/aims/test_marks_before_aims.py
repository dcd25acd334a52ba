"""Every list mark of the table before a KPI, with its number."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import read_aims
from normalizers.text.markers import marker_kinds, read_marker

COUNTING = {
    "chapter": [("第2章", 2), ("第３．", 3)],
    "roman": [("Ⅰ.", 1), ("Ⅳ　", 4), ("II.", 2)],
    "compound_number": [("1-1.", 1), ("２－３　", 3)],
    "dotted_number": [("1.2 ", 2)],
    "number": [("3.", 3), ("４．", 4), ("5、", 5)],
    "bracketed_number": [("(1)", 1), ("（２）", 2), ("⑶", 3)],
    "number_bracket": [("1)", 1), ("２）", 2)],
    "bare_number": [("2　", 2)],
    "circled": [("①", 1), ("㉑", 21), ("❸", 3)],
    "small_roman": [("iv)", 4), ("ⅲ)", 3), ("ii.", 2)],
    "bracketed_katakana": [("(イ)", 2), ("（ウ）", 3), ("㋓", 4)],
    "katakana": [("ア.", 1), ("ガ．", None), ("カ　", 6), ("サ）", 11)],
    "bracketed_kanji": [("（二）", 2), ("㈢", 3)],
    "kanji": [("一．", 1), ("十二．", 12), ("三、", 3)],
    "letter": [("b)", 2), ("ｃ．", 3), ("ⓓ", 4)],
    "capital": [("A.", 1), ("Ｂ）", 2), ("Ⓒ", 3)],
}
BULLETS = {
    "square": "■□▪",
    "diamond": "◆◇❖",
    "double_circle": "◎",
    "circle": "○●〇",
    "star": "★☆",
    "triangle": "▶△▽▼",
    "question": ["Ａ１　", "Q2."],
    "check": "✓➢",
    "arrow": "⇒→",
    "dot": "・•",
    "asterisk": "＊*",
    "dash": ["－ ", "—"],
}
NOT_BEFORE_AIMS = {"note", "footnote", "raised_note", "breakdown", "lenticular", "angle"}
AIM = "健診受診率を61.7%以上とする"


def test_every_kind_of_the_table_is_tried() -> None:
    assert {kind.name for kind in marker_kinds()} == COUNTING.keys() | BULLETS.keys() | NOT_BEFORE_AIMS


@pytest.mark.parametrize(("mark", "number"), [example for group in COUNTING.values() for example in group])
def test_a_counting_mark_gives_the_aim_its_number(mark: str, number: int | None) -> None:
    if number is None:
        assert read_marker(mark + "KPI") is None  # ガ counts nothing
        return
    (aim,) = read_aims(f"{mark}KPI：{AIM}")
    assert (aim.kind, aim.number, aim.indicator, aim.value) == ("kpi", number, "健診受診率", 61.7)
    prefix = target_prefix(f"■ KPI：{mark}{AIM}")
    assert (prefix.kind, prefix.number) == ("kpi", number)


@pytest.mark.parametrize("mark", [sign for signs in BULLETS.values() for sign in signs])
def test_a_bullet_leaves_the_aim_whole(mark: str) -> None:
    (aim,) = read_aims(f"{mark}KPI：{AIM}")
    assert (aim.kind, aim.number, aim.indicator, aim.value) == ("kpi", None, "健診受診率", 61.7)


@given(
    st.sampled_from([sign for signs in BULLETS.values() for sign in signs]),
    st.sampled_from([example for group in COUNTING.values() for example in group if example[1] is not None]),
    st.sampled_from(["", " ", "　"]),
)
def test_a_bullet_before_a_number(bullet: str, counting: tuple[str, int], blank: str) -> None:
    mark, number = counting
    assume(not (bullet in "△▽▼＊*" and mark[0].isdecimal()))  # the sign of a figure, the number of a note
    assume(not (bullet == "—" and not blank and mark[0].isdecimal()))  # a dash right before a figure is its sign
    assert target_prefix(f"{bullet}{blank}{mark}KPI：{AIM}").number == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("【KPI】一．健診受診率を61.7%以上とする 二．指導実施率を25.0%以上とする", [1, 2]),
        ("KPI：ア．健診受診率を61.7%以上とする。イ．指導実施率を25.0%以上とする。", [1, 2]),
        ("■ KPI：① 健診受診率を61.7%以上とする② 指導実施率を25.0%以上とする", [1, 2]),
        ("KPI：a) 健診受診率を61.7%以上とする b) 指導実施率を25.0%以上とする", [1, 2]),
    ],
)
def test_marks_within_a_paragraph_begin_further_aims(text: str, numbers: list[int]) -> None:
    aims = read_aims(text)
    assert [(aim.number, aim.value) for aim in aims] == list(zip(numbers, [61.7, 25.0], strict=True))
