"""Lines of text between level rules: which rules belong to one table, and which stand around text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.layout.column_gaps import Interval, gaps_between, in_gap
from parsers.layout.figures import is_bare_figure
from parsers.model.geometry import Box
from parsers.model.page import Glyph, Stroke


@dataclass(frozen=True, slots=True)
class RuleTextSettings:
    """Text between rules. Em unless said otherwise."""

    same_baselines: float = 0.3
    """Between the baselines of one line."""
    head_word_gap: float = 0.4
    """Between two heads at least; words stand closer."""
    parting_lines: int = 2
    """Lines without a gap that part the rules of two tables: one alone may be a head of the rows below it. Chosen."""
    text_gap: float = 2.0
    """Within running text: a number and its title stand up to 1 apart. Chosen."""
    head_gap: float = 0.8
    """Between the lines of a head, and from it to the rule below it."""
    head_lines: int = 4
    """Lines of a head at most. Chosen."""
    row_figures: int = 2
    """Figures side by side that make a row. Chosen."""


SETTINGS = RuleTextSettings()


@dataclass(frozen=True, slots=True)
class TextLine:
    """The glyphs of one baseline, the band between two rules that they stand in, and the stretches they leave free.

    ``apart`` are all such stretches wider than those between words, ``free`` the wide ones.
    """

    glyphs: tuple[Glyph, ...]
    band: int
    free: tuple[Interval, ...]
    apart: tuple[Interval, ...]

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    def crosses(self, x: float) -> bool:
        return not in_gap(self.apart, x)

    def stands_in(self, left: float, right: float) -> bool:
        return any(left < (glyph.x0 + glyph.x1) / 2 < right for glyph in self.glyphs)

    def texts(self) -> Iterator[list[Glyph]]:
        """The glyphs between the wide stretches that the line leaves free."""
        for before, after in pairwise(self.free):
            yield [glyph for glyph in self.glyphs if before[1] <= glyph.x0 < after[0]]


def lines_between(glyphs: Sequence[Glyph], left: float, right: float, ys: Sequence[float]) -> list[TextLine]:
    """The lines of text between the first rule and the last, from top to bottom."""
    bands: list[list[list[Glyph]]] = [[] for _ in ys[1:]]
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        middle = (glyph.top + glyph.bottom) / 2
        if glyph.text.isspace() or glyph.vertical or not (left <= glyph.x0 <= right and ys[0] < middle < ys[-1]):
            continue
        band = bands[bisect_right(ys, middle) - 1]
        if band and glyph.baseline - band[-1][0].baseline <= SETTINGS.same_baselines * glyph.size:
            band[-1].append(glyph)
        else:
            band.append([glyph])
    return [_text_line(line, number) for number, band in enumerate(bands) for line in band]


def _text_line(glyphs: Sequence[Glyph], band: int) -> TextLine:
    ordered = tuple(sorted(glyphs, key=lambda glyph: glyph.x0))
    return TextLine(ordered, band, tuple(gaps_between(ordered)), tuple(gaps_between(ordered, SETTINGS.head_word_gap)))


def parted_by_text(rules: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[list[Stroke]]:
    """Rules of one extent in the groups that running text between them parts: those of tables one below the other."""
    ordered = sorted(rules, key=lambda rule: rule.box.top)
    left, right = min(rule.box.x0 for rule in rules), max(rule.box.x1 for rule in rules)
    lines = lines_between(glyphs, left, right, [rule.box.top for rule in ordered])
    parts = [[rule] for rule in ordered[:1]]
    for band, rule in enumerate(ordered[1:]):
        held = [line for line in lines if line.band == band]
        if len(held) >= SETTINGS.parting_lines and all(_is_plain(line) for line in held):
            parts.append([rule])
        else:
            parts[-1].append(rule)
    return parts


def _is_plain(line: TextLine) -> bool:
    """Whether a line is running text: without room for a gutter, and no figures side by side."""
    return len(gaps_between(line.glyphs, SETTINGS.text_gap)) == 2 and not _is_of_figures(line)


def rules_around_rows(rules: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[Stroke]:
    """Rules above and below the rows that stand right above the first of ``rules`` and right below the last.

    Such rows are heads in several places, or figures side by side; only they are rows below the last rule.
    """
    ordered = sorted(rules, key=lambda rule: rule.box.top)
    first, last = ordered[0], ordered[-1]
    left, right = min(rule.box.x0 for rule in rules), max(rule.box.x1 for rule in rules)
    above = lines_between(glyphs, left, right, [float("-inf"), first.box.top])
    below = lines_between(glyphs, left, right, [last.box.top, float("inf")])
    top, bottom, heads = first.box.top, last.box.top, 0
    for line in reversed(above):
        heads += not _is_of_figures(line)
        near = top - line.bottom <= SETTINGS.head_gap * line.glyphs[0].size
        if not near or len(list(line.texts())) < 2 or heads > SETTINGS.head_lines:
            break
        top = line.top
    for line in below:
        near = line.top - bottom <= SETTINGS.head_gap * line.glyphs[0].size
        if not near or not _is_of_figures(line):
            break
        bottom = line.bottom
    ends = ((top - 1, top < first.box.top), (bottom + 1, bottom > last.box.top))
    return [first._replace(box=Box(left, y, right, y)) for y, stands_apart in ends if stands_apart]


def _is_of_figures(line: TextLine) -> bool:
    return sum(is_bare_figure("".join(glyph.text for glyph in text)) for text in line.texts()) >= SETTINGS.row_figures
