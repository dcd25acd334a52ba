"""Every table and column that the pipeline writes, declared once.

The Arrow schema, the structural expectations of the checks and ``docs/data-dictionary.md`` are all made from this.
"""

from __future__ import annotations

from typing import get_args

from normalizers.model.records import (
    Basis,
    ChangeKind,
    Comparator,
    Marking,
    MeasureKind,
    NumberRole,
    Population,
    TargetKind,
)
from parsers.model.document import CellRole, DocumentKind, IdentitySource
from parsers.model.finding import Severity
from parsers.model.page import TextLayer
from pipeline.store.shared_columns import (
    BRANCH,
    DOCUMENT_ID,
    EDITION,
    FISCAL_YEAR,
    PAGE,
    PLAN_TITLE,
    REVIEW,
    SECTION,
    box_columns,
)
from pipeline.store.table import Column, Table

SCHEMA_VERSION = "2"
"""Raised whenever a column is added, removed or changes its meaning; tables of two versions are never mixed."""

DOCUMENTS = Table(
    name="documents",
    row="a source file",
    key="document_id",
    columns=(
        Column("document_id", "string", "Fiscal year, branch code, kind and first 8 hex digits of the SHA-256."),
        Column("source_file", "string", "Path of the PDF relative to the folder it was found in."),
        Column("sha256", "string", "SHA-256 of the file's bytes, in hex."),
        BRANCH,
        Column("branch_name", "string", "Name of the branch, as 岡山.", nullable=True),
        Column("fiscal_year", "integer", "Fiscal year of the plan; 令和3年度 is 2021.", True, (), 1990, 2100),
        Column(
            "branch_source",
            "string",
            "Where the branch was read: the plan's title, a table's header, its text, a running title or footer or the "
            "signature at its end, the PDF's own title, its name.",
            nullable=True,
            allowed=get_args(IdentitySource),
        ),
        Column(
            "fiscal_year_source",
            "string",
            "Where the fiscal year was read, likewise.",
            nullable=True,
            allowed=get_args(IdentitySource),
        ),
        Column("title", "string", "Title of the document, as its first page gives it, normalised."),
        Column("kind", "string", "`plan`, `comparison` (新旧対照表) or `other`.", allowed=get_args(DocumentKind)),
        Column("is_draft", "boolean", "Whether the document calls itself a draft, (案)."),
        Column("page_count", "integer", "Number of pages.", minimum=1),
        Column(
            "text_layer",
            "string",
            "Where the text comes from: the PDF itself (`digital`), recognition of the picture (`ocr`), or both.",
            allowed=("digital", "ocr", "mixed"),
        ),
        Column("producer", "string", "Program that the PDF says made it; empty where it says nothing."),
        Column("pipeline_version", "string", "Version of branch-plans that read it."),
        Column(
            "grade",
            "string",
            "How far it can be trusted as it is: `clean`; `review`: single rows or lines need a person; `doubtful`: a "
            "page or the whole may be misread; `quarantined`. Given when all documents are checked together.",
            nullable=True,
            allowed=("clean", "review", "doubtful", "quarantined"),
        ),
        Column(
            "grade_reasons",
            "reasons",
            "The three reasons that count most: a check (or `doubtful_rows`), how often and from which page on.",
        ),
    ),
)

PAGES = Table(
    name="pages",
    row="a page, with the account of its characters (white space not counted)",
    key="page_id",
    columns=(
        Column("page_id", "string", "Identifies the page over all documents."),
        DOCUMENT_ID,
        PAGE,
        Column("width", "number", "Width of the page as displayed, in PDF points.", minimum=0),
        Column("height", "number", "Height of the page as displayed, in PDF points.", minimum=0),
        Column("text_layer", "string", "Where this page's text comes from.", allowed=get_args(TextLayer)),
        Column("characters", "integer", "Visible characters on the page.", minimum=0),
        Column(
            "hidden_characters", "integer", "Characters left out because no reader of the page sees them.", minimum=0
        ),
        Column("doubled_characters", "integer", "Characters drawn twice for a bold face, counted once.", minimum=0),
        Column(
            "lost_characters", "integer", "Visible characters that no cell, paragraph or furniture holds.", minimum=0
        ),
        Column("repeated_characters", "integer", "Visible characters held more than once.", minimum=0),
        Column("doubts", "strings", "Names of what is wrong with the page's text layer."),
    ),
    references={"document_id": "documents"},
)

CELLS = Table(
    name="cells",
    row="a table cell, page by page",
    key="cell_id",
    columns=(
        Column("cell_id", "string", "Identifies the cell over all documents."),
        DOCUMENT_ID,
        PAGE,
        Column("table_index", "integer", "Table on the page, counted from 0 from the top.", minimum=0),
        Column("row", "integer", "Row in the table, from 0.", minimum=0),
        Column("column", "integer", "Column in the table, from 0.", minimum=0),
        Column("row_span", "integer", "Rows that the cell covers.", minimum=1),
        Column("column_span", "integer", "Columns that the cell covers.", minimum=1),
        *box_columns("the cell"),
        Column("role", "string", "What the cell is in its table.", allowed=get_args(CellRole)),
        Column("text", "string", "Verbatim text."),
        Column("text_normalized", "string", "Normalised text."),
        Column("underlines", "spans", "Underlined stretches, half-open offsets into `text`."),
        Column("strikethroughs", "spans", "Struck-through stretches, half-open offsets into `text`."),
        Column("colored", "color_spans", "Stretches that are not in the cell's ordinary colour, as `#rrggbb`."),
        Column("continues_cell_id", "string", "The cell on an earlier page that this one carries on.", nullable=True),
    ),
    references={"document_id": "documents", "continues_cell_id": "cells"},
)

MEASURES = Table(
    name="measures",
    row="an item of the plan's outline, headings and leaves",
    key="measure_id",
    columns=(
        Column("measure_id", "string", "Identifies the item over all documents."),
        DOCUMENT_ID,
        Column("ordinal", "integer", "Reading order within the document.", minimum=0),
        EDITION,
        PLAN_TITLE,
        FISCAL_YEAR,
        SECTION,
        Column("section_number", "string", "Number printed with the 分野.", nullable=True),
        Column("marker", "string", "Outline mark, verbatim.", nullable=True),
        Column("level", "integer", "Depth in the outline; 0 stands directly under the section.", minimum=0),
        Column("parent_id", "string", "The item it stands under.", nullable=True),
        Column("kind", "string", "What the item is.", allowed=get_args(MeasureKind)),
        Column("text", "string", "Verbatim text, wrapped lines joined, whole over page breaks."),
        Column("text_normalized", "string", "Normalised text."),
        Column("underlines", "spans", "Stretches marked as changed, half-open offsets into `text`."),
        Column("importance", "string", "重要度 of a heading, as 高.", nullable=True),
        Column("difficulty", "string", "困難度 of a heading, as 高.", nullable=True),
        PAGE,
        *box_columns("the item on its first page"),
        Column("cell_id", "string", "The cell it begins in; null for text outside tables.", nullable=True),
        *REVIEW,
    ),
    references={"document_id": "documents", "parent_id": "measures", "cell_id": "cells"},
)

TARGETS = Table(
    name="targets",
    row="a single aim that can be checked",
    key="target_id",
    columns=(
        Column("target_id", "string", "Identifies the aim over all documents."),
        DOCUMENT_ID,
        Column("measure_id", "string", "The aim's own line."),
        Column("heading_id", "string", "The measure it belongs to.", nullable=True),
        EDITION,
        PLAN_TITLE,
        FISCAL_YEAR,
        BRANCH,
        SECTION,
        Column(
            "kind",
            "string",
            "`kpi`, `branch_target` (支部目標) or `plan_figure` (planned rates and head counts outside a KPI).",
            allowed=get_args(TargetKind),
        ),
        Column("number", "integer", "1 for ① or 1).", nullable=True, minimum=0),
        Column("statement", "string", "The aim as printed."),
        Column("statement_normalized", "string", "The aim, normalised."),
        Column(
            "indicator",
            "string",
            "The thing measured as the page words it, normalised, without number, comparator and value.",
            nullable=True,
        ),
        Column("indicator_code", "string", "Key in the indicator catalogue.", nullable=True),
        Column("population", "string", "Whom it concerns.", nullable=True, allowed=get_args(Population)),
        Column(
            "basis",
            "string",
            "`absolute`; `previous_year` (対前年度); `qualitative` (no number); `not_set` (設定なし).",
            allowed=get_args(Basis),
        ),
        Column("comparator", "string", "How the value binds.", nullable=True, allowed=get_args(Comparator)),
        Column("value", "number", "The number aimed at; with `previous_year`, the wanted difference.", nullable=True),
        Column("unit", "string", "Unit of the value: `percent`, `people`, `yen` and others.", nullable=True),
        Column("baseline_value", "number", "A past result printed with it.", nullable=True),
        Column("baseline_year", "integer", "Fiscal year of that result.", True, (), 1990, 2100),
        Column("condition", "string", "The group or case it holds for, verbatim.", nullable=True),
        Column("deadline", "string", "By when, verbatim.", nullable=True),
        Column("notes", "strings", "Its ※ notes."),
        Column("value_underlined", "boolean", "Whether the value, or the whole statement, is marked as changed."),
        PAGE,
        *box_columns("the aim's line on its first page"),
        Column("confidence", "number", "How far the reading can be trusted, 0 to 1.", minimum=0, maximum=1),
        Column(
            "confidence_reasons",
            "reasons",
            "What tells how sure the row is: a code, the column that it doubts (null: the row), its values (JSON).",
        ),
        *REVIEW,
    ),
    references={"document_id": "documents", "measure_id": "measures", "heading_id": "measures"},
)

NUMBERS = Table(
    name="numbers",
    row="a number printed in the plan's text, with what it is there for",
    key="number_id",
    columns=(
        Column("number_id", "string", "Identifies the number over all documents."),
        DOCUMENT_ID,
        PAGE,
        *box_columns("the number, from the widths of the characters of its line"),
        Column("text", "string", "The number as printed, without its unit."),
        Column(
            "value", "number", "What it says, in the unit's own measure (8割 is 80); null: too large.", nullable=True
        ),
        Column("unit", "string", "Unit of the value: `percent`, `people`, `yen` and others.", nullable=True),
        Column(
            "role",
            "string",
            "What it is there for: part of an aim (`value` to `indicator_name`), a list mark, a date, a `reference` to "
            "a law, page or note, a `statistic` that sets no aim, the page's `furniture`; `unread`: not explained.",
            allowed=get_args(NumberRole),
        ),
        Column("record_table", "string", "Table of the row that it belongs to.", nullable=True),
        Column("record_id", "string", "Key of the row that it belongs to.", nullable=True),
    ),
    references={"document_id": "documents"},
)

CHANGES = Table(
    name="changes",
    row="a difference between the old and the new edition, or a line of a plan of one edition in which text is struck",
    key="change_id",
    columns=(
        Column("change_id", "string", "Identifies the change over all documents."),
        DOCUMENT_ID,
        Column("kind", "string", "What happened to the item.", allowed=get_args(ChangeKind)),
        Column("new_measure_id", "string", "The item in the new edition.", nullable=True),
        Column("old_measure_id", "string", "The item in the old edition.", nullable=True),
        Column("new_text", "string", "Its new text, normalised.", nullable=True),
        Column("old_text", "string", "Its old text, normalised.", nullable=True),
        Column("new_marked", "strings", "Underlined stretches of the new text, or what was inserted for struck text."),
        Column("old_marked", "strings", "Underlined stretches of the old text, or what is struck of it."),
        Column(
            "marking",
            "string",
            "`agrees`: what differs is what is underlined; `unmarked`: differs, not underlined; "
            "`overmarked`: underlined, does not differ.",
            allowed=get_args(Marking),
        ),
        Column("move_label", "string", "Label with which the page pairs the two ends of a move, as ①.", nullable=True),
        *REVIEW,
    ),
    references={"document_id": "documents", "new_measure_id": "measures", "old_measure_id": "measures"},
)

FINDINGS = Table(
    name="findings",
    row="a thing that quality assurance should look at",
    key="finding_id",
    columns=(
        Column("finding_id", "string", "Identifies the finding over all documents."),
        DOCUMENT_ID,
        Column("severity", "string", "An `error` quarantines the document.", allowed=get_args(Severity)),
        Column("check", "string", "Stable name of the check."),
        Column("message", "string", "What is in doubt, in one sentence."),
        Column("values", "string", "What fills the sentence in any language, as JSON; `variant` chooses the sentence."),
        Column("page", "integer", "Page, counted from 1.", nullable=True, minimum=1),
        *(Column(c.name, c.type, c.meaning, nullable=True) for c in box_columns("the place in doubt")),
        Column("record_table", "string", "Table of the row in doubt.", nullable=True),
        Column("record_id", "string", "Key of the row in doubt.", nullable=True),
        Column(
            "scope",
            "string",
            "`document`: found while reading this file alone; `run`: found by comparing all documents.",
            allowed=("document", "run"),
        ),
        Column("dismissed_by", "string", "Who said in review that there is nothing wrong.", nullable=True),
    ),
    references={"document_id": "documents"},
)

UNKNOWN_INDICATORS = Table(
    name="unknown_indicators",
    row="an indicator that the catalogue does not know yet",
    key="target_id",
    columns=(
        Column("target_id", "string", "The aim that names it."),
        DOCUMENT_ID,
        Column("wording", "string", "The indicator as the page words it, normalised."),
        Column("nearest", "candidates", "Catalogue entries that come nearest, best first, with a score 0 to 1."),
    ),
    references={"document_id": "documents", "target_id": "targets"},
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (DOCUMENTS, PAGES, CELLS, MEASURES, TARGETS, NUMBERS, CHANGES, FINDINGS, UNKNOWN_INDICATORS)
}
