"""Tables larger than any plan's: read in bounded time, whatever they hold."""

from __future__ import annotations

from parsers.plan.furniture import set_furniture_aside
from parsers.tables.table_sequence import read_tables
from tests.parsers.set_lines import set_page, set_table


def test_five_thousand_cells_on_a_page() -> None:
    edges = [20.0 + 5 * number for number in range(101)]
    header = [["指標" if number % 2 == 0 else "目標"] for number in range(100)]
    body = [[[str(row * column % 97)] for column in range(100)] for row in range(50)]
    page = set_page(tables=[set_table([header, *body], edges=edges)])
    sequence = read_tables(set_furniture_aside([page]))
    assert len(sequence.readings[1, 0].columns) == 100


def test_a_header_on_every_page_with_small_differences() -> None:
    edges = (40.0, 240.0, 340.0, 440.0)
    pages = [
        set_page(
            number,
            tables=[
                set_table(
                    [
                        [["指標"], ["令和5年度目標"], [f"令和6年度目標{'（案）' * (number % 2)}"]],
                        [[f"第{number}の回収率"], ["54.0%"], ["58.0%"]],
                    ],
                    edges=edges,
                )
            ],
        )
        for number in range(1, 61)
    ]
    sequence = read_tables(set_furniture_aside(pages))
    meanings = {tuple(column.meaning for column in reading.columns) for reading in sequence.readings.values()}
    assert meanings == {("indicator", "target", "target")}
