"""Rows of a table that name the same thing: what tells their figures apart, or that nothing does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from normalizers.aims.read_aims import group_line
from normalizers.indicators.catalogue import match_indicator
from normalizers.model.records import Target
from normalizers.rows.table_doubts import with_doubts
from normalizers.rows.table_row import TableRow
from normalizers.text.characters import normalize
from parsers.model.document import Paragraph


def told_apart(
    targets: Sequence[tuple[int, Target, TableRow]], paragraphs: Sequence[Paragraph]
) -> list[tuple[int, Target]]:
    """The targets, by paragraph; those of one column with one name and other values are told apart by their groups.

    A group that completes the name (生活習慣病予防健診 before 健診実施率) joins it, any other is the case it holds for.
    Where neither is certain, and where nothing tells them apart, the name is in doubt.
    """
    alike: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    keys = [_key(index, target, paragraphs) for index, target, _ in targets]
    for key, (_, target, _) in zip(keys, targets, strict=True):
        alike[key].add((target.basis, target.comparator, target.value))
    return [
        (index, target if len(alike[key]) < 2 else _by_group(target, row))
        for key, (index, target, row) in zip(keys, targets, strict=True)
    ]


def _key(index: int, target: Target, paragraphs: Sequence[Paragraph]) -> tuple[object, ...]:
    place = paragraphs[index].place
    column = (place.table, place.block, place.column) if place is not None else (None, None, index)
    case = (target.population, target.condition, target.deadline, target.edition, target.fiscal_year)
    return (*column, target.indicator, target.heading_id, *case)


def _by_group(target: Target, row: TableRow) -> Target:
    group = row.group.line.text.strip() if row.group is not None else ""
    if target.indicator is None or not group or group_line(group) is not None:
        return with_doubts(target, ("name_shared",))
    plain = normalize(group).text
    name = _joined(plain, target.indicator)
    match = match_indicator(name, target.population) if name is not None else None
    if name is not None and match is not None:
        return replace(target, indicator=name, indicator_code=match.indicator.code)
    return with_doubts(replace(target, condition=target.condition or group), ("name_shared",))


def _joined(group: str, name: str) -> str | None:
    """The group's words before the name, what ends the one and begins the other once; None where they share nothing."""
    shared = next((size for size in range(min(len(group), len(name)), 1, -1) if group.endswith(name[:size])), 0)
    return group + name[shared:] if shared else None
