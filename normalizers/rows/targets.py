"""From the aims of lines to rows of ``targets``: ids, places on the page, notes, marks, confidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from normalizers.aims.aim import Aim
from normalizers.model.reasons import Reason
from normalizers.model.records import Measure, Target
from normalizers.outline.notes import notes_of_targets
from normalizers.outline.outline import Place
from normalizers.outline.plan_line import Line
from normalizers.rows.editions import EditionTitle
from normalizers.rows.line_aims import LineAims
from normalizers.rows.marked_text import marked_spans, value_is_marked
from normalizers.text.characters import normalize
from parsers.model.document import Paragraph
from parsers.model.finding import Finding
from parsers.model.geometry import Box, enclosing
from parsers.model.styled_text import Span


def target_rows(
    lines: Sequence[Line],
    places: Sequence[Place],
    measures: Sequence[Measure],
    line_aims: Iterable[LineAims],
    by_color: bool,
) -> tuple[Target, ...]:
    """One row an aim. ``measures`` are those of ``lines``, by position; target ids are given by the caller."""
    line_aims = tuple(line_aims)
    notes = notes_of_targets(lines, {read.position: _cited(read.aims) for read in line_aims})
    rows: list[Target] = []
    for read in line_aims:
        measure, paragraph = measures[read.position], lines[read.position].paragraph
        parent = places[read.position].parent
        heading_id = measures[parent].measure_id if parent is not None else None
        title = EditionTitle(measure.plan_title, measure.fiscal_year)
        for aim in read.aims:
            row = target_row(aim, paragraph, measure, title, by_color)
            if lines[read.position].role not in ("target", "figure") and not aim.pattern.startswith("inline"):
                # The number is the action's own.
                row = replace(row, number=None)
            rows.append(replace(row, heading_id=heading_id, notes=notes.get(read.position, ())))
    return tuple(rows)


def target_row(aim: Aim, paragraph: Paragraph, measure: Measure, title: EditionTitle, by_color: bool) -> Target:
    """The row of one aim of a paragraph; heading, notes and id are left to the caller."""
    verbatim = paragraph.text.text
    span = Span(aim.statement.start, min(aim.statement.end, len(verbatim)))
    statement = verbatim[span.start : span.end]
    page, box = statement_place(paragraph, span)
    marked = value_is_marked(marked_spans(paragraph.text, by_color), verbatim, span, aim.value_span)
    recognised = Reason("recognised", {"confidence": round(paragraph.confidence, 4)})
    return Target(
        target_id="",
        measure_id=measure.measure_id,
        heading_id=None,
        edition=measure.edition,
        plan_title=title.plan_title,
        fiscal_year=title.fiscal_year,
        section=measure.section,
        kind=aim.kind,
        number=aim.number,
        statement=statement,
        statement_normalized=normalize(statement).text,
        indicator=aim.indicator,
        indicator_code=aim.indicator_code,
        population=aim.population,
        basis=aim.basis,
        comparator=aim.comparator,
        value=aim.value,
        unit=aim.unit,
        baseline_value=aim.baseline_value,
        baseline_year=aim.baseline_year,
        condition=aim.condition,
        deadline=aim.deadline,
        notes=(),
        value_underlined=marked,
        page=page,
        box=box,
        confidence=round(min(1.0, max(0.0, aim.confidence * paragraph.confidence)), 4),
        confidence_reasons=aim.reasons if paragraph.confidence >= 1 else (*aim.reasons, recognised),
    )


def statement_place(paragraph: Paragraph, statement: Span) -> tuple[int, Box]:
    """The page (from 1) on which a stretch of a paragraph begins, and its box there."""
    pieces = [piece for piece in paragraph.pieces if piece.start < statement.end and statement.start < piece.end]
    pieces = pieces or list(paragraph.pieces)
    if not pieces:
        return 1, Box(0.0, 0.0, 0.0, 0.0)
    page = min(piece.page for piece in pieces)
    return page, enclosing(piece.box for piece in pieces if piece.page == page)


def empty_targets(lines: Sequence[Line], in_tables: Collection[int] = ()) -> tuple[Finding, ...]:
    """A finding for each label of targets (■ KPI：) that no target follows.

    ``in_tables`` are the paragraphs (by index) that stand in tables of targets: such a table fills the label above it.
    """
    findings: list[Finding] = []
    for position, line in enumerate(lines):
        following = next(
            (later.role for later in lines[position + 1 :] if later.role not in ("note", "annotation")), None
        )
        empty = following not in ("target", "figure") and line.index + 1 not in in_tables
        if line.is_label and empty:
            page, box = statement_place(line.paragraph, Span(0, len(line.paragraph.text.text)))
            said = {"text": line.text}
            findings.append(Finding("empty_target", said, page, box, "measures", f"m{line.index + 1:04d}"))
    return tuple(findings)


def target_findings(targets: Iterable[Target]) -> tuple[Finding, ...]:
    """Targets of which no pattern reads anything: their words are kept, and stand for whatever they say."""
    return tuple(
        Finding("unread_target", {"text": target.statement}, target.page, target.box, "targets", target.target_id)
        for target in targets
        if any(reason.code in ("unread", "too_long") for reason in target.confidence_reasons)
    )


def _cited(aims: Iterable[Aim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark for aim in aims for mark in aim.note_marks))
