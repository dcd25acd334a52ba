"""KPI tables, one row an indicator and a column a year, and columns of targets and results beside a plan's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from normalizers.aims.aim import TargetContext
from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import read_statement
from normalizers.aims.reading import StatementReading
from normalizers.indicators.catalogue import population_of
from normalizers.model.records import Measure, MeasureKind, Target
from normalizers.outline.outline import Place
from normalizers.outline.plan_lines import Line, read_lines
from normalizers.rows.editions import EditionTitle, edition_title
from normalizers.rows.measures import measure_row
from normalizers.rows.table_cells import TableCell, TableRow, baseline_of, name_of, table_rows, with_unit
from normalizers.rows.targets import read_line_aims, target_row, target_rows
from normalizers.text.characters import normalize
from normalizers.text.sections import read_section
from parsers.model.document import ColumnRole, Edition, Paragraph, ParsedDocument

_KINDS: Mapping[ColumnRole, MeasureKind] = {
    "measure": "heading",
    "group": "heading",
    "indicator": "target",
    "target": "target",
    "actual": "figure",
    "note": "note",
    "number": "note",
    "other": "action",
}
_LINE_SLACK = 4.0


@dataclass(frozen=True, slots=True)
class TableRecords:
    """Measures and readings by the index of their paragraph, and targets with the index of theirs."""

    measures: Mapping[int, Measure] = field(default_factory=dict)
    targets: tuple[tuple[int, Target], ...] = ()
    readings: Mapping[int, StatementReading] = field(default_factory=dict)


def table_records(parsed: ParsedDocument, measures: Mapping[int, Measure], by_color: bool) -> TableRecords:
    """The records of all paragraphs that stand in such columns; ``measures`` are those of the plan's running text.

    A target column with a year gives rows of that year, edition ``new`` from the plan's year on and ``old`` before it;
    a column of results gives the baselines.
    """
    tables = _Tables(parsed, measures, by_color)
    found: dict[int, Measure] = {}
    targets: list[tuple[int, Target]] = []
    readings: dict[int, StatementReading] = {}
    for row in table_rows(parsed.paragraphs, parsed.cells):
        own = {cell.index: tables.measure(cell, row) for cell in row.cells}
        found.update(own)
        read = tables.indicator_row(row, own) if row.of("indicator") else tables.target_column(row, own)
        targets += read.targets
        readings.update(read.readings)
    return TableRecords(found, tuple(targets), readings)


@dataclass(frozen=True, slots=True)
class _Tables:
    parsed: ParsedDocument
    measures: Mapping[int, Measure]
    by_color: bool

    def measure(self, cell: TableCell, row: TableRow) -> Measure:
        """The row of ``measures`` of one paragraph of a table."""
        line = cell.line
        kind: MeasureKind = "note" if line.role == "note" else _KINDS[cell.place.column_role]
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

    def indicator_row(self, row: TableRow, own: Mapping[int, Measure]) -> TableRecords:
        """The targets of a row that names its indicators in a column of their own."""
        targets: list[tuple[int, Target]] = []
        readings: dict[int, StatementReading] = {}
        for cell, indicator in row.targets_with_indicators():
            heading = self._heading(cell, row)
            readings[cell.index] = self._reading(cell, indicator, row, heading)
            for aim in readings[cell.index].aims:
                target = target_row(aim, cell.paragraph, own[cell.index], self._title(cell), self.by_color)
                targets.append((cell.index, _completed(target, cell, indicator, row, heading)))
        return TableRecords(targets=tuple(targets), readings=readings)

    def target_column(self, row: TableRow, own: Mapping[int, Measure]) -> TableRecords:
        """The targets of cells that state their indicators themselves, in a column beside the plan's text."""
        cells = row.of("target")
        lines = [
            _as_target(line, cell.place.header)
            for cell, line in zip(cells, read_lines([(cell.index, cell.paragraph) for cell in cells]), strict=True)
        ]
        places = [Place(0, None)] * len(lines)
        rows = [own[cell.index] for cell in cells]
        cell_of = {own[cell.index].measure_id: cell for cell in cells}
        targets: list[tuple[int, Target]] = []
        line_aims = read_line_aims(lines, places, rows)
        for target in target_rows(lines, places, rows, line_aims, self.by_color):
            cell = cell_of[target.measure_id]
            targets.append((cell.index, _completed(target, cell, None, row, self._heading(cell, row))))
        readings = {cells[read.position].index: read.reading for read in line_aims}
        return TableRecords(targets=tuple(targets), readings=readings)

    def _reading(
        self, cell: TableCell, indicator: TableCell, row: TableRow, heading: Measure | None
    ) -> StatementReading:
        context = TargetContext(
            kind="kpi",
            group_population=population_of(row.group.line.text) if row.group else None,
            heading=heading.text_normalized if heading else None,
            previous_indicator=name_of(indicator),
        )
        return read_statement(with_unit(cell, indicator), context)

    def _edition(self, cell: TableCell) -> Edition:
        year, own = self.parsed.identity.fiscal_year, cell.place.fiscal_year
        if cell.place.column_role != "target" or cell.paragraph.edition != "single" or own is None or year is None:
            return cell.paragraph.edition
        return "new" if own >= year else "old"

    def _title(self, cell: TableCell) -> EditionTitle:
        title = edition_title(cell.paragraph, self.parsed.identity.fiscal_year)
        if cell.place.column_role != "target" or cell.place.fiscal_year is None:
            return title
        return EditionTitle(normalize(cell.place.header).text or title.plan_title, cell.place.fiscal_year)

    def _heading(self, cell: TableCell, row: TableRow) -> Measure | None:
        """The measure a row's targets belong to: that of the row, else the heading above on the page."""
        if row.measure is not None:
            section = read_section(row.measure.paragraph.section) if row.measure.paragraph.section else None
            edition, title = self._edition(row.measure), self._title(row.measure)
            return measure_row(
                row.measure.line, "heading", level=0, parent_id=None, edition=edition, title=title, section=section
            )
        headings = [
            (self.parsed.paragraphs[index], measure)
            for index, measure in self.measures.items()
            if measure.kind == "heading" and measure.marker is not None
        ]
        in_row = [
            (paragraph, measure)
            for paragraph, measure in headings
            if (paragraph.row, paragraph.part) == (cell.paragraph.row, cell.paragraph.part)
        ]
        if in_row and not row.of("indicator"):
            outermost = min(measure.level for _, measure in in_row)
            level = [(paragraph, measure) for paragraph, measure in in_row if measure.level == outermost]
            above = [measure for paragraph, measure in level if _stands_above(paragraph, cell.paragraph)]
            return above[-1] if above else level[0][1]
        page = _page(cell.paragraph)
        above = [
            measure
            for paragraph, measure in headings
            if measure.page == page and _stands_above(paragraph, cell.paragraph)
        ]
        if above or row.of("indicator"):
            return above[-1] if above else None
        # A column beside the plan's text runs on over a page break where the text beside it has ended.
        before = [
            measure
            for index, measure in self.measures.items()
            if index < cell.index
            and measure.kind == "heading"
            and measure.marker is not None
            and self.parsed.paragraphs[index].part == cell.paragraph.part
            and self.parsed.paragraphs[index].section == cell.paragraph.section
        ]
        return max(before, key=lambda measure: measure.ordinal) if before else None


def _stands_above(paragraph: Paragraph, other: Paragraph) -> bool:
    if not paragraph.pieces or not other.pieces:
        return False
    one, two = paragraph.pieces[0], other.pieces[0]
    return (one.page, one.box.top) <= (two.page, two.box.top + _LINE_SLACK)


def _page(paragraph: Paragraph) -> int:
    return paragraph.page if paragraph.pieces else 1


def _id_of(cell: TableCell) -> str:
    return f"m{cell.index + 1:04d}"


def _as_target(line: Line, header: str) -> Line:
    if line.role in ("note", "annotation", "target", "figure"):
        return line
    return replace(line, role="target", target_kind=target_prefix(header).kind or "kpi")


def _completed(
    target: Target, cell: TableCell, indicator: TableCell | None, row: TableRow, heading: Measure | None
) -> Target:
    """The target with what the rest of its row says: heading, baseline, notes, number, indicator, statement."""
    baseline = baseline_of(cell, target.number, target.unit, target.fiscal_year, row)
    notes = tuple(note.paragraph.text.text for note in row.of("note") if note.line.text)
    target = replace(target, heading_id=heading.measure_id if heading else None, notes=target.notes + notes)
    if baseline is not None and target.baseline_value is None:
        target = replace(target, baseline_value=baseline.value, baseline_year=baseline.year)
    if indicator is None:
        return target
    prefix = target_prefix(indicator.paragraph.text.text)
    name = indicator.paragraph.text.text[prefix.offset :].strip()
    number = target.number if target.number is not None else prefix.number
    target = replace(target, number=number, indicator=target.indicator or name_of(indicator))
    if not name or normalize(name).text in target.statement_normalized:
        return target
    statement = f"{name} {target.statement}"
    return replace(target, statement=statement, statement_normalized=normalize(statement).text)
