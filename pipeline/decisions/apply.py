"""Decisions on one document, applied between normalising and checking: a pure function of records and decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from normalizers.model.reasons import Reason
from normalizers.model.records import Change, Measure, Records, Target
from normalizers.vocabulary import branches, normalize
from parsers.model.document import ParsedDocument
from parsers.model.finding import Finding
from parsers.model.geometry import Box
from parsers.model.told_column import ToldColumn
from pipeline.decisions.correction import Corrections, corrected, held, snapshot
from pipeline.decisions.decision import Decision
from pipeline.decisions.fields import correctable
from pipeline.decisions.numbers import with_numbers
from pipeline.decisions.outline_edits import add_measure, add_target, drop_measures, retext, without_circles
from pipeline.decisions.places import meant
from pipeline.decisions.standing import Decided
from pipeline.decisions.words import with_known_indicators, with_wordings

R = TypeVar("R", Measure, Target, Change)


def told_columns(decided: Decided) -> tuple[ToldColumn, ...]:
    """What people say of the document's columns; of several on one column the later holds."""
    told: dict[tuple[int, Box], ToldColumn] = {}
    for decision in decided.decisions:
        if decision.action == "column" and decision.box is not None and isinstance(decision.after, dict):
            said = {"meaning": decision.after["meaning"], "fiscal_year": decision.after.get("fiscal_year")}
            one = ToldColumn(decision.page or 1, decision.box, decision.text or "", **said)  # type: ignore[arg-type]
            told[one.page, one.box] = one
    return tuple(told.values())


def identified(parsed: ParsedDocument, decided: Decided) -> ParsedDocument:
    """``parsed`` with what people decided of the document itself; the later decision of a field holds.

    A decision that contradicts an earlier one is a finding; so is one on a column whose header is no longer there.
    """
    made: dict[str, Decision] = {}
    cells = [(cell, cell.text.text) for cell in parsed.cells]
    columns = [decision for decision in decided.decisions if decision.action == "column"]
    findings = [_stale(decision) for decision in columns if meant(decision, cells) is None]
    for decision in decided.decisions:
        if decision.action != "identify" or decision.field is None:
            continue
        earlier = made.get(decision.field)
        if earlier is not None and earlier.after != decision.after:
            findings.append(_contradiction(earlier, decision, None))
        made[decision.field] = decision
    if not made and not findings:
        return parsed
    fields = {name: decision.after for name, decision in made.items()}
    names = {branch.code: branch.name for branch in branches()}
    if "branch_code" in fields:
        fields["branch_name"] = names.get(str(fields["branch_code"])) if fields["branch_code"] else None
    identity = replace(parsed.identity, **fields)  # type: ignore[arg-type]  # each was validated as its column
    answered = set()
    if {"branch_code", "fiscal_year"} & fields.keys():
        answered.add("identity_conflict")
        if identity.branch_code is not None and identity.fiscal_year is not None:
            answered.add("identity_unknown")
    kept = (finding for finding in parsed.findings if finding.check not in answered)
    return replace(parsed, identity=identity, findings=(*kept, *findings))


def apply_decisions(records: Records, decided: Decided) -> Records:
    """``records`` as people decided them: corrected, confirmed, without what is none, with what was missing.

    A decision whose text is no longer there is a finding ``stale_decision``, two that contradict each other are one
    ``contradicting_decisions``. Depends on the set of decisions alone, not on their order.
    """
    records = with_wordings(records, decided.wordings)
    if not decided.decisions:
        return records
    editing = _Editing(records)
    for decision in decided.decisions:
        editing.take(decision)
    return editing.done()


@dataclass
class _Place:
    """What was decided on one record, and where it is printed."""

    corrections: Corrections
    record: Measure | Target | Change


class _Editing:
    """The decisions on one document being gathered; ``done`` gives the records as they leave them.

    Every decision is matched with what was read, not with what other decisions made of it.
    """

    def __init__(self, records: Records) -> None:
        self.records = records
        self.placed: dict[str, _Place] = {}
        self.added: list[Decision] = []
        self.findings: list[Finding] = []
        measures = {measure.measure_id: measure for measure in records.measures}
        self.targets = [(target, target.statement) for target in records.targets]
        self.measures = [(measure, measure.text) for measure in records.measures]
        self.changes = [
            (_PlacedChange(change, measures), change.new_text or change.old_text or "") for change in records.changes
        ]

    def take(self, decision: Decision) -> None:
        """Gathers one decision; a later one comes later."""
        if decision.action == "add":
            self.added.append(decision)
        elif decision.action in ("confirm", "correct", "reject"):
            record = self._record(decision)
            if record is None:
                self.findings.append(_stale(decision))
                return
            key, found = record
            place = self.placed.setdefault(key, _Place(Corrections(), found))
            if decision.action == "reject":
                place.corrections.reject(decision)
            else:
                place.corrections.hold(self._fields(decision), decision)

    def _record(self, decision: Decision) -> tuple[str, Measure | Target | Change] | None:
        if decision.table == "targets":
            before = _read(decision, [target for target, _ in self.targets])
            target = meant(decision, self.targets, before=before)
            return None if target is None else (target.target_id, target)
        if decision.table == "measures":
            measure = meant(decision, self.measures)
            return None if measure is None else (measure.measure_id, measure)
        change = meant(decision, self.changes)
        return None if change is None else (change.change.change_id, change.change)

    def _fields(self, decision: Decision) -> dict[str, object]:
        """The fields that a decision says, as records hold them; a line it names that is not there is left as read."""
        table = str(decision.table)
        given = {str(decision.field): decision.after} if decision.action == "correct" else decision.before
        fields: dict[str, object] = {}
        for name, value in given.items() if isinstance(given, dict) else ():
            if name not in correctable()[table].places:
                fields[name] = held(table, name, value)
            elif isinstance(value, dict):
                line = meant(decision.model_copy(update=_line(value)), self.measures)
                if line is None:
                    self.findings.append(_stale(decision))
                else:
                    fields[name] = line.measure_id
            else:
                fields[name] = None
        return fields

    def done(self) -> Records:
        records = self.records
        placed = self.placed
        targets = [_settled_target(target, placed.get(target.target_id)) for target in records.targets]
        changes = [_settled(change, placed.get(change.change_id)) for change in records.changes]
        measures = [_settled(measure, placed.get(measure.measure_id)) for measure in records.measures]
        gone = [key for key, place in placed.items() if place.corrections.rejected is not None]
        edited = replace(
            records,
            targets=tuple(target for target in targets if target is not None),
            changes=tuple(change for change in changes if change is not None),
            measures=tuple(
                measure if measure is not None else read
                for measure, read in zip(measures, records.measures, strict=True)
            ),
        )
        edited = retext(edited, records.measures)
        edited = replace(edited, measures=without_circles(edited.measures, records.measures))
        edited = drop_measures(edited, [key for key in gone if any(m.measure_id == key for m in records.measures)])
        for decision in self.added:
            edited = add_target(edited, decision) if decision.table == "targets" else add_measure(edited, decision)
        for place in placed.values():
            said = place.corrections.contradictions
            self.findings += [_contradiction(one, other, place.record) for one, other in said]
        edited = _without_empty_lines(edited, records)
        edited = replace(edited, findings=(*_still_about(edited, records), *sorted(self.findings, key=_order)))
        return with_numbers(with_known_indicators(edited))


def _without_empty_lines(records: Records, read: Records) -> Records:
    """``records`` where a line all of whose targets were rejected states no target any more."""
    left = {target.measure_id for target in records.targets}
    emptied = {target.measure_id for target in read.targets} - left
    measures = tuple(
        replace(line, kind="action", reviewed="corrected", read_value=json.dumps({"kind": line.kind}))
        if line.measure_id in emptied and line.kind in ("target", "figure") and line.reviewed == "no"
        else line
        for line in records.measures
    )
    return replace(records, measures=measures)


class _PlacedChange:
    """A change where its new side is printed, its old side where there is no new one."""

    def __init__(self, change: Change, measures: dict[str, Measure]) -> None:
        self.change = change
        side = measures[change.new_measure_id or change.old_measure_id or next(iter(measures))]
        self.page = side.page
        self.box = side.box


def _settled(record: R, place: _Place | None) -> R | None:
    """The record as decided, None where it was rejected."""
    if place is None:
        return record
    return None if place.corrections.rejected is not None else corrected(record, place.corrections)


def _settled_target(read: Target, place: _Place | None) -> Target | None:
    """A target that was decided on is certain."""
    target = _settled(read, place)
    if target is None or place is None:
        return target
    said = "corrected" if target.reviewed == "corrected" else "confirmed"
    if target.statement != read.statement:
        target = replace(target, statement_normalized=normalize(target.statement).text)
    return replace(
        target, confidence=1.0, confidence_reasons=(Reason(f"{said}_in_review", {"by": target.corrected_by}),)
    )


def _read(decision: Decision, targets: Sequence[Target]) -> list[object]:
    """What was read in each target where the decision says what it saw; for telling rows of one line apart."""
    if decision.action == "correct" and decision.field in correctable()["targets"].values:
        return [snapshot(target, (decision.field,))[decision.field] for target in targets]
    if isinstance(decision.before, dict):
        names = tuple(name for name in decision.before if name in correctable()["targets"].values)
        return [{**decision.before, **snapshot(target, names)} for target in targets]
    return []


def _line(value: Mapping[str, object]) -> dict[str, object]:
    return {"page": value["page"], "text": value["text"], "x0": None, "occurrence": 1}


def _still_about(records: Records, read: Records) -> Iterable[Finding]:
    """The findings but those about records that are no more."""
    left = {t.target_id for t in records.targets} | {m.measure_id for m in records.measures}
    left |= {change.change_id for change in records.changes}
    gone = {t.target_id for t in read.targets} | {m.measure_id for m in read.measures}
    gone = (gone | {change.change_id for change in read.changes}) - left
    return (finding for finding in records.findings if finding.record_id not in gone)


def _stale(decision: Decision) -> Finding:
    said = {"by": decision.by, "action": decision.action, "text": decision.text}
    return Finding("stale_decision", said, decision.page, decision.box)


def _contradiction(one: Decision, other: Decision, record: Measure | Target | Change | None) -> Finding:
    said = {"by": one.by, "other": other.by, "text": other.text}
    table, key = _named(record)
    page = other.page if record is None or isinstance(record, Change) else record.page
    box = other.box if record is None or isinstance(record, Change) else record.box
    return Finding("contradicting_decisions", said, page, box, table, key)


def _named(record: Measure | Target | Change | None) -> tuple[str | None, str | None]:
    match record:
        case Target():
            return "targets", record.target_id
        case Measure():
            return "measures", record.measure_id
        case Change():
            return "changes", record.change_id
    return None, None


def _order(finding: Finding) -> tuple[int, str, str]:
    return (finding.page or 0, finding.check, repr(finding.values))
