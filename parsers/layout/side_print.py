"""Print beside the text and no part of it: ruby over words, line numbers in the margin. Set aside with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from parsers.layout.text_rows import TextRows
from parsers.model.geometry import Box, enclosing
from parsers.model.page import Glyph

# Ruby: of the size of the word below, at most so large, and so high above its baseline.
RUBY_SIZE = 0.65
RUBY_HEIGHT = (0.75, 1.35)
# In em of the word: how far ruby may reach beyond it.
RUBY_REACH = 1.0
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc・]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff々]")

# Line numbers: how many at least, how many of the rows among them carry one, how far (em) they stand off the text,
# how well (points) their ends stand below one another.
FEWEST_NUMBERS = 5
NUMBERED_ROWS = 0.85
STEPS = (1, 2, 5, 10)
MARGIN_GAP = 0.5
ALIGNED = 2.5
SMALLER = 0.9
# A row that begins with a list mark of its own has no number for its mark.
_OWN_MARK = re.compile(r"[○◯●・■□◆◇※▶▷→【(（①-⑳ア-ン]")


class SidePrint(NamedTuple):
    """The page's ``text``, and what stands beside it: ``ruby`` by word, ``line_numbers`` one by one."""

    text: tuple[Glyph, ...]
    ruby: tuple[tuple[Glyph, ...], ...] = ()
    line_numbers: tuple[tuple[Glyph, ...], ...] = ()


def part_side_print(glyphs: Sequence[Glyph], uprights: Sequence[Box]) -> SidePrint:
    """The page's glyphs without ruby and line numbers; ``uprights`` are its upright strokes."""
    ruby = _ruby(glyphs)
    aside = {index for word in ruby for index in word}
    numbers = _line_numbers([(index, glyph) for index, glyph in enumerate(glyphs) if index not in aside], uprights)
    aside |= {index for number in numbers for index in number}
    if not aside:
        return SidePrint(tuple(glyphs))
    return SidePrint(
        tuple(glyph for index, glyph in enumerate(glyphs) if index not in aside),
        tuple(tuple(glyphs[index] for index in word) for word in ruby),
        tuple(tuple(glyphs[index] for index in number) for number in numbers),
    )


def _ruby(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """Indices of kana set small right above ideographs, word by word."""
    largest = max([glyph.size for glyph in glyphs], default=0.0)
    small = [
        index
        for index, glyph in enumerate(glyphs)
        if glyph.size <= RUBY_SIZE * largest and not glyph.vertical and _KANA.fullmatch(glyph.text)
    ]
    if not small:
        return []
    rows = TextRows(glyphs)
    words: list[list[int]] = []
    for index in sorted(small, key=lambda index: (round(glyphs[index].baseline * 2), glyphs[index].x0)):
        glyph = glyphs[index]
        last = glyphs[words[-1][-1]] if words else None
        if (
            last is not None
            and abs(last.baseline - glyph.baseline) < 0.5
            and abs(last.size - glyph.size) < 0.5
            and -glyph.size < glyph.x0 - last.x1 < glyph.size
        ):
            words[-1].append(index)
        else:
            words.append([index])
    return [word for word in words if _is_over_ideographs([glyphs[index] for index in word], rows)]


def _is_over_ideographs(word: Sequence[Glyph], rows: TextRows) -> bool:
    box = enclosing(glyph.box for glyph in word)
    baseline, size = word[0].baseline, word[0].size
    for key in rows.baselines(baseline + RUBY_HEIGHT[0] * size, baseline + RUBY_HEIGHT[1] * rows.largest):
        reach = RUBY_REACH * rows.largest
        below = [
            glyph
            for glyph in rows.over(key, box.x0 - reach, box.x1 + reach)
            if size <= RUBY_SIZE * glyph.size
            and RUBY_HEIGHT[0] * glyph.size <= glyph.baseline - baseline <= RUBY_HEIGHT[1] * glyph.size
        ]
        under = [glyph for glyph in below if glyph.x0 < box.x1 and box.x0 < glyph.x1]
        if not under or not any(_IDEOGRAPH.fullmatch(glyph.text) for glyph in under):
            continue
        line = enclosing(glyph.box for glyph in below)
        if line.x0 - RUBY_REACH * under[0].size <= box.x0 and box.x1 <= line.x1 + RUBY_REACH * under[0].size:
            return True
    return False


class _Row(NamedTuple):
    """A row of text whose first run is a number: the number's glyphs and value, and the first glyph behind it."""

    number: list[tuple[int, Glyph]]
    value: int
    behind: Glyph


def _line_numbers(placed: Sequence[tuple[int, Glyph]], uprights: Sequence[Box]) -> list[list[int]]:
    """Indices of the numbers that count the page's lines in its left margin."""
    inked = [pair for pair in placed if not pair[1].text.isspace() and not pair[1].vertical]
    digits = sum([pair[1].text.isdecimal() for pair in inked])
    if digits < FEWEST_NUMBERS:
        return []
    rows = _rows(inked)
    numbered = [row for pairs in rows if (row := _numbered(pairs)) is not None]
    for end in sorted({round(row.number[-1][1].x1) for row in numbered}):
        column = [row for row in numbered if abs(row.number[-1][1].x1 - end) <= ALIGNED]
        if len(column) >= FEWEST_NUMBERS and _count_lines(column, rows, uprights):
            return [[index for index, _ in row.number] for row in column]
    return []


def _rows(inked: Sequence[tuple[int, Glyph]]) -> list[list[tuple[int, Glyph]]]:
    rows: list[list[tuple[int, Glyph]]] = []
    for pair in sorted(inked, key=lambda pair: (pair[1].baseline, pair[1].x0)):
        if rows and pair[1].baseline - rows[-1][0][1].baseline < 2.0:
            rows[-1].append(pair)
        else:
            rows.append([pair])
    return [sorted(row, key=lambda pair: pair[1].x0) for row in rows]


def _numbered(row: Sequence[tuple[int, Glyph]]) -> _Row | None:
    number: list[tuple[int, Glyph]] = []
    for pair in row:
        if number and pair[1].x0 - number[-1][1].x1 > MARGIN_GAP * pair[1].size:
            break
        number.append(pair)
    text = "".join(pair[1].text for pair in number)
    if len(number) == len(row) or len(text) > 4 or not (text.isascii() and text.isdecimal()):
        return None
    return _Row(number, int(text), row[len(number)][1])


def _count_lines(column: Sequence[_Row], rows: Sequence[Sequence[tuple[int, Glyph]]], uprights: Sequence[Box]) -> bool:
    """Whether the numbers rise by one step from row to row, stand in a margin, and are no marks of the rows."""
    steps = {later.value - earlier.value for earlier, later in pairwise(column)}
    if len(steps) != 1 or not steps <= set(STEPS):
        return False
    step = steps.pop()
    numbers = [glyph for row in column for _, glyph in row.number]
    box = enclosing(glyph.box for glyph in numbers)
    among = [row for row in rows if box.top <= row[-1][1].baseline <= box.bottom]
    if len(column) * step < NUMBERED_ROWS * len(among) or len(column) * step > len(among) + step:
        return False
    own = {id(glyph) for glyph in numbers}
    if any(glyph.x0 < box.x1 and id(glyph) not in own for row in rows for _, glyph in row):
        return False
    left = min(row.behind.x0 for row in column)
    if any(
        box.x1 - 1 <= upright.x0 <= left + 1 and upright.overlaps(box._replace(x1=left + 1)) for upright in uprights
    ):
        return False
    marked = sum([_OWN_MARK.match(row.behind.text) is not None for row in column])
    smaller = median(glyph.size for glyph in numbers) <= SMALLER * median(row.behind.size for row in column)
    return marked >= 2 or smaller
