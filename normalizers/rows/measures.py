"""From a line and its place in the outline to a row of ``measures``."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.model.records import Measure, MeasureKind
from normalizers.outline.outline import Place
from normalizers.outline.plan_line import Line
from normalizers.outline.ratings import inline_ratings
from normalizers.rows.editions import EditionTitle, edition_title
from normalizers.rows.targets import statement_place
from normalizers.text.sections import Section, read_section
from parsers.model.document import Edition
from parsers.model.styled_text import Span

_OPENING_BRACKETS = "【<＜〈《≪〔［"


def measure_id(index: int) -> str:
    """The local id of the measure that the document's paragraph ``index`` (from 0) makes."""
    return f"m{index + 1:04d}"


def paragraph_index(identity: str) -> int:
    """The index (from 0) of the paragraph that a measure was made of."""
    return int(identity[1:]) - 1


def measure_row(
    line: Line,
    kind: MeasureKind,
    *,
    level: int,
    parent_id: str | None,
    edition: Edition,
    title: EditionTitle,
    section: Section | None,
    importance: str | None = None,
    difficulty: str | None = None,
) -> Measure:
    """The row of one line; its ``ordinal`` is the paragraph's index until all rows of the document are known."""
    paragraph = line.paragraph
    page, box = statement_place(paragraph, Span(0, len(paragraph.text.text)))
    marker = line.marker.text if line.marker and line.role not in ("annotation", "rating") else None
    return Measure(
        measure_id=measure_id(line.index),
        ordinal=line.index,
        edition=edition,
        plan_title=title.plan_title,
        fiscal_year=title.fiscal_year,
        section=section.name if section else None,
        section_number=section.number if section else None,
        # A label's bracket stands for the label, which is the text itself.
        marker=marker[0] if marker and marker[0] in _OPENING_BRACKETS else marker,
        level=level,
        parent_id=parent_id,
        kind=kind,
        text=paragraph.text.text,
        text_normalized=line.text,
        underlines=paragraph.text.underlines,
        importance=importance,
        difficulty=difficulty,
        page=page,
        box=box,
        cell_id=paragraph.cell_id,
    )


def measure_rows(
    lines: Sequence[Line],
    owners: Sequence[Place],
    places: Sequence[Place],
    kinds: Sequence[MeasureKind],
    document_year: int | None,
) -> tuple[Measure, ...]:
    """The rows of one edition's lines at their ``places``, with the ratings on the headings that ``owners`` names."""
    importance, difficulty = _ratings(lines, owners, kinds)
    measures: list[Measure] = []
    section: Section | None = None
    for position, (line, place, kind) in enumerate(zip(lines, places, kinds, strict=True)):
        told = read_section(line.paragraph.section) if line.paragraph.section else None
        section = line.section or told or section
        measures.append(
            measure_row(
                line,
                kind,
                level=place.level,
                parent_id=measure_id(lines[place.parent].index) if place.parent is not None else None,
                edition=line.paragraph.edition,
                title=edition_title(line.paragraph, document_year),
                section=section,
                importance=importance.get(position),
                difficulty=difficulty.get(position),
            )
        )
    return tuple(measures)


def _ratings(
    lines: Sequence[Line], places: Sequence[Place], kinds: Sequence[MeasureKind]
) -> tuple[dict[int, str], dict[int, str]]:
    """Importance and difficulty by the position of the heading they are said of; the first saying counts."""
    importance: dict[int, str] = {}
    difficulty: dict[int, str] = {}
    for position, (line, place) in enumerate(zip(lines, places, strict=True)):
        heading = place.parent if line.rating else position
        rating = line.rating or (inline_ratings(line.text) if kinds[position] == "heading" else None)
        if heading is None or rating is None:
            continue
        if rating.importance:
            importance.setdefault(heading, rating.importance)
        if rating.difficulty:
            difficulty.setdefault(heading, rating.difficulty)
    return importance, difficulty
