"""Which clips may hold a line that only a pattern paints."""

from __future__ import annotations

import pytest

from parsers.model.geometry import Box
from parsers.pdf.clips import pattern_bands


@pytest.mark.parametrize(("left", "height", "bands"), [(100.0, 3.75, 1), (60.0, 4.5, 1), (100.0, 12.0, 0)])
def test_a_low_clip_without_a_path_may_be_filled_with_a_pattern(left: float, height: float, bands: int) -> None:
    area = (left, 200.0, left + 60, 200.0 + height)
    clip = {"type": "clip", "items": [("re", area, -1)], "scissor": area, "level": 1}
    assert pattern_bands([clip], None) == (Box(*area),) * bands


@pytest.mark.parametrize(("top", "bands"), [(202.0, 0), (838.0, 1)])
def test_a_path_within_the_clip_is_what_it_shows_and_a_tile_elsewhere_is_not(top: float, bands: int) -> None:
    area = (100.0, 200.0, 160.0, 204.0)
    clip = {"type": "clip", "items": [("re", area, -1)], "scissor": area, "level": 1}
    rect = (90.0, top, 170.0, top + 0.5)
    line = {"type": "s", "items": [("l", rect[:2], rect[2:])], "rect": rect, "level": 2}
    assert len(pattern_bands([clip, line], None)) == bands
