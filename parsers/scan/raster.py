"""A page as a picture: rendered, straightened, and parted into ink and paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf

from parsers.model.page import Turn

Pixels = npt.NDArray[np.uint8]

RESOLUTION = 200
"""Dots per inch at which pages are read: characters of 10 points are 28 pixels high."""

_POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class RasterSettings:
    """A page's picture made level and black on white. Of 255 where colours are meant."""

    largest_side: int = 6_000
    """Pixels: a page with a longer side is read at less than RESOLUTION. A0 at 72 dots an inch is 3,370."""
    skew_limit: float = 3.0
    """Degrees that a sheet was laid on the glass askew at most. Chosen."""
    least_skew: float = 0.04
    """Degrees below which turning would blur more than it mends: a pixel over the width of a page. Nearest: 0.4,
    nothing below.
    """
    ink_window: int = 61
    """Pixels of the neighbourhood whose mean is a pixel's ground: two lines of text."""
    ink_contrast: int = 18
    """Darker than that ground by so much is ink. Chosen."""
    speck_area: int = 4
    """Pixels: a smaller piece is dust."""
    box_ink: int = 140
    """Darker is ink where a filled box is sought."""
    least_block: float = 3.5
    """Points: a dark part at least this large both ways is a filled box, not a character's stroke. Chosen."""
    box_rim: int = 3
    """Pixels of a filled box's rim, which is taken off when its white letters are turned black."""
    red: int = 70
    """So far must red stand above green and blue to be red ink."""
    stamp_ink: int = 150
    """In the red channel, red ink on paper is lighter: the darkest stamp inks in use have 170. Chosen."""
    fringe: int = 1
    """Pixels of the pale fringe around a stamp's ink."""
    drawn_on: int = 3
    """Pixels around what a stamp hides from which rulings and strokes are drawn on: a stroke's width. Chosen."""
    seal: tuple[float, float] = (17.0, 113.0)
    """Points: a seal's sides, 6 to 40 mm."""
    black: int = 90
    """Darker is ink whatever its neighbourhood: the inside of bold strokes and thick rulings."""


SETTINGS = RasterSettings()


@dataclass(frozen=True, slots=True)
class Raster:
    """``gray`` and ``color`` (RGB) are the straightened page, ``ink`` is 255 where something is printed, else 0;
    ``stamped`` is 255 where a stamp's red hides what may be printed beneath it.

    ``scale`` is pixels per PDF point; ``angle`` the degrees by which the page was turned to straighten it.
    """

    gray: Pixels
    color: Pixels
    ink: Pixels
    stamped: Pixels
    scale: float
    angle: float


def page_picture(page: pymupdf.Page) -> tuple[Pixels, float]:
    """``page`` as displayed (RGB) at RESOLUTION, or less where a side would pass 6,000 pixels, and pixels a point."""
    # OpenCV would start a thread a core beside the recogniser's own; documents already share the cores.
    cv2.setNumThreads(1)
    scale = min(RESOLUTION / _POINTS_PER_INCH, SETTINGS.largest_side / max(page.rect.width, page.rect.height))
    picture = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
    return np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.width, 3), scale


def turned_picture(color: Pixels, turn: Turn) -> Pixels:
    """The picture turned clockwise."""
    return np.ascontiguousarray(np.rot90(color, -(turn // 90)))


def straightened(color: Pixels, scale: float) -> Raster:
    """The picture ``color`` (RGB, ``scale`` pixels a point), turned so that its lines run level."""
    gray: Pixels = _array(cv2.cvtColor(color, cv2.COLOR_RGB2GRAY))
    angle = skew(_ink(gray))
    if abs(angle) >= SETTINGS.least_skew:
        height, width = gray.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        paper = (255, 255, 255)
        color = _array(cv2.warpAffine(color, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=paper))
        gray = _array(cv2.cvtColor(color, cv2.COLOR_RGB2GRAY))
    else:
        angle = 0.0
    gray, stamped = _without_stamps(gray, color, scale)
    gray = _dark_on_light(gray, scale)
    return Raster(gray, color, _ink(gray), stamped, scale, angle)


def skew(ink: Pixels) -> float:
    """By how many degrees (counter-clockwise positive) ``ink`` must be turned to run level, within ±3.

    Level lines of text and rulings fill some rows of pixels and leave others empty: the angle sought is the one at
    which the rows' sums differ most from row to row.
    """
    best = 0.0
    for shrink, reach, step in ((4, SETTINGS.skew_limit, 0.5), (4, 0.4, 0.1), (2, 0.08, 0.04)):
        height, width = ink.shape[0] // shrink, ink.shape[1] // shrink
        small = _array(cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA))
        offsets = np.arange(-reach, reach + step / 2, step)
        best = max((best + float(offset) for offset in offsets), key=lambda angle: _levelness(small, angle))
    return round(best, 3)


def _levelness(small: Pixels, angle: float) -> float:
    height, width = small.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = _array(cv2.warpAffine(small, turn, (width, height), flags=cv2.INTER_LINEAR))
    rows = turned.sum(axis=1, dtype=np.float64)
    # Of equal angles the smaller is the better guess: a blank or a dense picture must not be turned.
    return float(np.square(np.diff(rows)).sum()) * (1.0 - 1e-4 * abs(angle))


def _without_stamps(gray: Pixels, color: Pixels, scale: float) -> tuple[Pixels, Pixels]:
    """``gray`` without red stamps, so that what was printed beneath them can be read, and where they hide anything; red
    text and rulings stay.

    A stamp is a red ring or frame as large as a seal, with all that is red within it.
    """
    red = color[..., 0].astype(np.int16) - np.maximum(color[..., 1], color[..., 2])
    inked = (red > SETTINGS.red).astype(np.uint8)
    stamped = np.zeros_like(gray)
    if not inked.any():
        return gray, stamped
    # JPEG takes colour at half the resolution: a thin ring may have gaps.
    inked = _array(cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)))
    _, _, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    clean = gray.copy()
    for x, y, width, height, _ in _array(stats)[1:]:
        smaller, larger = min(width, height) / scale, max(width, height) / scale
        if SETTINGS.seal[0] <= smaller and larger <= min(SETTINGS.seal[1], 2 * smaller):
            part = (slice(y, y + height), slice(x, x + width))
            # Red ink is light in the red channel, black ink beneath it is not.
            clean[part] = np.maximum(clean[part], color[part][..., 0])
            stamped[part] |= ((inked[part] > 0) & (clean[part] > SETTINGS.stamp_ink)).astype(np.uint8) * 255
    if stamped.any():
        # Beside the red lies a pale fringe of half its colour.
        fringe = cv2.dilate(stamped, np.ones((3, 3), np.uint8), iterations=SETTINGS.fringe)
        stamped = np.where(clean > SETTINGS.stamp_ink, _array(fringe), 0).astype(np.uint8)
        clean = _array(cv2.inpaint(clean, stamped, SETTINGS.drawn_on, cv2.INPAINT_TELEA))
    return clean, stamped


def _dark_on_light(gray: Pixels, scale: float) -> Pixels:
    """``gray`` with dark boxes that hold light text (a slide's title bar) turned into dark text on light."""
    side = max(3, round(SETTINGS.least_block * scale))
    block = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    solid = cv2.morphologyEx((gray < SETTINGS.box_ink).astype(np.uint8), cv2.MORPH_OPEN, block)
    # The strokes of the text within a box break the solid parts; they are joined again over a few characters.
    reach = cv2.getStructuringElement(cv2.MORPH_RECT, (8 * side, 8 * side))
    joined = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, reach)
    _, _, stats, _ = cv2.connectedComponentsWithStats(_array(joined), connectivity=4)
    turned = gray.copy()
    for x, y, width, height, _ in _array(stats)[1:]:
        part = turned[y : y + height, x : x + width]
        if min(width, height) < 3 * side or np.median(part) >= SETTINGS.box_ink:
            continue
        inner = 255 - part[SETTINGS.box_rim : -SETTINGS.box_rim, SETTINGS.box_rim : -SETTINGS.box_rim]
        # The box's own edge, half dark, is neither text nor a ruling.
        turned[
            max(0, y - SETTINGS.box_rim) : y + height + SETTINGS.box_rim,
            max(0, x - SETTINGS.box_rim) : x + width + SETTINGS.box_rim,
        ] = 255
        part[SETTINGS.box_rim : -SETTINGS.box_rim, SETTINGS.box_rim : -SETTINGS.box_rim] = inner
    return turned


def _ink(gray: Pixels) -> Pixels:
    """Where ``gray`` is darker than its surroundings, single specks left out."""
    calm = cv2.medianBlur(gray, 3)
    near = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, SETTINGS.ink_window, SETTINGS.ink_contrast
    )
    # A wide dark area is ink to its middle although everything around is as dark.
    dark = _array(calm) < SETTINGS.black
    ink = _array(near) | (dark.astype(np.uint8) * 255)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    specks = np.zeros(count, dtype=bool)
    specks[1:] = _array(stats)[1:, cv2.CC_STAT_AREA] < SETTINGS.speck_area
    ink[specks[_array(labels)]] = 0
    return np.asarray(ink, dtype=np.uint8)


def _array(value: Any) -> Any:
    """OpenCV's own array type as NumPy's, which the rest of the code is typed with."""
    return np.asarray(value)
