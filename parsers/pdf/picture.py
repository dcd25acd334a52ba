"""A page as it is drawn: rendered once in grey, so that what was read can be compared with what a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pymupdf

from parsers.model.geometry import Box
from parsers.model.page import Turn

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """How large the pictures are that a page's text is compared with."""

    scale: float = 2.0
    """Pixels a point: 144 dots an inch, at which a stroke of a 6 pt character is still a pixel wide. Nearest: 2.83,
    nothing below.
    """
    most_pixels: int = 8_000_000
    """Of one picture: 8 MB of grey, an A4 page four times over. Larger pages are drawn smaller. Chosen."""


SETTINGS = PictureSettings()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """``gray`` is the page turned to be read, rows from the top, ``scale`` pixels a point.

    ``source`` holds the memory that ``gray`` looks at.
    """

    gray: Pixels
    scale: float
    source: Any = None

    def part(self, box: Box) -> Pixels:
        """The pixels of ``box``, none for a box off the page."""
        x0, top = max(0, int(box.x0 * self.scale)), max(0, int(box.top * self.scale))
        return self.gray[top : max(top, round(box.bottom * self.scale)), x0 : max(x0, round(box.x1 * self.scale))]


def render(page: pymupdf.Page, turned: Turn = 0) -> PagePicture:
    """``page``, ``turned`` clockwise, in grey at ``scale``, a very large page within ``most_pixels``."""
    scale = _scale(page)
    picture = _picture(page, scale, pymupdf.csGRAY)
    return PagePicture(_turned(np.frombuffer(picture.samples_mv, np.uint8), picture, turned)[:, :, 0], scale, picture)


def render_color(page: pymupdf.Page, turned: Turn = 0) -> Pixels:
    """The same picture in colour, rows × columns × red, green, blue."""
    picture = _picture(page, _scale(page), pymupdf.csRGB)
    return _turned(np.frombuffer(picture.samples, np.uint8), picture, turned)


def _scale(page: pymupdf.Page) -> float:
    area = page.rect.width * page.rect.height
    return float(min(SETTINGS.scale, (SETTINGS.most_pixels / max(area, 1.0)) ** 0.5))


def _picture(page: pymupdf.Page, scale: float, colors: Any) -> pymupdf.Pixmap:
    return page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=colors, alpha=False)


def _turned(samples: Pixels, picture: pymupdf.Pixmap, turned: Turn) -> Pixels:
    pixels = samples.reshape(picture.height, picture.width, picture.n)
    return np.rot90(pixels, -turned // 90) if turned else pixels
