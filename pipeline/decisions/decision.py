"""The form of a decision: one JSON object a line, as the data contract has it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, Self, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from normalizers.vocabulary import catalogue
from parsers.model.errors import BranchPlansError, Quoted
from parsers.model.geometry import Box
from parsers.model.told_column import ColumnMeaning
from pipeline.decisions.fields import LONGEST_TEXT, correctable, fault

VERSION = 1
"""Of the form. A line of a later version is kept and named, never applied."""

Action = Literal["confirm", "correct", "reject", "add", "dismiss", "identify", "column", "wording", "undo"]
DecidedTable = Literal["documents", "cells", "measures", "targets", "changes", "findings"]
MEANINGS: tuple[str, ...] = get_args(ColumnMeaning)
_TABLES_OF_RECORDS = ("targets", "measures", "changes")


class Decision(BaseModel):
    """What one person decided on one thing.

    ``sha256`` names the file; ``table``, ``page``, the box and ``text`` (as printed) the record, ``occurrence`` which
    of several records of the same text at the same place (from 1). ``before`` is what was read: for a confirmation
    every field, else the field's value. ``sampled`` marks a row that was drawn to see how often sure rows are wrong.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(pattern=r"^[0-9A-Za-z_.-]{1,64}$")
    at: AwareDatetime
    by: str = Field(min_length=1, max_length=100)
    action: Action
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    table: DecidedTable | None = None
    page: int | None = Field(default=None, ge=1)
    x0: float | None = Field(default=None, allow_inf_nan=False)
    top: float | None = Field(default=None, allow_inf_nan=False)
    x1: float | None = Field(default=None, allow_inf_nan=False)
    bottom: float | None = Field(default=None, allow_inf_nan=False)
    text: str | None = Field(default=None, max_length=LONGEST_TEXT)
    field: str | None = Field(default=None, max_length=100)
    before: JsonValue = None
    after: JsonValue = None
    comment: str | None = Field(default=None, max_length=LONGEST_TEXT)
    undoes: str | None = None
    occurrence: int = Field(default=1, ge=1)
    sampled: bool = False
    version: int = VERSION

    @property
    def box(self) -> Box | None:
        """The place on the page; None where the decision names none."""
        sides = (self.x0, self.top, self.x1, self.bottom)
        return None if None in sides else Box(*(float(side) for side in sides if side is not None))

    @property
    def order(self) -> tuple[datetime, str]:
        """Decisions hold in this order, whatever that of their lines."""
        return (self.at.astimezone(UTC), self.id)

    @model_validator(mode="after")
    def _says_what_its_action_needs(self) -> Self:
        wrong = _FAULTS[self.action](self)
        if wrong:
            raise ValueError(wrong)
        return self

    def line(self) -> str:
        """The decision as one line of JSON, without what it does not say."""
        said = self.model_dump(mode="json", exclude_defaults=True)
        if self.action == "correct":  # an emptied field is said, not left out
            said.setdefault("after", None)
        return json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def new_decision(by: str, action: Action, sha256: str, **said: Any) -> Decision:
    """A decision of this moment; raises pydantic's ValidationError where it does not say what its action needs."""
    return Decision(id=uuid.uuid4().hex, at=datetime.now(UTC), by=by, action=action, sha256=sha256, **said)


class UnreadLineError(BranchPlansError):
    """A line that is no decision of this version, with the reason."""


def read_line(line: str) -> Decision:
    """The decision that a line holds; raises UnreadLineError with the reason where it holds none that is known here."""
    try:
        said = json.loads(line)
    except ValueError as error:
        raise UnreadLineError("line_no_json") from error
    if not isinstance(said, dict):
        raise UnreadLineError("line_no_object")
    version = said.get("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise UnreadLineError("line_of_later_version", {"version": version})
    action = said.get("action")
    if action not in get_args(Action):
        raise UnreadLineError("line_of_unknown_kind", {"action": action})
    try:
        return Decision.model_validate(said)
    except ValidationError as error:
        raise no_decision(error) from error


def no_decision(error: ValidationError) -> UnreadLineError:
    """That what was said is no decision, with what is wrong with it."""
    return UnreadLineError("no_decision", {"words": Quoted("pydantic", shown_faults(error))})


def shown_faults(error: ValidationError) -> str:
    """What is wrong with a decision, in one line."""
    return "; ".join(
        ": ".join((*(".".join(str(part) for part in one["loc"]),) * bool(one["loc"]), one["msg"]))
        for one in error.errors(include_url=False)
    )


def _of_a_record(decision: Decision) -> str | None:
    if decision.table not in _TABLES_OF_RECORDS or decision.text is None:
        return f"{decision.action} needs the table and the printed text of a record"
    return None


def _of_a_confirmation(decision: Decision) -> str | None:
    if wrong := _of_a_record(decision):
        return wrong
    if decision.before is None:
        return None
    if not isinstance(decision.before, dict):
        return "before is no record"
    return _faulty_fields(str(decision.table), decision.before)


def _of_a_correction(decision: Decision) -> str | None:
    return _of_a_record(decision) or fault(str(decision.table), decision.field or "", decision.after)


def _of_an_addition(decision: Decision) -> str | None:
    if decision.table not in ("targets", "measures") or decision.page is None or not isinstance(decision.after, dict):
        return "add needs a table (targets, measures), a page and the record's fields"
    needed = "statement" if decision.table == "targets" else "text"
    if needed not in decision.after:
        return f"add needs the record's {needed}"
    return _faulty_fields(decision.table, decision.after)


def _faulty_fields(table: str, record: Mapping[str, JsonValue]) -> str | None:
    values = correctable()[table].values
    faults = (fault(table, name, value) for name, value in record.items() if name in values)
    unknown = sorted(record.keys() - {*values, *correctable()[table].places})
    if unknown:
        return f"{table} has no correctable field {unknown[0]}"
    return next((wrong for wrong in faults if wrong), None)


def _of_a_dismissal(decision: Decision) -> str | None:
    return None if decision.field else "dismiss needs the check in field"


def _of_an_identification(decision: Decision) -> str | None:
    return fault("documents", decision.field or "", decision.after)


def _of_a_column(decision: Decision) -> str | None:
    if decision.page is None or decision.box is None or not isinstance(decision.after, dict):
        return "column needs the page and box of the header, and what the column is"
    if decision.after.get("meaning") not in MEANINGS:
        return f"a column's meaning is one of {', '.join(MEANINGS)}"
    year = decision.after.get("fiscal_year")
    return None if year is None else fault("targets", "fiscal_year", year)


def _of_a_wording(decision: Decision) -> str | None:
    if not decision.text or decision.after not in catalogue():
        return "wording needs the words in text and an indicator's code in after"
    return None


def _of_an_undoing(decision: Decision) -> str | None:
    return None if decision.undoes else "undo needs the id of what it takes back"


_FAULTS = {
    "confirm": _of_a_confirmation,
    "correct": _of_a_correction,
    "reject": _of_a_record,
    "add": _of_an_addition,
    "dismiss": _of_a_dismissal,
    "identify": _of_an_identification,
    "column": _of_a_column,
    "wording": _of_a_wording,
    "undo": _of_an_undoing,
}
