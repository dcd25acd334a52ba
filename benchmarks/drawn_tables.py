"""Pages with tables as offices print them, drawn with what each cell holds: statistics in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pymupdf


class TrueCell(NamedTuple):
    """A cell of a drawn table: its place, its spans, its text with a blank for each line end."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


class Merged(NamedTuple):
    """A cell over several columns or rows."""

    text: str
    columns: int = 1
    rows: int = 1


Content = str | Merged | None
"""What stands at a place of a table: a text (lines parted by line feeds), a merged cell, None beneath one."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Which lines of the lattice are drawn: level ones, upright ones, and level ones over some columns only."""

    levels: frozenset[int]
    uprights: frozenset[int] = frozenset()
    short: Mapping[int, frozenset[int]] = field(default_factory=dict)
    double: frozenset[int] = frozenset()
    dashed: frozenset[int] = frozenset()

    def level(self, line: int, column: int) -> bool:
        return line in self.levels or column in self.short.get(line, ())


@dataclass(frozen=True, slots=True)
class Drawing:
    """A table to be drawn, in points. ``align`` has a letter a column: l, r, c; rows of ``headers`` are centred."""

    widths: Sequence[float]
    rows: Sequence[Sequence[Content]]
    ruling: Ruling
    align: str
    headers: int = 1
    size: float = 8.0
    leading: float = 1.25
    padding: float = 3.0
    leaders: bool = False
    zebra: bool = False
    serif: bool = False
    bold: frozenset[int] = frozenset()


def full(rows: int, columns: int) -> Ruling:
    """Every wall of a table of ``rows`` and ``columns``."""
    return Ruling(frozenset(range(rows + 1)), frozenset(range(columns + 1)))


class Canvas:
    """A page under construction, and the truth of the tables on it."""

    def __init__(self, width: float = 595, height: float = 842) -> None:
        self.document = pymupdf.open()
        self.page = self.document.new_page(width=width, height=height)
        self.tables: list[tuple[TrueCell, ...]] = []
        self._ink: tuple[float, float, float] = (0, 0, 0)
        self._fonts = {name: pymupdf.Font(name) for name in ("helv", "hebo", "tiro", "tibo", "japan")}

    def text(self, x: float, baseline: float, text: str, *, size: float = 9.0, font: str = "helv") -> float:
        """Write a line and give where it ends; Japanese is set in a font of its own."""
        used = self._fonts["japan" if any(ord(char) > 0x2000 for char in text) else font]
        writer = pymupdf.TextWriter(self.page.rect)
        writer.append((x, baseline), text, font=used, fontsize=size)
        writer.write_text(self.page, color=self._ink)
        return x + float(used.text_length(text, size))

    def length(self, text: str, size: float, font: str) -> float:
        """How wide a line is."""
        used = self._fonts["japan" if any(ord(char) > 0x2000 for char in text) else font]
        return float(used.text_length(text, size))

    def prose(self, x: float, baseline: float, lines: Sequence[str], *, size: float = 9.0) -> float:
        for line in lines:
            self.text(x, baseline, line, size=size)
            baseline += 1.4 * size
        return baseline

    def table(self, x: float, top: float, drawing: Drawing) -> float:
        """Draw a table and give where it ends."""
        xs = [x]
        for width in drawing.widths:
            xs.append(xs[-1] + width)
        ys = [top]
        line_height = drawing.size * drawing.leading
        for row in drawing.rows:
            lines = max((_text(c).count("\n") + 1 for c in row if c is not None and _span(c)[1] == 1), default=1)
            ys.append(ys[-1] + lines * line_height + drawing.padding)
        cells = [
            TrueCell(r, c, _span(content)[1], _span(content)[0], _text(content))
            for r, row in enumerate(drawing.rows)
            for c, content in enumerate(row)
            if content is not None
        ]
        if drawing.zebra:
            for r in range(len(drawing.rows)):
                if r < drawing.headers or (r - drawing.headers) % 2:
                    fill = (0.15, 0.25, 0.4) if r < drawing.headers else (0.9, 0.92, 0.95)
                    self.page.draw_rect((xs[0], ys[r], xs[-1], ys[r + 1]), color=None, fill=fill, width=0)
        for cell in cells:
            self._write(cell, drawing, xs, ys)
        self._rule(cells, drawing, xs, ys)
        self.tables.append(tuple(cell._replace(text=cell.text.strip().replace("\n", " ")) for cell in cells))
        return ys[-1]

    def _write(self, cell: TrueCell, drawing: Drawing, xs: Sequence[float], ys: Sequence[float]) -> None:
        header = cell.row < drawing.headers
        self._ink = (1, 1, 1) if header and drawing.zebra else (0, 0, 0)
        align = "c" if header else drawing.align[cell.column]
        if cell.column_span == len(drawing.widths):
            align = "c"
        left, right = xs[cell.column] + drawing.padding, xs[cell.column + cell.column_span] - drawing.padding
        heavy = header or cell.row in drawing.bold
        font = ("tibo" if heavy else "tiro") if drawing.serif else ("hebo" if heavy else "helv")
        lines = cell.text.split("\n")
        height = drawing.size * drawing.leading
        middle = (ys[cell.row] + ys[cell.row + cell.row_span]) / 2
        baseline = middle - len(lines) * height / 2 + drawing.size * 0.95
        for line in lines:
            bare = line.lstrip(" ")
            indent = (len(line) - len(bare)) * drawing.size / 2
            length = self.length(bare, drawing.size, font)
            start = {"l": left + indent, "r": right - length, "c": (left + right - length) / 2}[align]
            end = self.text(start, baseline, bare, size=drawing.size, font=font) if bare else start
            if drawing.leaders and cell.column == 0 and not header and line == lines[-1] and bare:
                dots = int((right - end - 2) / self.length(" .", drawing.size, font))
                self.text(end, baseline, " ." * max(dots, 0), size=drawing.size, font=font)
            baseline += height
        self._ink = (0, 0, 0)

    def _rule(self, cells: Sequence[TrueCell], drawing: Drawing, xs: Sequence[float], ys: Sequence[float]) -> None:
        inner_level = {
            (line, column)
            for cell in cells
            for line in range(cell.row + 1, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        inner_upright = {
            (line, row)
            for cell in cells
            for line in range(cell.column + 1, cell.column + cell.column_span)
            for row in range(cell.row, cell.row + cell.row_span)
        }
        for line, y in enumerate(ys):
            drawn = [c for c in range(len(xs) - 1) if drawing.ruling.level(line, c) and (line, c) not in inner_level]
            for first, last in _runs(drawn):
                # A rule under the heads of some columns only stops short of its neighbours.
                short = 2.0 if 0 < last - first + 1 < len(xs) - 1 and first not in drawing.ruling.uprights else 0.0
                shifts = (-0.9, 0.9) if line in drawing.ruling.double else (0.0,)
                for shift in shifts:
                    self._line(
                        xs[first] + short, y + shift, xs[last + 1] - short, y + shift, line in drawing.ruling.dashed
                    )
        for line, x in enumerate(xs):
            drawn = [
                r for r in range(len(ys) - 1) if line in drawing.ruling.uprights and (line, r) not in inner_upright
            ]
            for first, last in _runs(drawn):
                self._line(x, ys[first], x, ys[last + 1], False)

    def _line(self, x0: float, y0: float, x1: float, y1: float, dashed: bool) -> None:
        self.page.draw_line((x0, y0), (x1, y1), width=0.5, dashes="[2 1.5] 0" if dashed else None)

    def pdf(self) -> bytes:
        return bytes(self.document.tobytes(garbage=3, deflate=True))


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _text(content: Content) -> str:
    return content.text if isinstance(content, Merged) else content or ""


def _span(content: Content) -> tuple[int, int]:
    return (content.columns, content.rows) if isinstance(content, Merged) else (1, 1)
