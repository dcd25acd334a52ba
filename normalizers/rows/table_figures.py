"""The figures in a table's cells as aims: with the unit, scale, bound and time that header and row give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from normalizers.aims.aim import Aim, TargetContext
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import group_line, read_statement
from normalizers.aims.reading import StatementReading
from normalizers.indicators.catalogue import is_measurable, match_indicator, population_of, says_only_how
from normalizers.outline.figures_below import BLANK, tells_only_a_result
from normalizers.rows.column_years import column_year
from normalizers.rows.patterns import pattern, words
from normalizers.rows.table_row import TableCell, TableRow, name_of, of_each
from normalizers.text.characters import normalize
from normalizers.text.counted_units import unit_of_bare_count
from normalizers.text.fiscal_years import read_fiscal_year, read_years, year_of_number
from normalizers.text.markers import read_marker
from normalizers.text.numbers import Quantity, read_quantities
from parsers.model.styled_text import Span

_UNIT_IN_BRACKETS = pattern("figures.unit_in_brackets")
_PART = pattern("figures.part")
_TOTAL = pattern("figures.total")
_SEVERAL = pattern("figures.several")
_YEAR_BEHIND = pattern("figures.year_behind")
_PAST = pattern("figures.past")
_IN_BRACKETS_AT_END = re.compile(r" *[(]([^()]*)[)]$")
_OF_WHOM = pattern("figures.of_whom")
_ONLY_PLANNED = pattern("figures.only_planned")
_BEHIND_YEAR = pattern("figures.behind_year")
# Characters. A shorter name (実施率, 人数) does not tell by itself what is measured.
_BARE_MEASURE = 4
_MEASURES = words("figures.measures")
_SHARES = words("measures.rates")


class Baseline(NamedTuple):
    """A result of the past and the fiscal year it is of, where the column says so."""

    value: float
    year: int | None


def read_cell(cell: TableCell, name: str, context: TargetContext) -> StatementReading:
    """How a cell of figures is read; ``name`` names the indicator and may give the unit in brackets."""
    text = cell.paragraph.text.text
    led = of_each(text)
    text = BLANK * led + text[led:]
    quantity = bare_quantity(text)
    unit = _unit_of(cell, name) if quantity is not None else None
    if quantity is None or unit is None:
        reading = read_statement(text, context)
        return replace(reading, aims=tuple(bounded(aim, cell) for aim in reading.aims))
    end = normalize(text).verbatim_span(quantity.start, quantity.number_end).end
    whole = Span(0, len(text))
    scale = cell.place.scale if unit == cell.place.unit else 1.0
    reading = read_statement(f"{text[:end]}{unit}{text[end:]}", context)
    aims = [
        replace(_scaled(aim, scale), statement=whole if aim.statement.end >= end else aim.statement)
        for aim in reading.aims
    ]
    return replace(
        reading,
        aims=tuple(bounded(aim, cell) for aim in aims),
        words=tuple(word for word in reading.words if word.span.end <= end),
        numbers=tuple(replace(number, value=number.value * scale) for number in reading.numbers),
    )


def bare_quantity(text: str) -> Quantity | None:
    """The only number of a cell where no unit is printed with it, None where there is none or more."""
    quantities = read_quantities(normalize(text[target_prefix(text).offset :]).text)
    if len(quantities) != 1 or quantities[0].unit is not None:
        return None
    whole = read_quantities(normalize(text).text)
    return next((quantity for quantity in whole if quantity.value == quantities[0].value), None)


def _unit_of(cell: TableCell, name: str) -> str | None:
    """The unit of a bare number: in the indicator's brackets, in the header or caption, in the header's brackets, else
    in which its name says that it counts (受診者数: 人).
    """
    heads = [found[1] for found in _UNIT_IN_BRACKETS.finditer(normalize(name).text)]
    units = [*heads, *([cell.place.unit] if cell.place.unit else [])]
    units += [found[1] for found in _UNIT_IN_BRACKETS.finditer(normalize(cell.place.header).text)]
    units += [counted] if (counted := unit_of_bare_count(name)) is not None else []
    return next((unit for unit in units if _is_unit(unit)), None)


def _is_unit(word: str) -> bool:
    """Whether a word is a unit as a whole: 個別 begins with one."""
    quantity = read_quantities(f"1{word}")[0]
    return quantity.unit is not None and quantity.end == len(word) + 1


def without_unit(name: str) -> str:
    """An indicator's name without a unit that ends it in brackets: 回収率（％）."""
    found = list(_UNIT_IN_BRACKETS.finditer(name))
    if not found or found[-1].end() < len(name) or not found[-1].start():
        return name
    return name[: found[-1].start()].rstrip() if _is_unit(found[-1][1]) else name


def _scaled(aim: Aim, scale: float) -> Aim:
    if scale == 1.0:
        return aim
    value, baseline = aim.value, aim.baseline_value
    return replace(
        aim,
        value=None if value is None else round(value * scale, 6),
        baseline_value=None if baseline is None else round(baseline * scale, 6),
    )


def bounded(aim: Aim, cell: TableCell) -> Aim:
    """The aim with the bound that a column of its own gives, and the part of the year that its header names."""
    place = cell.place
    comparator = aim.comparator or (place.comparator if aim.value is not None else None)
    return replace(aim, comparator=comparator, deadline=aim.deadline or place.period)


def full_name(cell: TableCell, indicator: TableCell | None) -> str | None:
    """The indicator of a figure: what its row names, and what its column counts where the row leaves that open."""
    counted = cell.place.quantity
    if indicator is None:
        return counted
    name = _without_part(name_of(indicator))
    if counted and _TOTAL.fullmatch(name):
        return counted
    if not counted or counted in name or _measure(name) == _measure(counted) is not None:
        return name
    if _measure(counted) is None and says_only_how(name):
        # 実施率 of a part under its own head (うち外部委託).
        return f"{counted}{name}"
    return f"{name}{counted}"


def named_by_group(
    name: str, group: TableCell | None, above: Sequence[str] = (), *, whole: bool = False
) -> tuple[str, bool]:
    """The name of a figure, and whether it tells what is measured.

    One that says nothing but how, or of whom (実施率, 被保険者の実施率), is completed by the group of its row, else by
    the normalised lines ``above`` the table, nearest first (【特定保健指導の実施計画】), where they name no population.
    So is a count of the ``whole`` group (計 | 対象者数).
    """
    if not says_only_how(name) and not whole:
        return name, True
    text = normalize(group.line.text).text.strip() if group is not None else ""
    text = "" if group_line(text) is not None else text
    how = _OF_WHOM.sub("", name)
    for topic in (text, *map(_topic, above)):
        known = _completed(topic, how)
        if known is not None:
            return known, True
    if len(name) > _BARE_MEASURE or not says_only_how(name):
        return name, True
    if not text:
        return name, False
    return f"{_without_people(text)}{name}", False


def _completed(topic: str, how: str) -> str | None:
    """What a topic and the way of measuring name together, where that is known: 特定健康診査の実施 + 実施率."""
    topic = _without_people(topic)
    if not topic:
        return None
    shared = next((size for size in range(min(len(topic), len(how)), 1, -1) if topic.endswith(how[:size])), 0)
    name = topic + how[shared:]
    if match_indicator(name) is not None:
        return name
    # A count has no entry of its own where its rate has one.
    # A topic that names a rate itself (受診率の改善) is not what people are counted for.
    rates = any(share in topic for share in _SHARES)
    one = is_measurable(topic) and _SEVERAL.search(topic) is None and not rates
    return name if one and how.endswith("数") else None


def _topic(heading: str) -> str:
    """What a heading speaks of, without its mark, its brackets and the words that only say that figures are planned."""
    marker = read_marker(heading)
    bare = heading if marker is None or marker.kind.label else heading[marker.end :]
    bare = bare.strip(" 【】[]<>()「」")
    year = next((mention for mention in read_years(bare) if mention.start == 0), None)
    return _ONLY_PLANNED.sub("", _BEHIND_YEAR.sub("", bare[year.end :]) if year is not None else bare)


def _without_people(topic: str) -> str:
    people = _IN_BRACKETS_AT_END.search(topic)
    return topic[: people.start()] if people and population_of(people[1]) else topic


def is_share(name: str | None) -> bool:
    """Whether a name is that of a rate or share, which is hardly ever meant without a unit."""
    return name is not None and _measure(without_unit(name)) in _SHARES


def is_bare_part(name: str) -> bool:
    """Whether a row names a part of another by a word that does not say of what it is one: うち新規."""
    part = _PART.match(name)
    return part is not None and len(name) - part.end() <= _BARE_MEASURE


def own_head(cell: TableCell) -> str | None:
    """The lowest head of a cell's column, under which it is told from others alike; None where it holds them all."""
    head = cell.place.header.split(" ")[-1]
    return head if head and not _TOTAL.fullmatch(normalize(head).text) else None


def is_total(indicator: TableCell | None) -> bool:
    """Whether a row counts all of its group (計)."""
    return indicator is not None and _TOTAL.fullmatch(_without_part(name_of(indicator))) is not None


def _without_part(name: str) -> str:
    """A row's name without the words that only say that it is a part of another: (内訳)、うち."""
    return _PART.sub("", name) or name


def _measure(name: str) -> str | None:
    """What a name counts by its last word: 率, 数, 額."""
    bare = re.sub(r"[(][^()]*[)]$", "", name)
    return next((measure for measure in _MEASURES if bare.endswith(measure)), None)


def baseline_of(
    cell: TableCell, number: int | None, unit: str | None, row: TableRow, document_year: int | None
) -> Baseline | None:
    """The latest result before a target's year: that with the target's number, else that in the same place.

    None where the row gives none, or one in another unit. Only results of the same group and scope count.
    """
    year = column_year(cell.place, document_year) or document_year
    years = {actual.index: column_year(actual.place, document_year) for actual in row.of("actual")}
    earlier = [
        actual
        for actual in row.of("actual")
        if _comparable(actual, cell) and not ((own := years[actual.index]) and year and own >= year)
    ]
    latest = max((years[actual.index] or 0 for actual in earlier), default=0)
    actuals = [actual for actual in earlier if (years[actual.index] or 0) == latest]
    chosen = _beside(cell, number, actuals, row)
    if chosen is None:
        return _in_own_cell(cell, unit, row) if not row.of("actual") else None
    text = chosen.paragraph.text.text
    quantities = read_quantities(normalize(text[target_prefix(text).offset :]).text)
    if not quantities or (quantities[0].unit_code and unit and quantities[0].unit_code != unit):
        return None
    scale = chosen.place.scale if quantities[0].unit is None else 1.0
    own_year = years[chosen.index] or _own_year(text, document_year)
    return Baseline(round(quantities[0].value * scale, 6), own_year)


def _own_year(text: str, document_year: int | None) -> int | None:
    """The year in brackets behind a result, the era printed or not: 97.1%(21年度)."""
    plain = normalize(text).text
    year = read_fiscal_year(plain)
    number = _YEAR_BEHIND.search(plain)
    return year if year is not None or number is None else year_of_number(int(number[1]), document_year)


def _in_own_cell(cell: TableCell, unit: str | None, row: TableRow) -> Baseline | None:
    """The only result that stands in brackets below a figure in its cell: 0.35% / (R5実績:0.31%)."""
    own = [other for other in row.of(cell.place.column_role) if other.paragraph.cell_id == cell.paragraph.cell_id]
    beside = [other for other in own if _PAST.search(other.line.text)]
    told = [other.line.text for other in beside if tells_only_a_result(other.paragraph.text.text.strip("()（）"))]
    quantities = read_quantities(told[0]) if len(told) == 1 and len(own) == 2 else ()
    figures = [quantity for quantity in quantities if quantity.unit_code == unit]
    return Baseline(figures[0].value, read_fiscal_year(told[0])) if len(figures) == 1 else None


def _comparable(actual: TableCell, cell: TableCell) -> bool:
    same_plan = (actual.paragraph.edition == "reference") == (cell.paragraph.edition == "reference")
    one, two = actual.place, cell.place
    same_group = one.population == two.population or one.population is None or two.population is None
    same_count = one.quantity == two.quantity or one.quantity is None or two.quantity is None
    return same_plan and same_group and same_count


def _beside(cell: TableCell, number: int | None, actuals: Sequence[TableCell], row: TableRow) -> TableCell | None:
    numbered = [actual for actual in actuals if target_prefix(actual.paragraph.text.text).number == number]
    beside = [target for target in row.of("target", "quantity") if target.place.column == cell.place.column]
    if number is not None and len(numbered) == 1:
        return numbered[0]
    if len(actuals) == len(beside):
        return actuals[beside.index(cell)]
    return actuals[0] if len(actuals) == 1 and number is None else None
