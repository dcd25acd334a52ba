"""A stretch of a sentence that numbers and fixed words make up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from normalizers.text.numbers import Quantity

LabelKind = Literal["aim", "past", "other"]


@dataclass(frozen=True, slots=True)
class FixedSpan:
    """One such stretch at ``start:end``.

    ``year`` is the fiscal year that a time, label or reference names, ``fiscal`` whether it says 年度. ``label`` is
    what a label says of the figure beside it. ``compared`` tells that a word of comparing closes a reference,
    ``foreign`` that it is no result of the branch itself, ``told_result`` that it says 実績 or the like. ``firm`` tells
    that a time is one by which something is wanted, ``last_year`` that the year before the plan's own is meant.
    """

    kind: Literal["quantity", "time", "reference", "label", "period"]
    start: int
    end: int
    quantity: Quantity | None = None
    year: int | None = None
    fiscal: bool = False
    label: LabelKind | None = None
    compared: bool = False
    foreign: bool = False
    firm: bool = False
    told_result: bool = False
    last_year: bool = False
