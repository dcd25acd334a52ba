"""What makes a reading doubtful: words that it leaves unexplained, and a second reading that costs nearly the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalizers.aims.automaton import Reading
from normalizers.aims.features import Featured
from normalizers.model.reasons import Reason


def doubts_of_reading(elements: Sequence[Featured], reading: Reading, *, other_aims: bool) -> Iterator[Reason]:
    """The doubts that all aims of a sentence share: what the cheapest reading does not explain.

    ``other_aims`` tells that the second-best reading costs nearly the same and gives other rows.
    """
    if other_aims and reading.margin is not None:
        yield Reason("close_second", {"margin": round(reading.margin, 2)})
    unread = [word for word in _unexplained(elements, reading) if word]
    if unread:
        yield Reason("unread_words", {"words": "、".join(unread)})


def _unexplained(elements: Sequence[Featured], reading: Reading) -> Iterator[str]:
    aims = [at for at, role in enumerate(reading.roles) if role in ("value", "reference")]
    last_value = max((at for at in aims if "measure_later" not in elements[at].features), default=-1)
    for at, (item, role) in enumerate(zip(elements, reading.roles, strict=True)):
        if (
            (role == "topic" and "same_as" not in item.features)
            or (role == "statistic" and "hint:other" not in item.features)
            or (role in ("name", "in_name") and at > last_value >= 0 and elements[at - 1].element.kind != "label")
        ):
            yield item.element.text
