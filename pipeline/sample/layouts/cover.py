"""The cover page that some offices put before their plan."""

from __future__ import annotations

from normalizers.vocabulary import fiscal_year_name
from pipeline.sample.document import PlanToSet
from pipeline.sample.sheet import Sheet


def draw_cover(sheet: Sheet, document: PlanToSet) -> None:
    """The title in the middle of a page of its own, the issuing office at its foot."""
    middle = sheet.height * 0.38
    sheet.centred(middle, document.title, sheet.face(20))
    issued = document.style.printed(fiscal_year_name(document.plan.year).removesuffix("度") + "3月")
    sheet.centred(sheet.height * 0.72, issued, sheet.face(13))
    office = document.style.printed(f"全国健康保険協会 {document.plan.branch_name}支部")
    sheet.centred(sheet.height * 0.72 + 26, office, sheet.face(14))
    sheet.new_page()


def draw_title(sheet: Sheet, document: PlanToSet, *, size: float = 15) -> None:
    """The title above the first page's content, after a cover where the office has one."""
    if document.style.cover:
        draw_cover(sheet, document)
    sheet.centred(sheet.y + 8, document.title, sheet.face(size))
    sheet.y += 24
