"""A cell with two figures, the second in brackets, under a header that says in brackets what the second is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from normalizers.aims.aim import TargetContext
from normalizers.aims.patterns import expression
from normalizers.aims.read_aims import read_statement
from normalizers.aims.reading import StatementReading
from normalizers.indicators.catalogue import says_only_how
from normalizers.rows.names_above import result_reading
from normalizers.rows.patterns import pattern, words
from normalizers.rows.table_figures import bounded, without_unit
from normalizers.rows.table_row import TableCell
from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.numbers import read_quantities
from parsers.model.styled_text import Span

_PAIR = re.compile(r"([^()（）]*)[(（]([^()（）]*[0-9０-９][^()（）]*)[)）]\s*")
_RATES = words("pairs.rates")
_COUNT = re.compile("[0-9０-９]")
_RATE_BEHIND = pattern("pairs.measure_in_brackets")
_RESULT_BEHIND = re.compile(r"[(（]([^()（）]*)[)）]\s*$")
_TOLD = re.compile(expression("labels.past") + "$")


def read_pair(
    cell: TableCell, name: str, context: TargetContext, full: Callable[[str], str]
) -> StatementReading | None:
    """How a cell of a count and its rate, 2,079人（90.0％） under 勧奨実施者数（実施率）, is read: as two figures.

    ``full`` completes a name that says only how. None where header and cell are no such pair.
    """
    heads, parts = _RATE_BEHIND.search(cell.place.header), _PAIR.fullmatch(cell.paragraph.text.text)
    if heads is None or parts is None or _COUNT.search(parts[1]) is None:
        return None
    if not says_only_how(heads[1]) and heads[1] not in _RATES:
        return None
    counted = cell.place.quantity or ""
    rate = full(f"{name.removesuffix(counted)}{heads[1]}")
    one = read_statement(parts[1], replace(context, previous_indicator=without_unit(name)))
    # Blanks in place of what stands before keep the offsets.
    behind = " " * parts.start(2) + parts[2]
    other = read_statement(behind, replace(context, previous_indicator=rate))
    if len(one.aims) != 1 or len(other.aims) != 1:
        return None
    whole = Span(0, len(cell.paragraph.text.text))
    numbers = [replace(number, aim=None if number.aim is None else number.aim + 1) for number in other.numbers]
    return replace(
        one,
        aims=tuple(bounded(replace(aim, statement=whole), cell) for aim in (*one.aims, *other.aims)),
        words=(),
        numbers=(*one.numbers, *numbers),
    )


def read_with_result(cell: TableCell, name: str, context: TargetContext) -> StatementReading | None:
    """How a cell of an aim and a result, 95.3%以上（92.9%） under 令和4年度目標（令和2年度実績）, is read.

    None where header and cell are no such pair, or the bracket says more than a figure in the aim's unit.
    """
    head, parts = _RESULT_BEHIND.search(cell.place.header), _PAIR.fullmatch(cell.paragraph.text.text)
    told = normalize(head[1]).text if head is not None else ""
    if parts is None or _TOLD.search(told) is None:
        return None
    plain = normalize(parts[2]).text.strip()
    figures = read_quantities(plain)
    one = read_statement(parts[1], replace(context, previous_indicator=without_unit(name)))
    if len(one.aims) != 1 or len(figures) != 1 or plain[: figures[0].start] or plain[figures[0].end :]:
        return None
    (aim,), (figure,) = one.aims, figures
    if aim.unit is not None and figure.unit_code not in (aim.unit, None):
        return None
    whole = Span(0, len(cell.paragraph.text.text))
    aim = replace(aim, statement=whole, baseline_value=figure.value, baseline_year=read_fiscal_year(told))
    # Blanks in place of what stands before keep the offsets.
    behind = result_reading(" " * parts.start(2) + parts[2])
    return replace(one, aims=(bounded(aim, cell),), words=(), numbers=(*one.numbers, *behind.numbers))
