"""Pages of one document: paper, furniture, text with its marks, rules. Lengths in points, y downwards from the top."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from pipeline.sample import fonts
from pipeline.sample.style import Style
from pipeline.sample.typesetting import Type

BLACK = HexColor(0x000000)
RED = "#c00000"
_UNDERLINE_DROP = 0.14


class Sheet:
    """A document being set, page by page."""

    def __init__(
        self,
        size: tuple[float, float],
        style: Style,
        *,
        title: str,
        margins: tuple[float, float, float, float] = (62.0, 56.0, 56.0, 60.0),
    ) -> None:
        """``margins``: top, right, bottom, left."""
        fonts.register()
        self.width, self.height = size
        self.style = style
        self.top, right, bottom, self.left = margins
        self.right = self.width - right
        self.bottom = self.height - bottom
        self.font = fonts.EMBEDDED if style.embedded_font else fonts.NAMED
        self.page = 1
        self.y = self.top
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=size, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self._furnish()

    def face(self, size: float) -> Type:
        return Type(self.font, size)

    def new_page(self, *, turned: bool = False) -> None:
        """Finish this page and begin the next at its upper margin. A ``turned`` page is stored upright with an entry
        that has viewers show it across; everything is drawn as seen."""
        self.canvas.showPage()
        self.page += 1
        self.canvas.setPageRotation(90 if turned else 0)
        if turned:
            # The library exchanges width and height of a page that it is told to rotate.
            self.canvas.setPageSize((self.height, self.width))
            self.canvas.transform(0, 1, -1, 0, self.width, 0)
            right, bottom = self.width - self.right, self.height - self.bottom
            self.width, self.height = self.height, self.width
            self.right, self.bottom = self.width - right, self.height - bottom
        self.y = self.top
        self._furnish()

    def finish(self) -> bytes:
        """The PDF."""
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()

    def text(
        self, x: float, baseline: float, text: str, face: Type, *, color: Color = BLACK, bold: bool = False
    ) -> None:
        """Text from ``x`` on its baseline."""
        self.canvas.setFillColor(color)
        self.canvas.setFont(face.font, face.size)
        y = self.height - baseline
        if bold and self.style.bold == "outline":
            self.canvas.setStrokeColor(color)
            self.canvas.setLineWidth(face.size * 0.03)
            self.canvas.drawString(x, y, text, mode=2)
            return
        self.canvas.drawString(x, y, text)
        if bold and self.style.bold == "twice":
            self.canvas.drawString(x + 0.3, y, text)

    def centred(
        self, baseline: float, text: str, face: Type, *, x0: float | None = None, x1: float | None = None
    ) -> None:
        """Text in the middle between two edges, by default the margins."""
        left = self.left if x0 is None else x0
        right = self.right if x1 is None else x1
        self.text((left + right - face.width(text)) / 2, baseline, text, face, bold=True)

    def marked_text(
        self, x: float, baseline: float, text: str, face: Type, marks: Sequence[tuple[int, int]], *, bold: bool = False
    ) -> None:
        """Text with its changed stretches marked in the style's way."""
        at = 0
        for start, end in [*marks, (len(text), len(text))]:
            self._run(x + face.width(text[:at]), baseline, text[at:start], face, marked=False, bold=bold)
            self._run(x + face.width(text[:start]), baseline, text[start:end], face, marked=True, bold=bold)
            at = end

    def _run(self, x: float, baseline: float, text: str, face: Type, *, marked: bool, bold: bool) -> None:
        if not text:
            return
        red = marked and self.style.marking == "red"
        self.text(x, baseline, text, face, color=HexColor(RED) if red else BLACK, bold=bold)
        if not marked or red:
            return
        x1 = x + face.width(text)
        y = baseline + face.size * _UNDERLINE_DROP
        if self.style.marking == "rectangle":
            self.fill(x, y, x1, y + 0.6, 0x000000)
        else:
            self.rule(x, y, x1, y, 0.5)
            if self.style.marking == "double":
                self.rule(x, y + 1.3, x1, y + 1.3, 0.5)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6, *, dotted: bool = False) -> None:
        """A stroked line."""
        self.canvas.setStrokeColor(BLACK)
        self.canvas.setLineWidth(width)
        self.canvas.setDash([1, 2] if dotted else [])
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)
        self.canvas.setDash([])

    def fill(self, x0: float, y0: float, x1: float, y1: float, color: int) -> None:
        """A filled area."""
        self.canvas.setFillColor(HexColor(color))
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def border(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A border between two points in the style's way: stroked, or a thin filled rectangle."""
        if self.style.border == "rectangles":
            self.fill(x0 - 0.24, y0 - 0.24, x1 + 0.24, y1 + 0.24, 0x000000)
        else:
            self.rule(x0, y0, x1, y1, 0.6)

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A box."""
        self.canvas.setStrokeColor(BLACK)
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=1, fill=0)

    def _furnish(self) -> None:
        small = self.face(9)
        style = self.style
        if style.stamp:
            self.text(self.right - small.width(style.stamp), 34, style.stamp, small)
        if style.handout and self.page == 1:
            width = small.width(style.handout)
            self.frame(self.right - width - 10, 40, self.right, 55)
            self.text(self.right - width - 5, 51, style.handout, small)
        number = {"plain": f"{self.page}", "dashes": f"- {self.page} -", "of": f"{self.page}ページ"}[style.page_number]
        middle = (self.left + self.right) / 2
        self.text(middle - small.width(number) / 2, self.height - 26, number, small)
