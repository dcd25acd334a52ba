"""Entries of a comparison that stand for other text: （同左） for the other column's, （略） for text not printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pydantic import RootModel

from normalizers.aims.prefix import target_prefix
from normalizers.model.records import Measure, Target
from normalizers.rows.measures import paragraph_index
from normalizers.text.characters import normalize
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


_BRACKETS = "()[]【】〔〕<>《》〈〉「」。"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry at ``index`` of a document's paragraphs; ``stands_for`` are the indices of the other edition's text."""

    index: int
    kind: EntryKind
    stands_for: tuple[int, ...]


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
    return tuple(
        Entry(
            index, kind, _stands_for(index, paragraphs, rows.get((paragraphs[index].part, paragraphs[index].row), []))
        )
        for index, kind in found.items()
    )


def _stands_for(index: int, paragraphs: Sequence[Paragraph], row: Sequence[int]) -> tuple[int, ...]:
    """The other edition's paragraphs of the row: all for an entry alone in its column, else those beside it."""
    entry = paragraphs[index]
    own = [at for at in row if paragraphs[at].edition == entry.edition]
    others = [
        at for at in row if paragraphs[at].edition != entry.edition and read_entry(paragraphs[at].text.text) is None
    ]
    if own == [index]:
        return tuple(others)
    top = (entry.page, entry.box.top - SETTINGS.begins_above)
    below = [(paragraphs[at].page, paragraphs[at].box.top - SETTINGS.begins_above) for at in own if at > index]
    end = min(below, default=(10**9, 0.0))
    return tuple(at for at in others if top <= (paragraphs[at].page, paragraphs[at].box.top) < end)


def targets_meant(
    entries: Sequence[Entry], targets: Sequence[tuple[int, Target]], measures: Mapping[int, Measure]
) -> list[tuple[int, Target]]:
    """The targets, by paragraph, without what was read in entries, and those of the text that （同左） stands for.

    Such a target has the other column's words, and edition, year and place of the entry.
    """
    by_index = {entry.index: entry for entry in entries}
    kept = [(index, target) for index, target in targets if index not in by_index]
    meant: list[tuple[int, Target]] = []
    for entry in entries:
        measure = measures.get(entry.index)
        if entry.kind != "same" or measure is None:
            continue
        meant += [
            (entry.index, _repeated(target, measure))
            for _, target in kept
            if paragraph_index(target.measure_id) in entry.stands_for
        ]
    return [*kept, *meant]


def _repeated(target: Target, measure: Measure) -> Target:
    return replace(
        target,
        measure_id=measure.measure_id,
        edition=measure.edition,
        plan_title=measure.plan_title,
        fiscal_year=measure.fiscal_year,
        value_underlined=False,
        page=measure.page,
        box=measure.box,
    )


class _Table(RootModel[dict[EntryKind, tuple[re.Pattern[str], ...]]]):
    """Patterns by what an entry says."""


@cache
def _patterns() -> tuple[tuple[EntryKind, re.Pattern[str]], ...]:
    table = read_data("normalizers.rows", "entries.toml", _Table).root
    return tuple((kind, pattern) for kind, patterns in table.items() for pattern in patterns)
