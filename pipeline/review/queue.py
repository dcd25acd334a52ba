"""One queue over all documents: every open doubt and the sample of sure rows, what is most at stake first."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from normalizers.model.records import TargetKind
from parsers.model.data_file import read_data
from parsers.model.document import Edition
from parsers.model.finding import Severity
from pipeline.decisions.decision import Decision
from pipeline.decisions.row_places import Place, PlaceKey, decision_key, record_place, target_places
from pipeline.decisions.standing import by_document
from pipeline.report.review_progress import DOUBTFUL, is_open
from pipeline.review.material import Material, ReviewedDocument, Row, value_key
from pipeline.review.sample import SHARE, Estimate, drawn, estimate


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide on. ``row`` is the record in doubt, None for a doubt about a page or the document.

    ``risk`` is the probability of being wrong times what depends on it. ``decision`` is the last one that stands.
    """

    key: str
    document: ReviewedDocument
    place: Place
    table: str
    row: Row | None
    findings: tuple[Row, ...]
    risk: float
    sampled: bool
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Queue:
    """All items, what is most at stake first, and what the sample tells so far."""

    items: tuple[Item, ...]
    estimate: Estimate


def make_queue(material: Material, decisions: Sequence[Decision], *, share: float = SHARE) -> Queue:
    """The queue of everything in ``material``, with what ``decisions`` say of it."""
    standing = by_document(decisions)
    sure = {
        row["target_id"]: _stratum(document, row)
        for document in material.documents.values()
        for row in document.targets
        if _was_sure(row) and not _open_findings(document, row["target_id"])
    }
    sample = drawn(sure.items(), share)
    items: list[Item] = []
    for document in material.documents.values():
        items += _items_of(document, standing.get(document.sha256, ()), sample, material)
    items.sort(key=lambda item: (-item.risk, item.key))
    return Queue(tuple(_mixed(items)), _estimate(len(sure), standing))


def _mixed(items: Sequence[Item]) -> Iterator[Item]:
    """The doubts in their order with the sample spread evenly among them, so that it is looked at too."""
    doubts = [item for item in items if not item.sampled]
    sample = sorted((item for item in items if item.sampled), key=lambda item: item.key)
    every = max(1, len(doubts) // (len(sample) + 1))
    for at, doubt in enumerate(doubts, start=1):
        yield doubt
        if at % every == 0 and sample:
            yield sample.pop(0)
    yield from sample


def _estimate(size: int, standing: Mapping[str, Sequence[Decision]]) -> Estimate:
    """What was decided on sampled rows; read from the decisions, because a corrected row is no sure one any more."""
    wrong: dict[tuple[str, PlaceKey], bool] = {}
    for sha256, decisions in standing.items():
        for decision in decisions:
            if decision.sampled and decision.action in ("confirm", "correct", "reject"):
                place = (sha256, decision_key(decision))
                wrong[place] = wrong.get(place, False) or decision.action != "confirm"
    return estimate(size, len(wrong), sum(wrong.values()))


def _items_of(
    document: ReviewedDocument, decisions: Sequence[Decision], sample: frozenset[str], material: Material
) -> Iterator[Item]:
    last = _last_decisions(decisions)
    places = target_places(document.targets, [d for d in decisions if d.id in document.applied])
    for row in document.targets:
        place = places.get(row["target_id"])
        if place is None:
            continue
        findings = _open_findings(document, row["target_id"])
        decision = last.get(place.key)
        waits = decision is not None and decision.id not in document.applied
        asked = row["confidence"] < DOUBTFUL or findings or waits
        sampled = row["target_id"] in sample
        if not asked and not sampled and decision is None:
            continue
        risk = _risk(row, findings, material)
        yield Item(row["target_id"], document, place, "targets", row, findings, risk, sampled and not asked, decision)
    yield from _other_doubts(document, decisions, last)


def _other_doubts(
    document: ReviewedDocument, decisions: Sequence[Decision], last: Mapping[PlaceKey, Decision]
) -> Iterator[Item]:
    """Doubts about lines, changes, pages and the document: one item a record, else one a finding."""
    targets = {row["target_id"] for row in document.targets}
    groups: dict[str, list[Row]] = defaultdict(list)
    for finding in document.findings:
        if finding["record_id"] not in targets and is_open(finding):
            groups[finding["record_id"] or finding["finding_id"]].append(finding)
    weights = _weights().elsewhere
    for key, findings in groups.items():
        table, row = _record(document, findings[0])
        place = _place_of(findings[0], table, row)
        decision = last.get(place.key) if row is not None else _dismissal(findings, decisions)
        risk = sum(weights[finding["severity"]] for finding in findings)
        yield Item(key, document, place, table, row, tuple(findings), risk, False, decision)


def _record(document: ReviewedDocument, finding: Row) -> tuple[str, Row | None]:
    table = finding["record_table"]
    if table in ("measures", "changes") and finding["record_id"] in document.by_id:
        return table, document.by_id[finding["record_id"]]
    return "findings", None


def _place_of(finding: Row, table: str, row: Row | None) -> Place:
    if row is not None and table == "measures":
        return record_place("measures", row)
    box = None if finding["x0"] is None else tuple(finding[side] for side in ("x0", "top", "x1", "bottom"))
    text = (row["new_text"] or row["old_text"] or "") if row is not None else ""
    return Place(table, finding["page"], box, text)


def _dismissal(findings: Iterable[Row], decisions: Iterable[Decision]) -> Decision | None:
    from pipeline.decisions.dismissals import dismissing
    from pipeline.store.table_rows import finding_from_row

    found = None
    for finding in findings:
        found = dismissing(finding_from_row(finding), decisions)
        if found is None:
            return None
    return found


def _open_findings(document: ReviewedDocument, record_id: str) -> tuple[Row, ...]:
    return tuple(f for f in document.findings if f["record_id"] == record_id and is_open(f))


def _last_decisions(decisions: Iterable[Decision]) -> dict[PlaceKey, Decision]:
    return {decision_key(d): d for d in decisions if d.action in ("confirm", "correct", "reject")}


def _was_sure(row: Row) -> bool:
    """Whether the program itself was sure; a row that was confirmed stays in the sample that it was drawn for."""
    return bool(row["confidence"] >= DOUBTFUL and row["reviewed"] in ("no", "sampled"))


def _stratum(document: ReviewedDocument, row: Row) -> str:
    return f"{document.document['kind']}/{document.document['text_layer']}/{row['kind']}"


def _risk(row: Row, findings: Iterable[Row], material: Material) -> float:
    weights = _weights()
    wrong = 1.0 - row["confidence"]
    for finding in findings:
        wrong += (1.0 - wrong) * weights.finding[finding["severity"]]
    at_stake = weights.kind[row["kind"]] * weights.edition.get(row["edition"], 1.0)
    if row["indicator_code"]:
        at_stake *= weights.weight.coded
    return float(wrong * at_stake * _farness(row, material))


def _farness(row: Row, material: Material) -> float:
    """1 for a value like those of others, up to the table's ``far`` for one of twice or half their median."""
    others = [
        other["value"]
        for other in material.values.get(value_key(row), ())
        if other["target_id"] != row["target_id"] and other["value"]
    ]
    if not row["value"] or not others or row["basis"] != "absolute":
        return 1.0
    median = statistics.median(others)
    ratio = abs(math.log2(abs(row["value"]) / abs(median))) if median else 1.0
    return 1.0 + min(ratio, 1.0) * (_weights().weight.far - 1.0)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Weight(_Strict):
    coded: float
    far: float


class _Weights(_Strict):
    """The file, explained there."""

    finding: dict[Severity, float]
    kind: dict[TargetKind, float]
    edition: dict[Edition, float]
    weight: _Weight
    elsewhere: dict[Severity, float]


@cache
def _weights() -> _Weights:
    return read_data("pipeline.review", "risk.toml", _Weights)
