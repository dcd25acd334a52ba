"""What a sentence says beside its aim: the whole that it takes a part of, and what share a figure comes to."""

from __future__ import annotations

import re

from normalizers.aims.drafts import Stretch
from normalizers.aims.patterns import pattern
from normalizers.text.numbers import Quantity, read_quantities
from normalizers.text.skeleton import Skeleton

_WHOLE = pattern("bracketed_figures.whole")
_NUMBER_OF_WHOLE = pattern("bracketed_figures.number_of_whole")
_SHARES = ("percent", "multiple")
_WHOSE_ALL = pattern("bracketed_figures.whose_all")
_COUNTS = pattern("bracketed_figures.counts")
_BOUND = pattern("bracketed_figures.aside_bound")
_COMES_TO = pattern("bracketed_figures.comes_to")
_WHOSE = pattern("bracketed_figures.share_of")


def of_a_whole(skeleton: Skeleton) -> tuple[Skeleton, Stretch | None]:
    """The sentence without the whole that it takes a part of, and where that stands: 対象者2,400人のうち、…."""
    found = _WHOLE.match(skeleton.text)
    if found is None or not any(character.isdecimal() for character in skeleton.text[found.end() :]):
        return skeleton, None
    return skeleton.without(*found.span()), skeleton.whole_span(*found.span(found.lastgroup or 0))


def name_of_whole(scope: str) -> str:
    """Whom or what a whole counts, without their number: 対象事業所 of 対象事業所300社のうち."""
    return _NUMBER_OF_WHOLE.sub("", scope)


def without_share(skeleton: Skeleton) -> tuple[Skeleton, Stretch | None]:
    """The sentence without the share or multiple that a figure comes to, and where that stands.

    現在の2倍に当たる4万件: the figure behind is what is aimed at, and the multiple only explains it.
    """
    text = skeleton.text
    led = _COMES_TO.search(text)
    if led is None:
        return skeleton, None
    share = next(
        (quantity for quantity in read_quantities(text[: led.start()]) if _is_share(quantity, text, led)), None
    )
    if share is None:
        return skeleton, None
    before = (_WHOSE_ALL if _COUNTS.match(text, led.end()) else _WHOSE).search(text[: share.start])
    start = before.start() if before is not None else share.start
    return skeleton.without(start, led.end()), skeleton.whole_span(start, led.end())


def _is_share(quantity: Quantity, text: str, led: re.Match[str]) -> bool:
    shared = quantity.unit_code in _SHARES and not quantity.signed
    return shared and _BOUND.fullmatch(text, quantity.end, led.start()) is not None
