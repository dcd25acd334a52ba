"""Numbers in every spelling, and only where they are numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.text.characters import normalize
from normalizers.text.numbers import read_number, read_quantities

KANJI = "〇一二三四五六七八九"


def values(text: str) -> list[tuple[float, str | None]]:
    return [(quantity.value, quantity.unit_code) for quantity in read_quantities(normalize(text).text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("９５．０％以上", [(95.0, "percent")]),
        ("30.3 ％", [(30.3, "percent")]),
        ("108万6千人", [(1086000.0, "people")]),
        ("約4,000万人", [(40000000.0, "people")]),
        ("１億２，０００万円", [(120000000.0, "yen")]),
        ("2. 5千人", [(2500.0, "people")]),
        ("▲307件", [(-307.0, "cases")]),
        ("△1.2%ポイント", [(-1.2, "percentage_point")]),
        ("＋1.0ポイント", [(1.0, "percentage_point")]),
        ("±0件", [(0.0, "cases")]),
        ("二週間以内", [(2.0, "weeks")]),
        ("三部位", [(3.0, "places")]),
        ("年二回", [(2.0, "times")]),
        ("二千三百人", [(2300.0, "people")]),
        ("九五．〇％", [(95.0, "percent")]),
        ("1か月と2ヵ月と3ヶ月と4カ月", [(1.0, "months"), (2.0, "months"), (3.0, "months"), (4.0, "months")]),
        ("1件当たり5,000円", [(1.0, "cases"), (5000.0, "yen")]),
        ("8割", [(80.0, "percent")]),
        ("8割5分", [(85.0, "percent")]),
        ("100,000事業所³²", [(100000.0, "offices")]),
        ("60,000件/日", [(60000.0, "cases")]),
        ("事故ゼロ", [(0.0, None)]),
        ("½", [(0.5, None)]),
        ("①88.8%", [(88.8, "percent")]),
    ],
)
def test_a_number_and_its_unit(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一者応札",
        "一般競争入札",
        "第三者",
        "R6",
        "HbA1c",
        "①",
        "Ⅱ",
        "一人ひとり",
        "統一的な対応",
        "三重県",
        "ゼロトレランス",
    ],
)
def test_a_numeral_inside_a_word_is_no_number(text: str) -> None:
    assert values(text) == []


def test_a_range_is_one_quantity_with_both_ends() -> None:
    (quantity,) = read_quantities(normalize("10～15回").text)
    assert (quantity.value, quantity.upper, quantity.unit_code) == (10.0, 15.0, "times")


def test_an_approximate_number_says_so() -> None:
    (quantity,) = read_quantities("概ね 100%")
    assert quantity.notes == ("approximate",)


def test_a_number_within_a_longer_word_is_not_read_in_part() -> None:
    assert [value for value, _ in values("HbA1c8.0%以上")] == []


@pytest.mark.parametrize(
    ("text", "value"), [("1,850", 1850.0), ("四千", 4000.0), ("▲0.5", -0.5), ("数", None), ("", None), ("1 2", None)]
)
def test_a_bare_number(text: str, value: float | None) -> None:
    assert read_number(text) == value


def full_width(text: str) -> str:
    return text.translate({ord(character): ord(character) + 0xFEE0 for character in "0123456789.,%"})


SPELLINGS = st.sampled_from(
    [
        lambda value: f"{value:,}",
        lambda value: f"{value}",
        lambda value: full_width(f"{value:,}"),
        lambda value: f"{value:,} ",
        lambda value: "".join(KANJI[int(digit)] for digit in str(value)),
        lambda value: f"{value // 10000}万{value % 10000:,}" if value >= 10000 and value % 10000 else f"{value}",
        lambda value: f"{value // 1000}千{value % 1000}" if 1000 <= value < 10000 and value % 1000 else f"{value}",
    ]
)


@given(
    st.integers(min_value=1, max_value=99_999_999),
    SPELLINGS,
    st.sampled_from([("人", "people"), ("社", "companies"), ("件", "cases")]),
)
def test_a_count_in_any_spelling_is_read_back(value: int, spelling, unit: tuple[str, str]) -> None:  # type: ignore[no-untyped-def]
    assert values(f"の目標は {spelling(value)}{unit[0]}") == [(float(value), unit[1])]


@given(
    st.decimals(min_value=0, max_value=1000, places=2), st.booleans(), st.sampled_from(["%", "％", "パーセント", " ％"])
)
def test_a_rate_in_any_spelling_is_read_back(value, wide: bool, unit: str) -> None:  # type: ignore[no-untyped-def]
    text = full_width(f"{value:.2f}") if wide else f"{value:.2f}"
    assert values(f"率を{text}{unit}以上") == [(float(value), "percent")]


@given(st.text(max_size=200))
def test_no_text_raises_and_every_quantity_lies_in_it(text: str) -> None:
    for quantity in read_quantities(text):
        assert 0 <= quantity.start < quantity.number_end <= quantity.end <= len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("6 3 . 5%", 63.5), ("1 0 0%", 100.0), ("9 5 .0%", 95.0), ("約1 2 . 5%", 12.5), ("5.05%", 5.05), ("63.5 %", 63.5)],
)
def test_letter_spaced_digits_are_one_number(text: str, value: float) -> None:
    (quantity,) = read_quantities(text)
    assert quantity.value == pytest.approx(value)
    assert "digit_before" not in quantity.notes


def test_a_digit_a_blank_before_a_number_is_a_doubt() -> None:
    assert "digit_before" in read_quantities("2 95.0%")[-1].notes
