"""Rulings, underlines and strike-throughs told apart, all strokes judged together.

A ruling ends on other rulings; a decoration ends on glyph edges. Where a stroke does both, the nearer end decides, and
a stroke that carries on beyond the neighbouring ruling is a ruling.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from parsers.page import Glyph, Stroke
from parsers.text_rows import TextRows

BELOW_BASELINE = 0.36
STRIKE_LOW, STRIKE_HIGH = 0.15, 0.62
THICKEST = 0.14
END_TOLERANCE = 0.2
COVERED = 0.8
RULING_REACH = 2.0
MIN_LENGTH = 2.0


class StrokeReading(NamedTuple):
    """Every stroke of a page under the one reading it was given."""

    rulings: tuple[Stroke, ...]
    underlines: tuple[Stroke, ...]
    strikethroughs: tuple[Stroke, ...]
    others: tuple[Stroke, ...]


class _Fit(NamedTuple):
    """How a horizontal stroke fits the text at its height; ``miss`` is the farther end's distance to a glyph edge."""

    strike: bool
    miss: float
    size: float


def classify_strokes(strokes: Sequence[Stroke], glyphs: Sequence[Glyph]) -> StrokeReading:
    """Tell rulings, underlines, strike-throughs and the rest apart."""
    uprights = sorted((s for s in strokes if not s.horizontal), key=lambda s: s.box.x0)
    levels = [s for s in strokes if s.horizontal]
    rows = TextRows(glyph for glyph in glyphs if not glyph.vertical)
    upright_xs = [s.box.x0 for s in uprights]
    rulings: list[Stroke] = list(uprights)
    underlines: list[Stroke] = []
    strikes: list[Stroke] = []
    others: list[Stroke] = []
    for stroke in levels:
        fit = _fit(stroke, rows)
        if fit is not None and not _is_ruling(stroke, fit, uprights, upright_xs, levels):
            (strikes if fit.strike else underlines).append(stroke)
        elif stroke.box.width < MIN_LENGTH:
            others.append(stroke)
        else:
            rulings.append(stroke)
    return StrokeReading(tuple(rulings), tuple(underlines), tuple(strikes), tuple(others))


def _fit(stroke: Stroke, rows: TextRows) -> _Fit | None:
    """How the stroke fits a row of text, None where it decorates none."""
    box = stroke.box
    y = (box.top + box.bottom) / 2
    best: _Fit | None = None
    for key in rows.baselines(y - 12, y + 20):
        baseline = key / 2
        covered = rows.over(key, box.x0, box.x1)
        if not covered:
            continue
        size = max(glyph.size for glyph in covered)
        depth = (y - baseline) / size
        strike = -STRIKE_HIGH <= depth <= -STRIKE_LOW
        if not (strike or -0.05 <= depth <= BELOW_BASELINE) or box.height > max(THICKEST * size, 1.0):
            continue
        inked = sum(glyph.x1 - glyph.x0 for glyph in covered)
        miss = max(abs(covered[0].x0 - box.x0), abs(covered[-1].x1 - box.x1))
        if inked < COVERED * box.width or miss > END_TOLERANCE * size:
            continue
        if best is None or miss < best.miss:
            best = _Fit(strike, miss, size)
    return best


def _is_ruling(
    stroke: Stroke, fit: _Fit, uprights: Sequence[Stroke], upright_xs: Sequence[float], levels: Sequence[Stroke]
) -> bool:
    """Whether a stroke that fits text belongs to the table all the same."""
    box = stroke.box
    y = (box.top + box.bottom) / 2
    gaps = []
    for end in (box.x0, box.x1):
        start = bisect_left(upright_xs, end - 6)
        stop = bisect_right(upright_xs, end + 6)
        near = [
            max(0.0, max(u.box.x0 - end, end - u.box.x1))
            for u in uprights[start:stop]
            if u.box.top - 2 <= y <= u.box.bottom + 2
        ]
        gaps.append(min(near, default=99.0))
    crossing = any(
        u.box.top - 1 <= y <= u.box.bottom + 1
        for u in uprights[bisect_left(upright_xs, box.x0 + 3) : bisect_right(upright_xs, box.x1 - 3)]
    )
    return crossing or (max(gaps) <= 0.6 and max(gaps) <= max(fit.miss, 0.3))
