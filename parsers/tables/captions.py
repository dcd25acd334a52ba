"""What the lines above a table say of all its figures: their unit （単位：千円） and, where no header does, a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalizers.text.fiscal_years import read_fiscal_year
from parsers.model.layout import Line, Table
from parsers.tables.column_headers import HeaderUnit, HeaderWords, read_unit
from parsers.tables.columns import FIGURES, Column, TableReading, plain_text

# Points between a caption and its table: two lines of ordinary type with their leading.
FARTHEST = 40.0
# Characters. A longer line above a table is text.
LONGEST_CAPTION = 40
# Points by which a line may reach into a table and still stand above it.
INTO_TABLE = 2.0
_UNIT = re.compile(r"単位[:・は]?([^()\[\]【】〔〕<>「」、。]{1,8})")


@dataclass(frozen=True, slots=True)
class Caption:
    """The unit and the fiscal year that the lines above a table give, None where they give none."""

    unit: HeaderUnit | None = None
    year: int | None = None


def read_caption(table: Table, lines: Sequence[Line], tables: Sequence[Table]) -> Caption:
    """The caption of a table on its page, whose loose ``lines`` and ``tables`` are given.

    A line counts if it stands right above the table, over its width, with no other table between.
    """
    floor = max(
        (other.box.bottom for other in tables if other is not table and other.box.bottom <= table.box.top + INTO_TABLE),
        default=0.0,
    )
    above = [
        line
        for line in lines
        if max(floor - INTO_TABLE, table.box.top - FARTHEST) <= line.box.bottom <= table.box.top + INTO_TABLE
        and line.box.x0 < table.box.x1
        and table.box.x0 < line.box.x1
    ]
    texts = [plain_text(line.text.text) for line in sorted(above, key=lambda line: -line.box.bottom)]
    units = [unit for text in texts if (found := _UNIT.search(text)) and (unit := read_unit(found[1])) is not None]
    years = [
        year
        for text in texts
        if len(text) <= LONGEST_CAPTION and not text.endswith("。") and (year := read_fiscal_year(text)) is not None
    ]
    return Caption(units[0] if units else None, years[0] if years else None)


def with_caption(reading: TableReading, caption: Caption) -> TableReading:
    """The reading with what the caption adds to its columns of figures, and what the head of its names does."""
    named = next((column.words.unit for column in reading.columns if column.meaning == "indicator"), None)
    unit = named or caption.unit
    undated = not any(column.words.dated for column in reading.columns if column.meaning in FIGURES)
    year = caption.year if undated else None
    if unit is None and year is None:
        return reading
    return replace(reading, columns=tuple(_with(column, unit, year) for column in reading.columns))


def _with(column: Column, unit: HeaderUnit | None, year: int | None) -> Column:
    if column.meaning not in FIGURES:
        return column
    words: HeaderWords = replace(column.words, unit=column.words.unit or unit)
    if year is None or column.meaning != "target":
        return replace(column, words=words)
    return replace(column, words=replace(words, year=year), year=year)
