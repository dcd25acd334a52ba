"""Lines below a head that tells of what was or is (【現状】, これまで, 令和5年度の実績): their figures are no aims."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from normalizers.outline.outline import SETTINGS as OUTLINE
from normalizers.outline.outline import Place
from normalizers.outline.patterns import pattern
from normalizers.outline.plan_line import Line
from normalizers.outline.row_labels import Row, row_of
from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_years
from parsers.model.document import Paragraph


@dataclass(frozen=True, slots=True)
class LookingBackSettings:
    """Which lines are heads. Both chosen."""

    longest_past_head: int = 30
    """Characters of a head, mark and brackets left aside."""
    indent_tolerance: float = 4.0
    """Points by which a line may begin further left than the head that it stands below."""


SETTINGS = LookingBackSettings()

_LOOKS_BACK = pattern("looking_back.head")
_LOOKS_AHEAD = pattern("looking_back.ahead")
_BRACKETED = re.compile(r"[(\[【〔<〈《「『]([^()\[\]【】〔〕<>〈〉《》「」『』]+)[)\]】〕>〉》」』] *[:：]?")
_REFERENCE = pattern("looking_back.reference_label")
_BLANKS = re.compile(r"\s+")


def rows_looking_back(paragraphs: Sequence[Paragraph], fiscal_year: int | None) -> frozenset[Row]:
    """The rows of forms whose label looks back: 現状と課題 beside what is told of it."""
    return frozenset(
        row_of(paragraph)
        for paragraph in paragraphs
        if paragraph.place is not None and paragraph.place.column_role == "number"
        if _tells_of_past(_bare_text(normalize(paragraph.text.text).text), fiscal_year)
    )


def below_looking_back(
    lines: Sequence[Line],
    places: Sequence[Place],
    fiscal_years: Sequence[int | None],
    rows: Collection[Row] = (),
) -> set[int]:
    """The lines of one edition, by position, that stand below a head that looks back and before what ends its text.

    ``fiscal_years`` are those for which the lines speak, by position: a head with that year or a later one looks ahead.
    Lines in ``rows`` stand beside such a head.
    """
    found: set[int] = set()
    head: int | None = None
    for position, line in enumerate(lines):
        if line.role == "annotation":
            continue
        if head is not None and _ends(lines, places, head, position):
            head = None
        if _looks_back(line, fiscal_years[position]):
            head = position
        elif head is not None or row_of(line.paragraph) in rows:
            found.add(position)
    return found


def _looks_back(line: Line, fiscal_year: int | None) -> bool:
    if line.role not in ("item", "prose", "figure", "note") or line.paragraph.place is not None:
        return False
    return _tells_of_past(_head_text(line), fiscal_year)


def _tells_of_past(text: str, fiscal_year: int | None) -> bool:
    if len(text) > SETTINGS.longest_past_head or _LOOKS_BACK.fullmatch(text) is None:
        return False
    years = [mention.year for mention in read_years(text)]
    return not years or (fiscal_year is not None and max(years) < fiscal_year)


def _head_text(line: Line) -> str:
    """A line, normalised, without its mark, the brackets around it and blanks."""
    verbatim = line.paragraph.text.text
    mark = line.marker
    bare = verbatim if mark is None or mark.kind.label else verbatim[mark.end :]
    return _bare_text(normalize(bare).text)


def _bare_text(text: str) -> str:
    """A normalised text without the brackets around it and blanks."""
    text = _REFERENCE.sub("", text.strip())
    inner = _BRACKETED.fullmatch(text)
    return _BLANKS.sub("", inner[1] if inner is not None else text).rstrip(":：")


def _ends(lines: Sequence[Line], places: Sequence[Place], head: int, position: int) -> bool:
    """Whether the text below the line ``head`` has ended before the line at ``position``."""
    line, first = lines[position], lines[head]
    if line.role == "section" or line.opens_block or not _same_text(lines, head, position):
        return True
    if _is_sibling(line, first) or not _beneath_same(places, head, position):
        return True
    may_end = first.role == "item" or _heads_beside(lines, head, position)
    if line.role == "item" and not _beneath(places, head, position) and may_end:
        return True
    bare = _head_text(line)
    return len(bare) <= SETTINGS.longest_past_head and _LOOKS_AHEAD.fullmatch(bare) is not None


def _same_text(lines: Sequence[Line], head: int, position: int) -> bool:
    """Whether a line stands in the cell of the head, or in the one behind that where the head is alone in its own."""
    own, first = lines[position].paragraph, lines[head].paragraph
    if own.place is not None or own.part != first.part:
        return False
    if own.cell_id == first.cell_id:
        return True
    behind = lines[head + 1].paragraph.cell_id
    alone = head == 0 or lines[head - 1].paragraph.cell_id != first.cell_id
    return alone and first.cell_id is not None and behind is not None and own.cell_id == behind != first.cell_id


def _is_sibling(line: Line, head: Line) -> bool:
    """Whether a line is set as the head is: in brackets as a whole, with the same mark at its own indent or in bold."""
    if line.marker is not None and head.marker is not None and line.marker.kind.name == head.marker.kind.name:
        further = line.paragraph.indent > head.paragraph.indent + SETTINGS.indent_tolerance
        return not (further and line.paragraph.cell_id == head.paragraph.cell_id)
    if _is_bracketed(head):
        return _is_bracketed(line)
    alone = head.marker is None and line.marker is None
    return alone and head.paragraph.bold and line.paragraph.bold and not any(map(str.isdecimal, line.text))


def _heads_beside(lines: Sequence[Line], head: int, position: int) -> bool:
    """Whether an item is none of the list below the head: a label, or of a kind that stands above the head too."""
    line, first = lines[position], lines[head]
    if line.marker is None or line.marker.kind.label:
        return True
    if line.paragraph.cell_id is not None and line.paragraph.cell_id == first.paragraph.cell_id:
        return False
    kind = line.marker.kind.name
    above = (other.marker for other in lines[:head] if other.role == "item")
    return line.marker.kind.rank < OUTLINE.bullet_rank and any(
        own is not None and own.kind.name == kind for own in above
    )


def _is_bracketed(line: Line) -> bool:
    return _BRACKETED.fullmatch(line.text.strip()) is not None


def _beneath_same(places: Sequence[Place], head: int, position: int) -> bool:
    """Whether a line stands beneath what the head stands beneath."""
    outer = places[head].parent
    return places[position].section == places[head].section and (outer is None or _beneath(places, outer, position))


def _beneath(places: Sequence[Place], outer: int, position: int) -> bool:
    at: int | None = position
    while at is not None and at != outer:
        at = places[at].parent
    return at == outer
