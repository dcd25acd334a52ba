"""Edits to a document's outline that change more than one record: lines added, dropped, joined and parted."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from normalizers.model.reasons import Reason
from normalizers.model.records import Measure, Records, Target
from normalizers.vocabulary import normalize
from parsers.model.geometry import Box
from pipeline.decisions.correction import held
from pipeline.decisions.decision import Decision
from pipeline.decisions.fields import correctable
from pipeline.decisions.places import meant


def add_target(records: Records, decision: Decision) -> Records:
    """``records`` with a target that people found on the page, at the line that prints it.

    Where no line of the outline prints it, one is added.
    """
    given = _given(decision)
    statement = str(given["statement"])
    line = line_at(records.measures, decision)
    if line is None:
        records, line = _with_line(records, decision, statement)
    fields: dict[str, Any] = {
        "heading_id": line.parent_id,
        "edition": line.edition,
        "plan_title": line.plan_title,
        "fiscal_year": line.fiscal_year,
        "section": line.section,
        "kind": "kpi",
        "number": None,
        "indicator": None,
        "indicator_code": None,
        "population": None,
        "basis": "absolute",
        "comparator": None,
        "value": None,
        "unit": None,
        "baseline_value": None,
        "baseline_year": None,
        "condition": None,
        "deadline": None,
        "notes": (),
        "value_underlined": False,
        **given,
    }
    added = Target(
        target_id=f"t{_suffix(decision)}",
        measure_id=line.measure_id,
        statement_normalized=normalize(statement).text,
        page=decision.page or line.page,
        box=decision.box or line.box,
        confidence=1.0,
        confidence_reasons=(Reason("added_in_review", {"by": decision.by}),),
        corrected_by=decision.by,
        reviewed="corrected",
        **fields,
    )
    return replace(records, targets=(*records.targets, added))


def add_measure(records: Records, decision: Decision) -> Records:
    """``records`` with a line of the outline that people found on the page, after the lines above it."""
    return _with_line(records, decision, str(_given(decision)["text"]))[0]


def _with_line(records: Records, decision: Decision, text: str) -> tuple[Records, Measure]:
    box = decision.box or Box(0.0, 0.0, 0.0, 0.0)
    page = decision.page or 1
    above = [m for m in records.measures if (m.page, m.box.top) <= (page, box.top)]
    beside = above[-1] if above else next(iter(records.measures), None)
    fields: dict[str, Any] = {
        "edition": beside.edition if beside else "single",
        "plan_title": beside.plan_title if beside else None,
        "fiscal_year": beside.fiscal_year if beside else None,
        "section": beside.section if beside else None,
        "section_number": beside.section_number if beside else None,
        "level": beside.level if beside else 0,
        "kind": "target" if decision.table == "targets" else "action",
        "marker": None,
        "importance": None,
        "difficulty": None,
        "parent_id": beside.parent_id if beside else None,
    }
    if decision.table == "measures":
        fields |= {name: value for name, value in _given(decision).items() if name != "text"}
    line = Measure(
        measure_id=f"m{_suffix(decision)}",
        ordinal=0,
        text=text,
        text_normalized=normalize(text).text,
        underlines=(),
        page=page,
        box=box,
        cell_id=None,
        corrected_by=decision.by,
        reviewed="corrected",
        **fields,
    )
    at = records.measures.index(beside) + 1 if above and beside else 0
    return replace(records, measures=_numbered((*records.measures[:at], line, *records.measures[at:]))), line


def line_at(measures: Sequence[Measure], decision: Decision) -> Measure | None:
    """The line that a decision was picked from: the one with its text, else the one that its box lies in."""
    found = meant(decision, [(measure, measure.text) for measure in measures])
    if found is not None:
        return found
    here = [measure for measure in measures if measure.page == decision.page]
    box = decision.box
    if box is None:
        return None
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    around = [measure for measure in here if measure.box.contains(x, y)]
    return min(around, key=lambda measure: measure.box.width * measure.box.height, default=None)


def drop_measures(records: Records, gone: Collection[str]) -> Records:
    """``records`` without the lines ``gone`` and their own targets; what stood under a line moves up to its parent."""
    if not gone:
        return records
    above: dict[str, str | None] = {measure.measure_id: measure.parent_id for measure in records.measures}

    def standing(key: str | None) -> str | None:
        while key in gone:
            key = above.get(str(key))
        return key

    measures = tuple(
        replace(measure, parent_id=standing(measure.parent_id))
        for measure in records.measures
        if measure.measure_id not in gone
    )
    targets = tuple(
        replace(target, heading_id=standing(target.heading_id))
        for target in records.targets
        if target.measure_id not in gone
    )
    changes = tuple(
        replace(
            change,
            new_measure_id=None if change.new_measure_id in gone else change.new_measure_id,
            old_measure_id=None if change.old_measure_id in gone else change.old_measure_id,
        )
        for change in records.changes
        if not (ids := {change.new_measure_id, change.old_measure_id} - {None}) or ids - set(gone)
    )
    left = {target.target_id for target in targets}
    unknown = tuple(entry for entry in records.unknown_indicators if entry.target_id in left)
    kept = replace(records, measures=_numbered(measures), targets=targets, changes=changes)
    return replace(kept, unknown_indicators=unknown)


def without_circles(measures: Sequence[Measure], read: Sequence[Measure]) -> tuple[Measure, ...]:
    """``measures`` of which none stands under itself: lines put into a circle stand where they were read."""
    before = {measure.measure_id: measure.parent_id for measure in read}
    parents = {measure.measure_id: measure.parent_id for measure in measures}
    for start in parents:
        seen: list[str] = []
        key: str | None = start
        while key is not None and key not in seen:
            seen.append(key)
            key = parents.get(key)
        if key is not None:
            for one in seen[seen.index(key) :]:
                parents[one] = above if (above := before.get(one)) in parents else None
    return tuple(
        m if m.parent_id == parents[m.measure_id] else replace(m, parent_id=parents[m.measure_id]) for m in measures
    )


def retext(records: Records, read: Sequence[Measure]) -> Records:
    """``records`` with the texts that people changed carried through.

    A text that takes in the next line's takes that line in; one cut short leaves its rest as a line of its own.
    The normalised texts follow.
    """
    before = {measure.measure_id: measure.text for measure in read}
    joined: dict[str, str] = {}
    measures: list[Measure] = []
    rest = list(records.measures)
    while rest:
        line = rest.pop(0)
        was = before.get(line.measure_id, line.text)
        if line.text == was:
            measures.append(line)
            continue
        own = _bare(was)
        while rest and _bare(line.text).startswith(own) and own != _bare(line.text) and rest[0].edition == line.edition:
            following = _bare(before.get(rest[0].measure_id, rest[0].text))
            if not _bare(line.text)[len(own) :].startswith(following):
                break
            own += following
            joined[rest.pop(0).measure_id] = line.measure_id
        measures.append(replace(line, text_normalized=normalize(line.text).text, underlines=()))
        if was.startswith(line.text) and was[len(line.text) :].strip():
            left = was[len(line.text) :].strip()
            measures.append(
                replace(
                    line,
                    measure_id=f"{line.measure_id}b",
                    text=left,
                    text_normalized=normalize(left).text,
                    underlines=(),
                    marker=None,
                    read_value=None,
                )
            )
    targets = tuple(
        replace(
            target,
            measure_id=joined.get(target.measure_id, target.measure_id),
            heading_id=_followed(target.heading_id, joined),
        )
        for target in records.targets
    )
    moved = tuple(replace(measure, parent_id=_followed(measure.parent_id, joined)) for measure in measures)
    changes = tuple(
        replace(
            change,
            new_measure_id=_followed(change.new_measure_id, joined),
            old_measure_id=_followed(change.old_measure_id, joined),
        )
        for change in records.changes
    )
    return replace(records, measures=_numbered(moved), targets=targets, changes=changes)


def _followed(key: str | None, joined: Mapping[str, str]) -> str | None:
    return None if key is None else joined.get(key, key)


def _numbered(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    return tuple(m if m.ordinal == at else replace(m, ordinal=at) for at, m in enumerate(measures))


def _given(decision: Decision) -> dict[str, Any]:
    table = str(decision.table)
    after = decision.after if isinstance(decision.after, dict) else {}
    values = correctable()[table].values
    return {name: held(table, name, value) for name, value in after.items() if name in values}


def _suffix(decision: Decision) -> str:
    """A part for the id of an added record that no other decision gives."""
    return f"-{hashlib.sha256(decision.id.encode()).hexdigest()[:8]}"


def _bare(text: str) -> str:
    return "".join(text.split())
