"""Rulings, underlines and strike-throughs told apart, all strokes judged together.

A ruling ends on other rulings; a decoration ends on glyph edges. Where a stroke does both, as an underline as wide as
its cell does, a ruling runs into the rulings it meets and a decoration stops before them.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from parsers.layout.text_rows import TextRows
from parsers.model.page import Glyph, Stroke


@dataclass(frozen=True, slots=True)
class DecorationSettings:
    """Rulings, underlines and strike-throughs. Em of the text decorated, downwards from its baseline, unless said
    otherwise.
    """

    underline_depth: tuple[float, float] = (-0.05, 0.36)
    """Where the middle of an underline lies. Nearest: 0.0501, nothing below; 0.268 and 0.444."""
    strike_depth: tuple[float, float] = (-0.62, -0.15)
    """Where the middle of a strike-through lies. Nearest: 0.444, nothing below; 0.444, nothing below."""
    thickest_decoration: float = 0.14
    """A thicker stroke is no decoration. Nearest: 0.075, nothing above."""
    thickest_always: float = 1.0
    """Points: this thick one may be below small print too."""
    wave: float = 0.4
    """Height of a wavy underline at most: Chromium's take a third. Nearest: 0.341, nothing above."""
    end_tolerance: float = 0.2
    """A decoration ends so near to a glyph's edge. Nearest: 0.0783 and 0.23."""
    punctuation_slack: float = 0.5
    """More where it ends at a punctuation mark, half of whose place is blank. Nearest: 0.01, nothing above."""
    covered: float = 0.8
    """Share of its length over text. Nearest: 0.482 and 0.867."""
    partly_covered: float = 0.6
    """The same where it may run on over blanks behind the text. Nearest: 0.998, nothing below."""
    meeting_reach: float = 2.5
    """Points: rulings that come so near meet, and decorations so near carry on one another. Nearest: 2.08 and 3."""
    into: float = 0.2
    """Points that a ruling runs into the ruling it meets. Nearest: 0.025 and 0.3."""
    shortest_stroke: float = 2.0
    """Points: a shorter stroke is a dot. Nearest: 0.6 and 10."""
    tight: float = 0.05
    """A stroke between two rulings is an underline where its ends are so near to glyph edges. Nearest: 0.0783, nothing
    below.
    """
    tight_depth: float = 0.2
    """And so near to the baseline."""
    same_stroke: float = 0.2
    """Points: strokes on one height and as thick as one another, but for rounding."""


SETTINGS = DecorationSettings()


class StrokeReading(NamedTuple):
    """Every stroke of a page under the one reading it was given."""

    rulings: tuple[Stroke, ...]
    underlines: tuple[Stroke, ...]
    strikethroughs: tuple[Stroke, ...]
    others: tuple[Stroke, ...]


def classify_strokes(strokes: Sequence[Stroke], glyphs: Sequence[Glyph]) -> StrokeReading:
    """Tell rulings, underlines, strike-throughs and the rest of a page's joined strokes apart."""
    uprights = _Uprights([stroke for stroke in strokes if not stroke.horizontal])
    rows = TextRows(glyphs)
    readings: list[tuple[Stroke, str]] = []
    levels: list[tuple[Stroke, str]] = []
    for stroke in strokes:
        if max(stroke.box.width, stroke.box.height) < SETTINGS.shortest_stroke:
            readings.append((stroke, "other"))
        elif not stroke.horizontal:
            readings.append((stroke, "ruling"))
        else:
            levels.append((stroke, _level_reading(stroke, uprights.meet(stroke), rows)))
    readings += _continued(levels)
    return StrokeReading(
        tuple([stroke for stroke, reading in readings if reading in ("ruling", "bound")]),
        tuple([stroke for stroke, reading in readings if reading == "underline"]),
        tuple([stroke for stroke, reading in readings if reading == "strike"]),
        tuple([stroke for stroke, reading in readings if reading == "other"]),
    )


def _continued(levels: list[tuple[Stroke, str]]) -> list[tuple[Stroke, str]]:
    """The level strokes, where what carries on a ruling bound to the table is a ruling too."""
    levels.sort(key=lambda pair: (round(pair[0].box.top + pair[0].box.bottom), pair[0].box.x0))
    for order in (1, -1):
        for (before, reading), index in zip(levels[::order], range(len(levels))[::order], strict=True):
            following = index + order
            if reading != "bound" or not 0 <= following < len(levels):
                continue
            stroke, other = levels[following]
            gap = max(stroke.box.x0 - before.box.x1, before.box.x0 - stroke.box.x1)
            alike = (
                abs(stroke.box.top - before.box.top) < SETTINGS.same_stroke
                and abs(stroke.thickness - before.thickness) < SETTINGS.same_stroke
            )
            if other in ("underline", "strike") and alike and gap <= SETTINGS.meeting_reach:
                levels[following] = (stroke, "bound")
    return levels


def _level_reading(stroke: Stroke, meeting: _Meeting, rows: TextRows) -> str:
    """``bound`` for a ruling held by uprights, ``underline``, ``strike``, or ``ruling`` for what decorates nothing."""
    if meeting.crosses:
        return "bound"
    fit = _fit(stroke, rows, may_run_on=meeting == _FREE)
    if meeting.into == 2 or (meeting.into == 1 and meeting.near == 2):
        # Text that fills a cell without padding has its underline end on the rulings' very middle.
        return (
            fit.kind
            if fit is not None and fit.miss <= SETTINGS.tight and abs(fit.depth) <= SETTINGS.tight_depth
            else "bound"
        )
    return fit.kind if fit is not None else "ruling"


class _Fit(NamedTuple):
    """How a level stroke fits a row of text: ``depth`` and ``miss`` (the farther end's distance to an edge) in em."""

    kind: str
    depth: float
    miss: float


def _fit(stroke: Stroke, rows: TextRows, *, may_run_on: bool) -> _Fit | None:
    """How the stroke runs along a row of text from glyph edge to glyph edge, None where it does not.

    A stroke that no upright is near ``may_run_on`` over blanks at one end.
    """
    x0, top, x1, bottom = stroke.box
    y = (top + bottom) / 2
    best: _Fit | None = None
    for key in rows.baselines(
        y - SETTINGS.underline_depth[1] * rows.largest, y - SETTINGS.strike_depth[0] * rows.largest
    ):
        covered = rows.over(key, x0, x1)
        if not covered:
            continue
        size = max([glyph.size for glyph in covered])
        depth = (y - key / 2) / size
        kind = _kind(depth)
        thickest = max(
            SETTINGS.thickest_always, (SETTINGS.wave if stroke.wavy else SETTINGS.thickest_decoration) * size
        )
        if kind is None or bottom - top > thickest:
            continue
        share = sum([glyph.x1 - glyph.x0 for glyph in covered]) / (x1 - x0)
        last = max(covered[-2:], key=attrgetter("x1"))
        misses = sorted((_miss(covered[0], covered[0].x0 - x0), _miss(last, last.x1 - x1)))
        exact = share >= SETTINGS.covered and misses[1] <= SETTINGS.end_tolerance
        runs_on = may_run_on and share >= SETTINGS.partly_covered and misses[0] <= SETTINGS.end_tolerance
        if (exact or runs_on) and (best is None or misses[1] < best.miss):
            best = _Fit(kind, depth, misses[1])
    return best


def _kind(depth: float) -> str | None:
    """What a stroke ``depth`` em below a baseline does to the text there."""
    if SETTINGS.underline_depth[0] <= depth <= SETTINGS.underline_depth[1]:
        return "underline"
    if SETTINGS.strike_depth[0] <= depth <= SETTINGS.strike_depth[1]:
        return "strike"
    return None


def _miss(glyph: Glyph, distance: float) -> float:
    """How far, in em, an end lies from the edge of the glyph at that end.

    Punctuation is set closer than its box at the ends of lines and before brackets: there half an em is no miss.
    """
    slack = SETTINGS.punctuation_slack if unicodedata.category(glyph.text[:1] or " ").startswith("P") else 0.0
    return max(0.0, abs(distance) / glyph.size - slack)


class _Meeting(NamedTuple):
    """What a level stroke meets: whether an upright crosses it, how many ends are near one, how many run into one."""

    crosses: bool
    near: int
    into: int


_FREE = _Meeting(crosses=False, near=0, into=0)


class _Uprights:
    """The page's upright strokes, for asking what a level stroke meets."""

    def __init__(self, uprights: list[Stroke]) -> None:
        self._boxes = sorted([stroke.box for stroke in uprights])
        self._x0s = [box.x0 for box in self._boxes]

    def meet(self, stroke: Stroke) -> _Meeting:
        """How a level stroke stands to the uprights at its height."""
        x0, top, x1, bottom = stroke.box
        y = (top + bottom) / 2
        crosses = False
        near, into = [False, False], [False, False]
        first = bisect_left(self._x0s, x0 - 2 * SETTINGS.meeting_reach)
        for box in self._boxes[first : bisect_right(self._x0s, x1 + SETTINGS.meeting_reach)]:
            if not box.top - SETTINGS.meeting_reach <= y <= box.bottom + SETTINGS.meeting_reach:
                continue
            crosses = crosses or (x0 < box.x0 - SETTINGS.into and x1 > box.x1 + SETTINGS.into)
            if box.x0 - SETTINGS.meeting_reach <= x0 <= box.x1 + SETTINGS.meeting_reach:
                near[0] = True
                into[0] = into[0] or x0 < box.x1 - SETTINGS.into
            if box.x0 - SETTINGS.meeting_reach <= x1 <= box.x1 + SETTINGS.meeting_reach:
                near[1] = True
                into[1] = into[1] or x1 > box.x0 + SETTINGS.into
        return _Meeting(crosses, sum(near), sum(into))
