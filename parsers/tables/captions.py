"""What the lines above a table say of all its figures: their unit （単位：千円） and, where no header does, a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalizers.text.counted_units import units_counted_in
from normalizers.text.fiscal_years import read_fiscal_year
from parsers.layout.joined_lines import far_apart
from parsers.model.document import PopulationWord
from parsers.model.geometry import Box
from parsers.model.layout import Line, Table
from parsers.tables.column_headers import HeaderWords, read_header_words
from parsers.tables.columns import FIGURES, Column, TableReading, plain_text
from parsers.tables.header_units import HeaderUnit, read_unit
from parsers.tables.patterns import pattern, words


@dataclass(frozen=True, slots=True)
class CaptionSettings:
    """Lines above a table that speak of it. Points unless said otherwise."""

    caption_reach: float = 40.0
    """Between a caption and its table: two lines of ordinary type with their leading. Nearest: 8.9, nothing above."""
    longest_caption: int = 40
    """Characters: a longer line above a table is text. Chosen."""
    captions_apart: float = 1.0
    """Em between captions of tables that stand side by side. Chosen."""
    into_table: float = 2.0
    """A line may reach so far into a table and still stand above it. Nearest: -5.05 and 84.4."""


SETTINGS = CaptionSettings()


_UNIT = pattern("captions.unit")
_TARGETS = pattern("captions.targets")
_NO_TITLE = pattern("captions.no_title")
_RATES = words("measures.rates")
_PLANS = pattern("captions.plans")
_TELLS = pattern("captions.tells")
_BETWEEN_UNITS = pattern("captions.between_units")


@dataclass(frozen=True, slots=True)
class Caption:
    """The unit and the fiscal year that the lines above a table give, None where they give none.

    ``listed`` holds the units where several are given (（単位：千円、％）): which is whose, the columns' words tell
    or nothing does; ``targets`` tells that its figures are targets (健診・保健指導の目標), ``plans`` that they
    are planned (特定保健指導の実施計画), ``tells`` that they may be of the past or of others. ``population`` is whom
    they are of (1.被保険者（40歳～74歳）).
    """

    unit: HeaderUnit | None = None
    year: int | None = None
    listed: tuple[HeaderUnit, ...] = ()
    targets: bool = False
    plans: bool = False
    tells: bool = False
    population: PopulationWord | None = None


def read_caption(table: Table, lines: Sequence[Line], tables: Sequence[Table]) -> Caption:
    """The caption of a table on its page, whose loose ``lines`` and ``tables`` are given.

    A line counts if it stands right above the table, over its width, with no other table between. One that gives a
    unit is often set at the page's right edge: it counts for a narrower table too where no other stands beside.
    """
    others = [other.box for other in tables if other is not table]
    floor = max((box.bottom for box in others if box.bottom <= table.box.top + SETTINGS.into_table), default=0.0)
    low, high = (
        max(floor - SETTINGS.into_table, table.box.top - SETTINGS.caption_reach),
        table.box.top + SETTINGS.into_table,
    )
    alone = not any(box.top < table.box.bottom and table.box.top < box.bottom for box in others)
    above = [line for line in lines if low <= line.box.bottom <= high]
    near = sorted(
        above if alone else [part for line in above for part in far_apart(line, SETTINGS.captions_apart)],
        key=lambda line: (not _over(line.box, table.box), -line.box.bottom),
    )
    texts = [plain_text(line.text.text) for line in near if _over(line.box, table.box)]
    said = [plain_text(line.text.text) for line in near] if alone else texts
    units = next((units for text in said if (found := _UNIT.search(text)) and (units := _units(found[1]))), [])
    years = [
        year
        for text in texts
        if len(text) <= SETTINGS.longest_caption
        and not _NO_TITLE.search(text)
        and (year := read_fiscal_year(text)) is not None
    ]
    targets = any(len(text) <= SETTINGS.longest_caption and _TARGETS.search(text) for text in texts)
    plans = any(len(text) <= SETTINGS.longest_caption and _PLANS.search(text) for text in texts)
    unit = units[0] if len(units) == 1 else None
    listed = tuple(units) if len(units) > 1 else ()
    tells = any(_TELLS.search(text) is not None for text in texts)
    return Caption(
        unit, years[0] if years else None, listed, targets=targets, plans=plans, tells=tells, population=_of_whom(texts)
    )


def _of_whom(texts: Sequence[str]) -> PopulationWord | None:
    """The group that a line above a table names and nothing else; the nearest counts."""
    said = (read_header_words(text) for text in texts)
    return next(
        (words.population for words in said if words.understood and words.role is None and words.population), None
    )


def _units(words: str) -> list[HeaderUnit]:
    """The unit that ``words`` are, or the several that they list; none where a word is no unit."""
    whole = read_unit(words)
    if whole is not None:
        return [whole]
    listed = [read_unit(word) for word in _BETWEEN_UNITS.split(words)]
    units = [unit for unit in listed if unit is not None]
    return units if len(units) == len(listed) else units[:1]


def _over(line: Box, table: Box) -> bool:
    return line.x0 < table.x1 and table.x0 < line.x1


def with_caption(reading: TableReading, caption: Caption) -> TableReading:
    """The reading with what the caption adds to its columns of figures, and what the head of its names does."""
    named = next((column.words.unit for column in reading.columns if column.meaning == "indicator"), None)
    if caption.targets:
        reading = replace(reading, columns=_as_targets(reading.columns))
    elif caption.plans:
        reading = replace(reading, columns=_as_planned(reading.columns))
    elif caption.year is None and not caption.tells and _counts_alone(reading.columns):
        reading = replace(reading, columns=_as_guessed_plan(reading.columns))
    else:
        reading = replace(reading, columns=_without_groups(reading.columns))
    # 被保険者 over the names of a table is of whom its figures are.
    groups = [column.words.population for column in reading.columns if column.meaning == "indicator"]
    population = next((group for group in groups if group), caption.population)
    if population is not None:
        reading = replace(reading, columns=_of_group(reading.columns, population))
    unit = named or caption.unit
    undated = not any(column.words.dated for column in reading.columns if column.meaning in FIGURES)
    year = caption.year if undated else None
    listed = caption.listed if named is None else ()
    if unit is None and year is None and not listed:
        return reading
    return replace(reading, columns=tuple(_with(column, unit, year, listed) for column in reading.columns))


def _as_targets(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with those of counts and rates (実施率|人数) as targets, where no other is one."""
    if any(column.meaning == "actual" for column in columns) or _own_goals(columns):
        return tuple(columns)
    counts = [column.meaning == "quantity" and not _is_years_plan(column.words) for column in columns]
    return tuple(
        replace(one, meaning="target") if counted else one for one, counted in zip(columns, counts, strict=True)
    )


def _is_years_plan(words: HeaderWords) -> bool:
    """Whether a header says that what it heads is a year's plan: 令和6年度計画."""
    return words.planned and words.dated


def _as_planned(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with those of counts, and those under groups alone (計: of all), as planned; goals stay goals."""
    if any(not _of_a_group(column.words) and not column.words.whole_year for column in _own_goals(columns)):
        return _without_groups(columns)
    made: list[Column] = []
    for column in columns:
        words, group = column.words, column.words.population or ("all" if column.words.whole_year else None)
        if column.meaning == "target" and "role_guessed" in column.doubts and group is not None:
            doubts = tuple(doubt for doubt in column.doubts if doubt != "role_guessed")
            words = replace(words, population=group, whole_year=False, planned=True)
            made.append(replace(column, meaning="quantity", doubts=doubts, words=words))
        elif column.meaning == "quantity":
            made.append(replace(column, words=replace(words, planned=True)))
        else:
            made.append(column)
    return tuple(made)


def _own_goals(columns: Sequence[Column]) -> list[Column]:
    """The columns of goals without those shown for comparison: （参考）2年度計画 is no goal of the counts beside it."""
    return [column for column in columns if column.meaning == "target" and column.words.scope != "aside"]


def _counts_alone(columns: Sequence[Column]) -> bool:
    """Whether a table has figures of counts and of a rate only (対象者数|実施者数|実施率), none of a year."""
    figures = [column for column in columns if column.meaning in FIGURES]
    plain = all(column.meaning == "quantity" and not column.words.dated for column in figures)
    rates = [(column.words.name or "").endswith(_RATES) for column in figures]
    return plain and any(rates) and not all(rates) and all(column.meaning != "aside" for column in columns)


def _as_guessed_plan(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with those of counts as planned, which nothing says but that a plan shows them."""
    guessed = not any(column.words.planned for column in columns if column.meaning == "quantity")
    return tuple(
        replace(
            column,
            words=replace(column.words, planned=True),
            doubts=(*column.doubts, "role_guessed") if guessed else column.doubts,
        )
        if column.meaning == "quantity"
        else column
        for column in columns
    )


def _of_group(columns: Sequence[Column], population: PopulationWord) -> tuple[Column, ...]:
    """The columns with those of figures as a group's, where none says of whom it is itself."""
    if any(column.words.population is not None for column in columns if column.meaning in FIGURES):
        return tuple(columns)
    return tuple(
        replace(column, words=replace(column.words, population=population)) if column.meaning in FIGURES else column
        for column in columns
    )


def _without_groups(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns; figures under groups alone (被保険者 | 被扶養者) are targets only where a caption says so."""
    return tuple(
        replace(column, meaning=None) if "role_guessed" in column.doubts and _of_a_group(column.words) else column
        for column in columns
    )


def _of_a_group(words: HeaderWords) -> bool:
    spoken = words.dated or words.scope or words.edition or words.whole_year or words.period
    return words.role is None and words.population is not None and not spoken


def _with(column: Column, unit: HeaderUnit | None, year: int | None, listed: Sequence[HeaderUnit]) -> Column:
    if column.meaning not in FIGURES:
        return column
    words: HeaderWords = replace(
        column.words, unit=column.words.unit or unit or unit_counted_in(column.title or "", listed)
    )
    if listed and words.unit is None:
        column = replace(column, doubts=(*column.doubts, "unit_open"), listed=tuple(listed))
    if year is None or column.meaning != "target":
        return replace(column, words=words)
    return replace(column, words=replace(words, year=year), year=year)


def unit_counted_in(name: str, listed: Sequence[HeaderUnit]) -> HeaderUnit | None:
    """The one of several units in which what a name ends with is counted; None where none or two may be."""
    units = units_counted_in(name)
    fitting = [unit for unit in listed if unit.word in units]
    return fitting[0] if len(fitting) == 1 else None
