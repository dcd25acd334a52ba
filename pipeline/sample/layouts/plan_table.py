"""分野 | 具体的施策等 on upright A4: one row a section, running over pages; the 分野 set across or down."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from normalizers.vocabulary import fiscal_year_name
from pipeline.sample.document import PlanToSet, SetPlan
from pipeline.sample.flow import Account, Column, TableFlow
from pipeline.sample.layouts.cover import draw_title
from pipeline.sample.sheet import Sheet

A4 = (595.28, 841.89)


def two_column(document: PlanToSet) -> SetPlan:
    """The section's name in a narrow column of its own."""
    return _plan_table(document, 84.0, "具体的施策等", vertical=False)


def vertical_section(document: PlanToSet) -> SetPlan:
    """The section's name in one column of characters, from top to bottom."""
    return _plan_table(document, 30.0, "主な取組内容", vertical=True)


def _plan_table(document: PlanToSet, section_width: float, header: str, *, vertical: bool) -> SetPlan:
    sheet = Sheet(A4, document.style, title=document.title)
    account = Account()
    draw_title(sheet, document)
    edge = sheet.left + section_width
    columns = (
        Column(sheet.left, edge, document.style.printed("分野")),
        Column(edge, sheet.right, document.style.printed(header)),
    )
    fill = 0xE7E6E6 if document.style.border == "stroke" else None
    table = TableFlow(
        sheet, columns, sheet.face(10.5), 21.0 if vertical else 19.5, account, header_fill=fill, vertical_first=vertical
    )
    table.header()
    for section, groups in groupby(document.groups, key=lambda group: group.section):
        paragraphs = [paragraph for group in groups for paragraph in group.paragraphs]
        name = document.plan.sections[section]
        title = document.style.printed(name) if vertical else document.section_title(section)
        table.row([paragraphs], ["single"], section, [title])
    if document.national:
        sheet.style = replace(document.style, stamp="参考")
        sheet.new_page()
        year = fiscal_year_name(document.plan.year)
        sheet.centred(sheet.y + 8, document.style.printed(f"{year} 全国健康保険協会 事業計画"), sheet.face(15))
        sheet.y += 24
        table.header()
        for section, groups in groupby(document.national, key=lambda group: group.section):
            paragraphs = [paragraph for group in groups for paragraph in group.paragraphs]
            name = document.plan.sections[section]
            title = document.style.printed(name) if vertical else document.section_title(section)
            table.row([paragraphs], ["reference"], section, [title])
    return SetPlan(sheet.finish(), account, sheet.page)
