"""事業名 | 事業概要 | 指標 | 目標値 on upright A4: one row a measure, cut into a row an indicator on its right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pipeline.sample.document import PlanToSet, SetPlan
from pipeline.sample.flow import Account, CellLine, draw_line, set_paragraphs
from pipeline.sample.kpi_rows import kpi_goals
from pipeline.sample.layouts.cover import draw_title
from pipeline.sample.layouts.plan_table import A4
from pipeline.sample.sheet import Sheet
from pipeline.sample.wording import Group, Paragraph

_LEADING = 13.0
_PADDING = 4.0
_SHARES = (0.18, 0.42, 0.26, 0.14)
_HEADERS = ("事業名", "事業概要", "指標", "目標値")
_SIZE = 9


def plan_as_matrix(document: PlanToSet) -> SetPlan:
    """The whole plan as one table: what is to be done on the left, by what it is measured on the right."""
    sheet = Sheet(A4, document.style, title=document.title, margins=(44.0, 56.0, 44.0, 56.0))
    account = Account()
    draw_title(sheet, document)
    table = _Matrix(document, sheet, account)
    table.header()
    goals = kpi_goals(document.plan, document.style)
    for section, groups in groupby(document.groups, key=lambda group: group.section):
        table.section(document.section_title(section))
        for group in groups:
            table.measure(group, section, goals.get(group.key, ()))
    return SetPlan(sheet.finish(), account, sheet.page)


@dataclass(slots=True)
class _Matrix:
    document: PlanToSet
    sheet: Sheet
    account: Account

    @property
    def edges(self) -> list[float]:
        edges = [self.sheet.left]
        for share in _SHARES:
            edges.append(edges[-1] + share * (self.sheet.right - self.sheet.left))
        return edges

    def header(self) -> None:
        """The header row, at the place of the sheet."""
        top, edges = self.sheet.y, self.edges
        bottom = top + _LEADING + _PADDING
        self.sheet.fill(edges[0], top, edges[-1], bottom, 0xE2EFDA)
        for x0, x1, title in zip(edges[:-1], edges[1:], _HEADERS, strict=True):
            self.sheet.centred(bottom - 5, self.document.style.printed(title), self.sheet.face(_SIZE), x0=x0, x1=x1)
        self._grid(top, bottom, from_column=0)
        self.sheet.y = bottom

    def section(self, title: str) -> None:
        """A row over all columns that names the section."""
        edges, height = self.edges, _LEADING + _PADDING
        self._make_room(4 * height)
        top = self.sheet.y
        for y in (top, top + height):
            self.sheet.border(edges[0], y, edges[-1], y)
        for x in (edges[0], edges[-1]):
            self.sheet.border(x, top, x, top + height)
        self.sheet.text(edges[0] + _PADDING, top + height - 5, title, self.sheet.face(_SIZE), bold=True)
        self.sheet.y += height

    def measure(self, group: Group, section: int, goals: tuple[tuple[Paragraph, Paragraph], ...]) -> None:
        """One measure: its name and what is to be done beside a row for each indicator."""
        heading = [p for p in group.others if p.kind == "heading"]
        left = [self._set(heading, 0), self._set([p for p in group.others if p.kind != "heading"], 1)]
        right = [[self._set([paragraph], column) for column, paragraph in enumerate(goal, 2)] for goal in goals]
        heights = [max(map(_height, cells)) for cells in right] or [_height([])]
        # What the left needs more, the last indicator's row has.
        heights[-1] += max(0.0, max(map(_height, left)) - sum(heights))
        self._make_room(sum(heights))
        top = self.sheet.y
        for column, lines in enumerate(left):
            self._draw(lines, column, top, section)
        for number, height in enumerate(heights):
            for column, lines in enumerate(right[number] if right else (), 2):
                self._draw(lines, column, self.sheet.y, section)
            self._grid(self.sheet.y, self.sheet.y + height, from_column=2)
            self.sheet.y += height
            self.account.rows += 1
        self._grid(top, self.sheet.y, from_column=0)

    def _set(self, paragraphs: list[Paragraph], column: int) -> list[CellLine]:
        edges = self.edges
        return set_paragraphs(paragraphs, self.sheet.face(_SIZE), edges[column + 1] - edges[column] - 2 * _PADDING)

    def _draw(self, lines: list[CellLine], column: int, top: float, section: int) -> None:
        for number, line in enumerate(lines, 1):
            x = self.edges[column] + _PADDING
            draw_line(self.sheet, line, x, top + number * _LEADING - 2, self.sheet.face(_SIZE))
            self.account.note(
                "single", line.paragraph, section, column=column, page=self.sheet.page, start=line.line.start
            )

    def _make_room(self, height: float) -> None:
        if self.sheet.y + height > self.sheet.bottom:
            self.sheet.new_page()
            self.header()

    def _grid(self, top: float, bottom: float, *, from_column: int) -> None:
        edges = self.edges[from_column:]
        for x in edges:
            self.sheet.border(x, top, x, bottom)
        for y in (top, bottom):
            self.sheet.border(edges[0], y, edges[-1], y)


def _height(lines: list[CellLine]) -> float:
    return max(len(lines), 1) * _LEADING + _PADDING
