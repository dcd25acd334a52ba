"""Places on a page that was turned to be read, as places on the page as displayed."""

from __future__ import annotations

from parsers.model.document import Direction
from parsers.model.geometry import Box
from parsers.model.page import Turn


def displayed_box(box: Box, turned: Turn, width: float, height: float) -> Box:
    """A box of a page that is ``width`` × ``height`` points when ``turned`` clockwise, as it is on the page shown."""
    if turned == 90:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    if turned == 270:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if turned == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    return box


def displayed_size(turned: Turn, width: float, height: float) -> tuple[float, float]:
    """Width and height of the page shown that is ``width`` × ``height`` points when ``turned``."""
    return (height, width) if turned in (90, 270) else (width, height)


def displayed_direction(direction: Direction, turned: Turn) -> Direction:
    """Which way a line that runs in ``direction`` on the turned page runs on the page shown."""
    around: tuple[Direction, ...] = ("right", "up", "left", "down")
    return around[(around.index(direction) + turned // 90) % 4]
