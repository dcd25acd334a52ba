"""Rows of a table that a label heads: 【KPI】 in the column of names says what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normalizers.model.records import Measure
from normalizers.outline.plan_line import Line, read_line
from parsers.model.document import Paragraph

Row = tuple[int, int]


def row_of(paragraph: Paragraph) -> Row:
    """The logical row of the whole document that a paragraph stands in: its part and number."""
    return paragraph.part, paragraph.row


def row_labels(paragraphs: Sequence[Paragraph]) -> Mapping[Row, Line]:
    """By row the label of targets that stands in its column of names; the last of several."""
    named = [(index, paragraph) for index, paragraph in enumerate(paragraphs) if paragraph.column_level is not None]
    lines = [read_line(index, paragraph) for index, paragraph in named]
    return {row_of(line.paragraph): line for line in lines if line.is_label}


def shared_names(paragraphs: Sequence[Paragraph], measures: Mapping[int, Measure]) -> Mapping[Row, str]:
    """By row of a comparison the id of the measure whose name stands in a column of its own, for all editions.

    A label there (【KPI】, 実施計画, 【重要度：高】) speaks of what the last name above it, within the field, names.
    """
    names: dict[Row, str] = {}
    above: dict[tuple[int, str | None], str] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.column_level is None or paragraph.edition == "single" or index not in measures:
            continue
        field = (paragraph.part, paragraph.section)
        if measures[index].kind == "heading":
            above[field] = names[row_of(paragraph)] = measures[index].measure_id
        elif field in above:
            names.setdefault(row_of(paragraph), above[field])
    return names
