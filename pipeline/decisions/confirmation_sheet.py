"""A sheet of a workbook in which a branch confirms or corrects what was read from its plan: its form, and its reading.

Whoever writes the sheet and this reader share the columns and the mark. What identifies a row stands in a hidden column
as JSON: the file's hash, the place of the row, what was read.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pydantic import ValidationError

from normalizers.vocabulary import normalize
from parsers.model.errors import BranchPlansError
from pipeline.decisions.decision import Decision, no_decision

MARK = "branch-plans confirmation 1"
"""In the hidden column of the heading's row: this is such a sheet, of this form."""

COLUMNS = (
    "number",
    "indicator",
    "aim",
    "value",
    "unit",
    "statement",
    "page",
    "answer",
    "correct_value",
    "comment",
    "key",
)
"""The columns from A on; the last is hidden."""

BY_CELL = (3, 2)
"""Row and column (from 1) of the name of who confirms."""

HEADING_ROW = 5
_YES = frozenset({"はい", "yes", "y", "○", "〇", "ok", "true", "1"})
_NO = frozenset({"いいえ", "no", "n", "×", "✕", "false", "0"})
_RATES = ("percent", "percentage_point")
_NUMBER = re.compile(r"[-▲△]?[0-9][0-9,]*(?:\.[0-9]+)?")
_LONGEST = 100  # of a name, in characters


@dataclass(frozen=True, slots=True)
class SheetFault:
    """A row that cannot be taken for a decision: sheet, row from 1, and why."""

    sheet: str
    row: int
    reason: BranchPlansError


@dataclass(frozen=True, slots=True)
class ReadSheets:
    """The decisions of a workbook, in the order of its rows, and the rows that say something but are no decision."""

    decisions: tuple[Decision, ...]
    faults: tuple[SheetFault, ...]


class NoConfirmationError(BranchPlansError):
    """The file is no workbook with such a sheet."""


class SheetRowError(BranchPlansError):
    """A row says something that is no decision."""


def read_confirmations(data: bytes) -> ReadSheets:
    """The decisions in the bytes of a workbook (.xlsx); raises NoConfirmationError where it holds no such sheet.

    The same answers give decisions with the same ids, so that a sheet can be brought in twice.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(data), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NoConfirmationError("no_workbook") from error
    at = book.properties.modified or book.properties.created or datetime(1900, 1, 1)  # noqa: DTZ001 - see below
    at = at if at.tzinfo else at.replace(tzinfo=UTC)  # Excel writes UTC without saying so
    sheets = [sheet for sheet in book.worksheets if sheet.cell(HEADING_ROW, len(COLUMNS)).value == MARK]
    if not sheets:
        raise NoConfirmationError("no_confirmation_sheet")
    decisions: list[Decision] = []
    faults: list[SheetFault] = []
    for sheet in sheets:
        by = str(sheet.cell(*BY_CELL).value or sheet.title).strip()[:_LONGEST]
        rows = sheet.iter_rows(min_row=HEADING_ROW + 1, max_col=len(COLUMNS))
        for number, cells in enumerate(rows, start=HEADING_ROW + 1):
            row = {name: _held(cell) for name, cell in zip(COLUMNS, cells, strict=True)}
            try:
                decisions += _decided(row, by, at)
            except ValidationError as error:
                faults.append(SheetFault(sheet.title, number, no_decision(error)))
            except SheetRowError as error:
                faults.append(SheetFault(sheet.title, number, error))
    return ReadSheets(tuple(decisions), tuple(faults))


def _decided(row: Mapping[str, Any], by: str, at: datetime) -> Iterator[Decision]:
    """The decision that a row holds, if any; raises SheetRowError where it cannot be one."""
    answer, wanted = _word(row["answer"]), row["correct_value"]
    wanted = None if wanted is None or not str(wanted).strip() else wanted
    if not answer and wanted is None:
        return
    key = _key(row["key"])
    said = {
        "at": at,
        "by": by,
        "sha256": key["sha256"],
        "comment": str(row["comment"]) if row["comment"] else None,
        **key["place"],
    }
    if answer and answer not in _YES | _NO:
        raise SheetRowError("row_neither_yes_nor_no", {"answer": row["answer"]})
    if answer in _YES:
        if wanted is not None and _number(wanted) != key["read"].get("value"):
            raise SheetRowError("row_yes_with_other_value")
        said |= {"action": "confirm", "before": key["read"]}
    elif wanted is None:
        raise SheetRowError("row_no_without_value")
    elif key["read"].get("basis") != "absolute":
        # Its value would be a difference, or nothing: another number makes it another kind of aim.
        raise SheetRowError("row_without_number")
    elif "%" in normalize(str(wanted)).text and key["read"].get("unit") not in _RATES:
        raise SheetRowError("row_of_other_unit", {"wanted": wanted})
    else:
        said |= {"action": "correct", "field": "value", "before": key["read"].get("value"), "after": _number(wanted)}
    told = json.dumps({**said, "at": None}, ensure_ascii=False, sort_keys=True)
    yield Decision.model_validate({**said, "id": hashlib.sha256(told.encode()).hexdigest()[:32]})


def _key(value: object) -> dict[str, Any]:
    try:
        key = json.loads(str(value))
        if isinstance(key["place"], dict) and isinstance(key["read"], dict) and isinstance(key["sha256"], str):
            return dict(key)
    except (ValueError, KeyError, TypeError):
        pass
    raise SheetRowError("row_without_key")


def _held(cell: Any) -> object:
    """What a cell shows: Excel keeps a typed 65% as 0.65."""
    if isinstance(cell.value, (int, float)) and "%" in (cell.number_format or ""):
        return round(cell.value * 100, 6)
    held: object = cell.value
    return held


def _word(value: object) -> str:
    return normalize(str(value)).text.strip().lower() if value is not None else ""


def _number(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    text = normalize(str(value)).text
    found = _NUMBER.findall(text)
    if len(found) != 1:
        raise SheetRowError("row_no_number", {"value": value})
    plain = found[0].replace(",", "")
    return -float(plain[1:]) if plain[0] in "▲△-" else float(plain)
