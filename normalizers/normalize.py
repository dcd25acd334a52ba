"""From a parsed document to its records: measures, targets and changes, with what is doubtful about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from normalizers.aims.prefix import target_prefix
from normalizers.aims.reading import StatementReading
from normalizers.changes.changes import find_changes
from normalizers.indicators.catalogue import nearest_indicators
from normalizers.model.reasons import Reason
from normalizers.model.records import Measure, Records, Target, TargetKind, UnknownIndicator
from normalizers.outline.legends import told_by_legend
from normalizers.outline.looking_back import rows_looking_back
from normalizers.outline.measure_kinds import decide_kinds
from normalizers.outline.outline import Place, place_lines
from normalizers.outline.ownership import nest_blocks, own_blocks
from normalizers.outline.plan_line import Line
from normalizers.outline.plan_lines import read_lines
from normalizers.outline.row_labels import Row, row_labels, row_of, shared_names
from normalizers.rows.confidence import weighed, with_reason
from normalizers.rows.entries import read_entries, targets_meant
from normalizers.rows.kpi_tables import table_records
from normalizers.rows.line_aims import read_line_aims
from normalizers.rows.marked_text import marks_by_color
from normalizers.rows.measures import measure_rows, paragraph_index
from normalizers.rows.numbers import printed_numbers
from normalizers.rows.targets import empty_targets, target_findings, target_rows
from normalizers.rows.unread_lines import shared_statements, unread_lines
from normalizers.rows.unread_numbers import unread_numbers
from normalizers.text.characters import normalize
from parsers.model.document import Paragraph, ParsedDocument
from parsers.model.finding import Finding

__all__ = ["normalize_document", "target_prefix", "with_reason"]


_MARKED: frozenset[TargetKind] = frozenset({"kpi", "branch_target"})


class _Column(NamedTuple):
    """The lines of a running text, their places in its outline, and their measures, all by position."""

    lines: tuple[Line, ...]
    places: Sequence[Place]
    rows: Sequence[Measure]


def normalize_document(parsed: ParsedDocument) -> Records:
    """All records of one document, with local ids: measures m0001…, targets t0001…, changes x0001….

    A pure function of ``parsed``; never raises, whatever the paragraphs hold. A document without paragraphs gives no
    records: that this is an error is for the checks to say.
    """
    by_color = marks_by_color(parsed)
    measures: dict[int, Measure] = {}
    findings: list[Finding] = []
    in_tables = {index for index, paragraph in enumerate(parsed.paragraphs) if paragraph.place is not None}
    named_rows = frozenset(row_of(paragraph) for paragraph in parsed.paragraphs if paragraph.column_level is not None)
    labels = row_labels(parsed.paragraphs)
    told = told_by_legend(parsed.paragraphs)
    columns: list[_Column] = []
    for paragraphs in _columns(parsed.paragraphs):
        lines = read_lines(paragraphs, named_rows, labels, told)
        places = place_lines(lines)
        kinds = decide_kinds(lines, places, in_tables)
        places = own_blocks(lines, places, kinds)
        rows = measure_rows(lines, places, nest_blocks(lines, places), kinds, parsed.identity.fiscal_year)
        measures.update(zip((line.index for line in lines), rows, strict=True))
        columns.append(_Column(lines, places, rows))
    past_rows = rows_looking_back(parsed.paragraphs, parsed.identity.fiscal_year)
    readings, targets = _aims_of(columns, by_color, past_rows)
    cells = table_records(parsed, measures, by_color)
    if not any(target.kind in _MARKED for _, target in (*targets, *cells.targets)):
        readings, targets = _aims_of(columns, by_color, past_rows, unmarked=True)
    measures.update(cells.measures)
    readings.update(cells.readings)
    targets = targets_meant(read_entries(parsed.paragraphs), [*targets, *cells.targets], measures)
    targets = _under_shared_names(targets, parsed.paragraphs, measures)
    filled = in_tables | _filled(labels, targets, parsed.paragraphs)
    findings += [finding for column in columns for finding in empty_targets(column.lines, filled)]
    targets.sort(key=lambda entry: entry[0])
    ordered = tuple(replace(measures[index], ordinal=at) for at, index in enumerate(sorted(measures)))
    numbered = tuple(replace(target, target_id=f"t{at:04d}") for at, (_, target) in enumerate(targets, 1))
    numbered = weighed(numbered, parsed, ordered)
    numbers = printed_numbers(parsed, readings, measures, numbered)
    by_id = {measure.measure_id: measure for measure in ordered}
    unread = tuple(unread_numbers(numbers, by_id))
    named = {str(finding.record_id) for finding in unread}
    numbered = tuple(
        with_reason(target, Reason("number_left")) if {target.measure_id, target.target_id} & named else target
        for target in numbered
    )
    lines_left = (*unread_lines(ordered, numbered, named), *shared_statements(by_id, numbered))
    changes = find_changes(parsed, ordered, numbered, by_color)
    return Records(
        measures=ordered,
        targets=numbered,
        changes=changes.changes,
        findings=(*findings, *target_findings(numbered), *unread, *lines_left, *changes.findings),
        unknown_indicators=tuple(_unknown(numbered)),
        numbers=tuple(number.row for number in numbers),
    )


def _aims_of(
    columns: Iterable[_Column], by_color: bool, past_rows: Collection[Row], *, unmarked: bool = False
) -> tuple[dict[int, StatementReading], list[tuple[int, Target]]]:
    """The readings of the columns' lines and their targets, by the paragraphs' indices.

    ``unmarked`` tells that no target of the document is marked as one: then its sentences may state them.
    """
    readings: dict[int, StatementReading] = {}
    targets: list[tuple[int, Target]] = []
    for lines, places, rows in columns:
        line_aims = read_line_aims(lines, places, rows, unmarked=unmarked, past_rows=past_rows)
        readings.update((lines[line.position].index, line.reading) for line in line_aims)
        read = target_rows(lines, places, rows, line_aims, by_color)
        targets += [(paragraph_index(target.measure_id), target) for target in read]
    return readings, targets


def _columns(paragraphs: Sequence[Paragraph]) -> list[list[tuple[int, Paragraph]]]:
    """The paragraphs of each column that is a running text of its own, with their index; table cells are left out."""
    columns: dict[tuple[int, str, str | None], list[tuple[int, Paragraph]]] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.place is None:
            key = (paragraph.part, paragraph.edition, paragraph.column_title)
            columns.setdefault(key, []).append((index, paragraph))
    return list(columns.values())


def _filled(
    labels: Mapping[Row, Line], targets: Sequence[tuple[int, Target]], paragraphs: Sequence[Paragraph]
) -> set[int]:
    """The index after each label that heads a row in which targets are read."""
    rows = {row_of(paragraphs[index]) for index, _ in targets}
    return {label.index + 1 for row, label in labels.items() if row in rows}


def _under_shared_names(
    targets: Sequence[tuple[int, Target]], paragraphs: Sequence[Paragraph], measures: Mapping[int, Measure]
) -> list[tuple[int, Target]]:
    """The targets; where nothing else heads those of a comparison, the name that their row gives all editions does."""
    names = shared_names(paragraphs, measures)

    def headed(index: int, target: Target) -> Target:
        shared = names.get(row_of(paragraphs[index]))
        alone = target.heading_id is None and paragraphs[index].column_level is None
        return replace(target, heading_id=shared) if alone and shared is not None else target

    return [(index, headed(index, target)) for index, target in targets]


def _unknown(targets: Iterable[Target]) -> Iterable[UnknownIndicator]:
    for target in targets:
        if target.indicator and target.indicator_code is None:
            nearest = nearest_indicators(normalize(target.indicator).text, target.population)
            yield UnknownIndicator(target.indicator, target.target_id, nearest)
