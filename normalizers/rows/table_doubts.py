"""What is doubtful about a target because of the table it stands in, and how far each doubt lowers its confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from normalizers.model.records import Target
from parsers.model.document import ColumnDoubt

TableDoubt = ColumnDoubt | Literal["part_of_year", "year_guessed"]

_WORDS: Mapping[TableDoubt, str] = {
    "role_guessed": "that its column holds targets is guessed",
    "name_guessed": "which column names its indicator is guessed",
    "inherited": "its columns are those of an earlier table",
    "part_of_year": "a part of the year beside the whole",
    "year_guessed": "its year is reckoned from the plan's period",
}
# Each of them alone puts a target below the line at which a person is asked (0.8).
_WEIGHT = 0.8


def with_doubts(target: Target, doubts: Iterable[TableDoubt]) -> Target:
    """The target with the doubts among its reasons, and its confidence lowered by each."""
    for doubt in dict.fromkeys(doubts):
        reasons = (*target.confidence_reasons, _WORDS[doubt])
        target = replace(target, confidence=round(target.confidence * _WEIGHT, 4), confidence_reasons=reasons)
    return target
