"""Breaking paragraphs into printed lines as a Japanese word processor does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.sample.fonts import character_width

_UNBREAKABLE = re.compile(r"[0-9０-９][0-9０-９.,．，]*[%％]?|[A-Za-zＡ-Ｚａ-ｚ]+")
_NOT_AT_START = set("、。，．)）」』】〕,.:：;%％・ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々")
_NOT_AT_END = set("(（「『【〔")


@dataclass(frozen=True, slots=True)
class Type:
    """A typeface in a size (points)."""

    font: str
    size: float

    def width(self, text: str) -> float:
        """How wide the text is, in points."""
        return sum(character_width(self.font, c) for c in text) * self.size


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: characters ``start:end`` of its paragraph, beginning ``indent`` points right of the column's edge."""

    start: int
    end: int
    indent: float


def break_lines(
    text: str, face: Type, width: float, *, first_indent: float, later_indent: float
) -> tuple[SetLine, ...]:
    """The lines of a paragraph in a column of ``width`` points: numbers and Latin words stay whole, no line begins
    with a closing mark or ends with an opening one."""
    lines: list[SetLine] = []
    start, indent = 0, first_indent
    pieces = _pieces(text)
    position, line_width = 0, 0.0
    for begin, end in pieces:
        piece_width = face.width(text[begin:end])
        if position > start and line_width + piece_width > width - indent:
            lines.append(SetLine(start, begin, indent))
            start, indent, line_width = begin, later_indent, 0.0
        line_width += piece_width
        position = end
    lines.append(SetLine(start, len(text), indent))
    return tuple(lines)


def _pieces(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that no line end may part."""
    pieces: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and text[end] in _NOT_AT_END:
            end += 1
        found = _UNBREAKABLE.match(text, end)
        end = found.end() if found else min(end + 1, len(text))
        while end < len(text) and text[end] in _NOT_AT_START:
            end += 1
        pieces.append((at, end))
        at = end
    return pieces
