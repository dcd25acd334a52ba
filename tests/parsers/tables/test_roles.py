"""What the words of a header say of a table's columns."""

from __future__ import annotations

import pytest

from parsers.model.geometry import Box
from parsers.model.layout import Table
from parsers.tables.column_headers import read_header_words
from parsers.tables.roles import inherit, read_table
from tests.parsers.set_lines import set_cell, set_table

EDGES = (40.0, 100.0, 300.0, 500.0)


def roles(*header: str) -> list[str]:
    edges = [40.0 + 120 * number for number in range(len(header) + 1)]
    reading = read_table(set_table([[[text] for text in header], [["本文"] for _ in header]], edges=edges))
    return [column.role for column in reading.columns] if reading else []


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("分野", "新(令和3年度)", "旧(令和2年度)"), ["section", "new", "old"]),
        (("分野", "現行", "改正後"), ["section", "old", "new"]),
        (("旧", "新", "備考"), ["old", "new", "content"]),
        (("令和５年度", "令和６年度"), ["old", "new"]),
        (("Ｒ６年度事業計画（案）", "Ｒ５年度事業計画"), ["new", "old"]),
        (("分野", "具体的施策等"), ["section", "content"]),
        (("分野", "主な取組", "KPI", "備考"), ["section", "content", "content", "content"]),
        (("区分", "令和6年度事業計画", "令和5年度事業計画", "備考"), ["content", "new", "old", "content"]),
        (("保険者機能強化アクションプラン(第5期)(案)", "令和3年度事業計画(案)"), ["reference", "reference"]),
        (("新", "旧", "参考(本部計画)"), ["new", "old", "reference"]),
    ],
)
def test_roles_of_columns(header: tuple[str, ...], expected: list[str]) -> None:
    assert roles(*header) == expected


@pytest.mark.parametrize("row", [("新たな取組を進める。", "旧来の方法を見直す。"), ("○健診", "○広報"), ("1", "2")])
def test_text_is_no_header(row: tuple[str, ...]) -> None:
    assert roles(*row) == []


def test_table_of_indicators_names_years_and_meanings() -> None:
    header = [["指標"], ["令和4年度実績"], ["令和5年度目標"], ["令和6年度目標"]]
    reading = read_table(set_table([header, [["回収率"], ["90%"], ["91%"], ["92%"]]], edges=(40, 200, 300, 400, 500)))
    assert reading is not None
    assert reading.kind == "indicators"
    assert [(column.meaning, column.year) for column in reading.columns] == [
        ("indicator", None),
        ("actual", 2022),
        ("target", 2023),
        ("target", 2024),
    ]


def test_header_over_two_rows_joins_its_words() -> None:
    cells = (
        set_cell(0, 0, (40, 80, 200, 120), ["指標"], row_span=2),
        set_cell(0, 1, (200, 80, 500, 100), ["令和6年度"], column_span=2),
        set_cell(1, 1, (200, 100, 350, 120), ["目標"]),
        set_cell(1, 2, (350, 100, 500, 120), ["実績"]),
        set_cell(2, 0, (40, 120, 200, 140), ["回収率"]),
        set_cell(2, 1, (200, 120, 350, 140), ["95%"]),
        set_cell(2, 2, (350, 120, 500, 140), ["94%"]),
    )
    reading = read_table(Table(0, Box(40, 80, 500, 140), cells))
    assert reading is not None
    assert reading.header_rows == 2
    assert [(column.title, column.meaning, column.year) for column in reading.columns[1:]] == [
        ("令和6年度 目標", "target", 2024),
        ("令和6年度 実績", "actual", 2024),
    ]


def test_columns_are_inherited_by_place() -> None:
    first = read_table(set_table([[["分野"], ["新"], ["旧"]], [["1."], ["・甲"], ["・乙"]]], edges=EDGES))
    assert first is not None
    later = inherit(set_table([[[""], ["・丙"], ["・丁"]]], edges=EDGES), first)
    assert later is not None
    assert later.header_rows == 0
    assert [column.role for column in later.columns] == ["section", "new", "old"]
    assert inherit(set_table([[["甲"], ["乙"]]], edges=(60.0, 200.0, 420.0)), first) is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("目 標 値", "target"),
        ("令和４年度 実績", "actual"),
        ("ＫＰＩ", "indicator"),
        ("№", "number"),
        ("変 更 理 由", "aside"),
        ("医療費適正化の推進に向けて支部が取り組む事項を次のとおり定め、着実に実施することとする。", None),
    ],
)
def test_words_of_one_header(text: str, role: str | None) -> None:
    assert read_header_words(text).role == role
