"""Findings of which a person said that there is nothing wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.store.table_rows import FindingRow

if TYPE_CHECKING:
    from pipeline.decisions.decision import Decision

_SAME_PLACE = 1.0  # PDF points


def dismissed_by(row: FindingRow, decisions: Iterable[Decision]) -> str | None:
    """Who dismissed the finding of ``row`` among the standing ``decisions`` on its document; None where nobody did.

    A dismissal without a page is of the check on the whole document. One of a single finding holds as long as the
    finding says what it said then.
    """
    for decision in decisions:
        if decision.action == "dismiss" and decision.field == row.finding.check and _covers(decision, row):
            return decision.by
    return None


def _covers(decision: Decision, row: FindingRow) -> bool:
    finding = row.finding
    if decision.table is None:
        return True
    if decision.page != finding.page or (decision.before is not None and decision.before != row.message):
        return False
    box = decision.box
    if box is None or finding.box is None:
        return box is None and finding.box is None
    return all(abs(one - other) <= _SAME_PLACE for one, other in zip(box, finding.box, strict=True))
