"""Struck text is deleted; a plan that strikes and inserts in one column shows two editions: both are made out of it.

The cells keep the text as printed. A paragraph of the new edition is without what is struck, one of the old edition
without what is marked as inserted: in the colour of what is struck, underlined, or coloured right beside a struck word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from parsers.model.document import Edition, Paragraph, TextPiece
from parsers.model.styled_text import Span, join_styled, merge_spans

# Of so many places that are struck and worded anew a document is made of two editions; fewer are corrections.
FEWEST_REVISIONS = 3
# What such a document calls itself.
_NAMES_ITSELF = re.compile(
    "見え消し|見消し|変更履歴|新旧|修正箇所|変更箇所|改正箇所|改定箇所|取り?消し?線|追加は|削除は|追記は"
)


class Revised(NamedTuple):
    """``paragraphs`` without struck text; ``comparison`` tells that two editions were made out of one column."""

    paragraphs: tuple[Paragraph, ...]
    comparison: bool


def part_revisions(paragraphs: Sequence[Paragraph], title: str = "") -> Revised:
    """The paragraphs with struck text taken out, or as two editions where struck and inserted text show these.

    What stands in the old column of a comparison is that edition's text, struck or not. ``title`` is the document's.
    """
    if not any(paragraph.text.strikethroughs for paragraph in paragraphs):
        return Revised(tuple(paragraphs), False)
    single = [paragraph for paragraph in paragraphs if paragraph.edition == "single"]
    colors = _revision_colors(single)
    places = sum(len(paragraph.text.strikethroughs) for paragraph in single if _inserted(paragraph, colors))
    named = any(_NAMES_ITSELF.search(text) for text in (title, *(paragraph.text.text for paragraph in single)))
    if places and (named or places >= FEWEST_REVISIONS):
        return Revised(_in_order(_both_editions(paragraphs, colors)), True)
    kept = [
        (index, paragraph if paragraph.edition == "old" else without(paragraph, paragraph.text.strikethroughs))
        for index, paragraph in enumerate(paragraphs)
    ]
    return Revised(_in_order([(index, paragraph) for index, paragraph in kept if paragraph is not None]), False)


def without(paragraph: Paragraph, spans: Sequence[Span]) -> Paragraph | None:
    """The paragraph without ``spans`` of its text (sorted, apart); None where only blanks are left."""
    if not spans:
        return paragraph
    ends = [0, *(edge for span in spans for edge in span), len(paragraph.text.text)]
    kept = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if start < end]
    text = join_styled(paragraph.text.slice(start, end) for start, end in kept)
    if not text.text.strip():
        return None
    pieces = tuple(_moved(paragraph.pieces, kept))
    return replace(paragraph, text=text, pieces=pieces or paragraph.pieces[:1])


def _moved(pieces: Iterable[TextPiece], kept: Sequence[Span]) -> Iterable[TextPiece]:
    for piece in pieces:
        before = sum(max(0, min(span.end, piece.start) - span.start) for span in kept)
        left = [piece.cut(span.start, span.end) for span in kept if span.start < piece.end and span.end > piece.start]
        if left:
            extents = tuple(edge for part in left for edge in part.extents)
            length = sum(part.end - part.start for part in left)
            yield piece._replace(start=before, end=before + length, extents=extents)


def _revision_colors(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The colours of struck text, and of text right beside it."""
    return frozenset(
        colored.color
        for paragraph in paragraphs
        for span in paragraph.text.strikethroughs
        for colored in paragraph.text.colored
        if colored.start <= span.end and span.start <= colored.end
    )


def _inserted(paragraph: Paragraph, colors: frozenset[str]) -> tuple[Span, ...]:
    """The stretches of a paragraph that are marked as inserted."""
    text = paragraph.text
    struck = text.strikethroughs
    if colors:
        marked = [Span(span.start, span.end) for span in text.colored if span.color in colors]
    else:
        beside = {edge for span in struck for edge in span}
        marked = [
            *text.underlines,
            *(Span(span.start, span.end) for span in text.colored if span.start in beside or span.end in beside),
        ]
    return tuple(_less(merge_spans(marked), struck))


def _less(spans: Iterable[Span], taken: Sequence[Span]) -> Iterable[Span]:
    """The parts of ``spans`` outside ``taken`` (both sorted)."""
    for span in spans:
        start = span.start
        for other in taken:
            if other.end <= start or other.start >= span.end:
                continue
            if other.start > start:
                yield Span(start, other.start)
            start = max(start, other.end)
        if start < span.end:
            yield Span(start, span.end)


def _both_editions(paragraphs: Sequence[Paragraph], colors: frozenset[str]) -> list[tuple[int, Paragraph]]:
    """Every paragraph with its index, in the editions that it speaks for, row by row."""
    both: list[tuple[int, Paragraph]] = []
    rows = groupby(enumerate(paragraphs), key=lambda pair: (pair[1].part, pair[1].row, pair[1].column))
    for _, row in rows:
        new: list[tuple[int, Paragraph]] = []
        old: list[tuple[int, Paragraph]] = []
        for index, paragraph in row:
            if paragraph.edition != "single":
                new.append((index, paragraph))
                continue
            _add(new, index, without(paragraph, paragraph.text.strikethroughs), "new")
            if not paragraph.annotation:
                _add(old, index, without(paragraph, _inserted(paragraph, colors)), "old")
        both += [*new, *old]
    return both


def _add(to: list[tuple[int, Paragraph]], index: int, paragraph: Paragraph | None, edition: Edition) -> None:
    if paragraph is not None:
        to.append((index, replace(paragraph, edition=edition)))


def _in_order(indexed: Sequence[tuple[int, Paragraph]]) -> tuple[Paragraph, ...]:
    """The paragraphs, with what stands ``beside`` them named by its new index (its first, where it has two)."""
    places: dict[int, int] = {}
    for place, (index, _) in enumerate(indexed):
        places.setdefault(index, place)
    return tuple(
        replace(paragraph, beside=tuple(places[other] for other in paragraph.beside if other in places))
        if paragraph.beside
        else paragraph
        for _, paragraph in indexed
    )
