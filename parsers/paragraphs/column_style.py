"""How a column of text is set, counted over the whole document: what geometry alone leaves open is decided by it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalizers.text.markers import read_marker
from parsers.paragraphs.line_breaks import ends_open, ends_sentence, leaves_room
from parsers.paragraphs.placed_lines import ColumnStyle, PlacedLine
from parsers.paragraphs.set_apart import SETTINGS as SET_APART


@dataclass(frozen=True, slots=True)
class ColumnStyleSettings:
    """How a column sets its paragraphs, told from all of its lines."""

    fewest_breaks: int = 3
    """Sentences that end a line early, from which on the column breaks after every sentence. Chosen."""
    fewest_headings: int = 3
    """Headings with one kind of mark, from which on the mark is one of headings. Chosen."""


SETTINGS = ColumnStyleSettings()


_SENTENCE_AMID = re.compile(r"。(?![」』）)])(?=.)")


def read_column_style(columns: Iterable[Sequence[PlacedLine]]) -> ColumnStyle:
    """The style of one column of a document; ``columns`` are its lines row by row."""
    rows = list(columns)
    return ColumnStyle(_ends_with_sentences(rows), _heading_marks(rows))


def _ends_with_sentences(columns: Sequence[Sequence[PlacedLine]]) -> bool:
    """Sentences that visibly end a paragraph of plain text counted against sentences that end amid a line."""
    breaks = amid = 0
    for lines in columns:
        for one, other in pairwise(lines):
            amid += len(_SENTENCE_AMID.findall(one.text))
            plain = ends_sentence(one.text) and read_marker(other.text) is None
            same = abs(one.indent - other.indent) <= SET_APART.same_indent * other.line.size
            breaks += plain and same and leaves_room(one.line, one.right, other.line)
    return breaks >= max(amid, SETTINGS.fewest_breaks)


def _heading_marks(columns: Sequence[Sequence[PlacedLine]]) -> frozenset[str]:
    """Kinds of marks whose lines, where they visibly end, are headings over plain text and never a sentence."""
    headings: Counter[str] = Counter()
    items: set[str] = set()
    for lines in columns:
        for one, other in pairwise(lines):
            marker = read_marker(one.text)
            if marker is None or not marker.kind.splits or not leaves_room(one.line, one.right, other.line):
                continue
            if ends_sentence(one.text) or ends_open(one.text):
                items.add(marker.kind.name)
            elif read_marker(other.text) is None:
                headings[marker.kind.name] += 1
    return frozenset(
        name for name, count in headings.items() if count >= SETTINGS.fewest_headings and name not in items
    )
