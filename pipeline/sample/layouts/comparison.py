"""新旧対照表 on A4 across: new first, old first, or without a column for the section."""

from __future__ import annotations

from itertools import groupby

from normalizers.vocabulary import fiscal_year_name
from pipeline.sample.comparison import Row
from pipeline.sample.document import PlanToSet, SetPlan
from pipeline.sample.flow import Account, Column, TableFlow
from pipeline.sample.layouts.cover import draw_title
from pipeline.sample.sheet import Sheet
from pipeline.sample.wording import Paragraph

A4_ACROSS = (841.89, 595.28)
_MARGINS = (52.0, 40.0, 44.0, 40.0)
_LEGEND = {
    "red": "朱書きは変更箇所",
    "line": "傍線部分は変更箇所",
    "rectangle": "下線部分は変更箇所",
    "double": "二重線は変更箇所",
}


def new_first(document: PlanToSet) -> SetPlan:
    """分野 | 新(令和6年度) | 旧(令和5年度), one row a section."""
    year = document.plan.year
    headers = (f"新({fiscal_year_name(year)})", f"旧({fiscal_year_name(year - 1)})")
    return _comparison(document, headers, ("new", "old"), section_column=True)


def old_first(document: PlanToSet) -> SetPlan:
    """分野 | 令和5年度 | 令和6年度, one row a measure."""
    year = document.plan.year
    headers = (fiscal_year_name(year - 1), fiscal_year_name(year) + ("(案)" if document.style.draft else ""))
    return _comparison(document, headers, ("old", "new"), section_column=True, by_measure=True)


def without_section_column(document: PlanToSet) -> SetPlan:
    """新(令和6年度) | 現(令和5年度), the section's name on a line of its own above each table."""
    year = document.plan.year
    headers = (f"新({fiscal_year_name(year)})", f"現({fiscal_year_name(year - 1)})")
    return _comparison(document, headers, ("new", "old"), section_column=False)


def _comparison(
    document: PlanToSet,
    headers: tuple[str, str],
    editions: tuple[str, str],
    *,
    section_column: bool,
    by_measure: bool = False,
) -> SetPlan:
    style = document.style
    sheet = Sheet(A4_ACROSS, style, title=document.title, margins=_MARGINS)
    account = Account()
    draw_title(sheet, document, size=14)
    legend = style.printed(_LEGEND[style.marking])
    sheet.text(sheet.right - sheet.face(9).width(legend), sheet.y - 4, legend, sheet.face(9))
    sheet.y += 4
    edge = sheet.left + (76.0 if section_column else 0.0)
    middle = (edge + sheet.right) / 2
    columns = [Column(edge, middle, style.printed(headers[0])), Column(middle, sheet.right, style.printed(headers[1]))]
    if section_column:
        columns.insert(0, Column(sheet.left, edge, style.printed("分野")))
    fill = 0xDEEAF6 if style.border in ("stroke", "double_frame") else None
    table = TableFlow(sheet, tuple(columns), sheet.face(10), 16.0, account, header_fill=fill)
    table.header()
    for section, section_rows in groupby(document.rows, key=lambda row: row.section):
        rows = list(section_rows)
        blocks = [[row] for row in rows] if by_measure else [rows]
        for number, block in enumerate(blocks):
            sides = [_side(block, edition) for edition in editions]
            title = document.section_title(section)
            if section_column:
                table.row(sides, editions, section, [title if number == 0 else ""])
            else:
                _section_line(table, title)
                table.row(sides, editions, section)
    return SetPlan(sheet.finish(), account, sheet.page)


def _side(rows: list[Row], edition: str) -> list[Paragraph]:
    groups = [row.new if edition == "new" else row.old for row in rows]
    return [paragraph for group in groups if group is not None for paragraph in group.paragraphs]


def _section_line(table: TableFlow, title: str) -> None:
    """A row of one cell over both columns that names the section."""
    sheet = table.sheet
    height = table.leading + 2
    if sheet.y + 3 * height > sheet.bottom:
        sheet.new_page()
        if sheet.style.repeat_header:
            table.header()
    x0, x1 = table.columns[0].x0, table.columns[-1].x1
    for y in (sheet.y, sheet.y + height):
        sheet.border(x0, y, x1, y)
    for x in (x0, x1):
        sheet.border(x, sheet.y, x, sheet.y + height)
    sheet.text(x0 + 5, sheet.y + height - 5, title, table.face, bold=True)
    sheet.y += height
