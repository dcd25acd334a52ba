"""Print beside the text and no part of it: ruby over words, line numbers in the margin. Set aside with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from parsers.layout.text_rows import TextRows
from parsers.model.geometry import Box, enclosing
from parsers.model.page import Glyph


@dataclass(frozen=True, slots=True)
class SidePrintSettings:
    """Ruby, and the numbers of lines in the margin."""

    ruby_size: float = 0.65
    """Of the size of the word below: at most so large. Ruby is set at half by rule (JIS X 4051). Nearest: 0.65 and
    0.65.
    """
    ruby_height: tuple[float, float] = (0.75, 1.35)
    """Of that size: its baseline stands so high above the word's."""
    ruby_reach: float = 1.0
    """Em of the word that ruby may reach beyond it. Nearest: 0.964 and 1.21."""
    fewest_numbers: int = 5
    """Fewer in a margin count no lines. Chosen."""
    fewest_by_fives: int = 2
    """The same of numbers at every fifth or tenth line, all whole multiples: a list has none such. Chosen."""
    numbered_rows: float = 0.85
    """Share of the rows among them that carry one. Chosen."""
    steps: tuple[int, int, int, int] = (1, 2, 5, 10)
    """Lines from one number to the next that printers count by."""
    margin_gap: float = 0.5
    """Em that numbers stand off the text. Nearest: 0.5 and 0.5."""
    aligned_ends: float = 2.5
    """Points within which their ends stand below one another."""
    smaller: float = 0.9
    """Of the size of the text behind them: numbers so small are no list marks. Chosen."""
    numbered_row: float = 0.4
    """Em between the baselines of a small number and of its row: it may be set level with the row's middle. Chosen."""
    longest_number: int = 4
    """Digits of a line number at most: no plan has ten thousand lines."""
    rounding: float = 0.5
    """Points: baselines and sizes so near differ by rounding alone."""


SETTINGS = SidePrintSettings()


_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc・]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff々]")

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
    numbers = _line_numbers(glyphs, aside, uprights)
    aside |= {index for number in numbers for index in number}
    if not aside:
        return SidePrint(tuple(glyphs))
    return SidePrint(
        tuple(glyph for index, glyph in enumerate(glyphs) if index not in aside),
        tuple(tuple(glyphs[index] for index in word) for word in ruby),
        tuple(tuple(glyphs[index] for index in number) for number in numbers),
    )


def _ruby(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """Indices of kana set small right above ideographs, word by word; kana among others are a line of small text."""
    largest = max([glyph.size for glyph in glyphs], default=0.0)
    small = [
        index
        for index, glyph in enumerate(glyphs)
        if glyph.size <= SETTINGS.ruby_size * largest and not glyph.vertical and not glyph.text.isspace()
    ]
    if not any(_KANA.fullmatch(glyphs[index].text) for index in small):
        return []
    rows = TextRows(glyphs)
    words: list[list[int]] = []
    for index in sorted(small, key=lambda index: (round(glyphs[index].baseline * 2), glyphs[index].x0)):
        glyph = glyphs[index]
        last = glyphs[words[-1][-1]] if words else None
        if (
            last is not None
            and abs(last.baseline - glyph.baseline) < SETTINGS.rounding
            and abs(last.size - glyph.size) < SETTINGS.rounding
            and -glyph.size < glyph.x0 - last.x1 < glyph.size
        ):
            words[-1].append(index)
        else:
            words.append([index])
    return [
        word
        for word in words
        if all(_KANA.fullmatch(glyphs[index].text) for index in word)
        and _is_over_ideographs([glyphs[index] for index in word], rows)
    ]


def _is_over_ideographs(word: Sequence[Glyph], rows: TextRows) -> bool:
    box = enclosing(glyph.box for glyph in word)
    baseline, size = word[0].baseline, word[0].size
    for key in rows.baselines(
        baseline + SETTINGS.ruby_height[0] * size, baseline + SETTINGS.ruby_height[1] * rows.largest
    ):
        reach = SETTINGS.ruby_reach * rows.largest
        below = [
            glyph
            for glyph in rows.over(key, box.x0 - reach, box.x1 + reach)
            if size <= SETTINGS.ruby_size * glyph.size
            and SETTINGS.ruby_height[0] * glyph.size
            <= glyph.baseline - baseline
            <= SETTINGS.ruby_height[1] * glyph.size
        ]
        under = [glyph for glyph in below if glyph.x0 < box.x1 and box.x0 < glyph.x1]
        if not under or not any(_IDEOGRAPH.fullmatch(glyph.text) for glyph in under):
            continue
        line = enclosing(glyph.box for glyph in below)
        if (
            line.x0 - SETTINGS.ruby_reach * under[0].size <= box.x0
            and box.x1 <= line.x1 + SETTINGS.ruby_reach * under[0].size
        ):
            return True
    return False


class _Row(NamedTuple):
    """A row of text whose first run is a number: the number's glyphs and value, and the first glyph behind it."""

    number: list[tuple[int, Glyph]]
    value: int
    behind: Glyph


def _line_numbers(glyphs: Sequence[Glyph], aside: Collection[int], uprights: Sequence[Box]) -> list[list[int]]:
    """Indices of the numbers that count the page's lines in its left margin; those set ``aside`` are no text."""
    inked = [
        (index, glyph)
        for index, glyph in enumerate(glyphs)
        if not glyph.text.isspace() and not glyph.vertical and index not in aside
    ]
    # Nothing stands left of a margin's numbers: few pages have any, and to gather all of their rows takes time.
    if not inked or not min(inked, key=_left)[1].text.isdecimal():
        return []
    rows = _rows(inked)
    numbered = [row for pairs in rows if (row := _numbered(pairs)) is not None]
    ends = [(row, row.number[-1][1].x1) for row in numbered]
    heads = [(row, row.number[0][1].x0) for row in numbered]
    for placed_at in (ends, heads):
        for edge in sorted({round(x) for _, x in placed_at}):
            column = [row for row, x in placed_at if abs(x - edge) <= SETTINGS.aligned_ends]
            if len(column) >= _fewest(column) and _count_lines(column, rows, uprights):
                return [[index for index, _ in row.number] for row in column]
    return []


def _left(pair: tuple[int, Glyph]) -> float:
    return pair[1].x0


def _rows(inked: Sequence[tuple[int, Glyph]]) -> list[list[tuple[int, Glyph]]]:
    rows: list[list[tuple[int, Glyph]]] = []
    for pair in sorted(inked, key=lambda pair: (pair[1].baseline, pair[1].x0)):
        if rows and pair[1].baseline - rows[-1][0][1].baseline < SETTINGS.numbered_row * pair[1].size:
            rows[-1].append(pair)
        else:
            rows.append([pair])
    return [sorted(row, key=_left) for row in rows]


def _numbered(row: Sequence[tuple[int, Glyph]]) -> _Row | None:
    number: list[tuple[int, Glyph]] = []
    for pair in row:
        if number and pair[1].x0 - number[-1][1].x1 > SETTINGS.margin_gap * pair[1].size:
            break
        number.append(pair)
    text = "".join(pair[1].text for pair in number)
    if len(number) == len(row) or len(text) > SETTINGS.longest_number or not (text.isascii() and text.isdecimal()):
        return None
    return _Row(number, int(text), row[len(number)][1])


def _fewest(column: Sequence[_Row]) -> int:
    """How many numbers below one another may count lines: fewer where they are 5, 10, 15 or 10, 20, 30."""
    by_fives = any(
        all(row.value == step * place for place, row in enumerate(column, 1)) for step in SETTINGS.steps if step >= 5
    )
    return SETTINGS.fewest_by_fives if by_fives else SETTINGS.fewest_numbers


def _count_lines(column: Sequence[_Row], rows: Sequence[Sequence[tuple[int, Glyph]]], uprights: Sequence[Box]) -> bool:
    """Whether the numbers rise by one step from row to row, stand in a margin, and are no marks of the rows."""
    steps = {later.value - earlier.value for earlier, later in pairwise(column)}
    if len(steps) != 1 or not steps <= set(SETTINGS.steps):
        return False
    step = steps.pop()
    numbers = [glyph for row in column for _, glyph in row.number]
    box = enclosing(glyph.box for glyph in numbers)
    among = [row for row in rows if box.top <= row[-1][1].baseline <= box.bottom]
    if len(column) * step < SETTINGS.numbered_rows * len(among) or len(column) * step > len(among) + step:
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
    smaller = median(glyph.size for glyph in numbers) <= SETTINGS.smaller * median(row.behind.size for row in column)
    return marked >= 2 or smaller
