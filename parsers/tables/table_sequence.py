"""The tables of all pages read together: headers inherited where a page has none, parts that show another's plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.layout.joined_lines import inked
from parsers.model.bare_page import BarePage
from parsers.model.finding import Finding
from parsers.model.layout import Table
from parsers.model.told_column import ToldColumn
from parsers.tables.captions import read_caption, with_caption
from parsers.tables.columns import TableReading
from parsers.tables.forms import form_fields
from parsers.tables.roles import as_reference, inherit, read_table, without_header
from parsers.tables.stamped_tables import of_edition, stamped_edition
from parsers.tables.told_columns import as_told
from parsers.tables.unread_columns import unread_columns


@dataclass(frozen=True, slots=True)
class TableSequenceSettings:
    """Tables that go on over pages."""

    same_side: int = 3
    """Points within which the sides of a table lie on its pages."""


SETTINGS = TableSequenceSettings()


TableKey = tuple[int, int]

_PLANS = frozenset({"new", "old"})


@dataclass(frozen=True, slots=True)
class TableSequence:
    """``readings`` by page number and table index; ``reference_pages`` show another's plan for comparison.

    ``findings`` name the columns of figures that are not understood.
    """

    readings: Mapping[TableKey, TableReading]
    reference_pages: frozenset[int]
    findings: tuple[Finding, ...] = ()


def read_tables(pages: Sequence[BarePage], told: Sequence[ToldColumn] = ()) -> TableSequence:
    """The reading of every table that holds text; what is ``told`` of a column goes before what its header says."""
    own, uncaptioned = _own_readings(pages, told)
    reference = _reference_pages(pages, own)
    known: list[TableReading] = []
    readings: dict[TableKey, TableReading] = {}
    pending: list[tuple[TableKey, Table]] = []
    for page in pages:
        for table in page.tables:
            key = page.layout.number, table.index
            if not has_text(table):
                continue
            found = own.get(key)
            if found is not None:
                before = _goes_on_from(page, table, pages)
                if before in own and found == uncaptioned.get(key) and _alike(uncaptioned.get(before), found):
                    found = replace(found, columns=own[before].columns)
                found = _of_aims(found) if _is_across_editions(table, page, readings) else found
                found = _shared(as_reference(found) if page.layout.number in reference else found, known)
                known.append(found)
            else:
                found = _inherited(table, known)
            if found is None and any(_stands_on(table, other) for other in page.tables):
                # The header amid a grid speaks of what stands below it alone.
                readings[key] = without_header(table)
            elif found is None:
                pending.append((key, table))
            else:
                readings[key] = found
    for key, table in pending:
        readings[key] = _inherited(table, known[::-1]) or without_header(table)
    findings = (
        finding
        for page in pages
        for table in page.tables
        if (reading := readings.get((page.layout.number, table.index))) is not None
        and reading.kind not in ("comparison", "reference")
        for finding in unread_columns(page.layout.number, table, reading)
    )
    return TableSequence(readings, reference, tuple(findings))


def _own_readings(
    pages: Sequence[BarePage], told: Sequence[ToldColumn]
) -> tuple[dict[TableKey, TableReading], dict[TableKey, TableReading]]:
    """The readings of the tables that have a header, with what captions, stamps and people add, and without."""
    own: dict[TableKey, TableReading] = {}
    uncaptioned: dict[TableKey, TableReading] = {}
    for page in pages:
        for table in page.tables:
            reading = _own_reading(table) if has_text(table) else None
            if reading is not None:
                uncaptioned[page.layout.number, table.index] = reading
                reading = with_caption(reading, read_caption(_top_of_grid(table, page.tables), page.lines, page.tables))
                edition = stamped_edition(table, page)
                reading = reading if edition is None else of_edition(reading, edition)
            reading = as_told(reading, table, page.layout.number, told)
            if reading is not None:
                own[page.layout.number, table.index] = reading
    return own, uncaptioned


def _own_reading(table: Table) -> TableReading | None:
    """What a table says of itself: as a form by its labels, else by its header."""
    reading = read_table(table)
    # Rows of targets and results may be those of several indicators; beside one column of values they are a form's.
    several = reading is not None and reading.transposed and max(cell.column for cell in table.cells) > 1
    fields = {} if several else form_fields(table)
    return replace(without_header(table), fields=fields) if fields else reading


def has_text(table: Table) -> bool:
    return any(inked(line.text.text) for cell in table.cells for line in cell.lines)


def _reference_pages(pages: Sequence[BarePage], own: Mapping[TableKey, TableReading]) -> frozenset[int]:
    """Pages that say so by a stamp or by their headers, and those that carry such a page's table on."""
    found: set[int] = set()
    within = False
    for page in pages:
        readings = [own[key] for table in page.tables if (key := (page.layout.number, table.index)) in own]
        if page.reference or (readings and all(reading.kind == "reference" for reading in readings)):
            within = True
        elif readings or page.titles:
            within = False
        if within:
            found.add(page.layout.number)
    return frozenset(found)


def _shared(reading: TableReading, known: Sequence[TableReading]) -> TableReading:
    """The reading with the columns of an earlier one that says the same, so that both are seen as one table."""
    for earlier in reversed(known):
        if _alike(earlier, reading):
            return replace(reading, kind=earlier.kind, columns=earlier.columns)
    return reading


def _alike(earlier: TableReading | None, reading: TableReading) -> bool:
    """Whether two tables' columns say the same and stand at the same places."""
    return (
        earlier is not None
        and len(earlier.columns) == len(reading.columns)
        and all(
            (one.role, one.meaning, one.title, one.words) == (other.role, other.meaning, other.title, other.words)
            and abs(one.x0 - other.x0) < SETTINGS.same_side
            and abs(one.x1 - other.x1) < SETTINGS.same_side
            for one, other in zip(earlier.columns, reading.columns, strict=True)
        )
    )


def _is_across_editions(table: Table, page: BarePage, readings: Mapping[TableKey, TableReading]) -> bool:
    """Whether a table stands in another, across columns of the plan and of the one before."""
    outer = [readings.get((page.layout.number, other.index)) for other in page.tables if _holds(other, table)]
    covered = [{each.columns[at].role for at in each.covered(table.box)} for each in outer if each is not None]
    return any(roles >= _PLANS for roles in covered)


def _holds(outer: Table, inner: Table) -> bool:
    return outer is not inner and outer.box.holds(inner.box, SETTINGS.same_side) and outer.box != inner.box


def _of_aims(reading: TableReading) -> TableReading:
    """The reading of a table within a comparison of two plans, whose figures of two years are surely their aims; of
    three some may be results.
    """
    dated = [column for column in reading.columns if column.meaning == "target" and column.words.dated]
    if len({(column.words.year, column.words.year_number, column.words.offset) for column in dated}) != len(_PLANS):
        return reading
    columns = [
        replace(column, doubts=tuple(doubt for doubt in column.doubts if doubt != "role_guessed"))
        if column in dated
        else column
        for column in reading.columns
    ]
    return replace(reading, columns=tuple(columns))


def _goes_on_from(page: BarePage, table: Table, pages: Sequence[BarePage]) -> TableKey | None:
    """The table at the foot of the page before, where nothing stands between it and ``table``; None for none.

    What a caption says above the first part of a table holds for the parts on further pages too.
    """
    before = next((other for other in reversed(pages) if other.layout.number < page.layout.number), None)
    if before is None or any(line.box.top < table.box.top for line in page.lines):
        return None
    if not before.tables or any(other.box.top < table.box.top for other in page.tables):
        return None
    last = max(before.tables, key=lambda other: other.box.bottom)
    below = any(line.box.bottom > last.box.bottom for line in before.lines)
    return None if below else (before.layout.number, last.index)


def _top_of_grid(table: Table, tables: Sequence[Table]) -> Table:
    """The uppermost of the tables that stand in one grid, edge to edge: a caption above it speaks of all of them."""
    above = next((other for other in tables if _stands_on(other, table)), None)
    return table if above is None else _top_of_grid(above, tables)


def _stands_on(upper: Table, lower: Table) -> bool:
    own, below = upper.box, lower.box
    return upper is not lower and (own.x0, own.x1, own.bottom) == (below.x0, below.x1, below.top)


def _inherited(table: Table, known: Sequence[TableReading]) -> TableReading | None:
    for earlier in reversed(known):
        reading = inherit(table, earlier)
        if reading is not None:
            return reading
    return None
