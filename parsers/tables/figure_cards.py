"""Cards: a name, labels, and under or over each label its figure, all in one box of text.

A label and its figure are one line of text, however a slide sets them: 生活習慣病予防健診実施率 / R4実績 R6目標 /
53.8% 57.4%.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.layout.joined_lines import cut_line, far_apart
from parsers.model.bare_page import BarePage
from parsers.model.layout import Line
from parsers.model.styled_text import StyledText, join_styled
from parsers.tables.bare_figures import is_figure
from parsers.tables.column_headers import HeaderWords, read_header_words
from parsers.tables.columns import plain_text


@dataclass(frozen=True, slots=True)
class FigureCardSettings:
    """Which lines are a card. Em unless said otherwise."""

    card_part_gap: float = 0.8
    """Between two labels, or two figures, of a line. Chosen."""
    card_line_gap: float = 4.0
    """Between the feet of a card's lines, of the larger size. Measured: 2.5 in LibreOffice's."""
    card_figure_size: float = 1.3
    """Times the size of its label that a figure above it has at least. Chosen; below its label it may be as small."""
    most_card_lines: int = 14
    """Lines of a box that may be a card; more are running text. Chosen."""
    longest_name_of_card: int = 44
    """Characters. Chosen, as of a header."""


SETTINGS = FigureCardSettings()

_FIGURE_BEHIND = re.compile("[（(][0-9０-９][0-9０-９,，.．]*[^0-9０-９（）()年度月期]{1,3}[）)]$")


def with_figure_cards(page: BarePage) -> BarePage:
    """The page with labels and figures of its cards joined to lines, in cells and outside tables."""
    tables = tuple(
        replace(
            table,
            cells=tuple(
                replace(cell, lines=_as_text(cell.lines)) if len(cell.lines) <= SETTINGS.most_card_lines else cell
                for cell in table.cells
            ),
        )
        for table in page.tables
    )
    return replace(page, tables=tables, lines=_as_text(page.lines))


def _as_text(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with each label and its figure in one line, where they are those of a card."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        pair = _pair(lines, at)
        if pair is None:
            made.append(lines[at])
            at += 1
        else:
            made += pair
            at += 2
    return tuple(made)


def _pair(lines: Sequence[Line], at: int) -> list[Line] | None:
    """Two lines of a card, its labels and its figures, as one line a label; None where they are none."""
    if at == 0 or at + 1 == len(lines):
        return None
    named, upper, lower = lines[at - 1 : at + 2]
    if not all(_stands_below(one, other) for one, other in pairwise((named, upper, lower))):
        return None
    over, under = far_apart(upper, SETTINGS.card_part_gap), far_apart(lower, SETTINGS.card_part_gap)
    if len(over) != len(under):
        return None
    labels, figures = (under, over) if _are_figures(over) else (over, under)
    if not _are_figures(figures) or (figures is over and upper.size < SETTINGS.card_figure_size * lower.size):
        return None
    if not _is_name(named):  # asked late: it costs most
        return None
    parted = [_parted(label) for label in labels]
    words = [read_header_words(label.text.text) for label, _ in parted]
    if not all(map(_labels, words)) or not any(word.role == "target" for word in words):
        return None
    return [
        line for (label, rest), figure in zip(parted, figures, strict=True) for line in _run_on(label, figure, rest)
    ]


def _is_name(line: Line) -> bool:
    text = plain_text(line.text.text)
    worded = any(char.isalpha() for char in text) and not text.endswith("。")
    short = len(text) <= SETTINGS.longest_name_of_card
    return worded and short and not is_figure(text) and not _labels(read_header_words(line.text.text))


def _are_figures(parts: Sequence[Line]) -> bool:
    texts = [plain_text(part.text.text) for part in parts]
    return bool(texts) and all(is_figure(text) and "。" not in text for text in texts)


def _labels(words: HeaderWords) -> bool:
    return words.understood and (words.role in ("target", "actual") or words.dated)


def _stands_below(upper: Line, lower: Line) -> bool:
    size = max(upper.size, lower.size)
    overlap = min(upper.box.x1, lower.box.x1) - max(upper.box.x0, lower.box.x0)
    return overlap > 0 and 0 < lower.box.bottom - upper.box.bottom <= SETTINGS.card_line_gap * size


def _parted(label: Line) -> tuple[Line, Line | None]:
    """A label, and the bracket behind it that holds another figure: 令和4年度目標 | （102,414人）."""
    bracket = _FIGURE_BEHIND.search(label.text.text)
    head = cut_line(label, 0, bracket.start()) if bracket is not None else None
    if bracket is None or head is None:
        return label, None
    return head, cut_line(label, bracket.start(), len(label.text.text))


def _run_on(label: Line, figure: Line, rest: Line | None) -> list[Line]:
    """A label, its figure behind a blank, and what stood behind the label, as lines of one text."""
    first = figure.glyphs[0]
    blank = first._replace(text=" ", x1=first.x0, inserted=True)
    behind = replace(
        figure,
        text=join_styled([StyledText(" "), figure.text]),
        glyphs=(blank, *figure.glyphs),
        runs_on=True,
    )
    return [label, behind, *([replace(rest, runs_on=True)] if rest is not None else [])]
