"""The unit that a caption gives to figures printed without one: 実施率(%) 60.0, ①回答率:55 ②満足度:90(単位:%)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from normalizers.aims.aim_reading import AimReading
from normalizers.aims.brackets import unit_caption
from normalizers.aims.features import Featured
from normalizers.aims.spans import UNIT_CAPTION
from normalizers.text.skeleton import Skeleton

_BEHIND = re.compile(r"[(【\[](?P<caption>[^()【】\[\]]*単位[^()【】\[\]]*)[)】\]][。 ]*$")


def caption_behind(text: str) -> tuple[str, float] | None:
    """The unit and the scale that a caption at the end of a normalised statement gives to all its items."""
    found = _BEHIND.search(text)
    return unit_caption(found["caption"]) if found is not None else None


def in_unit(aim: AimReading, unit: str, scale: float) -> AimReading:
    """The aim in the unit that a caption gives to figures printed without one."""
    if aim.value is None or aim.unit is not None:
        return aim
    baseline = None if aim.baseline_value is None else aim.baseline_value * scale
    reasons = tuple(reason for reason in aim.reasons if reason.code != "no_unit")
    return replace(aim, unit=unit, value=aim.value * scale, baseline_value=baseline, reasons=reasons)


def captioned(skeleton: Skeleton, elements: Sequence[Featured]) -> tuple[str, float] | None:
    """実施率(%) 60.0, 単位:千円: the unit of figures that are printed without one, and their scale."""
    for item in elements:
        if item.sense is not None and item.sense.kind == "unit":
            return unit_caption(item.sense.caption or item.element.text)
    caption = UNIT_CAPTION.search(skeleton.text)
    return unit_caption(caption["unit"]) if caption else None
