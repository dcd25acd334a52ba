"""Note numbers set small and raised (96.5¹%, 1,850²社): no part of the number or word that they stand at.

They become superscript characters, which no later reading takes for digits of a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from parsers.layout.text_rows import TextRows
from parsers.model.page import Glyph, Stroke


@dataclass(frozen=True, slots=True)
class RaisedNoteSettings:
    """Raised note numbers, and the rule above footnotes."""

    small: float = 0.8
    """Of the size of the text they stand at: at most so large. Nearest: 0.793 and 0.812."""
    raised: tuple[float, float] = (0.12, 0.7)
    """Of that size: so high above its baseline."""
    near: float = 0.4
    """Em of that text between it and the first of them. Nearest: 0.398 and 0.44."""
    next: float = 0.6
    """Em of their own size from one to the next. Nearest: 0.567 and 0.658."""
    rule: tuple[float, float] = (0.1, 0.7)
    """Of the text's width: the rule above footnotes. Word's is 144 pt long. Nearest: 0.0998 and 0.106; 0.432 and 0.865.
    """
    near_rule: float = 12.0
    """Points between the end of that rule and the notes' beginning. Chosen."""
    rounding: float = 0.5
    """Points: baselines so near differ by rounding alone."""


SETTINGS = RaisedNoteSettings()


_NUMBER_GOES_ON = frozenset(".,．，%％")

# What a raised note consists of: anything else small beside large text is a caption.
_DIGIT = "[0-9０-９]"
_NOTE = re.compile(
    rf"[(（]?[※注*＊†]?(?:{_DIGIT}{{1,3}}|{_DIGIT}{{1,2}}(?:[,、，・~～\-－][※注]?{_DIGIT}{{1,2}})+)[)）]?"
    r"|[(（]?[※*＊†‡]{1,3}[)）]?"
)
_NOTE_SIGNS = frozenset("※*＊†‡")

_RAISED_FORMS = str.maketrans("0123456789０１２３４５６７８９()（）", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾")


def raise_notes(glyphs: Sequence[Glyph], strokes: Sequence[Stroke] = ()) -> tuple[Glyph, ...]:
    """The glyphs with the digits and brackets of raised notes as superscripts on their line's baseline, in their order.

    So are the numbers that open the footnotes, where the page's level ``strokes`` set these apart: the notes that a
    raised number cites may be set with a number that is not raised.
    """
    largest = max([glyph.size for glyph in glyphs], default=0.0)
    small = [
        index
        for index, glyph in enumerate(glyphs)
        if glyph.size <= SETTINGS.small * largest and not glyph.vertical and not glyph.text.isspace()
    ]
    signs = {glyphs[index].text for index in small}
    if not any(sign in _NOTE_SIGNS or sign.translate(_RAISED_FORMS) != sign for sign in signs):
        return tuple(glyphs)
    notes = [run for run in _runs(glyphs, small) if _NOTE.fullmatch("".join([glyphs[index].text for index in run]))]
    if not notes:
        return tuple(glyphs)
    rows = TextRows(glyphs)
    out = list(glyphs)
    raised: list[list[int]] = []
    for run in notes:
        baseline = _baseline_beside([glyphs[index] for index in run], rows)
        if baseline is None:
            continue
        raised.append(run)
        for index in run:
            # It belongs to the line that it stands at, with what underlines or strikes that line.
            text = glyphs[index].text.translate(_RAISED_FORMS)
            out[index] = glyphs[index]._replace(text=text, baseline=baseline)
    for index in [index for run in _footnote_numbers(glyphs, raised, strokes) for index in run]:
        out[index] = glyphs[index]._replace(text=glyphs[index].text.translate(_RAISED_FORMS))
    return tuple(out)


def _footnote_numbers(
    glyphs: Sequence[Glyph], raised: Sequence[Sequence[int]], strokes: Sequence[Stroke]
) -> list[list[int]]:
    """Indices of the numbers that open the rows below the rule that parts footnotes from the text."""
    cited = {text for run in raised if (text := "".join([glyphs[index].text for index in run]).strip("()（）"))}
    lowest = max([glyphs[index].baseline for run in raised for index in run], default=0.0)
    inked = [(index, glyph) for index, glyph in enumerate(glyphs) if not glyph.text.isspace() and not glyph.vertical]
    width = max([glyph.x1 for _, glyph in inked], default=0.0) - min([glyph.x0 for _, glyph in inked], default=0.0)
    rules = [
        stroke.box
        for stroke in strokes
        if stroke.horizontal
        and stroke.box.top > lowest
        and SETTINGS.rule[0] * width <= stroke.box.width <= SETTINGS.rule[1] * width
    ]
    if not cited or not rules:
        return []
    rule = max(rules, key=lambda box: box.top)
    below = sorted(
        [pair for pair in inked if pair[1].top >= rule.top - 1], key=lambda pair: (round(pair[1].baseline), pair[1].x0)
    )
    numbers = []
    for _, row in groupby(below, key=lambda pair: round(pair[1].baseline)):
        first = list(row)
        digits = list(takewhile(lambda pair: pair[1].text.isdecimal(), first))
        text = "".join([glyph.text for _, glyph in digits])
        behind = first[len(digits)][1].text if len(digits) < len(first) else ""
        if text in cited and abs(first[0][1].x0 - rule.x0) <= SETTINGS.near_rule and behind not in _NUMBER_GOES_ON:
            numbers.append([index for index, _ in digits])
    return numbers


def _runs(glyphs: Sequence[Glyph], small: Sequence[int]) -> list[list[int]]:
    """Indices of small glyphs that stand side by side on one baseline, in one size."""
    runs: list[list[int]] = []
    placed = sorted(small, key=lambda index: (round(glyphs[index].baseline * 2), glyphs[index].x0))
    for _, row in groupby(placed, key=lambda index: (round(glyphs[index].baseline * 2), round(glyphs[index].size * 2))):
        for index in row:
            last = runs[-1][-1] if runs else None
            if (
                last is not None
                and abs(glyphs[last].baseline - glyphs[index].baseline) < SETTINGS.rounding
                and -SETTINGS.next * glyphs[index].size
                <= glyphs[index].x0 - glyphs[last].x1
                <= SETTINGS.next * glyphs[index].size
            ):
                runs[-1].append(index)
            else:
                runs.append([index])
    return runs


def _baseline_beside(run: Sequence[Glyph], rows: TextRows) -> float | None:
    """The baseline of larger text, lower by a raised sign's height, right beside the run; None where there is none."""
    first, last = run[0], run[-1]
    size = first.size
    for key in rows.baselines(
        first.baseline + SETTINGS.raised[0] * size, first.baseline + SETTINGS.raised[1] * rows.largest
    ):
        reach = SETTINGS.near * rows.largest
        beside = [
            *rows.over(key, first.x0 - 3 * reach, first.x0 + reach),
            *rows.over(key, last.x1 - reach, last.x1 + 3 * reach),
        ]
        for glyph in beside:
            raised = glyph.baseline - first.baseline
            if (
                size > SETTINGS.small * glyph.size
                or not SETTINGS.raised[0] * glyph.size <= raised <= SETTINGS.raised[1] * glyph.size
            ):
                continue
            gap = max(first.x0 - glyph.x1, glyph.x0 - last.x1)
            if not glyph.text.isspace() and -SETTINGS.near * glyph.size <= gap <= SETTINGS.near * glyph.size:
                return glyph.baseline
    return None
