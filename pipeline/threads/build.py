"""From the rows of the tables to the threads of one branch's measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from normalizers.vocabulary import HEADQUARTERS
from pipeline.threads.items import Edition, FollowedRow, Item, Representative
from pipeline.threads.similarity import words_of
from pipeline.threads.threads import Placed, Threads, follow

Row = Mapping[str, Any]

FOLLOWED = ("heading", "action", "target", "figure", "note")
"""Kinds of measures that are followed: a rating belongs to its heading, an annotation is an editor's mark."""

_FEWEST_WORDS = 2
"""A line with fewer words says nothing alone: it is followed as a heading, or by the aim that it states."""


@dataclass(frozen=True, slots=True)
class FollowedBranch:
    """One branch's items in their threads, and what stands for each thread where branches are compared."""

    rows: tuple[FollowedRow, ...]
    standing: tuple[Representative, ...]


def follow_branch(editions: Sequence[Edition]) -> FollowedBranch:
    """Follows the items of one branch's ``editions`` over the years, in the order of years and pages."""
    threads = follow(editions)
    rows = (
        FollowedRow(
            measure_id,
            placed.thread_id,
            placed.linked,
            placed.previous,
            placed.similarity,
            threads.merged.get(measure_id),
        )
        for measure_id, placed in threads.placed.items()
    )
    return FollowedBranch(tuple(rows), tuple(_representatives(threads)))


def read_editions(documents: Iterable[Row], measures: Iterable[Row], targets: Iterable[Row]) -> Iterator[Edition]:
    """What each document says of each year, as editions to be linked; a plan without branch or year gives none.

    What a branch's plan prints for reference speaks for headquarters, after headquarters' own plan of the year.
    """
    aims: dict[str, set[str]] = defaultdict(set)
    for target in targets:
        if target["indicator_code"]:
            aims[target["measure_id"]].add(f"{target['indicator_code']}/{target['population'] or ''}")
    by_id = {document["document_id"]: document for document in documents}
    gathered: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for measure in measures:
        document = by_id.get(measure["document_id"])
        if document is None:
            continue
        # A plan of one edition may hold a table with a column for this year and for others.
        edition = "new" if measure["edition"] == "single" else measure["edition"]
        year = measure["fiscal_year"] or _own_year(document, edition)
        if year is not None and document["branch_code"] is not None:
            gathered[measure["document_id"], edition, year].append(measure)
    for (document_id, edition, year), rows in gathered.items():
        document = by_id[document_id]
        yield Edition(
            branch_code=HEADQUARTERS if edition == "reference" else document["branch_code"],
            fiscal_year=year,
            document_id=document_id,
            preference=(edition == "reference", edition == "old", document["is_draft"], document["kind"] != "plan"),
            items=tuple(_items(sorted(rows, key=lambda row: row["ordinal"]), aims)),
        )


def _own_year(document: Row, edition: str) -> int | None:
    year: int | None = document["fiscal_year"]
    return year - 1 if year is not None and edition == "old" else year


def _items(rows: Sequence[Row], aims: Mapping[str, set[str]]) -> Iterator[Item]:
    by_id = {row["measure_id"]: row for row in rows}
    for row in rows:
        if row["kind"] not in FOLLOWED:
            continue
        stated = frozenset(aims.get(row["measure_id"], ()))
        if row["kind"] != "heading" and not stated and len(words_of(row["text_normalized"])) < _FEWEST_WORDS:
            continue
        above = by_id.get(row["parent_id"])
        while above is not None and above["kind"] != "heading":
            above = by_id.get(above["parent_id"])
        yield Item(
            measure_id=row["measure_id"],
            kind=row["kind"],
            text=row["text_normalized"],
            section=row["section"],
            heading=above["measure_id"] if above is not None else None,
            ordinal=row["ordinal"],
            aims=stated,
        )


def _representatives(threads: Threads) -> list[Representative]:
    """Of each thread the newest item of the year's own plan, in the order of the threads' first items."""
    newest: dict[str, Placed] = {}
    for placed in threads.placed.values():
        known = newest.get(placed.thread_id)
        if known is None or _freshness(placed) > _freshness(known):
            newest[placed.thread_id] = placed
    return [Representative(placed.thread_id, placed.item) for placed in newest.values()]


def _freshness(placed: Placed) -> tuple[int, bool]:
    return placed.edition.fiscal_year, placed.linked != "repeated"
