"""項目 | 主な取組 | KPI on upright A4: one row a measure, its aims beside it."""

from __future__ import annotations

from itertools import groupby

from pipeline.sample.document import PlanToSet, SetPlan
from pipeline.sample.flow import Account, Column, TableFlow
from pipeline.sample.layouts.cover import draw_title
from pipeline.sample.layouts.plan_table import A4
from pipeline.sample.sheet import Sheet


def plan_with_target_column(document: PlanToSet) -> SetPlan:
    """The aims stand in a column of their own, so that they carry no KPI mark."""
    style = document.style
    sheet = Sheet(A4, style, title=document.title)
    account = Account()
    draw_title(sheet, document)
    first, second = sheet.left + 62, sheet.right - 158
    columns = (
        Column(sheet.left, first, style.printed("分野")),
        Column(first, second, style.printed("具体的施策")),
        Column(second, sheet.right, style.printed("KPI")),
    )
    table = TableFlow(sheet, columns, sheet.face(10), 18.0, account, header_fill=0xFFF2CC)
    table.header()
    for section, groups in groupby(document.groups, key=lambda group: group.section):
        for number, group in enumerate(groups):
            title = document.section_title(section) if number == 0 else ""
            table.row([group.others, group.aims], ["single", "single"], section, [title])
    return SetPlan(sheet.finish(), account, sheet.page)
