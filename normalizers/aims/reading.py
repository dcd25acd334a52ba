"""What a paragraph is read into: its aims, and the part that every word and number plays in them."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.aims.aim import Aim
from normalizers.model.records import NumberRole
from parsers.model.styled_text import Span


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number printed in the paragraph and what it is there for.

    ``span`` are offsets of the number (without its unit) into the verbatim text, ``value`` and ``unit`` what it says in
    the unit's own measure (8割: 80 percent). ``aim`` is the index of the aim that it belongs to, None where it is part
    of none. ``reference``: compared with, or somebody else's; ``statistic``: told, not aimed at; ``unread``: not
    explained by the reading.
    """

    span: Span
    role: NumberRole
    value: float
    unit: str | None
    aim: int | None = None


@dataclass(frozen=True, slots=True)
class WordReading:
    """A stretch of the verbatim text and its role in the reading, in the grammar's own terms (``unread``: in none)."""

    span: Span
    role: str


@dataclass(frozen=True, slots=True)
class StatementReading:
    """How a paragraph is read.

    ``words`` cover the paragraph from left to right without overlap; ``numbers`` has each printed number once.
    ``cost`` is that of the reading chosen, ``margin`` how much dearer the second best is, which ``second`` describes.
    """

    aims: tuple[Aim, ...]
    words: tuple[WordReading, ...]
    numbers: tuple[NumberReading, ...]
    cost: float = 0.0
    margin: float | None = None
    second: str | None = None
