"""From a parsed document to its records: measures, targets and changes, with what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from normalizers.changes import find_changes
from normalizers.characters import normalize
from normalizers.editions import edition_title
from normalizers.indicators import nearest_indicators
from normalizers.kpi_tables import table_records
from normalizers.marking import marks_by_color
from normalizers.measure_kinds import decide_kinds
from normalizers.outline import Place, place_lines
from normalizers.ownership import own_blocks
from normalizers.plan_lines import Line, read_lines
from normalizers.ratings import inline_ratings
from normalizers.record_targets import read_line_aims, statement_place, target_findings, target_rows
from normalizers.records import Measure, MeasureKind, Records, Target, UnknownIndicator
from normalizers.sections import Section, read_section
from parsers.document import Paragraph, ParsedDocument
from parsers.styled_text import Span


def normalize_document(parsed: ParsedDocument) -> Records:
    """All records of one document, with local ids: measures m0001…, targets t0001…, changes x0001….

    A pure function of ``parsed``; never raises, whatever the paragraphs hold. A document without paragraphs gives no
    records: that this is an error is for the checks to say.
    """
    by_color = marks_by_color(parsed)
    year = parsed.identity.fiscal_year
    measures: dict[int, Measure] = {}
    targets: list[tuple[int, Target]] = []
    for paragraphs in _editions(parsed.paragraphs):
        lines = read_lines(paragraphs)
        places = place_lines(lines)
        kinds = decide_kinds(lines, places)
        places = own_blocks(lines, places, kinds)
        rows = _measures(lines, places, kinds, year)
        measures.update((line.index, row) for line, row in zip(lines, rows, strict=True))
        index_of = {row.measure_id: line.index for line, row in zip(lines, rows, strict=True)}
        read = target_rows(lines, places, rows, read_line_aims(lines, places), by_color)
        targets += [(index_of[target.measure_id], target) for target in read]
    cells = table_records(parsed, measures, by_color)
    measures.update(cells.measures)
    targets += cells.targets
    targets.sort(key=lambda entry: entry[0])
    ordered = tuple(replace(measures[index], ordinal=at) for at, index in enumerate(sorted(measures)))
    numbered = tuple(replace(target, target_id=f"t{at:04d}") for at, (_, target) in enumerate(targets, 1))
    changes = find_changes(parsed, ordered, by_color)
    return Records(
        measures=ordered,
        targets=numbered,
        changes=changes.changes,
        findings=target_findings(numbered) + changes.findings,
        unknown_indicators=tuple(_unknown(numbered)),
    )


def measure_id(index: int) -> str:
    """The local id of the measure that the document's paragraph ``index`` (from 0) makes."""
    return f"m{index + 1:04d}"


def _editions(paragraphs: Sequence[Paragraph]) -> list[list[tuple[int, Paragraph]]]:
    """The paragraphs of each column that is a text of its own, with their index; cells of KPI tables are left out."""
    columns: dict[tuple[int, str, str | None], list[tuple[int, Paragraph]]] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.place is None:
            key = (paragraph.part, paragraph.edition, paragraph.column_title)
            columns.setdefault(key, []).append((index, paragraph))
    return list(columns.values())


def _measures(
    lines: Sequence[Line], places: Sequence[Place], kinds: Sequence[MeasureKind], year: int | None
) -> tuple[Measure, ...]:
    importance: dict[int, str] = {}
    difficulty: dict[int, str] = {}
    for position, (line, place) in enumerate(zip(lines, places, strict=True)):
        rated, rating = (place.parent, line.rating) if line.rating else (position, inline_ratings(line.text))
        if rated is None or rating is None or (line.rating is None and kinds[position] != "heading"):
            continue
        if rating.importance:
            importance.setdefault(rated, rating.importance)
        if rating.difficulty:
            difficulty.setdefault(rated, rating.difficulty)
    measures: list[Measure] = []
    section: Section | None = None
    for position, (line, place, kind) in enumerate(zip(lines, places, kinds, strict=True)):
        paragraph = line.paragraph
        section = line.section or (read_section(paragraph.section) if paragraph.section else None) or section
        title = edition_title(paragraph, year)
        page, box = statement_place(paragraph, Span(0, len(paragraph.text.text)))
        marker = line.marker if line.role not in ("annotation", "rating") else None
        measures.append(
            Measure(
                measure_id=measure_id(line.index),
                ordinal=line.index,
                edition=paragraph.edition,
                plan_title=title.plan_title,
                fiscal_year=title.fiscal_year,
                section=section.name if section else None,
                section_number=section.number if section else None,
                marker=_printed_marker(marker.text) if marker else None,
                level=place.level,
                parent_id=measure_id(lines[place.parent].index) if place.parent is not None else None,
                kind=kind,
                text=paragraph.text.text,
                text_normalized=line.text,
                underlines=paragraph.text.underlines,
                importance=importance.get(position),
                difficulty=difficulty.get(position),
                page=page,
                box=box,
                cell_id=paragraph.cell_id,
            )
        )
    return tuple(measures)


def _printed_marker(text: str) -> str:
    """A label's bracket stands for the label, which is the text itself."""
    return text[0] if text[0] in "【<＜〈《≪〔［" else text


def _unknown(targets: Iterable[Target]) -> Iterable[UnknownIndicator]:
    for target in targets:
        if target.indicator and target.indicator_code is None:
            yield UnknownIndicator(
                target.indicator, target.target_id, nearest_indicators(normalize(target.indicator).text)
            )
