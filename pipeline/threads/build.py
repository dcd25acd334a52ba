"""From the stored tables to the threads of all measures, written beside the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from normalizers.vocabulary import HEADQUARTERS
from pipeline.threads.items import Edition, Item, Representative, ThreadRow
from pipeline.threads.similarity import words_of
from pipeline.threads.threads import Placed, Threads, follow
from pipeline.threads.topics import topics_of

Row = Mapping[str, Any]

FOLLOWED = ("heading", "action", "target", "figure", "note")
"""Kinds of measures that are followed: a rating belongs to its heading, an annotation is an editor's mark."""

_FEWEST_WORDS = 2
"""A line with fewer words says nothing alone: it is followed as a heading, or by the aim that it states."""


@dataclass(frozen=True, slots=True)
class FoundThreads:
    """``rows`` are the threads of branches that were followed, by code; ``topics`` says of every thread, also those of
    other branches, to which topic it belongs and how near it is to it. ``order`` is that of all branches.
    """

    rows: Mapping[str, tuple[ThreadRow, ...]]
    topics: Mapping[str, tuple[str, float]]
    order: tuple[str, ...]

    @property
    def all_rows(self) -> tuple[ThreadRow, ...]:
        """The rows of all branches that were followed, in order."""
        return tuple(row for code in self.order for row in self.rows.get(code, ()))


def find_threads(
    documents: Iterable[Row],
    measures: Iterable[Row],
    targets: Iterable[Row],
    kept: Mapping[str, Sequence[Representative]] | None = None,
) -> FoundThreads:
    """The threads of all ``measures`` (rows of the tables), in the order of branches, years and pages.

    ``kept`` holds, by branch, what stands for the threads of branches in which nothing has changed: their measures need
    not be there, and the topics are the same as if they were.
    """
    by_branch: dict[str, list[Edition]] = defaultdict(list)
    for edition in read_editions(documents, measures, targets):
        by_branch[edition.branch_code].append(edition)
    kept = kept or {}
    # The nation's plan first: its measures give the topics their names.
    order = tuple(sorted(by_branch.keys() | kept.keys(), key=lambda code: (code != HEADQUARTERS, code)))
    followed = {code: follow(by_branch[code]) for code in order if code not in kept}
    told = (kept[code] if code in kept else _representatives(followed[code]) for code in order)
    topics = topics_of([thread for own in told for thread in own])
    rows = {code: tuple(_rows(threads, topics)) for code, threads in followed.items()}
    return FoundThreads(rows, topics, order)


def _rows(threads: Threads, topics: Mapping[str, tuple[str, float]]) -> Iterator[ThreadRow]:
    for measure_id, placed in threads.placed.items():
        topic, similarity = topics[placed.thread_id]
        yield ThreadRow(
            measure_id=measure_id,
            thread_id=placed.thread_id,
            topic_id=topic,
            linked=placed.linked,
            previous_measure_id=placed.previous,
            similarity=placed.similarity,
            topic_similarity=similarity,
            merged_into=threads.merged.get(measure_id),
        )


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
