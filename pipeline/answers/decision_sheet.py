"""The decisions as a workbook for the minutes: one row a decision, what was read and what holds instead."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.answers.export_error import ExportError
from pipeline.decisions.decision import Decision
from pipeline.decisions.journal import read_journal
from pipeline.decisions.standing import decisions_file, standing
from pipeline.report.inventory import read_rows, stored_files
from pipeline.report.texts import Language, text
from pipeline.store.state_folders import pin

COLUMNS = (
    ("decided_at", 18), ("decided_by", 14), ("action", 12), ("year", 8), ("branch", 10), ("source_file", 34),
    ("page", 6), ("printed", 60), ("field", 16), ("before", 24), ("after", 24), ("comment", 40), ("state", 12),
)  # fmt: skip
"""The columns with their widths in characters."""


def export_decisions(output: Path, file: Path, *, language: Language = "ja") -> None:
    """Writes every decision on ``output`` to ``file`` (.xlsx), also those that were taken back.

    Raises ExportError where there is none, or where ``file`` cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    decisions = read_journal(decisions_file(output)).decisions
    if not decisions:
        raise ExportError("nothing_decided", where=str(output))
    pinned = pin(output)
    stored = (row for _, _, files in stored_files(pinned.root) for row in read_rows(files, "documents"))
    documents = {row["sha256"]: row for row in stored}
    held = {decision.id for decision in standing(decisions)}
    staged = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Formulas and links that a plan's text or a comment may hold stay text.
        with Workbook(staged, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
            sheet = book.add_worksheet(text("sheet.decisions", language))
            heading = book.add_format({"bold": True, "bg_color": "#12344D", "font_color": "#FFFFFF"})
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            for at, (name, width) in enumerate(COLUMNS):
                sheet.write_string(0, at, text(f"decision.{name}", language), heading)
                sheet.set_column(at, at, width, wrapped)
            for down, decision in enumerate(decisions, start=1):
                row = _row(decision, documents.get(decision.sha256, {}), decision.id in held, language)
                for at, (name, _) in enumerate(COLUMNS):
                    sheet.write(down, at, row[name])
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(decisions), len(COLUMNS) - 1)
        staged.replace(file)
    except (OSError, XlsxWriterException) as error:
        staged.unlink(missing_ok=True)
        raise ExportError("export_unwritable", {"error": error}, where=str(file)) from error


def _row(decision: Decision, document: Mapping[str, Any], holds: bool, language: Language) -> dict[str, Any]:
    is_undo = decision.action == "undo"
    state = "undo" if is_undo else "holds" if holds else "taken_back"
    return {
        "decided_at": decision.at.astimezone().strftime("%Y-%m-%d %H:%M"),
        "decided_by": decision.by,
        "action": text(f"decision.{decision.action}", language),
        "year": document.get("fiscal_year"),
        "branch": document.get("branch_name"),
        "source_file": document.get("source_file") or decision.sha256[:12],
        "page": decision.page,
        "printed": decision.text,
        "field": text(f"review_field.{decision.field}", language) if decision.field else None,
        "before": _shown(decision.before) if decision.action in ("correct", "identify") else None,
        "after": _shown(decision.after),
        "comment": decision.comment,
        "state": text(f"decision.{state}", language),
    }


def _shown(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else value
