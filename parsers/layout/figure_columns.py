"""Tables of figures between level rules alone: columns told line by line, heads over several columns among them.

Between two rules may stand many rows, and heads that run over the columns below them: no stretch is free from rule to
rule. Line by line there is, where most lines are figures that stand apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from parsers.layout.column_gaps import Interval, gutters
from parsers.layout.figures import is_bare_figure
from parsers.layout.rules_and_text import TextLine, lines_between
from parsers.model.geometry import Box
from parsers.model.page import Glyph, Stroke


@dataclass(frozen=True, slots=True)
class FigureColumnSettings:
    """Columns of figures without uprights. Counts and shares are chosen."""

    fewest_figures: int = 2
    """Figures side by side that make a line one of a table."""
    fewest_lines: int = 3
    """Such lines between two rules that make a table."""
    line_share: float = 0.5
    """Share of the lines that are such."""
    off_middle: float = 0.1
    """Share of their width by which a head of all columns stands off their middle at most."""
    reach: float = 3.0
    """Points by which a rule under a head may miss the middle of a gutter."""
    digits_a_letter: float = 0.15
    """Digits in a table of figures, by letters, at least: running text has fewer. Chosen; saves time."""
    least_pitch: float = 5.0
    """Points from line to line in the smallest print."""
    narrowest_parted: float = 40.0
    """Points: a narrower column holds one of figures. Chosen."""
    free_of_figures: float = 0.9
    """Share of the lines of figures that leave a gutter free: heads are not among them."""
    column_share: float = 0.3
    """Share of the lines that have text between two gutters of which one is crossed."""
    end_share: float = 0.7
    """Share of the lines that leave free what lies between a gutter's middle and the end of a rule in it."""


SETTINGS = FigureColumnSettings()


def figure_walls(rules: Sequence[Stroke], levels: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[Stroke]:
    """What parts a table between ``rules`` beside these: uprights, and level walls below heads of several columns.

    ``levels`` are all level rules of the page: those between the rules that are shorter belong to heads. Empty where
    the lines between the rules are not figures for the most part.
    """
    left, right = min(rule.box.x0 for rule in rules), max(rule.box.x1 for rule in rules)
    ys = sorted(rule.box.top for rule in rules)
    held = [glyph for glyph in glyphs if left <= glyph.x0 <= right and ys[0] < glyph.bottom and glyph.top < ys[-1]]
    digits, letters = sum([glyph.text.isdigit() for glyph in held]), sum([glyph.text.isalpha() for glyph in held])
    if digits <= SETTINGS.digits_a_letter * letters:
        return []
    lines = lines_between(held, left, right, ys)
    own = {id(rule) for rule in rules}
    short = [
        level
        for level in levels
        if id(level) not in own
        and left - SETTINGS.reach <= level.box.x0
        and level.box.x1 <= right + SETTINGS.reach
        and ys[0] < level.box.top < ys[-1]
    ]
    figured = _figured(lines, [left, *gutters([list(line.free) for line in lines]), right])
    if len(figured) < SETTINGS.line_share * len(lines) or not _holds_open_rows(figured):
        return []
    # Heads over several columns leave but a part of the gutters below them free.
    inner = _between_columns(gutters([list(line.free) for line in figured], SETTINGS.free_of_figures), figured)
    inner = [
        _beside_heads(x, figured, lines, (low, high))
        for low, x, high in zip([left, *inner], inner, [*inner[1:], right], strict=False)
    ]
    edges = [left, *(_at_rule_ends(x, figured, short) for x in inner), right]
    walls: list[Stroke] = [*short]
    for band, (top, bottom) in enumerate(pairwise(ys)):
        within = [line for line in lines if line.band == band]
        if within and all(_heads_all(line, edges) for line in within):
            continue
        walls += _uprights(within, edges, short, (top, bottom))
        walls += _head_walls(within, edges, short)
    return walls


def walls_within_columns(levels: Sequence[Stroke], uprights: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[Stroke]:
    """The same for each column between the drawn ``uprights`` of a table that holds several columns of figures."""
    walls: list[Stroke] = []
    sides = sorted({round(stroke.box.x0) for stroke in uprights} | _ends(levels))
    for left, right in pairwise(sides):
        if right - left < SETTINGS.narrowest_parted:
            continue
        through = [
            level
            for level in levels
            if level.box.x0 <= left + SETTINGS.reach and level.box.x1 >= right - SETTINGS.reach
        ]
        rules = [level._replace(box=Box(left, level.box.top, right, level.box.bottom)) for level in through]
        if len(rules) > 1 and _has_room(rules):
            others = [level for level in levels if not any(level is one for one in through)]
            walls += figure_walls(rules, others, glyphs)
    return walls


def _has_room(rules: Sequence[Stroke]) -> bool:
    """Whether there is room for several lines between two rules."""
    ys = sorted(rule.box.top for rule in rules)
    return max(below - above for above, below in pairwise(ys)) >= SETTINGS.fewest_lines * SETTINGS.least_pitch


def _ends(levels: Sequence[Stroke]) -> set[int]:
    """The outermost ends of level rules, where a table may have no uprights."""
    return (
        {round(min(level.box.x0 for level in levels)), round(max(level.box.x1 for level in levels))}
        if levels
        else set()
    )


def _heads_all(line: TextLine, edges: Sequence[float]) -> bool:
    """Whether a line is one text in the middle of all columns: their common head."""
    texts = list(line.texts())
    if len(texts) != 1 or is_bare_figure("".join(glyph.text for glyph in texts[0])):
        return False
    middle = (texts[0][0].x0 + texts[0][-1].x1) / 2
    return abs(middle - (edges[0] + edges[-1]) / 2) < SETTINGS.off_middle * (edges[-1] - edges[0])


def _between_columns(found: Sequence[float], lines: Sequence[TextLine]) -> list[float]:
    """The gutters without those that some figures stand across and that hardly any text parts from the next one.

    The longest figures of a column, or its heads, reach into the gutter beside it.
    """
    kept: list[float] = []
    for x in found:
        crossed = sum(line.crosses(x) for line in lines)
        if kept and sum(line.stands_in(kept[-1], x) for line in lines) < SETTINGS.column_share * len(lines):
            before = sum(line.crosses(kept[-1]) for line in lines)
            if before != crossed:
                kept[-1] = kept[-1] if before < crossed else x
                continue
        kept.append(x)
    return kept


def _beside_heads(x: float, figured: Sequence[TextLine], lines: Sequence[TextLine], columns: Interval) -> float:
    """A gutter's place: ``x``, its middle, or between two heads of the ``columns`` beside it that reach into it."""
    held = [gap for line in figured for gap in line.free if gap[0] < x < gap[1]]
    low, high = max(gap[0] for gap in held), min(gap[1] for gap in held)
    heads = [
        gap
        for line in lines
        for gap in line.apart
        if low < gap[1] < high or (columns[0] < gap[0] < high and low < gap[1] < columns[1])
    ]
    between = [(max(gap[0], low) + min(gap[1], high)) / 2 for gap in heads]
    return min([x, *between], key=lambda place: sum(line.crosses(place) for line in lines))


def _at_rule_ends(x: float, lines: Sequence[TextLine], short: Sequence[Stroke]) -> float:
    """A gutter's place: where rules under heads end in it, else ``x``, its middle."""
    ends = [end for rule in short for end in (rule.box.x0, rule.box.x1)]
    near = [end for end in ends if sum(_in_one_gap(line, x, end) for line in lines) > SETTINGS.end_share * len(lines)]
    return sum(near) / len(near) if near else x


def _in_one_gap(line: TextLine, x: float, other: float) -> bool:
    return any(low < min(x, other) and max(x, other) < high for low, high in line.free)


def _figured(lines: Sequence[TextLine], edges: Sequence[float]) -> list[TextLine]:
    """The lines with several figures in columns of their own."""
    found = []
    for line in lines:
        parts: list[str] = [""] * (len(edges) - 1)
        for glyph in line.glyphs:
            parts[min(max(bisect_right(edges, (glyph.x0 + glyph.x1) / 2) - 1, 0), len(parts) - 1)] += glyph.text
        if sum(is_bare_figure(part) for part in parts) >= SETTINGS.fewest_figures:
            found.append(line)
    return found


def _holds_open_rows(lines: Sequence[TextLine]) -> bool:
    """Whether several lines stand between two rules: where each row is ruled, what its cells are is plain."""
    return max(Counter(line.band for line in lines).values(), default=0) >= SETTINGS.fewest_lines


def _uprights(
    lines: Sequence[TextLine], edges: Sequence[float], short: Sequence[Stroke], bounds: Interval
) -> Iterator[Stroke]:
    """Uprights through each gutter of a band, but for the heights at which a head stands across it."""
    for index, x in enumerate(edges[1:-1], 1):
        beside = [line for line in lines if line.crosses(x) or line.stands_in(edges[index - 1], edges[index + 1])]
        covering = [
            rule
            for rule in short
            if rule.box.x0 + SETTINGS.reach < x < rule.box.x1 - SETTINGS.reach
            and bounds[0] < rule.box.top < bounds[1]
            and not _parts_heads(x, rule, lines, edges)
        ]
        lowest = max((rule.box.top for rule in covering), default=bounds[0])
        heights = [lowest, *((one.bottom + other.top) / 2 for one, other in pairwise(beside)), bounds[1]]
        free = [True] if not beside else [not line.crosses(x) for line in beside]
        for is_free, run in groupby(zip(free, pairwise(heights), strict=True), key=lambda pair: pair[0]):
            extents = [extent for _, extent in run]
            if is_free and extents[-1][1] > lowest:
                yield Stroke(Box(x, max(extents[0][0], lowest), x, extents[-1][1]), 0.0, 0)


def _parts_heads(x: float, rule: Stroke, lines: Sequence[TextLine], edges: Sequence[float]) -> bool:
    """Whether ``x`` is the gutter nearest to halfway between two heads that stand above one rule."""
    above = [line for line in lines if line.top < rule.box.top and line.stands_in(rule.box.x0, rule.box.x1)]
    heads = [
        ((part[0].x0 + part[-1].x1) / 2)
        for line in above[-1:]
        for part in line.texts()
        if rule.box.x0 <= part[0].x0 and part[-1].x1 <= rule.box.x1
    ]
    return any(min(edges[1:-1], key=lambda edge: abs(edge - (one + other) / 2)) == x for one, other in pairwise(heads))


def _head_walls(lines: Sequence[TextLine], edges: Sequence[float], short: Sequence[Stroke]) -> Iterator[Stroke]:
    """Level walls above and below a text that stands across gutters, where lines that leave them free stand there."""
    for index, line in enumerate(lines):
        for first, last in _crossed(line, edges):
            x0, x1 = edges[first], edges[last]
            for others in (lines[:index][::-1], lines[index + 1 :]):
                near = next((other for other in others if other.stands_in(x0, x1)), None)
                if near is None or any(near.crosses(x) for x in edges[first + 1 : last]):
                    continue
                low, high = sorted((line, near), key=lambda one: one.top)
                y = (low.bottom + high.top) / 2
                drawn = any(low.top < r.box.top < high.bottom and r.box.x0 < x1 and x0 < r.box.x1 for r in short)
                if not drawn:
                    yield Stroke(Box(x0, y, x1, y), 0.0, 0)


def _crossed(line: TextLine, edges: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The stretches of columns, by their first and last edge, that a line's texts stand across."""
    first: int | None = None
    for index, x in enumerate(edges[1:-1], 1):
        if line.crosses(x):
            first = index - 1 if first is None else first
            last = index + 1
        elif first is not None:
            yield first, last
            first = None
    if first is not None:
        yield first, len(edges) - 1
