"""A page a branch with its measures over the years: the wordings side by side, what differs marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from normalizers.vocabulary import HEADQUARTERS, fiscal_year_name
from pipeline.report.differences import Stretch, stretches
from pipeline.report.front import branch_tiles, document_href
from pipeline.report.inventory import Row
from pipeline.report.page_marks import changed_pages, keep_marks, row_marks
from pipeline.report.site import put, render
from pipeline.report.texts import prefectures
from pipeline.report.thread_page import (
    put_branch_threads,
    put_thread_page,
    put_topics,
    put_topics_of_threads,
    remove_others,
    thread_href,
)
from pipeline.store.views import connect

SHOWN = ("heading", "action", "target")
MOST_NAMES = 12  # branches that are named beside a measure; of more, their number says enough
MEASURES = """
    CREATE TEMP TABLE shown AS
    SELECT
        thread_id, topic_id, branch_code, branch_name, fiscal_year, kind, section, heading_path, text, linked,
        similarity, is_new, is_dropped, topic_branches, measure_id, document_id, page, ordinal,
        -- Topics of several threads, dealt out by their names: a topic stays in its part whatever others come.
        CASE
            WHEN min(thread_id) OVER topic <> max(thread_id) OVER topic THEN substr(md5(topic_id), 1, 1)
        END AS part
    FROM threads
    WINDOW topic AS (PARTITION BY topic_id)
"""
PAGE = "SELECT * EXCLUDE (topic_id, part) FROM shown"
"""What a branch's own pages show: its measures' topics have names that other branches give."""
TOPICS = "SELECT DISTINCT branch_code, thread_id, topic_id, part FROM shown WHERE part IS NOT NULL"
MEMBERS = "SELECT part, topic_id, thread_id, branch_code, fiscal_year, text FROM shown"
ORDER = "ORDER BY branch_code, fiscal_year DESC, document_id, ordinal"


def put_thread_pages(output: Path, report: Path) -> None:
    """Writes ``threads/<branch>.html`` for each branch and the nation, their list, and the page of one measure.

    A branch's pages are made anew where its rows have changed, a part of the topics where its members have, and which
    topics a branch's threads have where another branch has given one of them its name.
    """
    folder = report / "threads"
    places = [{"code": HEADQUARTERS, "ja": "本部", "en": "Headquarters"}]
    places += [{"code": place.code, "ja": place.ja, "en": place.en} for place in prefectures()]
    with connect(output) as connection:
        connection.execute(MEASURES)
        held = row_marks(connection, PAGE, "branch_code")
        branches = {place["code"]: held.get(place["code"], "") for place in places} | dict(held)
        parts = {f"topics-{part}": mark for part, mark in row_marks(connection, MEMBERS, "part").items()}
        topics = {f"of-{code}": mark for code, mark in row_marks(connection, TOPICS, "branch_code").items()}
        marks = branches | parts | topics
        changed = changed_pages(folder, marks)
        rows = _rows(connection, "branch_code", sorted(changed & branches.keys()))
        told = [code for code in sorted(held) if f"of-{code}" in changed]
        topic_of = connection.sql(
            f"SELECT * FROM ({TOPICS}) WHERE list_contains($codes, branch_code) ORDER BY ALL",  # noqa: S608 - own
            params={"codes": told},
        ).fetchall()
        members = _rows(connection, "part", sorted(name.removeprefix("topics-") for name in changed & parts.keys()))
    by_branch: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_branch[row["branch_code"]].append(row)
    for place in places:
        if place["code"] in changed:
            put(folder / f"{place['code']}.html", _branch_page(place, by_branch[place["code"]]))
    put_branch_threads(report, by_branch)
    put_topics(report, members)
    put_topics_of_threads(report, topic_of)
    remove_others(report, {f"branch-{code}" for code in held} | parts.keys() | topics.keys())
    put_thread_page(report, {place["code"]: {"ja": place["ja"], "en": place["en"]} for place in places})
    tiles = branch_tiles(dict.fromkeys(held, "loaded"), {})
    for tile in tiles:
        tile["href"] = f"{tile['code']}.html"
    put(folder / "index.html", render("threads_index.html.j2", root="../", here="threads", tiles=tiles))
    keep_marks(folder, marks)


def _rows(connection: duckdb.DuckDBPyConnection, column: str, values: list[str]) -> list[Row]:
    if not values:
        return []
    asked = f"FROM shown WHERE list_contains($values, {column}) {ORDER}"
    rows: list[Row] = connection.sql(asked, params={"values": values}).to_arrow_table().to_pylist()
    return rows


def _branch_page(place: Row, rows: list[Row]) -> str:
    years = sorted({row["fiscal_year"] for row in rows if row["fiscal_year"]}, reverse=True)
    return render(
        "threads.html.j2",
        root="../",
        here="threads",
        place=place,
        years=[{"year": year, "era": fiscal_year_name(year)} for year in years],
        headings=thread_lines(rows),
    )


def thread_lines(rows: Iterable[Row]) -> list[Row]:
    """One branch's threads under the headings of their newest measure, each with its wording by year.

    ``rows`` come with the newest year first and in reading order.
    """
    threads: dict[str, dict[int, list[Row]]] = {}
    for row in rows:
        if row["kind"] in SHOWN and row["fiscal_year"]:
            threads.setdefault(row["thread_id"], {}).setdefault(row["fiscal_year"], []).append(row)
    headings: dict[str, list[Row]] = {}
    for thread_id, by_year in threads.items():
        newest = by_year[max(by_year)][0]
        headings.setdefault(newest["heading_path"] or newest["section"] or "", []).append(
            {
                "id": thread_id,
                "href": thread_href(newest["branch_code"], thread_id),
                "kind": newest["kind"],
                "since": min(by_year),
                "new": any(row["is_new"] for row in by_year[max(by_year)]),
                "dropped": any(row["is_dropped"] for row in by_year[max(by_year)]),
                "branches": newest["topic_branches"][:MOST_NAMES],
                "more": max(0, len(newest["topic_branches"]) - MOST_NAMES),
                "years": {year: [_cell(row, _before(by_year, year)) for row in cell] for year, cell in by_year.items()},
            }
        )
    return [{"name": name, "threads": lines} for name, lines in headings.items()]


def _before(by_year: Mapping[int, list[Row]], year: int) -> list[Row] | None:
    """What the thread's last year before ``year`` says; it may have been away for some."""
    earlier = [other for other in by_year if other < year]
    return by_year[max(earlier)] if earlier else None


def _cell(row: Row, before: list[Row] | None) -> Mapping[str, object]:
    old = before[0]["text"] if before else None
    pieces: list[Stretch] = stretches(row["text"], old, (), None) if old else [[row["text"], False, False]]
    return {
        "pieces": pieces,
        "linked": row["linked"],
        "page": row["page"],
        "href": "../" + document_href(row["document_id"], row["measure_id"]),
    }
