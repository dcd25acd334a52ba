"""Tables of which only the rules in one direction are drawn: columns told by the text, or rows that fill the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.layout.column_gaps import SETTINGS as GAPS
from parsers.layout.column_gaps import Interval, gaps_between, gutters, in_gap
from parsers.layout.figure_columns import figure_walls
from parsers.layout.rules_and_text import parted_by_text, rules_around_rows
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
    uneven_rules: float = 15.0
    """Points within which those of a table of figures do. Chosen."""
    gutter_in_frame: float = 2.0
    """Em between the columns of a frame. Chosen: a mark stands up to 1 before its text."""


SETTINGS = OpenTableSettings()


def missing_uprights(
    levels: Sequence[Stroke], glyphs: Sequence[Glyph], around: Sequence[Stroke] = ()
) -> list[list[Stroke]]:
    """For each table of level rules only: its rules, and upright rulings where all but a few rows leave a gutter free.

    A table is at least three rules of one extent with text between them that stands in two columns or more. Shorter
    rules within it cut rows at one side only. Where the text is figures for the most part, two rules that are about as
    wide are enough: a head may stand above the first. ``around`` are the level rules of ruled tables: rules in two of
    their rows are of no one table.
    """
    tables = []
    joined = _joined(levels)
    used: set[int] = set()
    stacks = _stacks(joined, glyphs, around, SETTINGS.aligned_rules, SETTINGS.fewest_rules)
    for rules in sorted(stacks, key=lambda stack: -stack[0].box.width):
        if any(id(rule) in used for rule in rules):
            continue
        walls = figure_walls(rules, levels, glyphs) or uprights_between(rules, glyphs)
        if walls:
            shorter = _shorter_rules(rules, [rule for rule in joined if id(rule) not in used])
            tables.append(rules + shorter + _with_their_ends(walls, rules, shorter, glyphs))
            used.update(map(id, rules + shorter))
    left = [rule for rule in joined if id(rule) not in used]
    for rules in _stacks(left, glyphs, around, SETTINGS.uneven_rules, 2):
        headed = sorted(rules_around_rows(rules, glyphs) + rules, key=lambda rule: rule.box.top)
        walls = figure_walls(headed, levels, glyphs)
        if walls:
            tables.append(headed + walls)
    return tables


def _shorter_rules(rules: Sequence[Stroke], others: Sequence[Stroke]) -> list[Stroke]:
    """Rules of one extent between those of a table that reach one of its sides: rows that only some columns have."""
    left, right = rules[0].box.x0, rules[0].box.x1
    top, bottom = min(rule.box.top for rule in rules), max(rule.box.top for rule in rules)
    within = [
        rule
        for rule in others
        if top < rule.box.top < bottom and rule.box.width < right - left - SETTINGS.join_gap
        if (abs(rule.box.x0 - left) <= SETTINGS.aligned_rules) != (abs(rule.box.x1 - right) <= SETTINGS.aligned_rules)
        if left - SETTINGS.aligned_rules <= rule.box.x0 and rule.box.x1 <= right + SETTINGS.aligned_rules
    ]
    most = max(_of_one_extent(within, SETTINGS.aligned_rules), key=len, default=[])
    return most if len(most) >= SETTINGS.fewest_rules else []


def _with_their_ends(
    walls: Sequence[Stroke], rules: Sequence[Stroke], shorter: Sequence[Stroke], glyphs: Sequence[Glyph]
) -> list[Stroke]:
    """A table's upright rulings, with one where its shorter rules end in all rows whose text leaves it free."""
    if not shorter:
        return list(walls)
    box = shorter[0].box
    x = box.x0 if abs(box.x0 - rules[0].box.x0) > SETTINGS.aligned_rules else box.x1
    ys = sorted(rule.box.top for rule in rules)
    crossing = [(glyph.top + glyph.bottom) / 2 for glyph in glyphs if glyph.x0 + 1 < x < glyph.x1 - 1]
    ends = [
        Stroke(Box(x, top, x, bottom), 0.0, 0)
        for top, bottom in pairwise(ys)
        if not any(top < middle < bottom for middle in crossing)
    ]
    return [wall for wall in walls if abs(wall.box.x0 - x) > SETTINGS.join_gap] + ends


def columns_in_frame(levels: Sequence[Stroke], uprights: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[Stroke]:
    """Upright rulings between the columns of a frame that has level rules alone within; none for fewer than three.

    A mark and the text behind it stand nearer than columns do.
    """
    left, right = min(stroke.box.x0 for stroke in uprights), max(stroke.box.x1 for stroke in uprights)
    sides = (left + SETTINGS.aligned_rules, right - SETTINGS.aligned_rules)
    if any(sides[0] < stroke.box.x0 < sides[1] for stroke in uprights):
        return []
    through = [rule for rule in _joined(levels) if rule.box.x0 <= sides[0] and rule.box.x1 >= sides[1]]
    if len(through) <= SETTINGS.fewest_rules:
        return []
    found = uprights_between(through, glyphs, SETTINGS.gutter_in_frame)
    return found if len({stroke.box.x0 for stroke in found}) >= 2 else []


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


def _stacks(
    rules: Sequence[Stroke], glyphs: Sequence[Glyph], around: Sequence[Stroke], aligned: float, fewest: int
) -> list[list[Stroke]]:
    """Rules grouped by their left and right ends, those of tables apart where text or a row's border stands between."""
    stacks = [part for stack in _of_one_extent(rules, aligned) for part in _within_rows(stack, around)]
    return [part for stack in stacks for part in parted_by_text(stack, glyphs) if len(part) >= fewest]


def _within_rows(stack: Sequence[Stroke], around: Sequence[Stroke]) -> list[list[Stroke]]:
    """The rules of a stack, from top to bottom, parted where a rule ``around`` that is wider on both sides lies."""
    box = stack[0].box
    ys = sorted(
        rule.box.top
        for rule in around
        if rule.box.x0 < box.x0 - SETTINGS.aligned_rules and box.x1 + SETTINGS.aligned_rules < rule.box.x1
    )
    rows: dict[int, list[Stroke]] = {}
    for rule in stack:
        rows.setdefault(bisect_right(ys, rule.box.top), []).append(rule)
    return list(rows.values())


def _of_one_extent(rules: Sequence[Stroke], aligned: float) -> list[list[Stroke]]:
    """Rules grouped by their left and right ends, which lie within ``aligned`` points of the first one's."""
    stacks: list[list[Stroke]] = []
    for rule in rules:
        for stack in stacks:
            box = stack[0].box
            if abs(box.x0 - rule.box.x0) <= aligned and abs(box.x1 - rule.box.x1) <= aligned:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return stacks


def _joined(levels: Sequence[Stroke]) -> list[Stroke]:
    """The rules from top to bottom, pieces at one height joined."""
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


def uprights_between(
    rules: Sequence[Stroke], glyphs: Sequence[Glyph], least: float = GAPS.least_gutter
) -> list[Stroke]:
    """Upright rulings through the gutters of ``least`` em between the columns of text that stands between ``rules``."""
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
    free = [gaps_between(band, least) for _, _, band in texts]
    uprights = []
    for x in _parting(gutters(free), [band for _, _, band in texts], free):
        for (top, bottom, _), gaps in zip(texts, free, strict=True):
            if in_gap(gaps, x):
                uprights.append(Stroke(Box(x, top, x, bottom), 0.0, 0))
    return uprights


def _parting(
    found: Sequence[float], bands: Sequence[Sequence[Glyph]], free: Sequence[Sequence[Interval]]
) -> list[float]:
    """The gutters without those that part no two texts: a head in the middle stands beside no cell at the left."""
    kept: list[float] = []
    for index, x in enumerate(found):
        left = kept[-1] if kept else float("-inf")
        right = found[index + 1] if index + 1 < len(found) else float("inf")
        if any(
            in_gap(gaps, x) and any(left < g.x0 < x for g in band) and any(x < g.x0 < right for g in band)
            for band, gaps in zip(bands, free, strict=True)
        ):
            kept.append(x)
    return kept
