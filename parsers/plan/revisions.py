"""Struck text is deleted; a plan that strikes and inserts in one column shows two editions: both are made out of it.

The cells keep the text as printed. A paragraph of the new edition is without what is struck, one of the old edition
without what is marked as inserted: in a colour that struck text has or that stands right beside it, else underlined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.markers import read_marks
from parsers.model.document import Correction, Edition, Paragraph, TextPiece
from parsers.model.styled_text import Span, StyledText, join_styled, merge_spans
from parsers.plan.furniture_words import fits, patterns, plain


@dataclass(frozen=True, slots=True)
class RevisionSettings:
    """When struck text makes two editions; with less it corrects a plan of one."""

    fewest_reworded: int = 2
    """Lines that show struck text with what was inserted for it right beside it. Chosen."""
    fewest_revisions: int = 3
    """Or struck stretches that stand in lines with inserted text. Chosen."""


SETTINGS = RevisionSettings()


class Revised(NamedTuple):
    """``paragraphs`` without struck text; ``comparison`` tells that two editions were made out of one column.

    ``corrections`` is what a plan of one edition strikes here and there.
    """

    paragraphs: tuple[Paragraph, ...]
    comparison: bool = False
    corrections: tuple[Correction, ...] = ()


def part_revisions(
    paragraphs: Sequence[Paragraph],
    lines: Iterable[str] = (),
    title: str = "",
    titles_printed: Iterable[StyledText] = (),
) -> Revised:
    """The paragraphs with struck text taken out, or as two editions where struck and inserted text show these.

    A document that calls itself so, in its text or in one of the other ``lines`` of its pages, needs one such place
    only. Both editions have the document's ``title``, the old one that of ``titles_printed`` where it is struck. What
    stands in the old column of a comparison is that edition's text, struck or not.
    """
    if not any(paragraph.text.strikethroughs for paragraph in paragraphs):
        return Revised(tuple(paragraphs))
    single = [paragraph for paragraph in paragraphs if paragraph.edition == "single"]
    lines = tuple(lines)
    colors = _insertion_colors(single)
    if _is_revised(single, colors, [*(paragraph.text.text for paragraph in single), *lines]):
        before = next(
            (_kept(text, _inserted(text, colors)).text for text in titles_printed if text.strikethroughs), title
        )
        if before == title:
            said = [title, *lines, *(paragraph.text.text for paragraph in single)]
            before = next((found for text in said if (found := _changed_from(text))), title)
        titles: Mapping[Edition, str | None] = {"new": title or None, "old": before or None}
        return Revised(_in_order(_both_editions(paragraphs, colors, titles)), comparison=True)
    kept = [
        (index, paragraph if paragraph.edition == "old" else without(paragraph, paragraph.text.strikethroughs))
        for index, paragraph in enumerate(paragraphs)
    ]
    left = [(index, paragraph) for index, paragraph in kept if paragraph is not None]
    places = {index: place for place, (index, _) in enumerate(left)}
    corrections = (
        Correction(places.get(index), paragraph.text, _inserted(paragraph.text, colors))
        for index, paragraph in enumerate(paragraphs)
        if paragraph.edition == "single" and paragraph.text.strikethroughs
    )
    return Revised(_in_order(left), corrections=tuple(corrections))


def _changed_from(text: str) -> str | None:
    """The plan or year that a line names as the one whose changes are shown: 令和5年度計画からの変更を…示す."""
    found = next((found for pattern in patterns("changed_from") if (found := pattern.search(plain(text)))), None)
    return found["plan"] if found is not None and read_fiscal_year(found["plan"]) is not None else None


def _is_revised(paragraphs: Sequence[Paragraph], colors: frozenset[str], texts: Iterable[str]) -> bool:
    """Whether what is struck and inserted shows two editions."""
    inserted = [_inserted(paragraph.text, colors) for paragraph in paragraphs]
    places = sum(
        len(paragraph.text.strikethroughs) for paragraph, spans in zip(paragraphs, inserted, strict=True) if spans
    )
    replaced = sum(
        any(_beside(struck, span, paragraph.text.text) for struck in paragraph.text.strikethroughs for span in spans)
        for paragraph, spans in zip(paragraphs, inserted, strict=True)
    )
    if replaced >= SETTINGS.fewest_reworded or places >= SETTINGS.fewest_revisions:
        return True
    return places > 0 and any(fits("revision", plain(text)) for text in texts)


def without(paragraph: Paragraph, spans: Sequence[Span]) -> Paragraph | None:
    """The paragraph without ``spans`` of its text (sorted, apart); None where at most the marks of a list are left."""
    if not spans:
        return paragraph
    text = _kept(paragraph.text, spans)
    marks = read_marks(text.text)
    if not text.text[marks[-1].end if marks else 0 :].strip():
        return None
    pieces = tuple(_moved(paragraph.pieces, _outside(spans, len(paragraph.text.text))))
    return replace(paragraph, text=text, pieces=pieces or paragraph.pieces[:1])


def _kept(text: StyledText, spans: Sequence[Span]) -> StyledText:
    """The text without ``spans`` of it."""
    return join_styled(text.slice(start, end) for start, end in _outside(spans, len(text.text)))


def _outside(spans: Sequence[Span], length: int) -> list[Span]:
    ends = [0, *(edge for span in spans for edge in span), length]
    return [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if start < end]


def _moved(pieces: Iterable[TextPiece], kept: Sequence[Span]) -> Iterable[TextPiece]:
    for piece in pieces:
        before = sum(max(0, min(span.end, piece.start) - span.start) for span in kept)
        left = [piece.cut(span.start, span.end) for span in kept if span.start < piece.end and span.end > piece.start]
        if left:
            extents = tuple(edge for part in left for edge in part.extents)
            length = sum(part.end - part.start for part in left)
            yield piece._replace(start=before, end=before + length, extents=extents)


def _insertion_colors(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The colours of inserted text: those of text right beside struck text, and those that struck text shares."""
    struck: set[str] = set()
    plain_text: set[str] = set()
    beside: set[str] = set()
    for paragraph in paragraphs:
        text = paragraph.text
        for color in text.colored:
            if any(color.start < span.end and span.start < color.end for span in text.strikethroughs):
                struck.add(color.color)
            for part in _less([Span(color.start, color.end)], text.strikethroughs):
                plain_text.add(color.color)
                if any(_beside(span, part, text.text) for span in text.strikethroughs):
                    beside.add(color.color)
    return frozenset(beside | (struck & plain_text))


def _beside(struck: Span, other: Span, text: str) -> bool:
    """Whether nothing but blanks stands between two stretches."""
    first, second = sorted((struck, other))
    return not text[first.end : second.start].strip()


def _inserted(text: StyledText, colors: frozenset[str]) -> tuple[Span, ...]:
    """The stretches of a text that are marked as inserted."""
    marked = [Span(span.start, span.end) for span in text.colored if span.color in colors]
    return tuple(_less(merge_spans(marked if colors else text.underlines), text.strikethroughs))


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


def _both_editions(
    paragraphs: Sequence[Paragraph], colors: frozenset[str], titles: Mapping[Edition, str | None]
) -> list[tuple[int, Paragraph]]:
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
            _add(new, index, without(paragraph, paragraph.text.strikethroughs), "new", titles)
            if not paragraph.annotation:
                _add(old, index, without(paragraph, _inserted(paragraph.text, colors)), "old", titles)
        both += [*new, *old]
    return both


def _add(
    to: list[tuple[int, Paragraph]],
    index: int,
    paragraph: Paragraph | None,
    edition: Edition,
    titles: Mapping[Edition, str | None],
) -> None:
    if paragraph is not None:
        to.append((index, replace(paragraph, edition=edition, column_title=titles[edition])))


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
