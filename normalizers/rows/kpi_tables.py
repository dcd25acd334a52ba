"""KPI tables, one row an indicator and a column a year, and columns of targets and results beside a plan's text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from normalizers.aims.aim import TargetContext
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import expects_heads, group_line
from normalizers.aims.reading import StatementReading
from normalizers.indicators.catalogue import population_of
from normalizers.model.records import Measure, Population, Target
from normalizers.outline.outline import Place
from normalizers.outline.plan_line import Line
from normalizers.outline.plan_lines import read_lines
from normalizers.rows.cell_kinds import cell_kind
from normalizers.rows.column_years import column_year, is_dated
from normalizers.rows.editions import EditionTitle, edition_title
from normalizers.rows.entries import read_entry
from normalizers.rows.figure_pairs import read_pair, read_with_result
from normalizers.rows.line_aims import read_line_aims
from normalizers.rows.measures import measure_row
from normalizers.rows.named_targets import after_heading, named_target
from normalizers.rows.shared_names import told_apart
from normalizers.rows.table_captions import table_captions
from normalizers.rows.table_cells import table_rows
from normalizers.rows.table_doubts import TableDoubt, with_doubts
from normalizers.rows.table_figures import (
    bare_quantity,
    baseline_of,
    full_name,
    is_bare_part,
    is_share,
    is_total,
    named_by_group,
    own_head,
    read_cell,
    without_unit,
)
from normalizers.rows.table_headings import TableHeadings
from normalizers.rows.table_row import TableCell, TableRow, is_alike, name_of
from normalizers.rows.targets import target_row, target_rows
from normalizers.text.branches import names_branch
from normalizers.text.characters import normalize
from normalizers.text.sections import read_section
from parsers.model.document import Edition, ParsedDocument


@dataclass(frozen=True, slots=True)
class TableRecords:
    """Measures and readings by the index of their paragraph, and targets with the index of theirs."""

    measures: Mapping[int, Measure] = field(default_factory=dict)
    targets: tuple[tuple[int, Target], ...] = ()
    readings: Mapping[int, StatementReading] = field(default_factory=dict)


def table_records(parsed: ParsedDocument, measures: Mapping[int, Measure], by_color: bool) -> TableRecords:
    """The records of all paragraphs that stand in such columns; ``measures`` are those of the plan's running text.

    A target column with a year gives rows of that year, edition ``new`` from the plan's year on and ``old`` before it;
    a column of results gives the baselines; columns of counts give plan figures where the table speaks of a plan.
    """
    headings = TableHeadings(parsed.paragraphs, parsed.cells, measures)
    rows = table_rows(parsed.paragraphs, parsed.cells)
    captions = table_captions(parsed.paragraphs, parsed.cells)
    stated = _stated(rows, parsed.identity.fiscal_year)
    tables = _Tables(parsed, headings, by_color, _planned(rows), stated, captions)
    found: dict[int, Measure] = {}
    targets: list[tuple[int, Target, TableRow]] = []
    readings: dict[int, StatementReading] = {}
    for row in rows:
        own = {cell.index: tables.measure(cell, row) for cell in row.cells if cell.index not in found}
        found.update(own)
        for read in tables.read_row(row, found):
            targets += [(index, target, row) for index, target in read.targets]
            readings.update(read.readings)
    return TableRecords(found, tuple(told_apart(targets, parsed.paragraphs)), readings)


def _planned(rows: Sequence[TableRow]) -> frozenset[int]:
    """The tables that count what is planned (実施見込者数)."""
    return frozenset(cell.place.table for row in rows for cell in row.of("quantity") if cell.place.planned)


def _stated(rows: Sequence[TableRow], document_year: int | None) -> frozenset[int]:
    """The tables whose columns of figures without a word for them may be targets: some are of the plan's year."""
    tables: set[int] = set()
    for row in rows:
        for cell in row.of("target"):
            year = column_year(cell.place, document_year)
            past = year is not None and document_year is not None and year < document_year
            if not past or "role_guessed" not in cell.place.doubts:
                tables.add(cell.place.table)
    return frozenset(tables)


@dataclass(frozen=True, slots=True)
class _Tables:
    parsed: ParsedDocument
    headings: TableHeadings
    by_color: bool
    planned: frozenset[int]
    stated: frozenset[int]
    captions: Mapping[int, str]

    def measure(self, cell: TableCell, row: TableRow) -> Measure:
        """The row of ``measures`` of one paragraph of a table."""
        line = replace(cell.line, paragraph=self.parsed.paragraphs[cell.index])
        kind = cell_kind(cell, row, stated=cell.place.table in self.stated)
        heading = self._heading(cell, row)
        beneath = heading is not None and heading.measure_id != _id_of(cell)
        section = read_section(cell.paragraph.section) if cell.paragraph.section else None
        return measure_row(
            line,
            kind,
            level=heading.level + 1 if heading and beneath else 0,
            parent_id=heading.measure_id if heading and beneath else None,
            edition=self._edition(cell),
            title=self._title(cell),
            section=section,
        )

    def read_row(self, row: TableRow, own: Mapping[int, Measure]) -> Iterator[TableRecords]:
        """The targets of one row, with the index of the paragraph that states each, and how each was read."""
        branch = names_branch(row.group.line.text) if row.group is not None else None
        if branch is not None and branch != self.parsed.identity.branch_name:
            # A table over all branches: the others' figures are not this one's.
            return
        named = bool(row.of("indicator"))
        whole: list[TableCell] = []
        for role in ("target", "quantity"):
            for cell, indicator in row.figures_with_indicators(role):
                if cell.place.table not in (self.stated if role == "target" else self.planned):
                    continue
                name = full_name(cell, indicator)
                if name is None and role == "target" and not named:
                    whole.append(cell)
                elif name is not None:
                    yield self._figure(cell, indicator, name, row, own)
        yield self._whole_aims(whole, row, own)

    def _figure(
        self, cell: TableCell, indicator: TableCell | None, name: str, row: TableRow, own: Mapping[int, Measure]
    ) -> TableRecords:
        """The targets of a cell whose indicator its row or its column names."""
        targets: list[tuple[int, Target]] = []
        if own[cell.index].edition == "old" and read_entry(cell.paragraph.text.text) == "added":
            # （新規） in the column of an earlier year: there was no such aim.
            return TableRecords()
        heading = self._heading(cell, row)
        part = indicator is not None and is_bare_part(name_of(indicator))
        people = population_of(name)
        # What a row counts of all is not what the heading speaks of alone.
        whole = is_total(indicator or next(reversed(row.groups), None))
        lines = [self.captions.get(cell.place.table), heading.text_normalized if heading else None]
        above = [line for line in lines if line and not (whole and population_of(line))]
        of_people = row.group is not None and group_line(row.group.line.text) is not None
        counted = cell.place.column_role == "quantity" or (of_people and cell.place.quantity is not None)
        whole = whole or (indicator is None and counted)
        group = row.group if indicator is not None or whole else None
        name, sure = named_by_group(name, group, above, whole=whole)
        reading = self._reading(cell, name, row, heading, people, lambda how: named_by_group(how, group, above)[0])
        for aim in reading.aims:
            if aim.basis == "not_set" and (cell.place.column_role == "quantity" or whole or not _is_worded(name)):
                # A dash where others are counted, in a total or beside a dash: there are none of this group.
                continue
            target = target_row(aim, cell.paragraph, own[cell.index], self._title(cell), self.by_color)
            target = replace(target, edition=self._edition(cell))
            target = named_target(self._completed(target, cell, row, heading), cell, indicator or row.group, name)
            if not sure or part or (indicator is not None and "name_guessed" in indicator.place.doubts):
                target = with_doubts(target, ("name_guessed",))
            targets.append((cell.index, target))
        printed = cell.paragraph is self.parsed.paragraphs[cell.index]
        return TableRecords(targets=tuple(targets), readings={cell.index: reading} if printed else {})

    def _whole_aims(self, cells: Sequence[TableCell], row: TableRow, own: Mapping[int, Measure]) -> TableRecords:
        """The targets of cells that state their indicators themselves, in a column beside the plan's text."""
        lines = [
            _as_target(line, cell.place.header)
            for cell, line in zip(cells, read_lines([(cell.index, cell.paragraph) for cell in cells]), strict=True)
        ]
        places = [Place(0, None)] * len(lines)
        rows = [own[cell.index] for cell in cells]
        cell_of = {own[cell.index].measure_id: cell for cell in cells}
        targets: list[tuple[int, Target]] = []
        line_aims = read_line_aims(lines, places, rows)
        for read in target_rows(lines, places, rows, line_aims, self.by_color):
            cell = cell_of[read.measure_id]
            heading = self._heading(cell, row)
            target = after_heading(self._completed(read, cell, row, heading), heading)
            if target.indicator is not None and not named_by_group(target.indicator, None)[1]:
                target = with_doubts(target, ("name_guessed",))
            targets.append((cell.index, target))
        readings = {cells[read.position].index: read.reading for read in line_aims}
        return TableRecords(targets=tuple(targets), readings=readings)

    def _reading(
        self,
        cell: TableCell,
        name: str,
        row: TableRow,
        heading: Measure | None,
        people: Population | None,
        full: Callable[[str], str],
    ) -> StatementReading:
        group = people or row.people
        quantity = cell.place.column_role == "quantity"
        context = TargetContext(
            kind="plan_figure" if quantity else "kpi",
            # What is counted of all may by its name be of one group only (生活習慣病予防健診).
            group_population=group if cell.place.population == "all" else cell.place.population or group,
            heading=heading.text_normalized if heading else None,
            previous_indicator=without_unit(name),
        )
        pair = read_pair(cell, name, context, full) or read_with_result(cell, name, context)
        return pair or read_cell(cell, name, context)

    def _completed(self, target: Target, cell: TableCell, row: TableRow, heading: Measure | None) -> Target:
        """The target with what the rest of its row says: heading, group, baseline, notes; and what is doubtful."""
        year = self.parsed.identity.fiscal_year
        baseline = baseline_of(cell, target.number, target.unit, row, year)
        notes = tuple(note.paragraph.text.text for note in row.of("note") if note.line.text)
        target = replace(target, heading_id=heading.measure_id if heading else None, notes=target.notes + notes)
        if baseline is not None and target.baseline_value is None:
            target = replace(target, baseline_value=baseline.value, baseline_year=baseline.year)
        if cell.place.population is not None and target.population in (None, "all"):
            target = replace(target, population=cell.place.population)
        others = [other for other in row.of(cell.place.column_role) if other.place.column != cell.place.column]
        if cell.place.grade and any(other.place.grade != cell.place.grade for other in others):
            target = replace(target, condition=target.condition or cell.place.grade)
        counted = cell.place.column_role == "quantity" or bool(row.of("indicator"))
        if counted and any(is_alike(other, cell) for other in others):
            target = replace(target, condition=target.condition or own_head(cell))
        doubts: list[TableDoubt] = [
            doubt for doubt in cell.place.doubts if doubt != "unit_open" or bare_quantity(cell.paragraph.text.text)
        ]
        if cell.place.period and any(other.place.whole_year for other in row.of("target", "quantity")):
            doubts.append("part_of_year")
        if cell.place.grade and others:
            doubts.append("graded")
        if any(reason.code == "comparator_from_way" for reason in target.confidence_reasons):
            # 58.3% → 61.0% in a cell shows from where to where, and no bound.
            target = replace(target, comparator=None)
            doubts.append("way_only")
        assumed = any(reason.code == "unit_of_share" for reason in target.confidence_reasons)
        if assumed or (target.value is not None and target.unit is None and is_share(target.indicator)):
            doubts.append("unit_open")
        if cell.place.last_year and cell.place.fiscal_year is None:
            doubts.append("year_guessed")
        return with_doubts(target, doubts)

    def _edition(self, cell: TableCell) -> Edition:
        place, document_year = cell.place, self.parsed.identity.fiscal_year
        year = column_year(place, document_year)
        figures = place.column_role in ("target", "quantity")
        if not figures or cell.paragraph.edition != "single" or year is None or document_year is None:
            return cell.paragraph.edition
        return "new" if year >= document_year else "old"

    def _title(self, cell: TableCell) -> EditionTitle:
        title = edition_title(cell.paragraph, self.parsed.identity.fiscal_year)
        place = cell.place
        if place.column_role not in ("target", "quantity") or not (is_dated(place) or place.revises):
            return title
        year = column_year(place, self.parsed.identity.fiscal_year)
        if year is None:
            # Of 当初|変更後 neither names a year: the words tell which one each is of.
            year = edition_title(
                replace(cell.paragraph, column_title=place.header), self.parsed.identity.fiscal_year
            ).fiscal_year
        return EditionTitle(normalize(place.header).text or title.plan_title, year)

    def _heading(self, cell: TableCell, row: TableRow) -> Measure | None:
        """The measure a row's targets belong to: that of the row, else beside it, else the heading above."""
        if row.measure is not None:
            section = read_section(row.measure.paragraph.section) if row.measure.paragraph.section else None
            edition, title = self._edition(row.measure), self._title(row.measure)
            return measure_row(
                row.measure.line, "heading", level=0, parent_id=None, edition=edition, title=title, section=section
            )
        # Across both sides of a comparison the plan's own aims stand under its own headings.
        own = replace(cell.paragraph, edition="new") if self._edition(cell) == "new" else cell.paragraph
        near = self.headings.beside(own) or self.headings.above(own)
        if near is not None:
            return near
        if row.of("indicator"):
            return self.headings.above_table(cell.index, own) or self.headings.before_page(own)
        # A column beside the plan's text runs on over a page break where the text beside it has ended.
        return self.headings.before(cell.index, own)


def _is_worded(name: str) -> bool:
    return any(letter.isalpha() for letter in name)


def _id_of(cell: TableCell) -> str:
    return f"m{cell.index + 1:04d}"


def _as_target(line: Line, header: str) -> Line:
    counts = line.role == "figure" and expects_heads(line.paragraph.text.text)
    if counts or line.role in ("note", "annotation", "target"):
        return line
    return replace(line, role="target", target_kind=target_prefix(header).kind or "kpi")
