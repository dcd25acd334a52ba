"""Head-count lines: every figure named, and prose left alone."""

from __future__ import annotations

import pytest

from normalizers.aims.head_counts import read_head_counts
from normalizers.aims.read_aims import group_line
from normalizers.text.characters import normalize


def figures(line: str) -> list[tuple[str, float, str | None]]:
    read = read_head_counts(normalize(line).text)
    return [(count.indicator, count.quantity.value, count.quantity.unit_code) for count in read.counts] if read else []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "二次勧奨（文書及び電話）　対象見込者数　1,740人　うち電話勧奨　870人",
            [("二次勧奨(文書及び電話)対象見込者数", 1740.0, "people"), ("電話勧奨", 870.0, "people")],
        ),
        (
            "事業所訪問　計画件数　320件うち新規宣言　45件",
            [("事業所訪問計画件数", 320.0, "cases"), ("新規宣言", 45.0, "cases")],
        ),
        (
            "説明会　参加見込者数　900名　うち女性　300名",
            [("説明会参加見込者数", 900.0, "people"), ("女性", 300.0, "people")],
        ),
        ("被保険者（40歳以上）（実施対象者数：245,248人）", [("実施対象者数", 245248.0, "people")]),
        (
            "生活習慣病予防健診 実施率 68.2%（実施見込者数：167,259人）",
            [("生活習慣病予防健診実施率", 68.2, "percent"), ("生活習慣病予防健診実施見込者数", 167259.0, "people")],
        ),
        (
            "（内訳）協会保健師実施分　２０．０％（実施見込者数 ８，６４０人）",
            [("協会保健師実施分", 20.0, "percent"), ("協会保健師実施分実施見込者数", 8640.0, "people")],
        ),
        (
            "特定健康診査：実施率 29.5%（実施見込者数：17,126人）",
            [("特定健康診査実施率", 29.5, "percent"), ("特定健康診査実施見込者数", 17126.0, "people")],
        ),
        ("二次勧奨実施予定人数100人", [("二次勧奨実施予定人数", 100.0, "people")]),
        ("申請受付から支給までの標準期間（サービススタンダード：10日間）を遵守する。", []),
        ("健診実施率 60.3%（令和2年度実績：58.8%）", [("健診実施率", 60.3, "percent")]),
        ("国の目標は65%である", []),
        ("第3期保健事業実施計画", []),
    ],
)
def test_figures_of_a_line(line: str, expected: list[tuple[str, float, str | None]]) -> None:
    assert figures(line) == expected


def test_the_place_of_a_figure_is_that_of_its_number() -> None:
    line = "生活習慣病予防健診実施率 68.2%(実施見込者数:167,259人)"
    read = read_head_counts(line)
    assert read is not None
    assert [line[count.start : count.end] for count in read.counts] == ["68.2", "167,259"]


@pytest.mark.parametrize(
    ("line", "population"),
    [
        ("被扶養者（４０歳以上）　対象者数　４１，７００人", "dependents"),
        ("＜被保険者（40歳以上）＞　対象者数：98,400人", "insured"),
        ("〔被扶養者〕健診対象者数 12,000人", "dependents"),
        ("被扶養者の特定健診受診者数 8,035人", None),
    ],
)
def test_a_group_with_the_number_of_its_people_speaks_for_the_lines_under_it(line: str, population: str | None) -> None:
    assert group_line(line) == population


@pytest.mark.parametrize(
    "line",
    [
        "保健指導者数　70人（Ｒ６見込：52人）",
        "健康宣言事業所数 4,600事業所（令和６年度見込：4,311事業所）",
        "LINE登録者数 7,500人（R6年度の実績見込み 6,020人）",
    ],
)
def test_what_a_year_is_expected_to_give_is_a_result_and_no_second_count(line: str) -> None:
    assert len(figures(line)) < 2
