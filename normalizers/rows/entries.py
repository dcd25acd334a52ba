"""Entries of a comparison that stand for other text: （同左） for the other column's, （略） for text not printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, pairwise
from typing import Literal, NamedTuple

from pydantic import RootModel
from rapidfuzz import fuzz, process

from normalizers.aims.prefix import target_prefix
from normalizers.model.reasons import Reason
from normalizers.model.records import Measure, Target
from normalizers.rows.confidence import with_reason
from normalizers.rows.measures import paragraph_index
from normalizers.rows.ordered_pairs import SAME_LINE, ordered_pairs
from normalizers.text.characters import normalize
from normalizers.text.fiscal_years import read_fiscal_year
from normalizers.text.markers import read_marker
from parsers.model.data_file import read_data
from parsers.model.document import Paragraph

EntryKind = Literal["same", "omitted", "added", "removed"]


@dataclass(frozen=True, slots=True)
class EntrySettings:
    """Entries that stand for other text."""

    longest_entry: int = 24
    """Characters: a longer text speaks for itself. Chosen."""
    begins_above: float = 3.0
    """Points by which what an entry stands for may begin above it in the other column."""


SETTINGS = EntrySettings()


_SEVERAL_YEARS = 3
"""Years from which on （同左） is not of the other edition but of the column on the left."""

_BRACKETS = "()[]【】〔〕<>《》〈〉「」。"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry at ``index`` of a document's paragraphs; ``stands_for`` are the indices of the other edition's text.

    ``sure`` tells that a number, the place among as many or the height on the page says so, not what is left alone.
    """

    index: int
    kind: EntryKind
    stands_for: tuple[int, ...]
    sure: bool = True


def read_entry(text: str) -> EntryKind | None:
    """What a verbatim text says as an entry; None for text of its own. Its mark and a target's label are left aside."""
    if len(text) > SETTINGS.longest_entry:
        return None
    prefix = target_prefix(text)
    marker = read_marker(text)
    labelled = marker is not None and marker.kind.name in ("lenticular", "angle")
    start = prefix.offset if prefix.kind is not None else marker.end if marker is not None and not labelled else 0
    closed = "".join(normalize(text[start:]).text.split()).strip(_BRACKETS)
    return next((kind for kind, pattern in _patterns() if pattern.fullmatch(closed)), None)


def read_entries(paragraphs: Sequence[Paragraph]) -> tuple[Entry, ...]:
    """All entries in the columns of a comparison, with what each stands for in the same row."""
    found = {
        index: kind
        for index, paragraph in enumerate(paragraphs)
        if paragraph.edition in ("new", "old") and (kind := read_entry(paragraph.text.text)) is not None
    }
    rows: dict[tuple[int, int], list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.edition in ("new", "old") and not paragraph.annotation:
            rows.setdefault((paragraph.part, paragraph.row), []).append(index)
    means: dict[int, _Meant] = {}
    for row in rows.values():
        if not found.keys().isdisjoint(row):
            means |= _meant_in_row(row, paragraphs, found)
    return tuple(Entry(index, kind, *means.get(index, _NOTHING)) for index, kind in found.items())


class _Meant(NamedTuple):
    """What an entry stands for, and whether that is sure."""

    stands_for: tuple[int, ...]
    sure: bool = True


_NOTHING = _Meant(())


def _meant_in_row(
    row: Sequence[int], paragraphs: Sequence[Paragraph], entries: Mapping[int, EntryKind]
) -> dict[int, _Meant]:
    """What each entry of a row stands for in the other edition: all, for an entry alone in its column.

    Else what lies between the same neighbours in both columns: texts that wrap shift the columns against each other.
    Of several paragraphs there an entry means the one with its number, or of as many as its own column has the one
    in its place, or those beside it, or, where it is the only entry, all; the last is a guess, and so is a place among
    lines that are no entries where the height on the page tells otherwise.
    """
    means: dict[int, _Meant] = {}
    for own, other in _facing(row, paragraphs):
        # （同左） of a year that says （同左） itself stands for what that one does.
        others = [at for at in other if at not in entries or means.get(at, _NOTHING).stands_for]
        pairs = _anchors([at for at in own if at not in entries], [at for at in other if at not in entries], paragraphs)
        for index in own:
            if index in entries:
                meant = _meant_by(index, own, others, pairs, paragraphs, entries)
                stands_for = (means[at].stands_for if at in entries else (at,) for at in meant.stands_for)
                means[index] = _Meant(tuple(chain.from_iterable(stands_for)), meant.sure)
    return means


def _facing(row: Sequence[int], paragraphs: Sequence[Paragraph]) -> list[tuple[list[int], list[int]]]:
    """The paragraphs of each column of a row with those of the column that its entries point to: the other edition, in
    a table of three years or more the year on the left.
    """
    years: dict[int, list[int]] = {}
    for at in row:
        year = read_fiscal_year(normalize(paragraphs[at].column_title or "").text)
        if year is not None:
            years.setdefault(year, []).append(at)
    if len(years) < _SEVERAL_YEARS or sum(map(len, years.values())) < len(row):
        new, old = ([at for at in row if paragraphs[at].edition == edition] for edition in ("new", "old"))
        return [(new, old), (old, new)]
    columns = sorted(years.values(), key=lambda side: min(paragraphs[at].column for at in side))
    return [(columns[0], columns[1]), *((own, left) for left, own in pairwise(columns))]


def _meant_by(
    index: int,
    own: Sequence[int],
    others: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    paragraphs: Sequence[Paragraph],
    entries: Mapping[int, EntryKind],
) -> _Meant:
    """What one entry stands for among the ``others``; ``pairs`` are the lines that both columns have."""
    if own == [index]:
        return _Meant(tuple(others))
    ends = len(paragraphs), len(paragraphs)
    before = max((pair for pair in pairs if pair[0] < index), default=(-1, -1))
    after = min((pair for pair in pairs if pair[0] > index), default=ends)
    between = [at for at in others if before[1] < at < after[1]]
    among = [at for at in own if before[0] < at < after[0]]
    meant = _beside(index, among, between, own, paragraphs, alone=all(at in entries for at in among))
    if not meant.stands_for and sum(at in entries for at in among) == 1:
        return _Meant(tuple(between), sure=False)
    return meant


def _beside(
    index: int,
    among: Sequence[int],
    between: Sequence[int],
    own: Sequence[int],
    paragraphs: Sequence[Paragraph],
    *,
    alone: bool,
) -> _Meant:
    """What of ``between`` has an entry's number, its place ``among`` as many, or stands beside it; else nothing.

    ``alone`` tells that all of ``among`` are entries.
    """
    number = _number(paragraphs[index])
    numbered = [at for at in between if number is not None and _number(paragraphs[at]) == number]
    if len(numbered) == 1:
        return _Meant(tuple(numbered))
    top = _top(paragraphs[index])
    end = min((_top(paragraphs[at]) for at in own if at > index), default=(10**9, 0.0))
    beside = tuple(at for at in between if top <= _top(paragraphs[at]) < end)
    if len(among) != len(between):
        return _Meant(beside)
    placed = (between[among.index(index)],)
    return _Meant(placed, sure=alone or beside == placed)


def _anchors(new: Sequence[int], old: Sequence[int], paragraphs: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """The lines that both columns of a row have, alike and in the same order."""
    texts = [["".join(normalize(paragraphs[at].text.text).text.split()) for at in side] for side in (new, old)]
    alike = process.cdist(*texts, scorer=fuzz.ratio, score_cutoff=100 * SAME_LINE)
    return [(new[i], old[j]) for i, j in ordered_pairs(len(new), len(old), lambda i, j: float(alike[i, j]))]


def _top(paragraph: Paragraph) -> tuple[int, float]:
    return paragraph.page, paragraph.box.top - SETTINGS.begins_above


def _number(paragraph: Paragraph) -> int | None:
    text = paragraph.text.text
    prefix = target_prefix(text)
    marker = read_marker(text)
    return prefix.number if prefix.kind is not None else marker.number if marker is not None else None


def targets_meant(
    entries: Sequence[Entry], targets: Sequence[tuple[int, Target]], measures: Mapping[int, Measure]
) -> list[tuple[int, Target]]:
    """The targets, by paragraph, without what was read in entries, and those of the text that （同左） stands for.

    Such a target has the other column's words, and edition, year and place of the entry; it is doubted where the text
    that the entry stands for is a guess.
    """
    by_index = {entry.index: entry for entry in entries}
    kept = [(index, target) for index, target in targets if index not in by_index]
    meant: list[tuple[int, Target]] = []
    for entry in entries:
        measure = measures.get(entry.index)
        if entry.kind != "same" or measure is None:
            continue
        meant += [
            (entry.index, _repeated(target, measure, sure=entry.sure))
            for _, target in kept
            if paragraph_index(target.measure_id) in entry.stands_for
        ]
    return [*kept, *meant]


def _repeated(target: Target, measure: Measure, *, sure: bool) -> Target:
    repeated = replace(
        target,
        measure_id=measure.measure_id,
        edition=measure.edition,
        plan_title=measure.plan_title,
        fiscal_year=measure.fiscal_year,
        value_underlined=False,
        page=measure.page,
        box=measure.box,
    )
    return repeated if sure else with_reason(repeated, Reason("entry_guessed"))


class _Table(RootModel[dict[EntryKind, tuple[re.Pattern[str], ...]]]):
    """Patterns by what an entry says."""


@cache
def _patterns() -> tuple[tuple[EntryKind, re.Pattern[str]], ...]:
    table = read_data("normalizers.rows", "entries.toml", _Table).root
    return tuple((kind, pattern) for kind, patterns in table.items() for pattern in patterns)
