"""One record with what people decided on it: its fields as corrected, and what was read in their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from normalizers.model.records import Change, Measure, Reviewed, Target
from pipeline.decisions.decision import Decision
from pipeline.store.columns import TABLES

R = TypeVar("R", Measure, Target, Change)


@dataclass
class Corrections:
    """The decisions on one record, gathered in their order: the later one of a field holds."""

    fields: dict[str, object] = field(default_factory=dict)
    made: dict[str, Decision] = field(default_factory=dict)
    last: Decision | None = None
    sampled: bool = False
    rejected: Decision | None = None
    contradictions: list[tuple[Decision, Decision]] = field(default_factory=list)

    def hold(self, fields: Mapping[str, object], decision: Decision) -> None:
        """Sets fields to what ``decision`` says; another value decided before is a contradiction."""
        if self.rejected is not None:
            self.contradictions.append((self.rejected, decision))
            self.rejected = None
        for name, value in fields.items():
            if name in self.made and self.fields[name] != value:
                self.contradictions.append((self.made[name], decision))
            self.fields[name] = value
            self.made[name] = decision
        self.last = decision
        self.sampled = self.sampled or decision.sampled

    def reject(self, decision: Decision) -> None:
        """The record is none; whoever confirmed or corrected it before is contradicted."""
        if self.last is not None:
            self.contradictions.append((self.last, decision))
        self.rejected = self.last = decision


def corrected(record: R, corrections: Corrections) -> R:
    """``record`` with its corrections, who made them, and as JSON what was read where it differs."""
    read = {
        name: said(getattr(record, name))
        for name, value in corrections.fields.items()
        if getattr(record, name) != value
    }
    reviewed: Reviewed = "corrected" if read else "sampled" if corrections.sampled else "confirmed"
    done: dict[str, Any] = {
        **corrections.fields,
        "corrected_by": corrections.last.by if corrections.last else None,
        "reviewed": reviewed,
        "read_value": json.dumps(read, ensure_ascii=False, sort_keys=True) if read else None,
    }
    return replace(record, **done)


def held(table: str, name: str, value: object) -> object:
    """A decided value as the record holds it."""
    if isinstance(value, list):
        return tuple(value)
    is_number = TABLES[table].column(name).type == "number"
    return float(value) if is_number and isinstance(value, int) else value


def said(value: object) -> object:
    """A record's value as a decision says it."""
    return list(value) if isinstance(value, tuple) else value


def snapshot(record: Measure | Target | Change, names: tuple[str, ...]) -> dict[str, object]:
    """The named fields as a decision would say them."""
    return {name: said(getattr(record, name)) for name in names}
