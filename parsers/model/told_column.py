"""What a person says of a table's column, against what its header made the program think."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parsers.model.geometry import Box

ColumnMeaning = Literal[
    "section", "new", "old", "content", "reference", "indicator", "target", "actual", "group", "number", "note"
]


@dataclass(frozen=True, slots=True)
class ToldColumn:
    """The column under the header cell at ``box`` of ``page`` that prints ``title`` holds ``meaning``.

    ``fiscal_year`` is the year that it speaks for, None where that is left to the header.
    """

    page: int
    box: Box
    title: str
    meaning: ColumnMeaning
    fiscal_year: int | None = None
