"""What a statement of a target is read from, and what it is read into."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.model.reasons import Reason
from normalizers.model.records import Basis, Comparator, Population, TargetKind
from parsers.model.styled_text import Span


@dataclass(frozen=True, slots=True)
class TargetContext:
    """What stands around a statement and is not printed in it.

    ``kind`` None: the statement itself decides what it is, or that it states no aim at all. ``group_population`` is
    that of the group line above a head-count line (被保険者(40歳以上)…), ``heading`` the normalised text of the
    heading, ``previous_indicator`` serves sentences and table cells that leave the indicator out, ``caption`` is the
    unit and the scale of figures that are printed without one. ``unmarked`` tells that the document marks no targets at
    all: then sentences of its prose may set them, which are doubted.
    """

    kind: TargetKind | None = None
    group_population: Population | None = None
    heading: str | None = None
    previous_indicator: str | None = None
    fiscal_year: int | None = None
    caption: tuple[str, float] | None = None
    unmarked: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """One single aim of a statement.

    ``statement`` and ``value_span`` are offsets into the verbatim text that was given; ``indicator`` is normalised,
    ``condition`` and ``deadline`` are verbatim. ``note_marks`` are the note marks that the aim cites (※, ※1).
    ``notes`` are offsets of notes printed right behind the statement (…とする ※医科、DPC、歯科).
    ``pattern`` names the grammar's pattern that read it, ``reasons`` what raised or lowered ``confidence`` (0..1).
    """

    kind: TargetKind
    number: int | None
    statement: Span
    indicator: str | None
    indicator_code: str | None
    population: Population | None
    basis: Basis
    comparator: Comparator | None
    value: float | None
    unit: str | None
    baseline_value: float | None
    baseline_year: int | None
    condition: str | None
    deadline: str | None
    value_span: Span | None
    note_marks: tuple[str, ...]
    pattern: str
    confidence: float
    reasons: tuple[Reason, ...]
    notes: tuple[Span, ...] = ()
