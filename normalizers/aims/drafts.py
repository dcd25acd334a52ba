"""An aim while its sentence is walked through, and what is known at one point of the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from normalizers.aims.element import GAP, Element
from normalizers.aims.name_words import measures
from normalizers.aims.patterns import ends_with
from normalizers.model.reasons import Reason

Stretch = tuple[int, int]
"""(start, end) in the sentence's whole text."""


class PastResult(NamedTuple):
    """A printed past result: its value, the fiscal year it is of, where its number stands, and its unit where known."""

    value: float | None = None
    year: int | None = None
    number: Stretch | None = None
    unit: str | None = None


NOTHING_PRINTED = PastResult()


@dataclass
class Draft:
    """One aim: its figure or (without one) its reference, its indicators, and what else the sentence says of it.

    ``own_name`` tells that its own clause names the indicator. ``before_verb`` is what stands between the figure and
    its verb, ``direct`` that it is a change and not a level (20%減らす), ``changed_by_noun`` that a noun says so
    (30%減). ``adverbial`` is where the name stands, if it may be none (予算の範囲内で).
    """

    element: Element | None
    reference: Element | None
    names: list[str]
    own_name: bool
    group: Stretch | None
    group_text: str | None
    condition: Stretch | None
    deadline: Stretch | None
    result: PastResult = NOTHING_PRINTED
    verbs: tuple[str, ...] = ()
    before_verb: str = ""
    direct: bool = False
    changed_by_noun: bool = False
    parts: tuple[str, ...] = ()
    label: bool = False
    ranged_from: Element | None = None
    people: str | None = None
    groups: tuple[str, ...] = ()
    adverbial: Stretch | None = None
    reasons: list[Reason] = field(default_factory=list)


def tells_of_reference(draft: Draft) -> bool:
    """震災前の平成22年度実績を超える(受診者数): whether the name before a reference only says when that was."""
    reference = draft.reference if draft.element is None else None
    led = reference is not None and reference.before.replace(GAP, "") == "の"
    return led and draft.own_name and not measures(draft.names[-1])


def change_named(draft: Draft, noun: str) -> str | None:
    """The verb's part (verb.down) that a noun behind a share of a sum plays: コスト削減; None where none."""
    quantity = draft.element.quantity if draft.element is not None else None
    if quantity is None or quantity.unit_code != "percent":
        return None
    return next((f"verb.{way}" for way in ("up", "down") if ends_with(f"words.verb.{way}").search(noun)), None)


@dataclass
class Walk:
    """What is known at one point of the sentence.

    ``names`` are the pieces of each indicator, as offsets of the skeleton; ``closed`` tells that a figure has followed
    them, so that the next name is another, ``named`` that one has been read since, ``done`` that a verb has closed
    their clause. ``changed`` is what a clause of means makes more or less, ``awaited`` that the measure which
    ``reference`` is compared with stands behind it, ``heading`` whom a colon or a bracket before several names names,
    ``result_of`` the words before the bracket that ``result`` stands in, ``part_of`` whom the whole is of whose parts
    follow うち. ``group_or_measure`` tells that ``group`` may be what is measured.
    """

    names: list[list[tuple[int, int]]] = field(default_factory=list)
    closed: bool = True
    named: bool = False
    done: bool = False
    group: Element | None = None
    condition: Stretch | None = None
    deadline: Stretch | None = None
    result: PastResult = NOTHING_PRINTED
    result_of: Element | None = None
    reference: Element | None = None
    awaited: bool = False
    before: tuple[str, ...] = ()
    ranged_from: Element | None = None
    people: str | None = None
    changed: Stretch | None = None
    between: list[str] = field(default_factory=list)
    groups: list[Element] = field(default_factory=list)
    heading: tuple[Stretch, str] | None = None
    part_of: str | None = None
    group_or_measure: bool = False
