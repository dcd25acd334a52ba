"""What MuPDF tells of clips: the one that each path is painted through, and low ones that a pattern may fill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.model.geometry import Box


@dataclass(frozen=True, slots=True)
class ClipSettings:
    """Which clips may hold a wavy underline. Points."""

    highest_band: float = 5.0
    """It is no higher: half a line of print. Chromium's are 3.75 high under print of 11 points."""
    shortest_band: float = 8.0
    """It is no shorter: a character of small print. Chosen."""


SETTINGS = ClipSettings()


def with_clips(drawings: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """The painted paths among MuPDF's extended ``drawings``, each with the innermost clip around it."""
    clips: list[dict[str, Any]] = []
    for drawing in drawings:
        while clips and clips[-1]["level"] >= drawing.get("level", 0):
            clips.pop()
        if drawing["type"] in ("clip", "group"):
            clips.append(drawing)
            continue
        yield drawing, next((clip for clip in reversed(clips) if clip["type"] == "clip"), None)


def pattern_bands(drawings: Sequence[dict[str, Any]], turn: Any) -> tuple[Box, ...]:
    """Level clips as low as a wavy underline within which no path is painted: a pattern may fill them.

    Of a pattern MuPDF gives the paths of one tile, where the tile stands in its own space, or none.
    ``turn`` is the matrix that turns what MuPDF gives to the page as read, None for none.
    """
    bands = {id(drawing): turned_box(drawing["scissor"], turn) for drawing in drawings if drawing["type"] == "clip"}
    bands = {clip: box for clip, box in bands.items() if _is_low(box)}
    if bands:
        for drawing, clip in with_clips(drawings):
            if id(clip) in bands and turned_box(drawing["rect"], turn).overlaps(bands[id(clip)]):
                del bands[id(clip)]
    return tuple(bands.values())


def turned_box(corners: Sequence[float], turn: Any) -> Box:
    """The box between two corners (x, y, x, y) as MuPDF gives them, on the page as read."""
    x0, y0, x1, y1 = corners
    if turn is not None:
        x0, y0, x1, y1 = (
            x0 * turn.a + y0 * turn.c + turn.e,
            x0 * turn.b + y0 * turn.d + turn.f,
            x1 * turn.a + y1 * turn.c + turn.e,
            x1 * turn.b + y1 * turn.d + turn.f,
        )
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _is_low(box: Box) -> bool:
    return box.height <= SETTINGS.highest_band and box.width >= SETTINGS.shortest_band
