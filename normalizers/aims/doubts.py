"""What makes a reading doubtful: words that it leaves unexplained, a close second, rows too much alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalizers.aims.aim_reading import AimReading
from normalizers.aims.automaton import Reading
from normalizers.aims.features import Featured
from normalizers.aims.name_features import measures
from normalizers.model.reasons import Reason

CLOSE_MARGIN = 0.35
"""A second-best reading that is dearer by less than this is as good as the best."""

_ODD_EDGE = re.compile(r"^[)）」』】\]>、。・:=%~-]|[(（「『【\[<、。・:=~-]$")
_LEFT_IN_NAME = re.compile("それぞれ|いずれも|順に|うち|目標|実績|達成率")


def doubts_of_draft(elements: Sequence[Featured], reading: Reading) -> Iterator[Reason]:
    """The doubts that all aims of a sentence share: what the cheapest reading does not explain."""
    if reading.margin is not None and reading.margin < CLOSE_MARGIN:
        yield Reason("close_second", {"margin": round(reading.margin, 2)})
    unread = [word for word in _unexplained(elements, reading) if word]
    if unread:
        yield Reason("unread_words", {"words": "、".join(unread)})


def _unexplained(elements: Sequence[Featured], reading: Reading) -> Iterator[str]:
    last_value = max((at for at, role in enumerate(reading.roles) if role in ("value", "reference")), default=-1)
    for at, (item, role) in enumerate(zip(elements, reading.roles, strict=True)):
        if (
            (role == "topic" and "same_as" not in item.features)
            or (role == "statistic" and "hint:other" not in item.features)
            or (role in ("name", "in_name") and at > last_value >= 0)
        ):
            yield item.element.text


def doubts_of_rows(aims: Sequence[AimReading]) -> Iterator[AimReading]:
    """The aims of a sentence with what is doubtful of their names and of rows that differ in nothing but the value."""
    alike = [_but_value(aim) for aim in aims]
    for aim in aims:
        reasons = list(aim.reasons)
        if alike.count(_but_value(aim)) > 1:
            reasons.append(Reason("rows_alike"))
        reasons += _doubts_of_name(aim.indicator or "")
        yield replace(aim, reasons=tuple(reasons))


def _but_value(aim: AimReading) -> tuple[object, ...]:
    return (aim.basis, aim.indicator, aim.population, aim.unit, aim.comparator, aim.condition, aim.deadline)


def _doubts_of_name(name: str) -> Iterator[Reason]:
    if name.count("(") != name.count(")") or name.count("「") != name.count("」") or _ODD_EDGE.search(name):
        yield Reason("stray_mark")
    parts = re.split("及び|並びに|、", name)
    if len(parts) > 1 and sum(measures(part) for part in parts) > 1:
        yield Reason("several_names")
    left = _LEFT_IN_NAME.search(name)
    if left is not None:
        yield Reason("unread_words", {"words": left.group()})
