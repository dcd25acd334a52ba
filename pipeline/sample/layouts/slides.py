"""Slides: a coloured band with the section's name, measures as bullets, as many on a slide as fit."""

from __future__ import annotations

from itertools import groupby

from reportlab.lib.colors import HexColor

from pipeline.sample.document import PlanToSet, SetPlan
from pipeline.sample.flow import Account, flow_paragraphs, set_paragraphs
from pipeline.sample.layouts.cover import draw_cover
from pipeline.sample.sheet import Sheet

_SLIDE = (780.0, 540.0)
_BAND = 46.0
_LEADING = 18.0


def slides(document: PlanToSet) -> SetPlan:
    """A cover, then slides."""
    sheet = Sheet(_SLIDE, document.style, title=document.title, margins=(40.0, 46.0, 46.0, 46.0))
    account = Account()
    draw_cover(sheet, document)
    face = sheet.face(12)
    fresh = True
    for section, groups in groupby(document.groups, key=lambda group: group.section):
        begun = False
        for group in groups:
            height = (len(set_paragraphs(group.paragraphs, face, sheet.right - sheet.left)) + 0.6) * _LEADING
            if begun and sheet.y + height > sheet.bottom:
                begun = False
            if not begun:
                if not fresh:
                    sheet.new_page()
                _band(sheet, document.section_title(section))
                fresh, begun = False, True
            flow_paragraphs(sheet, group.paragraphs, face, _LEADING, account, section)
    return SetPlan(sheet.finish(), account, sheet.page)


def _band(sheet: Sheet, title: str) -> None:
    sheet.fill(0, 0, sheet.width, _BAND, 0x1F4E79)
    sheet.text(sheet.left, _BAND - 16, title, sheet.face(18), color=HexColor(0xFFFFFF), bold=True)
    sheet.y = _BAND + 8
