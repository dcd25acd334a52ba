"""Targets that a page tells by their colour or underline, as a note on it says: ※赤字は令和7年度のKPI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from normalizers.text.characters import normalize
from parsers.model.data_file import read_data
from parsers.model.document import Paragraph
from parsers.model.styled_text import Span, StyledText

Hue = Literal["red", "green", "blue", "underline"]


@dataclass(frozen=True, slots=True)
class LegendSettings:
    """Which colours are a hue. Chosen."""

    strong: int = 140
    """The channel of a hue is at least so bright, of 255."""
    outshines: int = 60
    """It is brighter than both others by so much."""


SETTINGS = LegendSettings()


class _Mark(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: list[str]
    hue: Hue


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    joins: str
    targets: str


class _Table(BaseModel):
    """The file: what marks are called, and how a note says that they tell targets."""

    model_config = ConfigDict(extra="forbid")

    mark: list[_Mark]
    said: _Said


def told_by_legend(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The paragraphs outside tables of figures (by index) with figures in a mark that the document says tells targets.

    The note that says so is none of them.
    """
    legends = {index: hue for index, paragraph in enumerate(paragraphs) if (hue := _legend(paragraph)) is not None}
    hues = set(legends.values())
    if not hues:
        return frozenset()
    return frozenset(
        index
        for index, paragraph in enumerate(paragraphs)
        if index not in legends
        and paragraph.place is None
        and any(_holds_figure(paragraph.text, span) for hue in hues for span in _stretches(paragraph.text, hue))
    )


def _legend(paragraph: Paragraph) -> Hue | None:
    text = normalize(paragraph.text.text).text
    return next((hue for hue, pattern in _patterns() if pattern.search(text)), None)


@cache
def _patterns() -> tuple[tuple[Hue, re.Pattern[str]], ...]:
    table = read_data("normalizers.outline", "legends.toml", _Table)
    return tuple(
        (
            mark.hue,
            re.compile(
                f"(?:^|[^一-鿿])(?:{'|'.join(sorted(mark.words, key=len, reverse=True))})"
                f"{table.said.joins}{table.said.targets}"
            ),
        )
        for mark in table.mark
    )


def _stretches(text: StyledText, hue: Hue) -> Sequence[Span]:
    if hue == "underline":
        return text.underlines
    return [Span(span.start, span.end) for span in text.colored if _is_of_hue(span.color, hue)]


def _is_of_hue(color: str, hue: Hue) -> bool:
    channels = dict(zip(("red", "green", "blue"), bytes.fromhex(color[1:]), strict=True))
    own = channels.pop(hue)
    return own >= SETTINGS.strong and own - max(channels.values()) >= SETTINGS.outshines


def _holds_figure(text: StyledText, span: Span) -> bool:
    return any(character.isdecimal() for character in text.text[span.start : span.end])
