"""The report's first page: totals, the tile map, findings by check, the documents, unknown indicators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from normalizers.model.wording import Language
from normalizers.vocabulary import fiscal_year_name
from pipeline.checks.entry_words import reason_of
from pipeline.checks.grades import grade_reason_text
from pipeline.checks.rules import stored_text
from pipeline.report.inventory import Inventory, Row, StoredDocument
from pipeline.report.review_progress import ReviewProgress
from pipeline.report.site import render
from pipeline.report.texts import prefectures
from pipeline.store.manifest import Entry
from pipeline.store.states import State
from pipeline.store.table_rows import stored_reasons

SEVERITIES = ("error", "warning", "info")
EXAMPLES_PER_CHECK = 40
PLACES_PER_WORDING = 6
STORED_STATES = (State.LOADED, State.UNCHANGED, State.QUARANTINED)
# What calls for attention sorts first.
STATE_RANK = {"quarantined": 0, "unreadable": 1, "warnings": 2, "loaded": 3, "superseded": 4, "duplicate": 5}


def front_page(inventory: Inventory, review: ReviewProgress, *, validation: str | None = None) -> str:
    """The HTML of ``index.html``; ``validation`` leads to Great Expectations' account of the run, if there is one."""
    maps = [_map(inventory.documents, year) for year in inventory.years]
    opened = _opened(maps)
    manifest = inventory.manifest
    return render(
        "index.html.j2",
        root="",
        here="front",
        run={"run_id": manifest.run_id, "version": manifest.pipeline_version} if manifest else None,
        totals=[*_totals(inventory, opened), *_review_totals(review)],
        review=[branch for branch in review.branches if branch.reviewed or branch.open or branch.stale],
        waiting=review.waiting,
        maps=maps,
        opened=opened["year"] if opened else None,
        validation=validation,
        severities=SEVERITIES,
        checks=_checks(inventory),
        documents=[*_stored_rows(inventory.documents), *_input_rows(manifest.documents if manifest else ())],
        unknown=_unknown(inventory),
    )


def document_href(document_id: str, record_id: str | None = None, page: int | None = None) -> str:
    """Where a record (or a page) of a document is shown, relative to the report's folder."""
    anchor = f"#{record_id}" if record_id else f"#page-{page}" if page else ""
    return f"documents/{document_id}.html{anchor}"


def branch_tiles(states: Mapping[str, str], hrefs: Mapping[str, str]) -> list[Row]:
    """The 47 squares with state and link; a branch without a document is missing and leads to its own page."""
    return [
        {
            "code": place.code,
            "ja": place.ja,
            "en": place.en,
            "column": place.column,
            "row": place.row,
            "state": states.get(place.code, "missing"),
            "href": hrefs.get(place.code, f"branches/{place.code}.html"),
        }
        for place in prefectures()
    ]


def _map(documents: Iterable[StoredDocument], year: int) -> Row:
    states: dict[str, str] = {}
    held: dict[str, list[StoredDocument]] = defaultdict(list)
    for document in documents:
        if document.document["fiscal_year"] == year and document.document["branch_code"]:
            held[document.document["branch_code"]].append(document)
    for code, own in held.items():
        states[code] = min((d.map_state for d in own), key=lambda state: STATE_RANK[state])
    hrefs = {code: document_href(own[0].document_id) for code, own in held.items() if len(own) == 1}
    tiles = branch_tiles(states, hrefs)
    return {
        "year": year,
        "era": fiscal_year_name(year),
        "tiles": tiles,
        "counts": Counter(tile["state"] for tile in tiles),
    }


def _opened(maps: list[Row]) -> Row | None:
    """The map that is shown first: the newest complete year's or, where none is, that of the fewest missing branches.

    A season begins with a handful of plans; until then the year before is what there is to look at.
    """
    return min(maps, key=lambda shown: (shown["counts"]["missing"], -shown["year"]), default=None)


def _totals(inventory: Inventory, opened: Row | None) -> list[Row]:
    documents = inventory.documents
    quarantined = sum(d.state == "quarantined" for d in documents)
    inputs = inventory.manifest.documents if inventory.manifest else ()
    unreadable = sum(entry.state == State.UNREADABLE for entry in inputs)
    warnings = sum(d.severities.get("warning", 0) for d in documents)
    values = [
        ("loaded", len(documents) - quarantined, ""),
        ("quarantined", quarantined, "bad"),
        ("unreadable", unreadable, "bad"),
        ("missing", opened["counts"]["missing"] if opened else len(prefectures()), "doubtful"),
        ("pages", sum(d.document["page_count"] for d in documents), ""),
        ("targets", sum(d.counts.get("targets", 0) for d in documents), ""),
        ("changes", sum(d.counts.get("changes", 0) for d in documents), ""),
        ("warnings", warnings, "doubtful"),
    ]
    return [{"key": key, "value": value, "tone": tone if value else ""} for key, value, tone in values]


def _review_totals(review: ReviewProgress) -> list[Row]:
    tones = {"reviewed": "", "open": "doubtful", "stale": "bad"}
    return [
        {"key": key, "value": value, "tone": tones[key] if value else ""}
        for key, value in review.totals.items()
        if value or key != "stale"
    ]


def _checks(inventory: Inventory) -> list[Row]:
    """Findings by check, those with the gravest findings first, each with examples that lead to their places."""
    names = {d.document_id: document_label(d.document) for d in inventory.documents}
    by_check: dict[str, list[Row]] = defaultdict(list)
    for finding in sorted(inventory.findings, key=lambda f: SEVERITIES.index(f["severity"])):
        by_check[finding["check"]].append(finding)
    checks = []
    for name, findings in by_check.items():
        counts = Counter(finding["severity"] for finding in findings)
        examples = [
            {
                "severity": finding["severity"],
                "message": finding["message"],
                "message_ja": stored_text(finding, "ja"),
                "href": document_href(finding["document_id"], finding["finding_id"]),
                "place": f"{names[finding['document_id']]}" + (f" p.{finding['page']}" if finding["page"] else ""),
            }
            for finding in findings[:EXAMPLES_PER_CHECK]
        ]
        more = max(0, len(findings) - EXAMPLES_PER_CHECK)
        checks.append({"name": name, "counts": counts, "examples": examples, "more": more})
    return sorted(checks, key=lambda c: [-c["counts"][severity] for severity in SEVERITIES])


def document_label(document: Row) -> str:
    """How a document is called in lists: year and branch, or its file where it names none."""
    if document["fiscal_year"] and document["branch_name"]:
        return f"{document['branch_name']} {document['fiscal_year']}"
    return str(document["source_file"])


def _stored_rows(documents: Iterable[StoredDocument]) -> Iterable[Row]:
    for stored in documents:
        document = stored.document
        yield _row(
            document,
            stored.map_state,
            href=document_href(stored.document_id),
            reason=stored.reason,
            reason_ja=stored.reason_ja,
            counts=stored.counts,
            severities=stored.severities,
        )


def _input_rows(inputs: Iterable[Entry]) -> Iterable[Row]:
    """The run's inputs that left no records: unreadable, duplicate and superseded files."""
    for entry in inputs:
        if entry.state not in STORED_STATES:
            ungraded = {**asdict(entry), "grade": None, "grade_reasons": ()}
            yield _row(ungraded, entry.state.value, href=None, reason=entry.reason, reason_ja=reason_of(entry, "ja"))


def _row(
    document: Mapping[str, Any],
    state: str,
    *,
    href: str | None,
    reason: str,
    reason_ja: str,
    counts: Mapping[str, int] | None = None,
    severities: Mapping[str, int] | None = None,
) -> Row:
    branches = {place.code: place for place in prefectures()}
    code = document.get("branch_code") or ""
    counts = counts or {}
    severities = {severity: (severities or {}).get(severity, 0) for severity in SEVERITIES}
    return {
        "document_id": document.get("document_id") or "",
        "state": state,
        "rank": STATE_RANK.get(state, len(STATE_RANK)),
        "year": document.get("fiscal_year"),
        "branch_code": code,
        "ja": document.get("branch_name") or "",
        "en": branches[code].en if code in branches else document.get("branch_name") or "",
        "title": document.get("title") or "",
        "kind": document.get("kind") or "",
        "is_draft": document.get("is_draft") or False,
        "pages": document.get("page_count") or 0,
        "targets": counts.get("targets", 0),
        "changes": counts.get("changes", 0),
        "severities": severities,
        "finding_rank": severities["error"] * 10**8 + severities["warning"] * 10**4 + severities["info"],
        "source_file": document.get("source_file") or "",
        "href": href,
        "reason": reason,
        "reason_ja": reason_ja,
        "grade": document.get("grade") or "",
        "grade_reasons": grade_words(document),
    }


def grade_words(document: Mapping[str, Any]) -> Row:
    """The reasons of a document's grade, in either language."""
    reasons = stored_reasons(document.get("grade_reasons") or ())
    languages: tuple[Language, ...] = ("en", "ja")
    return {language: "; ".join(grade_reason_text(reason, language) for reason in reasons) for language in languages}


def _unknown(inventory: Inventory) -> list[Row]:
    """The unknown indicators with the places that word them so; those nearest to one indicator of the catalogue stand
    together, the most frequent first.
    """
    by_wording: dict[str, list[Row]] = defaultdict(list)
    for entry in inventory.unknown_indicators:
        by_wording[entry["wording"]].append(entry)
    names = {d.document_id: document_label(d.document) for d in inventory.documents}
    rows: list[Row] = [
        {
            "wording": wording,
            "count": len(entries),
            "group": _nearest(entries),
            "nearest": entries[0]["nearest"] or (),
            "places": [
                {"text": names[e["document_id"]], "href": document_href(e["document_id"], e["target_id"])}
                for e in entries[:PLACES_PER_WORDING]
            ],
            "more": max(0, len(entries) - PLACES_PER_WORDING),
        }
        for wording, entries in by_wording.items()
    ]
    of_group: Counter[str] = Counter()
    for row in rows:
        of_group[row["group"]] += row["count"]
    return sorted(rows, key=lambda row: (-of_group[row["group"]], row["group"], -row["count"], row["wording"]))


def _nearest(entries: list[Row]) -> str:
    """The code of the catalogue's indicator that is nearest to a wording; empty where none is near."""
    nearest = entries[0]["nearest"]
    return str(nearest[0]["code"]) if nearest is not None and len(nearest) else ""
