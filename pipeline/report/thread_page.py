"""The page of one measure: its wording of every year side by side, and what the other branches say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.report.differences import stretches
from pipeline.report.front import document_href
from pipeline.report.inventory import Row
from pipeline.report.scripts import as_script
from pipeline.report.site import put, render

_THREADS, _TOPICS, _TOPIC_OF = "BRANCH_PLANS_THREADS_", "BRANCH_PLANS_TOPICS_", "BRANCH_PLANS_TOPIC_OF_"

Piece = tuple[str, bool, bool]
"""A stretch of text, whether the year before has it not, whether the year after has it no longer."""


def thread_href(branch_code: str, thread_id: str) -> str:
    """Where a thread is shown, relative to the folder ``threads``."""
    return f"thread.html#{branch_code}/{thread_id}"


def put_thread_page(report: Path, names: Mapping[str, Row]) -> None:
    """Writes ``threads/thread.html``, which shows the thread that its address names with the data that it loads: a
    script a branch and one that names its topics, and scripts of topics. ``names`` gives the branches' names by code.
    """
    _put_data(report, "names", as_script("BRANCH_PLANS_THREAD_NAMES", names))
    put(report / "threads" / "thread.html", render("thread.html.j2", root="../", here="threads"))


def put_branch_threads(report: Path, by_branch: Mapping[str, Sequence[Row]]) -> None:
    """Writes the threads of branches by code, each a script; rows are those of ``threads``, the newest year first."""
    for code, own in by_branch.items():
        if own:
            data = {thread_id: _thread(items) for thread_id, items in _grouped(own, "thread_id").items()}
            _put_data(report, f"branch-{code}", as_script(f"{_THREADS}{code}", data))


def put_topics(report: Path, rows: Sequence[Row]) -> None:
    """Writes topics by the part that they are in, each a script: which threads a topic has."""
    for part, own in _grouped(rows, "part").items():
        topics = {topic_id: _members(items) for topic_id, items in sorted(_grouped(own, "topic_id").items())}
        _put_data(report, f"topics-{part}", as_script(f"{_TOPICS}{part}", topics))


def put_topics_of_threads(report: Path, rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Writes which topics threads have, in scripts by branch: topic and part by thread, where others have it too.

    ``rows`` are branch, thread, topic and part.
    """
    by_branch: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for code, thread_id, topic_id, part in rows:
        by_branch[code][thread_id] = [topic_id, part]
    for code, topics in by_branch.items():
        _put_data(report, f"of-{code}", as_script(f"{_TOPIC_OF}{code}", topics))


def remove_others(report: Path, names: Collection[str]) -> None:
    """Takes away the scripts of branches and topics that are not among ``names``."""
    for path in (report / "threads" / "data").glob("*.js"):
        if path.stem not in names and path.stem != "names":
            path.unlink()


def _put_data(report: Path, name: str, content: str) -> None:
    put(report / "threads" / "data" / f"{name}.js", content)


def _thread(items: Sequence[Row]) -> Row:
    """One thread: its heading and what each year says, the newest first."""
    by_year = _grouped([row for row in items if row["fiscal_year"]], "fiscal_year")
    years = sorted(by_year, reverse=True)
    texts = [None, *(" ".join(row["text"] for row in by_year[year]) for year in years), None]
    newest = items[0]
    return {
        "kind": newest["kind"],
        "heading": newest["heading_path"] or newest["section"] or "",
        "dropped": newest["is_dropped"],
        "years": [
            [year, [_wording(row, before=texts[at + 1], after=texts[at - 1]) for row in by_year[year]]]
            for at, year in enumerate(years, 1)
        ],
    }


def _wording(row: Row, *, before: str | None, after: str | None) -> Row:
    return {
        "pieces": marked_pieces(row["text"], before, after),
        "linked": row["linked"],
        "similarity": row["similarity"],
        "page": row["page"],
        "href": "../" + document_href(row["document_id"], row["measure_id"]),
    }


def marked_pieces(text: str, before: str | None, after: str | None) -> list[Piece]:
    """``text`` cut where it begins or ends to differ from the year ``before`` or ``after`` it (None: there is none)."""
    added, gone = _differs(text, before), _differs(text, after)
    runs = groupby(range(len(text)), key=lambda at: (added[at], gone[at]))
    return [("".join(text[at] for at in run), *flags) for flags, run in runs]


def _differs(text: str, other: str | None) -> list[bool]:
    if other is None:
        return [False] * len(text)
    return [bool(differs) for piece, differs, _ in stretches(text, other, (), None) for _ in str(piece)]


def _members(items: Sequence[Row]) -> list[list[object]]:
    """The threads of a topic with their newest wording, by branch: code, thread, year, text."""
    newest: dict[str, Row] = {}
    for row in items:
        newest.setdefault(row["thread_id"], row)
    ordered = sorted(newest.values(), key=lambda row: (row["branch_code"], row["thread_id"]))
    return [[row["branch_code"], row["thread_id"], row["fiscal_year"], row["text"]] for row in ordered]


def _grouped(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups
