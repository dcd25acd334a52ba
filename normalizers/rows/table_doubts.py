"""What is doubtful about a target because of the table it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from normalizers.model.reasons import Reason, reason_rules
from normalizers.model.records import Target
from parsers.model.document import ColumnDoubt

TableDoubt = ColumnDoubt | Literal["graded", "name_shared", "part_of_year", "way_only", "year_guessed"]


def with_doubts(target: Target, doubts: Iterable[TableDoubt]) -> Target:
    """The target with the doubts among its reasons, and its confidence lowered by what each leaves of it."""
    for doubt in dict.fromkeys(doubts):
        reason = Reason(f"column_{doubt}")
        confidence = round(target.confidence * reason_rules()[reason.code].weight, 4)
        target = replace(target, confidence=confidence, confidence_reasons=(*target.confidence_reasons, reason))
    return target
