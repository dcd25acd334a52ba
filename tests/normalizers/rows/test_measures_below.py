"""A line that only says how it is measured (受診率 66.2％) is of what the line above it names."""

from __future__ import annotations

import pytest

from normalizers.model.records import Records
from normalizers.normalize import normalize_document
from tests.normalizers.plan_text import plan
from tests.normalizers.rows.drawn_tables import TITLE, read_plan
from tests.parsers.sheets import Sheet


def _read(lines: str) -> Records:
    return normalize_document(plan(lines))


def _named(records: Records) -> list[tuple[str | None, str | None, float | None]]:
    return [(target.indicator, target.population, target.value) for target in records.targets]


def test_measures_below_a_name_are_of_it_and_of_the_group_above() -> None:
    records = _read(
        """
○ 健診の受診率の向上
 ＜被保険者（40歳以上）＞（受診対象者数：235,500人）
  ・生活習慣病予防健診
   受診率　66.2％（受診見込者数：155,901人）
  ・事業者健診データ
   取得率　8.9％（取得見込者数：20,960人）
 ＜被扶養者＞（受診対象者数：69,800人）
  ・特定健康診査
   受診率　30.9％（受診見込者数：21,568人）
"""
    )
    assert _named(records) == [
        ("受診対象者数", "insured", 235500),
        ("生活習慣病予防健診受診率", "insured", 66.2),
        ("生活習慣病予防健診受診見込者数", "insured", 155901),
        ("事業者健診データ取得率", "insured", 8.9),
        ("事業者健診データ取得見込者数", "insured", 20960),
        ("受診対象者数", "dependents", 69800),
        ("特定健康診査受診率", "dependents", 30.9),
        ("特定健康診査受診見込者数", "dependents", 21568),
    ]
    assert all(target.confidence >= 0.8 for target in records.targets)


@pytest.mark.parametrize(("name", "rate"), [("歯科健康診査", 12.5), ("骨密度検診", 8.0)])
def test_names_that_no_catalogue_knows_are_names_too(name: str, rate: float) -> None:
    records = _read(f"（１）若年層への支援\n ・{name}\n  受診率　{rate}％（受診見込者数：3,400人）")
    assert _named(records) == [(f"{name}受診率", None, rate), (f"{name}受診見込者数", None, 3400)]


def test_people_told_beside_the_measure_are_of_whom_the_name_is() -> None:
    records = _read(
        "① 特定保健指導\n"
        "被保険者　実施率　25.0％（実施見込者数：900人）\n"
        "被扶養者　実施率　15.0％（実施見込者数：60人）"
    )
    assert _named(records) == [
        ("特定保健指導実施率", "insured", 25.0),
        ("特定保健指導実施見込者数", "insured", 900),
        ("特定保健指導実施率", "dependents", 15.0),
        ("特定保健指導実施見込者数", "dependents", 60),
    ]


@pytest.mark.parametrize("heading", ["○ 特定保健指導の推進", "○ 特定保健指導の利用勧奨について"])
def test_what_rather_heads_the_measures_is_doubted(heading: str) -> None:
    records = _read(f"{heading}\n 実施率　25.0％（実施見込者数：900人）")
    assert [target.value for target in records.targets] == [25.0, 900]
    assert all(target.indicator is not None and "推進" not in target.indicator for target in records.targets)
    assert all(target.confidence < 0.8 for target in records.targets)


def test_measures_that_nothing_names_are_doubted() -> None:
    records = _read("次のとおり見込むこととし、関係機関と連携して取り組む。\n 実施率　25.0％（実施見込者数：900人）")
    assert [target.value for target in records.targets] == [25.0, 900]
    assert all(target.confidence < 0.8 for target in records.targets)


@pytest.mark.parametrize("size", [9.0, 11.0])
def test_people_named_over_boxes_side_by_side_are_those_of_the_box_below(size: float) -> None:
    sheet = Sheet(width=842).text(60, 40, TITLE, size=14)
    for left, people, lines in (
        (
            40,
            "◆ 被保険者（40歳以上）　対象者 449,080人",
            ("生活習慣病予防健診", "　・実施率　61.4％　・実施見込者数　275,735人"),
        ),
        (440, "◆ 被扶養者　対象者 126,400人", ("特定健康診査", "　・実施率　30.5％　・実施見込者数　38,552人")),
    ):
        sheet.text(left + 6, 90, people, size=size)
        sheet.grid([left, left + 370], [110, 190])
        for number, line in enumerate(lines):
            sheet.text(left + 8, 124 + 22 * number, line, size=size)
    assert _named(read_plan(sheet.data())[1])[-4:] == [
        ("生活習慣病予防健診実施率", "insured", 61.4),
        ("生活習慣病予防健診実施見込者数", "insured", 275735),
        ("特定健康診査実施率", "dependents", 30.5),
        ("特定健康診査実施見込者数", "dependents", 38552),
    ]
