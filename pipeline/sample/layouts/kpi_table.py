"""Headed prose without KPIs, and one page with the table of all KPIs: a column a year, past results beside them."""

from __future__ import annotations

from itertools import groupby

from normalizers.vocabulary import fiscal_year_name
from pipeline.sample.document import PlanToSet, SetPlan
from pipeline.sample.flow import Account
from pipeline.sample.kpi_rows import kpi_rows, plain_paragraph
from pipeline.sample.layouts.cover import draw_title
from pipeline.sample.layouts.plan_table import A4
from pipeline.sample.layouts.prose import draw_sections
from pipeline.sample.sheet import Sheet
from pipeline.sample.typesetting import Type, break_lines

_LEADING = 13.5
_PADDING = 4.0
_SHARES = (0.14, 0.44, 0.14, 0.14, 0.14)


def plan_with_kpi_table(document: PlanToSet) -> SetPlan:
    """The measures first, then the table, on a turned page where the office likes it so."""
    sheet = Sheet(A4, document.style, title=document.title)
    account = Account()
    draw_title(sheet, document)
    draw_sections(sheet, document, account, without_aims=True)
    sheet.new_page(turned=document.style.rotate)
    _draw_table(sheet, document, account)
    return SetPlan(sheet.finish(), account, sheet.page)


def _draw_table(sheet: Sheet, document: PlanToSet, account: Account) -> None:
    assert document.old_plan is not None
    style, year = document.style, document.plan.year
    before, now = fiscal_year_name(year - 1), fiscal_year_name(year)
    heading = plain_paragraph("cell:title", "heading", f"{now} {document.plan.branch_name}支部 KPI一覧", style)
    account.note("single", heading, None, column=0, page=sheet.page)
    account.rows += 1
    sheet.centred(sheet.y + 6, heading.text, sheet.face(13))
    sheet.y += 18
    edges = [sheet.left]
    for share in _SHARES:
        edges.append(edges[-1] + share * (sheet.right - sheet.left))
    face = sheet.face(9)
    headers = ("分野", "指標", f"{before}目標", f"{before}実績", f"{now}目標")
    _cells(sheet, edges, [style.printed(text) for text in headers], face, from_column=0)
    rows = kpi_rows(document.plan, document.old_plan, style)
    for section, section_rows in groupby(rows, key=lambda row: row.section):
        rows_here = list(section_rows)
        top = sheet.y
        title = document.section_title(section)
        needed = len(_lines(title, face, edges[1] - edges[0] - 2 * _PADDING)) * _LEADING + _PADDING
        for row in rows_here:
            for column, (edition, paragraph) in enumerate(row.cells, start=1):
                account.note(edition, paragraph, section, column=column, page=sheet.page)
            account.rows += 1
            _cells(
                sheet,
                edges,
                ["", *(paragraph.text for _, paragraph in row.cells)],
                face,
                from_column=1,
                least_height=needed / len(rows_here),
            )
        _section_cell(sheet, edges, top, title, face)


def _cells(
    sheet: Sheet, edges: list[float], texts: list[str], face: Type, *, from_column: int, least_height: float = 0.0
) -> None:
    """One row of cells; the columns before ``from_column`` are left to a cell that spans rows."""
    lines = [
        _lines(text, face, x1 - x0 - 2 * _PADDING) for text, x0, x1 in zip(texts, edges[:-1], edges[1:], strict=True)
    ]
    height = max(max(len(cell) for cell in lines) * _LEADING + _PADDING, least_height)
    for column, cell in enumerate(lines):
        x0, x1 = edges[column], edges[column + 1]
        for number, text in enumerate(cell):
            baseline = sheet.y + (number + 1) * _LEADING - 2
            x = x0 + _PADDING if column < 2 else (x0 + x1 - face.width(text)) / 2
            sheet.text(x, baseline, text, face)
    for x in edges[from_column:]:
        sheet.border(x, sheet.y, x, sheet.y + height)
    for y in (sheet.y, sheet.y + height):
        sheet.border(edges[from_column], y, edges[-1], y)
    sheet.y += height


def _section_cell(sheet: Sheet, edges: list[float], top: float, title: str, face: Type) -> None:
    x0, x1 = edges[0], edges[1]
    for number, text in enumerate(_lines(title, face, x1 - x0 - 2 * _PADDING)):
        sheet.text(x0 + _PADDING, top + (number + 1) * _LEADING - 2, text, face)
    for y in (top, sheet.y):
        sheet.border(x0, y, x1, y)
    for x in (x0, x1):
        sheet.border(x, top, x, sheet.y)


def _lines(text: str, face: Type, width: float) -> list[str]:
    return [text[line.start : line.end] for line in break_lines(text, face, width, first_indent=0, later_indent=0)]
