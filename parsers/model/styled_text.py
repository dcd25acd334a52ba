"""Text with the stretches of it that a page marks: underlined, struck through, coloured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of character offsets."""

    start: int
    end: int


class ColorSpan(NamedTuple):
    """A stretch in a colour other than the ordinary one of its surroundings; ``color`` is ``#rrggbb``."""

    start: int
    end: int
    color: str


@dataclass(frozen=True, slots=True)
class StyledText:
    """Verbatim text and its marked stretches; each list is sorted, its spans neither empty nor touching each other."""

    text: str
    underlines: tuple[Span, ...] = ()
    strikethroughs: tuple[Span, ...] = ()
    colored: tuple[ColorSpan, ...] = ()

    def slice(self, start: int, end: int) -> StyledText:
        """The stretch ``start:end`` (half-open) with its marks, offsets counted from ``start``."""
        return StyledText(
            self.text[start:end],
            tuple(_clip(self.underlines, start, end)),
            tuple(_clip(self.strikethroughs, start, end)),
            tuple(
                ColorSpan(max(span.start, start) - start, min(span.end, end) - start, span.color)
                for span in self.colored
                if span.start < end and span.end > start
            ),
        )


def _clip(spans: Iterable[Span], start: int, end: int) -> Iterable[Span]:
    return (
        Span(max(s.start, start) - start, min(s.end, end) - start) for s in spans if s.start < end and s.end > start
    )


def join_styled(parts: Iterable[StyledText]) -> StyledText:
    """The parts one after the other; marks that meet at a seam become one."""
    text: list[str] = []
    underlines: list[Span] = []
    strikethroughs: list[Span] = []
    colored: list[ColorSpan] = []
    offset = 0
    for part in parts:
        text.append(part.text)
        underlines += [Span(s.start + offset, s.end + offset) for s in part.underlines]
        strikethroughs += [Span(s.start + offset, s.end + offset) for s in part.strikethroughs]
        colored += [ColorSpan(s.start + offset, s.end + offset, s.color) for s in part.colored]
        offset += len(part.text)
    return StyledText("".join(text), merge_spans(underlines), merge_spans(strikethroughs), merge_colors(colored))


def unstruck(text: StyledText) -> str:
    """The text's characters without those that are struck through."""
    return "".join(
        character
        for at, character in enumerate(text.text)
        if not any(span.start <= at < span.end for span in text.strikethroughs)
    )


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans with those that touch or overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.end > span.start:
            merged.append(span)
    return tuple(merged)


def merge_colors(spans: Iterable[ColorSpan]) -> tuple[ColorSpan, ...]:
    """Sorted colour spans with neighbours of the same colour made one."""
    merged: list[ColorSpan] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end and span.color == merged[-1].color:
            merged[-1] = ColorSpan(merged[-1].start, max(merged[-1].end, span.end), span.color)
        elif span.end > span.start:
            merged.append(span)
    return tuple(merged)
