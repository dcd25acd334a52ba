"""The table of header words, and headers read word by word with it."""

from __future__ import annotations

import pytest

from parsers.model.data_file import DataFileError, parse_data
from parsers.tables.column_headers import read_header_words
from parsers.tables.header_units import HeaderUnit, read_unit
from parsers.tables.header_words import HeaderTable


@pytest.mark.parametrize(
    "table",
    [
        '[[word]]\nwords = ["目標"]\nrole = "goal"',
        '[[word]]\nwords = ["目標"]\nmeans = "target"',
        '[[word]]\nwords = ["前年度"]\nyear = -9',
        '[[word]]\nwords = ["目標"]\n[[word]]\nwords = ["目標"]',
    ],
)
def test_a_table_that_breaks_its_schema_is_named(table: str) -> None:
    with pytest.raises(DataFileError, match=r"words\.toml"):
        parse_data(table, "words.toml", HeaderTable)


@pytest.mark.parametrize(
    ("text", "role", "year", "offset"),
    [
        ("令和６年度 目標値", "target", 2024, None),
        ("目標（2024年度）", "target", 2024, None),
        ("Ｒ６", None, 2024, None),
        ("2024", None, 2024, None),
        ("前年度実績見込", "actual", None, -1),
        ("今年度計画値", "target", None, 0),
        ("【参考】令和4年度実績", "actual", 2022, None),
        ("重要業績評価指標（ＫＰＩ）", "indicator", None, None),
        ("取組・担当グループ", "aside", None, None),
        ("健診受診率の目標", "target", None, None),
        ("10～12月", "schedule", None, None),
        ("実施内容・ＫＰＩ", "content", None, None),
        ("ＫＰＩ（前年度の計画）", "indicator", None, None),
        ("目標値（前年度実績）", "target", None, None),
        ("目標（R5実績）", "target", None, None),
        ("令和6年度目標（令和4年度実績）", "target", 2024, None),
        ("目標（前年度）", "target", None, -1),
        ("実績（前年度）", "actual", None, -1),
        ("具体的施策及びKPI", "content", None, None),
        ("数値目標／取組内容", "content", None, None),
        ("主な施策とその目標", "target", None, None),
        ("指標・目標", "target", None, None),
        ("計画と目標", "target", None, None),
    ],
)
def test_what_a_header_says(text: str, role: str | None, year: int | None, offset: int | None) -> None:
    words = read_header_words(text)
    assert words.understood
    assert (words.role, words.year, words.offset) == (role, year, offset)


@pytest.mark.parametrize(
    "text",
    ["○サービス水準の向上", "96.5%", "1,850社", "健診を勧める。", "特定健診", "95.0%以上とする目標を定めて取り組む"],
)
def test_what_is_no_header(text: str) -> None:
    assert not read_header_words(text).understood


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("単位：千円", HeaderUnit("円", 1000.0)),
        ("百万円", HeaderUnit("円", 1e6)),
        ("％", HeaderUnit("%", 1.0)),
        ("千件", HeaderUnit("件", 1000.0)),
        ("令和6年度", None),
    ],
)
def test_units_of_headers_and_captions(text: str, unit: HeaderUnit | None) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize("text", ["山形支部目標", "神奈川支部の目標値", "令和６年度長崎支部目標"])
def test_a_branch_s_own_name_is_no_part_of_what_a_column_holds(text: str) -> None:
    words = read_header_words(text)
    assert (words.role, words.scope, words.name) == ("target", "branch", None)
