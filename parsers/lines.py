"""Glyphs of one cell or block to printed lines with their marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from parsers.geometry import Box
from parsers.layout import Line
from parsers.page import Glyph, Stroke
from parsers.styled_text import ColorSpan, Span, StyledText, merge_colors, merge_spans


class Marks:
    """The page's underlines and strike-throughs, sorted by height, and its ordinary text colour."""

    def __init__(self, underlines: Sequence[Stroke], strikethroughs: Sequence[Stroke], ordinary: int) -> None:
        self.underlines = sorted(underlines, key=lambda s: s.box.top)
        self.strikes = sorted(strikethroughs, key=lambda s: s.box.top)
        self.underline_ys = [s.box.top for s in self.underlines]
        self.strike_ys = [s.box.top for s in self.strikes]
        self.ordinary = ordinary


def ordinary_color(glyphs: Sequence[Glyph]) -> int:
    """The colour of most glyphs (0xRRGGBB)."""
    counts = Counter(glyph.color for glyph in glyphs)
    return counts.most_common(1)[0][0] if counts else 0


def build_lines(glyphs: Sequence[Glyph], marks: Marks, *, split: float | None = None) -> list[Line]:
    """Lines from top to bottom (vertical ones from right to left).

    ``split`` cuts a line at gaps wider than so many em (loose text in columns).
    """
    level = [glyph for glyph in glyphs if not glyph.vertical]
    upright = [glyph for glyph in glyphs if glyph.vertical]
    lines = [line for row in _rows(level) for part in _parts(row, split) if (line := _line(part, marks, False))]
    lines += [line for row in _columns(upright) if (line := _line(row, marks, True))]
    return lines


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped by baseline, each row sorted by x; raised or lowered small ones join the row they overlap."""
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=attrgetter("baseline")):
        if rows and glyph.baseline - base <= 0.38 * max(size, glyph.size):
            rows[-1].append(glyph)
            if glyph.size > size:
                base, size = glyph.baseline, glyph.size
        else:
            rows.append([glyph])
            base, size = glyph.baseline, glyph.size
    for row in rows:
        row.sort(key=attrgetter("x0"))
    return rows


def _columns(glyphs: list[Glyph]) -> list[list[Glyph]]:
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -(g.x0 + g.x1)):
        if columns and columns[-1][0].x0 + columns[-1][0].x1 - glyph.x0 - glyph.x1 <= glyph.size:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    for column in columns:
        column.sort(key=attrgetter("top"))
    return columns


def _parts(row: list[Glyph], split: float | None) -> list[list[Glyph]]:
    if split is None:
        return [row]
    parts = [[row[0]]]
    for before, glyph in zip(row, row[1:], strict=False):
        if glyph.x0 - before.x1 > split * max(before.size, glyph.size):
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
    return parts


def _line(row: list[Glyph], marks: Marks, vertical: bool) -> Line | None:
    row = _trimmed(row)
    if not row:
        return None
    if not vertical:
        row = _with_gaps(row)
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    box = Box(
        min(g.x0 for g in inked), min(g.top for g in inked), max(g.x1 for g in inked), max(g.bottom for g in inked)
    )
    flat = [g for glyph in row for g in _one_each(glyph)]
    text = "".join(glyph.text for glyph in flat)
    styled = StyledText(
        text,
        _marked(flat, marks.underlines, marks.underline_ys, -0.1, 0.36) if not vertical else (),
        _marked(flat, marks.strikes, marks.strike_ys, -0.65, -0.12) if not vertical else (),
        merge_colors(
            ColorSpan(i, i + 1, f"#{g.color:06x}")
            for i, g in enumerate(flat)
            if g.color != marks.ordinary and not g.text.isspace()
        ),
    )
    sizes = Counter(round(glyph.size, 1) for glyph in inked)
    bold = sum(glyph.bold for glyph in inked) * 2 > len(inked)
    return Line(styled, box, tuple(flat), sizes.most_common(1)[0][0], bold, vertical)


def _one_each(glyph: Glyph) -> list[Glyph]:
    """A glyph that stands for several characters (a ligature) as one glyph a character."""
    if len(glyph.text) == 1:
        return [glyph]
    step = (glyph.x1 - glyph.x0) / max(len(glyph.text), 1)
    return [
        glyph._replace(text=char, x0=glyph.x0 + i * step, x1=glyph.x0 + (i + 1) * step)
        for i, char in enumerate(glyph.text)
    ]


def _trimmed(row: list[Glyph]) -> list[Glyph]:
    start, end = 0, len(row)
    while start < end and row[start].text.isspace():
        start += 1
    while end > start and row[end - 1].text.isspace():
        end -= 1
    return row[start:end]


def _with_gaps(row: list[Glyph]) -> list[Glyph]:
    """The row with a space where the page shows a gap that is not letter spacing."""
    out = [row[0]]
    for before, glyph in zip(row, row[1:], strict=False):
        gap = glyph.x0 - before.x1
        if gap > 0.2 * glyph.size and not glyph.text.isspace() and not before.text.isspace():
            latin = before.text.isascii() and glyph.text.isascii()
            if latin or gap > 0.9 * glyph.size:
                out.append(glyph._replace(text=" ", x0=before.x1, x1=glyph.x0, inserted=True))
        out.append(glyph)
    return out


def _marked(
    row: Sequence[Glyph], strokes: Sequence[Stroke], ys: Sequence[float], low: float, high: float
) -> tuple[Span, ...]:
    """Characters of which a stroke covers at least half the width, at ``low``..``high`` em below their baseline."""
    if not strokes:
        return ()
    size = max(glyph.size for glyph in row)
    base = row[0].baseline
    near = strokes[bisect_left(ys, base + low * size - 3) : bisect_right(ys, base + high * size + 3)]
    spans = []
    for stroke in near:
        box = stroke.box
        y = (box.top + box.bottom) / 2
        for i, glyph in enumerate(row):
            if low <= (y - glyph.baseline) / max(glyph.size, size * 0.8) <= high:
                covered = min(box.x1, glyph.x1) - max(box.x0, glyph.x0)
                if covered > 0 and covered * 2 >= glyph.x1 - glyph.x0:
                    spans.append(Span(i, i + 1))
    return merge_spans(spans)
