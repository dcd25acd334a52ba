"""Every printed number is in ``numbers`` once, with what it is there for; none that may be an aim is passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalizers.model.records import Records
from normalizers.normalize import normalize_document
from parsers.model.document import Furniture, FurnitureReason
from parsers.model.geometry import Box
from tests.normalizers.plan_text import document, plan
from tests.normalizers.rows.test_kpi_tables import table


def roles(records: Records) -> list[tuple[str, str]]:
    return [(number.text, number.role) for number in records.numbers]


def unread(records: Records) -> list[list[str]]:
    return [finding.values["numbers"] for finding in records.findings if finding.check == "unread_number"]


def test_an_aim_s_numbers_belong_to_its_row() -> None:
    records = normalize_document(plan(["○健診", "■ KPI：① 生活習慣病予防健診実施率を60.3%以上とする"]))
    assert [(n.text, n.role, n.record_id, n.value, n.unit) for n in records.numbers if n.role == "value"] == [
        ("60.3", "value", "t0001", 60.3, "percent")
    ]
    assert unread(records) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("・高確法第18条に基づき実施する。", [("18", "reference")]),
        ("・別紙2のとおり行う。", [("2", "reference")]),
        ("・令和6年10月1日から周知する。", [("6", "date"), ("10", "date"), ("1", "date")]),
        ("・第6期アクションプランに沿って進める。", [("6", "date")]),
        ("・40歳以上の加入者に案内する。", [("40", "condition")]),
        ("・従業員は9人以下の中小企業に勧める。", [("9", "condition")]),
        ("・100万円を超える調達は一般競争入札とする。", [("100万", "condition")]),
        ("・国が示す目標値は65%である。", [("65", "statistic")]),
        ("・実績は48.9%となっている。", [("48.9", "statistic")]),
    ],
)
def test_numbers_that_are_no_aims_are_told_by_what_stands_around_them(
    line: str, expected: list[tuple[str, str]]
) -> None:
    records = normalize_document(plan(["○取組", line]))
    assert [entry for entry in roles(records) if entry[1] != "enumeration"] == expected
    assert unread(records) == []


def test_list_marks_count_as_enumeration() -> None:
    records = normalize_document(plan(["1. 取組", " (2) 周知する。"]))
    assert roles(records) == [("1", "enumeration"), ("2", "enumeration")]


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        # under a target heading
        (["○健診", "■ KPI：受診の山を 58.2 の峰へ届ける"], ["58.2"]),
        # words of aiming, a unit in which aims are set
        (["○健診", "・勧奨の手応えは700件、これを上回る構え"], ["700"]),
        # an indicator of the catalogue
        (["○健診", "・生活習慣病予防健診実施率 61.7% の山"], ["61.7"]),
    ],
)
def test_a_number_that_may_be_an_aim_and_is_none_is_a_finding(lines: list[str], numbers: list[str]) -> None:
    records = normalize_document(plan(lines))
    held = {number.text for number in records.numbers if number.role == "value"}
    for number in numbers:
        assert number in held or [number] in unread(records)


def test_a_number_left_in_a_target_column_is_a_finding() -> None:
    records = normalize_document(document(table(("", "満足の声", "", "", "概ね 88 の声を得るか", ""))))
    assert [n.text for n in records.numbers if n.text == "88"] == ["88"]
    assert [n.role for n in records.numbers if n.text == "88"] == ["value"] or unread(records) == [["88"]]


def test_results_in_a_column_of_their_own_are_baselines() -> None:
    records = normalize_document(document(table(("", "健診実施率", "59.0%以上", "58.2%", "60.3%以上", ""))))
    assert ("58.2", "baseline") in roles(records)


def test_a_page_of_many_such_lines_has_a_bounded_number_of_findings() -> None:
    records = normalize_document(plan(["○健診", *[f"・構えは{number}件を上回る山" for number in range(100, 200)]]))
    found = [finding for finding in records.findings if finding.check == "unread_number"]
    assert len(found) <= 21


@pytest.mark.parametrize("line", ["健康アクション宣言事業所1,350社", "・宣言事業所　1,400社以上", "・会場 8か所"])
def test_a_name_with_its_figure_alone_in_a_line_is_a_doubt(line: str) -> None:
    assert len(unread(normalize_document(plan(["1. 健診", line])))) == 1


@pytest.mark.parametrize("line", ["予算 1,200千円", "加入者は約40万人である。", "・14人を配置した体制", "対象：30人"])
def test_a_figure_of_a_sentence_or_a_sum_is_none(line: str) -> None:
    assert unread(normalize_document(plan(["1. 会場の確保", line]))) == []


@pytest.mark.parametrize("reason", ["title", "running", "stamp"])
@pytest.mark.parametrize(("text", "doubts"), [("受診率 65.0％以上を目指す", 1), ("令和7年度 滋賀支部 第2版", 0)])
def test_an_aim_in_what_was_set_aside_is_a_doubt(reason: FurnitureReason, text: str, doubts: int) -> None:
    parsed = plan(["1. 健診", "・案内する。"])
    aside = Furniture(1, Box(60, 20, 300, 40), text, reason)
    assert len(unread(normalize_document(replace(parsed, furniture=(aside,))))) == doubts


@pytest.mark.parametrize(
    ("column", "text"), [(5, "・参加者満足度 90%以上"), (3, "・満足度 90%以上"), (5, "薬剤費 対前年度以下")]
)
def test_a_bound_in_a_column_that_is_none_of_targets_is_a_doubt(column: int, text: str) -> None:
    cells = ["", "① 健診実施率", "", "", "60.3%以上", ""]
    cells[column] = text
    records = normalize_document(document(table(tuple(cells))))
    assert [t.value for t in records.targets] == [60.3]
    assert [f.check in ("dropped_target", "unread_number") for f in records.findings] == [True]


@pytest.mark.parametrize("line", ["集団健診 292,400人 53.5％ 156,434人", "・夜間面談　1,200人　35.0％"])
def test_a_row_of_a_table_that_was_not_understood_is_named(line: str) -> None:
    records = normalize_document(plan(["(1) 健診の推進", "・健診を勧める。", line]))
    assert not records.targets
    assert [finding.check for finding in records.findings] == ["unread_number"]
