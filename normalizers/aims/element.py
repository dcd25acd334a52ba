"""One element of a sentence: a name, a quantity, a time, a label, a verb, a bracket."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from normalizers.aims.fixed_span import FixedSpan
from normalizers.model.records import Comparator
from normalizers.text.numbers import Quantity
from normalizers.text.skeleton import Bracket

Kind = Literal["name", "quantity", "time", "reference", "label", "verb", "quantifier", "bracket", "before"]
GAP = "␣"
"""Stands in a separator for a blank that the page shows."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element at ``start:end`` of the skeleton; ``before`` is what separates it from the one before.

    ``parts`` are the lexicon's parts (verb.up, quantifier.each). ``words`` are the tokens of a name as (text, part of
    speech, normal form).
    """

    kind: Kind
    start: int
    end: int
    text: str
    before: str = ""
    parts: tuple[str, ...] = ()
    quantity: Quantity | None = None
    comparator: Comparator | None = None
    span: FixedSpan | None = None
    bracket: Bracket | None = None
    words: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
