"""Headed prose on upright A4, without any table."""

from __future__ import annotations

from itertools import groupby

from pipeline.sample.document import PlanToSet, SetPlan
from pipeline.sample.flow import Account, flow_paragraphs
from pipeline.sample.layouts.cover import draw_title
from pipeline.sample.layouts.plan_table import A4
from pipeline.sample.sheet import Sheet


def headed_prose(document: PlanToSet) -> SetPlan:
    """Sections as large headings, measures below them."""
    sheet = Sheet(A4, document.style, title=document.title, margins=(70.0, 70.0, 70.0, 72.0))
    account = Account()
    draw_title(sheet, document, size=16)
    draw_sections(sheet, document, account)
    return SetPlan(sheet.finish(), account, sheet.page)


def draw_sections(sheet: Sheet, document: PlanToSet, account: Account, *, without_aims: bool = False) -> None:
    """All measures under their sections' headings, from the sheet's place onwards."""
    leading = 22.5
    for section, groups in groupby(document.groups, key=lambda group: group.section):
        if sheet.y + 5 * leading > sheet.bottom:
            sheet.new_page()
        sheet.y += leading * 1.6
        sheet.text(sheet.left, sheet.y, document.section_title(section), sheet.face(13), bold=True)
        sheet.y += 4
        for group in groups:
            paragraphs = group.others if without_aims else group.paragraphs
            flow_paragraphs(sheet, paragraphs, sheet.face(11), leading, account, section)
