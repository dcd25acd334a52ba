"""Tables of which only the rules in one direction are drawn: columns told by the text, or rows that fill the page."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.model.geometry import Box
from parsers.model.page import Glyph, Stroke


@dataclass(frozen=True, slots=True)
class OpenTableSettings:
    """Tables without upright rules."""

    aligned_rules: float = 3.0
    """Points within which the rules of one table begin and end. Nearest: 0, nothing above."""
    join_gap: float = 12.0
    """Points between the pieces of one rule, one a column."""
    fewest_rules: int = 3
    """Rules that make a table: above and below the header, and at the end."""
    least_gutter: float = 0.8
    """Em between two columns of text. Nearest: 0 and 1."""
    free_share: float = 0.75
    """Share of the rows that leave the gap between two columns free. Nearest: 0.5 and 1."""


SETTINGS = OpenTableSettings()


Interval = tuple[float, float]


def missing_uprights(levels: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[list[Stroke]]:
    """For each table of level rules only: its rules, and upright rulings where all but a few rows leave a gutter free.

    A table is at least three rules of one extent with text between them that stands in two columns or more.
    """
    tables = []
    for rules in _stacks(levels):
        uprights = uprights_between(rules, glyphs)
        if uprights:
            tables.append(rules + uprights)
    return tables


def lone_uprights(uprights: Sequence[Stroke]) -> list[list[Stroke]]:
    """Uprights of one extent that no level rule meets: a row that is open above and below."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(uprights, key=lambda s: (s.box.top, s.box.bottom)):
        top, bottom = stroke.box.top, stroke.box.bottom
        for group in groups:
            if (
                abs(group[0].box.top - top) <= SETTINGS.aligned_rules
                and abs(group[0].box.bottom - bottom) <= SETTINGS.aligned_rules
            ):
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    return [group for group in groups if len(group) >= 2]


def _stacks(levels: Sequence[Stroke]) -> list[list[Stroke]]:
    """Rules grouped by their left and right ends, pieces at one height joined first."""
    stacks: list[list[Stroke]] = []
    for rule in _joined(levels):
        for stack in stacks:
            box = stack[-1].box
            if (
                abs(box.x0 - rule.box.x0) <= SETTINGS.aligned_rules
                and abs(box.x1 - rule.box.x1) <= SETTINGS.aligned_rules
            ):
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) >= SETTINGS.fewest_rules]


def _joined(levels: Sequence[Stroke]) -> list[Stroke]:
    joined: list[Stroke] = []
    for stroke in sorted(levels, key=lambda s: (round(s.box.top / 2), s.box.x0)):
        last = joined[-1] if joined else None
        if (
            last is not None
            and abs(last.box.top - stroke.box.top) <= 2
            and -SETTINGS.aligned_rules <= stroke.box.x0 - last.box.x1 <= SETTINGS.join_gap
        ):
            box = Box(last.box.x0, last.box.top, max(last.box.x1, stroke.box.x1), last.box.bottom)
            joined[-1] = last._replace(box=box)
        else:
            joined.append(stroke)
    return joined


def uprights_between(rules: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[Stroke]:
    """Upright rulings through the gutters between the columns of text that stands between ``rules``."""
    left, right = min(r.box.x0 for r in rules), max(r.box.x1 for r in rules)
    ys = [rule.box.top for rule in rules]
    bands: list[list[Glyph]] = [[] for _ in ys[1:]]
    for glyph in glyphs:
        middle = (glyph.top + glyph.bottom) / 2
        if left <= glyph.x0 <= right and ys[0] < middle < ys[-1] and not glyph.text.isspace():
            bands[bisect_right(ys, middle) - 1].append(glyph)
    texts = [(top, bottom, band) for top, bottom, band in zip(ys[:-1], ys[1:], bands, strict=True) if band]
    if len(texts) < 2:
        return []
    free = [_gaps(band) for _, _, band in texts]
    gutters = _gutters(free)
    uprights = []
    for x in gutters:
        for (top, bottom, _), gaps in zip(texts, free, strict=True):
            if _in_gap(gaps, x):
                uprights.append(Stroke(Box(x, top, x, bottom), 0.0, 0))
    return uprights


def _gaps(band: Sequence[Glyph]) -> list[Interval]:
    """The stretches of x between glyphs, at least ``least_gutter`` em wide, and those at the sides, without end."""
    ordered = sorted(band, key=lambda glyph: glyph.x0)
    gaps: list[Interval] = [(float("-inf"), ordered[0].x0)]
    reach = ordered[0].x1
    for glyph in ordered[1:]:
        if glyph.x0 - reach >= SETTINGS.least_gutter * glyph.size:
            gaps.append((reach, glyph.x0))
        reach = max(reach, glyph.x1)
    gaps.append((reach, float("inf")))
    return gaps


def _gutters(free: Sequence[list[Interval]]) -> list[float]:
    """The middles of stretches that nearly all rows leave free, with text on both sides in at least half of them."""
    edges = sorted({edge for gaps in free for gap in gaps for edge in gap if abs(edge) != float("inf")})
    gutters: list[list[tuple[int, Interval]]] = []
    for low, high in itertools.pairwise(edges):
        middle = (low + high) / 2
        clear = sum(_in_gap(gaps, middle) for gaps in free)
        inner = sum(any(a < middle < b for a, b in gaps[1:-1]) for gaps in free)
        if clear >= SETTINGS.free_share * len(free) and inner * 2 >= len(free):
            if gutters and gutters[-1][-1][1][1] == low:
                gutters[-1].append((clear, (low, high)))
            else:
                gutters.append([(clear, (low, high))])
    return [_clearest(parts) for parts in gutters]


def _clearest(parts: Sequence[tuple[int, Interval]]) -> float:
    """The middle of the widest stretch of a gutter that most rows leave free."""
    most = max(clear for clear, _ in parts)
    stretches: list[Interval] = []
    for clear, (low, high) in parts:
        if clear < most:
            continue
        if stretches and stretches[-1][1] == low:
            stretches[-1] = (stretches[-1][0], high)
        else:
            stretches.append((low, high))
    low, high = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return (low + high) / 2


def _in_gap(gaps: Sequence[Interval], x: float) -> bool:
    index = bisect_left(gaps, (x, float("inf"))) - 1
    return index >= 0 and gaps[index][0] < x < gaps[index][1]
