"""Tables without a single ruling: columns told by their headers' words, page after page."""

from __future__ import annotations

from parsers.model.layout import PageLayout
from parsers.plan.furniture import set_furniture_aside
from parsers.tables.roles import read_table
from parsers.tables.unruled_tables import complete_tables
from tests.parsers.set_lines import PITCH, set_line, set_page


def sheet(number: int, *, field: str) -> PageLayout:
    """A page with a line of headers far apart and three columns of text below it."""
    lines = [set_line("分野", 60, 60), set_line("改正後", 200, 60), set_line("改正前", 400, 60)]
    lines += [set_line(field, 50, 80)] if field else []
    for column, x in enumerate((150, 350)):
        words = (f"・{'一二三'[number - 1]}頁の{'新旧'[column]}の{'甲乙丙丁'[row]}" for row in range(4))
        lines += [set_line(text, x, 80 + PITCH * row) for row, text in enumerate(words)]
    return set_page(number, lines=lines)


def test_headers_repeated_on_each_page_are_columns_and_no_running_title() -> None:
    pages = [sheet(1, field="1. 広報"), sheet(2, field=""), sheet(3, field="2. 健診")]
    for page in complete_tables(set_furniture_aside(pages)):
        reading = read_table(page.tables[0])
        assert reading is not None
        assert [column.role for column in reading.columns] == ["section", "new", "old"]
        assert not page.lines
        assert not page.furniture


def test_every_line_keeps_to_its_column() -> None:
    (page,) = complete_tables(set_furniture_aside([sheet(1, field="1. 広報")]))
    section, new, old = [
        "".join(line.text.text for line in cell.lines) for cell in page.tables[0].cells if cell.row == 1
    ]
    assert section == "1. 広報"
    assert new.count("新の") == 4
    assert old.count("旧の") == 4
