"""The role of each number of a statement, from the roles of its words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from normalizers.aims.aim import Aim
from normalizers.aims.aim_reading import Word
from normalizers.aims.reading import NumberReading
from normalizers.model.records import NumberRole
from normalizers.text.characters import NormalizedText
from normalizers.text.numbers import Quantity, read_quantities
from normalizers.text.stretches import holders
from parsers.model.styled_text import Span

# What a word's role makes of a number in it; a value is told by the aims themselves.
_ROLES: dict[str, NumberRole] = {
    "name": "indicator_name",
    "in_name": "indicator_name",
    "time_in_name": "indicator_name",
    "ref_in_name": "indicator_name",
    "name_after": "indicator_name",
    "baseline": "baseline",
    "in_case": "condition",
    "case": "condition",
    "group": "condition",
    "quantifier": "condition",
    "whole": "statistic",
    "statistic": "statistic",
    "means": "statistic",
    "deadline": "deadline",
    "past_time": "date",
    "own_year": "date",
    "label": "date",
    "reference": "reference",
    "past_label": "reference",
    "ref_in_case": "condition",
    "bracket.result": "baseline",
    "bracket.time": "deadline",
    "bracket.label": "date",
    "bracket.labels": "date",
    "bracket.name": "indicator_name",
    "bracket.people": "indicator_name",
    "bracket.limits": "condition",
    "bracket.difference": "reference",
    "bracket.told": "reference",
    "bracket.unit": "indicator_name",
    "told": "statistic",
}
_UPPER_END = re.compile(r"[~、,] ?(?P<number>[0-9][0-9,.]*)")


def number_readings(
    normalized: NormalizedText, words: Sequence[Word], aims: Sequence[Aim], limit: int
) -> Iterator[NumberReading]:
    """Every number in the first ``limit`` characters of a normalised text, each once, in the order of the text.

    ``words`` are placed in that text. A number that no aim and no word explains is ``unread``.
    """
    values = {aim.value_span.start: at for at, aim in reversed(list(enumerate(aims))) if aim.value_span}
    starts = sorted(values)
    quantities = read_quantities(normalized.text[:limit])
    around = holders([(word.start, word.end) for word in words], [quantity.start for quantity in quantities])
    for quantity in quantities:
        span = normalized.verbatim_span(quantity.start, quantity.number_end)
        within = starts[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if within:
            yield from _of_value(normalized, quantity, span, max(values[start] for start in within))
            continue
        roles = (words[at].role for at in around.get(quantity.start, ()))
        role = next((_ROLES[name] for name in roles if name in _ROLES), None)
        if role is None and "multiple_in_words" in quantity.notes:
            # 倍増させ、1,240事業所とする: it only explains the level.
            role = "statistic" if aims else None
        owner = _owner(aims, quantity.value, role)
        yield NumberReading(span, role or "unread", quantity.value, quantity.unit_code, owner if role else None)


def _of_value(normalized: NormalizedText, quantity: Quantity, span: Span, aim: int) -> Iterator[NumberReading]:
    upper = _UPPER_END.search(normalized.text, quantity.start, quantity.number_end) if quantity.upper else None
    if upper is None or quantity.upper is None:
        yield NumberReading(span, "value", quantity.value, quantity.unit_code, aim)
        return
    middle = normalized.verbatim_span(*upper.span("number"))
    yield NumberReading(Span(span.start, middle.start), "value", quantity.value, quantity.unit_code, aim)
    yield NumberReading(middle, "upper_bound", quantity.upper, quantity.unit_code, aim)


def _owner(aims: Sequence[Aim], value: float, role: NumberRole | None) -> int | None:
    """The aim that a number beside the values belongs to: the one whose result it is, else the only one."""
    if role == "baseline":
        return next((at for at, aim in enumerate(aims) if aim.baseline_value == value), None)
    return 0 if len(aims) == 1 else None
