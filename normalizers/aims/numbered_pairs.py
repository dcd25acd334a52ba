"""Names first and their figures behind, paired by number: ①受診率 ②実施率 目標:①31.5%以上 ②19.0%以上."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.aims.patterns import ends_with, expression
from normalizers.text.markers import Marker, items_within
from normalizers.text.numbers import read_quantities

_ITEM_ENDS = ("とする", "以上", "以下", "以内", "、", ":", "%", "値", "標", "率", "割合", "数", "額")
"""Words that end a name or a figure, so that a mark behind them begins the next one."""

_BETWEEN = " 、,・/:;→⇒"


@dataclass(frozen=True, slots=True)
class NumberedPair:
    """The name that a number has in the first list, and where its figure stands in the second, as offsets."""

    number: int
    name: str
    start: int
    end: int


@functools.cache
def _label() -> re.Pattern[str]:
    """What leads to the figures behind the last name: 目標:, をそれぞれ, の目標値は."""
    aim = expression("labels.aim")
    each = "|".join(expression(f"words.quantifier.{part}") for part in ("each", "order"))
    return re.compile(f"(?:[をはの ]|{aim}|{each}|[{re.escape(_BETWEEN)}])*$")


def numbered_pairs(body: str, *, first_read: bool) -> tuple[NumberedPair, ...]:
    """The pairs of a normalised text that lists names and then, under the same numbers, their figures; else none.

    ``first_read`` tells that the mark of the first name stands before the text (it is its paragraph's own).
    """
    marks = items_within(body, _ITEM_ENDS)
    first = 2 if first_read else 1
    if not marks or marks[0].number != first or (not first_read and body[: marks[0].start].strip()):
        return ()
    begins = [mark.end for mark in marks]
    if first_read:
        begins.insert(0, 0)
    figures = _second_list(body, marks[-1].end)
    if len(begins) < 2 or len(figures) != len(begins) or figures[0].number != 1:
        return ()
    ends = [*(mark.start for mark in marks[first == 1 :]), figures[0].start]
    called = [body[start:end].strip(_BETWEEN) for start, end in zip(begins, ends, strict=True)]
    called[-1] = _label().sub("", called[-1])
    stops = [*(mark.start for mark in figures[1:]), len(body)]
    said = [body[mark.end : stop] for mark, stop in zip(figures, stops, strict=True)]
    if not all(called) or any(map(read_quantities, called)) or not all(map(read_quantities, said)):
        return ()
    if any(map(_third_list, said)) or any(map(ends_with("labels.past").search, called)):
        # ①受診率 ②実施率 実績①58% ②19% 目標①60% ②20%: the figures behind the names are results.
        return ()
    return tuple(
        NumberedPair(number, name, figure.end, stop)
        for number, (name, figure, stop) in enumerate(zip(called, figures, stops, strict=True), start=1)
    )


def _third_list(said: str) -> bool:
    return bool(items_within(said, _ITEM_ENDS))


def _second_list(body: str, start: int) -> Sequence[Marker]:
    """The marks that stand behind ``start``."""
    return items_within(" " * start + body[start:], _ITEM_ENDS)
