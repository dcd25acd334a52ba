"""The unit of figures printed without one: a caption gives it (実施率(%) 60.0, ①回答率:55 ②満足度:90(単位:%)), or the
name of what is counted (受診者数 4,500, 受診率:60)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalizers.aims.aim_reading import AimReading
from normalizers.aims.brackets import unit_caption
from normalizers.aims.features import Featured
from normalizers.aims.patterns import pattern
from normalizers.aims.spans import UNIT_CAPTION
from normalizers.model.reasons import Reason
from normalizers.text.counted_units import is_share_of_all, unit_of_bare_count
from normalizers.text.numbers import read_quantities
from normalizers.text.skeleton import Skeleton

_COUNTED = pattern("asides.counted")
_LEAST_SHARE = 1.0
"""A bare figure below this beside the name of a share may as well be the part itself (0.65 for 65%)."""

_BEHIND = pattern("asides.caption_behind")


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


def in_unit_of_name(aim: AimReading, behind: str) -> AimReading:
    """The aim in the unit that its indicator's name says: 受診者数 4,500 are people; 受診率 60 is hardly no percentage.

    ``behind`` is the text behind its number: 低い方から3番目 is no share.
    """
    bare = bool(aim.value) and aim.unit is None and aim.basis == "absolute"
    if not bare or aim.value is None or not aim.indicator or _COUNTED.match(behind):
        return aim
    counted = unit_of_bare_count(aim.indicator)
    if counted is not None:
        unit = read_quantities(f"1{counted}")[0].unit_code
        return in_unit(aim, unit, 1.0) if unit is not None else aim
    if not is_share_of_all(aim.indicator) or aim.value < _LEAST_SHARE:
        return aim
    found = in_unit(aim, "percent", 1.0)
    return replace(found, reasons=(*found.reasons, Reason("unit_of_share")))


def captions(skeleton: Skeleton, elements: Sequence[Featured]) -> tuple[tuple[int, str, float], ...]:
    """実施率(%) 60.0, 単位:千円: where each unit of figures printed without one is given, the unit and its scale."""
    found = []
    for item in elements:
        if item.sense is not None and item.sense.kind == "unit" and item.element.bracket is not None:
            given = unit_caption(item.sense.caption or item.element.text)
            found += [(item.element.bracket.start, *given)] if given is not None else []
    caption = UNIT_CAPTION.search(skeleton.text)
    given = unit_caption(caption["unit"]) if caption else None
    return tuple(found) or (((0, *given),) if given is not None else ())


def in_captioned_unit(aim: AimReading, given: Sequence[tuple[int, str, float]]) -> AimReading:
    """The aim in the unit of the last caption before its figure (訪問(社) 120 架電(件) 2,400), else of the first."""
    at = aim.number[0] if aim.number is not None else 0
    _, unit, scale = next((caption for caption in reversed(given) if caption[0] < at), given[0])
    return in_unit(aim, unit, scale)
