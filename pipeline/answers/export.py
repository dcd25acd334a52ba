"""The tables as one Excel workbook: a matrix a year, all targets, changes and findings, linked to the report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.answers.confirmation import confirmation_sheets
from pipeline.answers.database import CODEBOOK, codebook, export_database, export_folder
from pipeline.answers.decision_sheet import export_decisions
from pipeline.answers.export_error import ExportError
from pipeline.checks.rules import stored_text
from pipeline.report.texts import Language
from pipeline.store.derived import THREADS as THREADS_FILE
from pipeline.store.derived import is_current
from pipeline.store.state_folders import pin
from pipeline.store.views import comment, connect

Row = dict[str, Any]

AIMS = """
    SELECT * FROM aims WHERE fiscal_year = coalesce($year, fiscal_year)
    ORDER BY fiscal_year DESC, branch_code, document_id, page, target_id
"""
KPI = """
    SELECT * FROM kpi WHERE fiscal_year = coalesce($year, fiscal_year)
    ORDER BY fiscal_year DESC, branch_code, indicator_code, target_id
"""
HISTORY = """
    SELECT * FROM kpi_history WHERE fiscal_year <= coalesce($year, fiscal_year)
    ORDER BY branch_code, indicator_name, population, condition, fiscal_year
"""
THREADS = """
    SELECT * FROM threads WHERE fiscal_year = coalesce($year, fiscal_year)
    ORDER BY branch_code, thread_id, fiscal_year
"""
TARGETS = """
    SELECT
        t.* EXCLUDE (plan_year, fiscal_year), coalesce(t.fiscal_year, d.fiscal_year) AS fiscal_year,
        d.branch_name, d.sha256, d.is_draft
    FROM targets AS t
    JOIN documents AS d USING (document_id)
    WHERE coalesce(t.fiscal_year, d.fiscal_year) = coalesce($year, t.fiscal_year, d.fiscal_year)
        AND t.branch_code IS NOT NULL AND t.branch_code <> '00'
    ORDER BY t.document_id, t.page, t.top, t.target_id
"""
INDICATORS = """
    SELECT * FROM indicators WHERE branches > 0 AND ($year IS NULL OR list_contains(years, $year))
"""
CHANGES = """
    SELECT c.*, d.fiscal_year, d.branch_code, d.branch_name, d.source_file, m.page
    FROM changes AS c
    JOIN documents AS d ON d.document_id = c.document_id
    LEFT JOIN measures AS m ON m.measure_id = coalesce(c.new_measure_id, c.old_measure_id)
    WHERE d.fiscal_year = coalesce($year, d.fiscal_year)
    ORDER BY d.fiscal_year DESC, d.branch_code, c.change_id
"""
FINDINGS = """
    SELECT f.*, d.fiscal_year, d.branch_code, d.branch_name, d.source_file
    FROM findings AS f
    JOIN documents AS d ON d.document_id = f.document_id
    WHERE $year IS NULL OR d.fiscal_year = $year
    ORDER BY d.fiscal_year DESC, d.branch_code, f.finding_id
"""


def export(output: Path, file: Path, *, year: int | None = None, language: Language = "ja") -> None:
    """Writes what ``file``'s name asks for: decisions.xlsx what people decided, any other .xlsx a workbook, .duckdb a
    database, a name without ending (or a folder that is there) CSV files with a codebook.

    Raises ExportError for another ending, and what the writers raise.
    """
    suffix = file.suffix.lower()
    if file.name.lower() == "decisions.xlsx":
        export_decisions(output, file, language=language)
    elif suffix == ".xlsx":
        export_workbook(output, file, year=year, language=language)
    elif suffix == ".duckdb":
        export_database(output, file, year=year)
    elif file.is_dir() or not suffix:
        export_folder(output, file, year=year)
    else:
        raise ExportError("no_export_form", where=str(file))


def export_workbook(output: Path, file: Path, *, year: int | None = None, language: Language = "ja") -> None:
    """Writes ``file`` (.xlsx) from the tables under ``output``, of a fiscal ``year`` (and its history) or of all.

    Threads stand in it where they are of these tables. Links lead to the report beside the tables, by the way from the
    workbook's folder to it. Raises OutputError when there are no tables, ExportError when there is nothing of that year
    or ``file`` cannot be written.
    """
    kpi, aims, history, changes, findings, targets, indicators = _asked(
        output, year, (KPI, AIMS, HISTORY, CHANGES, FINDINGS, TARGETS, INDICATORS)
    )
    threads = _asked(output, year, (THREADS,))[0] if is_current(pin(output).root, THREADS_FILE) else []
    with connect(output) as connection:
        comment(connection)
        book = [dict(zip(CODEBOOK, row, strict=True)) for row in codebook(connection)]
    if not aims:
        raise ExportError.nothing_there(output, year)
    from xlsxwriter.exceptions import XlsxWriterException

    from pipeline.answers.workbook import PlanWorkbook

    staged = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with PlanWorkbook(staged, os.path.relpath(output / "report", file.parent), language) as workbook:
            for of_year in sorted({row["fiscal_year"] for row in kpi if row["fiscal_year"]}, reverse=True):
                workbook.add_matrix(of_year, [row for row in kpi if row["fiscal_year"] == of_year])
            workbook.add_aims(aims)
            workbook.add_history(history)
            workbook.add_changes(changes)
            if threads:
                workbook.add_threads(threads)
            workbook.add_findings([_in_words_of(language, finding) for finding in findings])
            workbook.add_indicators([_named_in(language, indicator) for indicator in indicators])
            workbook.add_codebook(book)
            for sheet in confirmation_sheets(targets):
                workbook.add_confirmation(sheet)
        staged.replace(file)
    except (OSError, XlsxWriterException) as error:
        staged.unlink(missing_ok=True)
        raise ExportError.unwritable(file, error) from error


def _in_words_of(language: Language, finding: Row) -> Row:
    return {**finding, "message": stored_text(finding, language)}


def _named_in(language: Language, indicator: Row) -> Row:
    japanese = language == "ja"
    definition = indicator["definition" if japanese else "definition_en"]
    return {**indicator, "name": indicator["name_ja" if japanese else "name_en"], "definition": definition}


def _asked(output: Path, year: int | None, questions: Sequence[str]) -> list[list[Row]]:
    with connect(output) as connection:
        answers = [connection.sql(question, params={"year": year}) for question in questions]
        return [answer.to_arrow_table().to_pylist() for answer in answers]
