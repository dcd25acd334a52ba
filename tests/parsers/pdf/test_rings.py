"""Rings and grounds: the same answers as comparing each area with each."""

from __future__ import annotations

import random

import pytest

from parsers.model.geometry import Box
from parsers.pdf.rings import Grounds, rings_of

THIN = 3.0


def boxes(seed: int, count: int) -> list[Box]:
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        x, y = chance.uniform(-20, 120), chance.uniform(-20, 120)
        outer = Box(x, y, x + chance.uniform(4, 60), y + chance.uniform(4, 60))
        by = [chance.choice([0.0, 0.5, 2.9, 3.0, 3.1, 5.0]) for _ in range(4)]
        found += [outer, Box(outer.x0 + by[0], outer.top + by[1], outer.x1 - by[2], outer.bottom - by[3])]
    chance.shuffle(found)
    return [*found, *found[:5]]


def is_hole(outer: Box, box: Box) -> bool:
    margins = (box.x0 - outer.x0, box.top - outer.top, outer.x1 - box.x1, outer.bottom - box.bottom)
    return min(margins) > 0 and max(margins) <= THIN


@pytest.mark.parametrize("seed", range(10))
def test_rings_are_those_of_all_pairs(seed: int) -> None:
    areas = boxes(seed, 40)
    holes, inner = rings_of(areas, THIN)
    for outer in areas:
        assert holes.get(outer) == next((box for box in areas if is_hole(outer, box)), None)
        assert (outer in inner) == any(is_hole(other, outer) for other in areas)


@pytest.mark.parametrize("seed", range(5))
def test_grounds_cover_what_any_area_contains(seed: int) -> None:
    areas = boxes(seed, 20)
    grounds = Grounds(areas, 100, 80)
    chance = random.Random(seed)
    for _ in range(300):
        x, y = chance.uniform(-30, 150), chance.uniform(-30, 150)
        assert grounds.cover(x, y) == any(area.contains(x, y) for area in areas)
