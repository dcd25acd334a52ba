"""Findings of which a person said that there is nothing wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.store.table_rows import FindingRow, stored_values

if TYPE_CHECKING:
    from pipeline.decisions.decision import Decision

_SAME_PLACE = 1.0  # PDF points


def dismissed_by(row: FindingRow, decisions: Iterable[Decision]) -> str | None:
    """Who dismissed the finding of ``row`` among the standing ``decisions`` on its document; None where nobody did."""
    decision = dismissing(row, decisions)
    return None if decision is None else decision.by


def dismissing(row: FindingRow, decisions: Iterable[Decision]) -> Decision | None:
    """The decision that dismisses the finding of ``row``, None where none does.

    A dismissal without a table is of the check on the whole document. One of a single finding holds as long as the
    finding's values are what they were then.
    """
    for decision in decisions:
        if decision.action == "dismiss" and decision.field == row.finding.check and _covers(decision, row):
            return decision
    return None


def _covers(decision: Decision, row: FindingRow) -> bool:
    finding = row.finding
    if decision.table is None:
        return True
    if decision.page != finding.page:
        return False
    if decision.before is not None and decision.before != json.loads(stored_values(finding)):
        return False
    box = decision.box
    if box is None or finding.box is None:
        return box is None and finding.box is None
    return all(abs(one - other) <= _SAME_PLACE for one, other in zip(box, finding.box, strict=True))
