"""One aim as its sentence states it, and what a sentence gives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from normalizers.aims.drafts import Stretch
from normalizers.model.reasons import Reason
from normalizers.model.records import Basis, Comparator, Population


@dataclass(frozen=True, slots=True)
class AimReading:
    """One aim; places are (start, end) in the statement's normalised text.

    ``indicator_named`` tells that the sentence itself names the indicator, ``improves`` that only 改善 compares,
    ``closes`` that a verb closes it. ``item`` is the number of the aim in a list of its own within a bracket.
    """

    basis: Basis
    indicator: str | None = None
    indicator_named: bool = False
    population: Population | None = None
    comparator: Comparator | None = None
    value: float | None = None
    unit: str | None = None
    number: Stretch | None = None
    baseline_value: float | None = None
    baseline_year: int | None = None
    condition: Stretch | None = None
    deadline: Stretch | None = None
    note_marks: tuple[str, ...] = ()
    pattern: str = ""
    reasons: tuple[Reason, ...] = ()
    start: int = 0
    end: int = 0
    improves: bool = False
    closes: bool = False
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the statement's normalised text and its role."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What a sentence gives: its aims, the roles of its words, and the cost and margin of the reading."""

    aims: tuple[AimReading, ...]
    words: tuple[Word, ...]
    cost: float = 0.0
    margin: float | None = None
    second: str | None = None


def moved(read: SentenceReading, by: int) -> SentenceReading:
    """The reading with all its places moved by ``by``."""
    if not by:
        return read
    return replace(
        read,
        aims=tuple(moved_aim(aim, by) for aim in read.aims),
        words=tuple(Word(word.start + by, word.end + by, word.role) for word in read.words),
    )


def moved_aim(aim: AimReading, by: int) -> AimReading:
    """The aim with its places moved by ``by``."""

    def shift(stretch: Stretch | None) -> Stretch | None:
        return None if stretch is None else (stretch[0] + by, stretch[1] + by)

    return replace(
        aim,
        number=shift(aim.number),
        condition=shift(aim.condition),
        deadline=shift(aim.deadline),
        start=aim.start + by,
        end=aim.end + by,
    )
