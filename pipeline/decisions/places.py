"""Which record a decision speaks of: the one that prints the decision's text at the decision's place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from normalizers.vocabulary import normalize
from parsers.model.geometry import Box
from pipeline.decisions.decision import Decision


class Placed(Protocol):
    """A record with the page and the box where it is printed."""

    @property
    def page(self) -> int: ...

    @property
    def box(self) -> Box: ...


R = TypeVar("R", bound=Placed)


def same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts print the same words, however they are spaced."""
    return one is not None and other is not None and _bare(one) == _bare(other)


def meant(decision: Decision, records: Sequence[tuple[R, str]], *, before: Sequence[object] = ()) -> R | None:
    """The record that ``decision`` speaks of, among ``records`` with their printed texts; None where none does.

    Of several with the text on the page, those nearest to the decision's box are meant, and of several at one place
    the one whose ``before`` (in the order of ``records``) is what the decision says was read, else its ``occurrence``.
    """
    found = [
        at
        for at, (record, text) in enumerate(records)
        if (decision.page is None or record.page == decision.page) and same_text(text, decision.text)
    ]
    if not found:
        return None
    box = decision.box
    if box is not None:
        least = min(_distance(box, records[at][0].box) for at in found)
        found = [at for at in found if _distance(box, records[at][0].box) <= least + _SAME_PLACE]
    chosen = found[min(decision.occurrence, len(found)) - 1]
    as_before = [at for at in found if before and before[at] == decision.before]
    if as_before and chosen not in as_before:
        chosen = as_before[0]
    return records[chosen][0]


_SAME_PLACE = 1.0
"""PDF points: boxes are stored to a hundredth, and a record's own box is exact."""


def _distance(one: Box, other: Box) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _bare(text: str) -> str:
    return "".join(normalize(text).text.split())
