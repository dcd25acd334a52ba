"""How a decision names a row of the tables: by where it is printed and what was read there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.decisions.decision import Decision

Row = dict[str, Any]
BOX = ("x0", "top", "x1", "bottom")
PlaceKey = tuple[str, int | None, str, tuple[int, int] | None, int]


@dataclass(frozen=True, slots=True)
class Place:
    """How a decision names a record: the table, page and box, the text as read, which of several of that text."""

    table: str
    page: int | None
    box: tuple[float, ...] | None
    text: str
    occurrence: int = 1

    def said(self) -> Row:
        """The fields of a decision."""
        box = dict(zip(BOX, self.box, strict=True)) if self.box else {}
        more = {"occurrence": self.occurrence} if self.occurrence > 1 else {}
        return {"table": self.table, "page": self.page, "text": self.text, **box, **more}

    @property
    def key(self) -> PlaceKey:
        """Equal for decisions on one record."""
        return (self.table, self.page, bare(self.text), _corner(self.box), self.occurrence)


def decision_key(decision: Decision) -> PlaceKey:
    """The key of the place that a decision names."""
    text = bare(decision.text or "")
    return (str(decision.table), decision.page, text, _corner(decision.box), decision.occurrence)


def bare(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


def _corner(box: Sequence[float] | None) -> tuple[int, int] | None:
    """The upper left corner in whole points; the text tells the rest."""
    return None if box is None else (round(box[0]), round(box[1]))


def as_read(row: Row, name: str) -> Any:
    """A field as the program read it, before anybody corrected it."""
    if row.get("read_value"):
        read: Row = json.loads(row["read_value"])
        return read.get(name, row[name])
    return row[name]


def target_places(targets: Iterable[Row], applied: Iterable[Decision] = ()) -> dict[str, Place]:
    """The place of each target by its id; rows that an ``applied`` rejection took away still count among their like."""
    gone = {decision_key(decision) for decision in applied if decision.action == "reject"}
    taken: dict[tuple[int, str, tuple[float, ...] | None], int] = defaultdict(int)
    places = {}
    for row in sorted(targets, key=lambda row: str(row["target_id"])):
        if row["reviewed"] == "corrected" and row["read_value"] is None:  # added by a person
            continue
        first = record_place("targets", row)
        line = (row["page"], bare(first.text), first.box)
        taken[line] += 1
        while gone and replace(first, occurrence=taken[line]).key in gone:
            taken[line] += 1
        places[row["target_id"]] = first if taken[line] == 1 else replace(first, occurrence=taken[line])
    return places


def record_place(table: str, row: Row) -> Place:
    """The place of a row of ``targets`` or ``measures``."""
    text = as_read(row, "statement" if table == "targets" else "text")
    return Place(table, row["page"], tuple(round(row[side], 2) for side in BOX), text)
