"""Tables of which only the rules in one direction are drawn: columns told by the text, or rows that fill the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.layout.column_gaps import gaps_between, gutters, in_gap
from parsers.layout.figure_columns import figure_walls
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


SETTINGS = OpenTableSettings()


def missing_uprights(levels: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[list[Stroke]]:
    """For each table of level rules only: its rules, and upright rulings where all but a few rows leave a gutter free.

    A table is at least three rules of one extent with text between them that stands in two columns or more.
    """
    tables = []
    for rules in _stacks(levels):
        walls = figure_walls(rules, levels, glyphs) or uprights_between(rules, glyphs)
        if walls:
            tables.append(rules + walls)
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
    free = [gaps_between(band) for _, _, band in texts]
    uprights = []
    for x in gutters(free):
        for (top, bottom, _), gaps in zip(texts, free, strict=True):
            if in_gap(gaps, x):
                uprights.append(Stroke(Box(x, top, x, bottom), 0.0, 0))
    return uprights
