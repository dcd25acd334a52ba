"""Where a paragraph stands in a table whose header gives its columns a meaning: indicator, target, actual, note."""

from __future__ import annotations

from dataclasses import replace

from normalizers.text.branches import names_branch
from parsers.model.document import ColumnRole, Paragraph, TablePlace
from parsers.plan.flow_rows import FlowRow
from parsers.tables.column_headers import NO_WORDS, HeaderWords, combined, read_header_words
from parsers.tables.columns import FIGURES, SHARED, Column, FormField
from parsers.tables.header_words import HeaderRole

_TEXT = (None, "content", "measure", "section")


def place_in_table(row: FlowRow, column: int, text: str) -> TablePlace | None:
    """The place of a column's ``text`` in ``row``, None where its header says nothing of its own.

    In a table of indicators every column has a place; beside a plan's text only columns of figures and remarks have.
    A cell of a column of names that names a group only (被保険者), or a branch, is that row's group.
    """
    if row.reading is None or row.reading.kind == "plain":
        return None
    read = row.reading.columns[column]
    if row.reading.kind != "indicators" and read.meaning in _TEXT:
        return None
    words = said_of_figures(row, column) if read.meaning in FIGURES else read.words
    return TablePlace(
        table=row.table,
        row=row.body_row,
        column=column,
        header=read.title or "",
        column_role=_cell_role(read.meaning, text),
        fiscal_year=words.year,
        year_offset=words.offset,
        year_number=words.year_number,
        last_year=words.last_year,
        block=read.block,
        population=words.population,
        unit=words.unit.word if words.unit else None,
        scale=words.unit.scale if words.unit else 1.0,
        comparator=words.comparator,
        period=words.period,
        whole_year=words.whole_year,
        grade=words.grade,
        quantity=words.name,
        planned=words.planned,
        revises=read.role in ("new", "old") and row.reading.kind != "comparison",
        doubts=tuple(doubt for doubt in read.doubts if doubt != "unit_open" or words.unit is None),
    )


def in_form(paragraph: Paragraph, field: FormField | None, row: FlowRow) -> Paragraph:
    """The paragraph as the field of a form: what stands beside 事業名 is a heading, beside 担当 or 予算 no plan's text.

    Labels of aims and what stands beside them read as running text does: a label opens a list.
    """
    if field is None or field.role in ("section", "group"):
        return paragraph
    if field.role in ("target", "indicator") and not field.paired:
        return paragraph
    if field.role == "measure" and not field.label:
        return replace(paragraph, column_level=0)
    if field.role == "content" and not field.label:
        return paragraph
    role: ColumnRole = "number" if field.label else _column_role(field.role)
    words = read_header_words(field.title)
    place = TablePlace(
        table=row.table,
        row=row.body_row,
        column=paragraph.column,
        header=field.title,
        column_role=role,
        fiscal_year=words.year,
        year_offset=words.offset,
        year_number=words.year_number,
    )
    return replace(paragraph, place=place)


def said_of_figures(row: FlowRow, column: int) -> HeaderWords:
    """What a figure's column and the heads of its row say of it; where both speak, the column counts."""
    if row.reading is None:
        return NO_WORDS
    read = row.reading.columns[column]
    heads = (words for block, words in row.heads.items() if block in (SHARED, read.block) or read.block == SHARED)
    beside = replace(combined(heads), role=None, name=None)
    return _joined(beside, read)


def _joined(beside: HeaderWords, read: Column) -> HeaderWords:
    words = combined((beside, read.words))
    if read.words.dated:
        own = read.words
        words = replace(words, year=own.year, year_number=own.year_number, offset=own.offset, last_year=own.last_year)
    unit = beside.unit or read.words.unit
    return replace(words, year=words.year if words.year is not None else read.year, unit=unit)


def _cell_role(meaning: HeaderRole | None, text: str) -> ColumnRole:
    if meaning == "indicator":
        words = read_header_words(text)
        if names_branch(text):
            return "group"
        if words.understood and words.role is None and (words.population or words.scope or words.dated):
            return "group"
    return _column_role(meaning)


def _column_role(meaning: HeaderRole | None) -> ColumnRole:
    match meaning:
        case "section":
            return "group"
        case "content":
            return "measure"
        case None:
            return "other"
        case _:
            return meaning
