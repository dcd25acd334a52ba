"""Decisions as they change the records of a plan."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations

import pytest

from normalizers.model.reasons import Reason
from normalizers.model.records import PrintedNumber, Records, Target
from parsers.model.document import DocumentIdentity, PageSummary, ParsedDocument
from parsers.model.finding import Finding
from parsers.model.geometry import Box
from pipeline.decisions.apply import apply_decisions, identified
from pipeline.decisions.decision import Decision
from pipeline.decisions.dismissals import dismissed_by
from pipeline.decisions.standing import Decided, by_document
from pipeline.store.table_rows import FindingRow
from tests.pipeline.decisions.plan import COUNTS, HEADING, PROSE, RATE, SHA, TAIL, box, decide, plan


def applied(*decisions: Decision, records: Records | None = None) -> Records:
    return apply_decisions(records or plan(), Decided(by_document(decisions)[SHA]))


def first(records: Records) -> Target:
    return records.targets[0]


def test_a_corrected_value_is_certain_and_what_was_read_stays_beside_it() -> None:
    row = first(applied(decide("correct", first(plan()), field="value", before=67.2, after=61.2)))
    assert (row.value, row.corrected_by, row.confidence, row.reviewed) == (61.2, "Aoki", 1.0, "corrected")
    assert json.loads(row.read_value or "") == {"value": 67.2}
    assert row.confidence_reasons == (Reason("corrected_in_review", {"by": "Aoki"}),)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "branch_target"), ("number", 3), ("indicator", "受診率"), ("indicator_code", "insured_checkup_rate"),
        ("population", "insured"), ("basis", "previous_year"), ("comparator", None), ("value", None),
        ("unit", "people"), ("baseline_value", 60.0), ("baseline_year", 2022), ("condition", "全支部"),
        ("deadline", "年度末"), ("notes", ["※1 全国"]), ("edition", "reference"), ("fiscal_year", 2025),
        ("section", "基盤"), ("value_underlined", True), ("statement", "健診実施率を61.2%以上とする"),
    ],
)  # fmt: skip
def test_every_field_of_a_target_can_be_corrected(field: str, value: object) -> None:
    row = first(applied(decide("correct", first(plan()), field=field, after=value)))
    held = getattr(row, field)
    assert (list(held) if isinstance(held, tuple) else held) == value
    assert row.reviewed == "corrected"


def test_a_target_can_be_put_under_another_heading() -> None:
    other = {"page": 1, "text": PROSE.text}
    assert first(applied(decide("correct", first(plan()), field="heading_id", after=other))).heading_id == "m0003"


def test_a_confirmed_row_is_certain_and_says_so() -> None:
    row = first(applied(decide("confirm", first(plan()), before={"value": 67.2, "unit": "percent"})))
    assert (row.reviewed, row.confidence, row.read_value, row.corrected_by) == ("confirmed", 1.0, None, "Aoki")
    assert first(applied(decide("confirm", first(plan()), sampled=True))).reviewed == "sampled"


def test_what_was_confirmed_holds_where_a_later_version_reads_something_else() -> None:
    row = first(applied(decide("confirm", first(plan()), before={"value": 61.2})))
    assert row.value == 61.2
    assert json.loads(row.read_value or "") == {"value": 67.2}


def test_of_two_rows_of_one_line_the_one_that_was_meant_is_corrected() -> None:
    rate, people = plan().targets[1:]
    by_place = applied(decide("correct", people, field="value", before=172500.0, after=17250.0, occurrence=2))
    assert [row.value for row in by_place.targets] == [67.2, 60.3, 17250.0]
    # Another version may read a row more or less on the line: what was read there tells the rows apart.
    by_value = applied(decide("correct", rate, field="value", before=172500.0, after=17250.0, occurrence=1))
    assert [row.value for row in by_value.targets] == [67.2, 60.3, 17250.0]


def test_a_rejected_row_is_gone_and_its_findings_with_it() -> None:
    doubted = Finding("low_confidence", {}, 1, box(1), "targets", "t0001")
    records = Records(plan().measures, plan().targets, plan().changes, (doubted,), plan().unknown_indicators)
    left = applied(decide("reject", first(plan())), records=records)
    assert [row.target_id for row in left.targets] == ["t0002", "t0003"]
    assert left.findings == ()
    assert left.unknown_indicators == ()


def test_a_line_whose_only_target_is_none_states_no_target() -> None:
    left = applied(decide("reject", first(plan())))
    assert (left.measures[1].kind, left.measures[1].read_value) == ("action", '{"kind": "target"}')
    one_of_two = applied(decide("reject", plan().targets[2], occurrence=2))
    assert one_of_two.measures[2].kind == "figure"


def test_an_indicator_that_was_given_its_code_is_unknown_no_more() -> None:
    coded = decide("correct", first(plan()), field="indicator_code", after="insured_checkup_rate")
    assert applied(coded).unknown_indicators == ()
    assert applied(decide("confirm", first(plan()))).unknown_indicators == plan().unknown_indicators


def test_a_missing_target_is_added_at_the_line_that_prints_it() -> None:
    fields = {"statement": "前年は70%", "indicator": "健診実施率", "value": 70, "unit": "percent", "comparator": "ge"}
    added = applied(decide("add", None, table="targets", page=1, text=PROSE.text, after=fields)).targets[-1]
    assert (added.measure_id, added.heading_id, added.value, added.confidence) == ("m0003", "m0000", 70.0, 1.0)


def test_a_missing_target_drawn_where_no_line_is_gets_a_line() -> None:
    place = {"page": 1, **box(9)._asdict()}
    records = applied(decide("add", None, table="targets", after={"statement": "回収率90%"}, **place))
    line = next(m for m in records.measures if m.measure_id == records.targets[-1].measure_id)
    assert (line.text, line.kind, line.ordinal) == ("回収率90%", "target", 5)


def test_a_missing_line_comes_after_the_line_above_it() -> None:
    place = {"page": 1, "x0": 50.0, "top": 125.0, "x1": 300.0, "bottom": 135.0}
    records = applied(decide("add", None, table="measures", after={"text": "新しい行", "kind": "note"}, **place))
    assert [m.text for m in records.measures][1:3] == [RATE.text, "新しい行"]
    assert [m.ordinal for m in records.measures] == list(range(6))


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "note"), ("section", "基盤"), ("level", 2), ("edition", "old"), ("importance", "高")]
)
def test_lines_of_the_outline_are_corrected(field: str, value: object) -> None:
    line = applied(decide("correct", PROSE, field=field, after=value)).measures[3]
    assert (getattr(line, field), line.reviewed) == (value, "corrected")


def test_a_text_that_takes_in_the_next_line_joins_them() -> None:
    records = applied(decide("correct", PROSE, field="text", after=PROSE.text + TAIL.text))
    assert [m.text for m in records.measures] == [HEADING.text, RATE.text, COUNTS.text, PROSE.text + TAIL.text]
    assert records.measures[3].text_normalized == PROSE.text + TAIL.text


def test_a_text_cut_short_leaves_its_rest_as_a_line() -> None:
    records = applied(decide("correct", RATE, field="text", after="健診実施率を67.2%"))
    assert [m.text for m in records.measures][1:3] == ["健診実施率を67.2%", "以上とする"]


def test_a_line_that_is_none_takes_its_targets_along_and_frees_what_stood_under_it() -> None:
    records = applied(decide("reject", HEADING), decide("reject", RATE, minute=1))
    assert [m.measure_id for m in records.measures] == ["m0002", "m0003", "m0004"]
    assert {m.parent_id for m in records.measures} == {None}
    assert [t.target_id for t in records.targets] == ["t0002", "t0003"]
    assert records.changes == ()


def test_a_change_is_corrected() -> None:
    where = {"table": "changes", "page": 1, "text": RATE.text, **RATE.box._asdict()}
    moved = decide("correct", None, field="kind", after="moved", **where)
    linked = decide("correct", None, minute=1, field="old_measure_id", after={"page": 1, "text": TAIL.text}, **where)
    change = applied(moved, linked).changes[0]
    assert (change.kind, change.old_measure_id, change.reviewed) == ("moved", "m0004", "corrected")


def test_a_decision_whose_text_is_gone_is_said_and_changes_nothing() -> None:
    gone = decide("correct", first(plan()), field="value", after=1.0).model_copy(update={"text": "もうない行"})
    records = applied(gone)
    assert records.targets == plan().targets
    assert [finding.check for finding in records.findings] == ["stale_decision"]
    elsewhere = decide("correct", first(plan()), field="value", after=1.0).model_copy(update={"page": 2})
    assert [finding.check for finding in applied(elsewhere).findings] == ["stale_decision"]


def test_the_order_of_the_lines_does_not_matter_and_the_later_decision_holds() -> None:
    row = first(plan())
    decisions = (
        decide("correct", row, minute=1, field="value", after=61.2),
        decide("correct", row, minute=2, field="value", after=62.2, by="Baba"),
        decide("correct", row, minute=3, field="unit", after="people"),
    )
    results = [applied(*order) for order in permutations(decisions)]
    assert all(result == results[0] for result in results)
    assert first(results[0]).value == 62.2
    assert [f.check for f in results[0].findings] == ["contradicting_decisions"]


def test_what_was_taken_back_does_not_count() -> None:
    row = first(plan())
    wrong = decide("correct", row, minute=1, field="value", after=61.2)
    undo = decide("undo", minute=2, undoes=wrong.id)
    kept = decide("confirm", row, minute=3)
    assert first(applied(wrong, undo, kept)).reviewed == "confirmed"
    assert applied(wrong, undo, kept).findings == ()
    again = decide("undo", minute=4, undoes=undo.id)
    assert first(applied(wrong, undo, kept, again)).value == 61.2


def test_words_that_mean_an_indicator_code_its_rows() -> None:
    records = apply_decisions(plan(), Decided(wordings={"健診 実施率": "insured_checkup_rate"}))
    assert [row.indicator_code for row in records.targets] == ["insured_checkup_rate", "insured_checkup_rate", None]
    assert records.unknown_indicators == ()


def parsed(**identity: object) -> ParsedDocument:
    known = {"branch_code": None, "branch_name": None, "fiscal_year": 2024, "title": "計画", "kind": "plan"}
    said = DocumentIdentity(**{**known, "is_draft": False, "producer": "", **identity})  # type: ignore[arg-type]
    unknown = Finding("identity_unknown", {}, 1, variant="branch")
    return ParsedDocument(said, (PageSummary(1, 595.0, 842.0, "digital", 40, 0, 0),), (), (), (), (unknown,))


def test_a_document_is_whose_people_say_it_is() -> None:
    decisions = (
        decide("identify", field="branch_code", after="33"),
        decide("identify", minute=1, field="fiscal_year", after=2025),
        decide("identify", minute=2, field="is_draft", after=True),
    )
    found = identified(parsed(), Decided(decisions))
    assert (found.identity.branch_name, found.identity.fiscal_year, found.identity.is_draft) == ("岡山", 2025, True)
    assert found.findings == ()


def said(value: float, place: Box, target: str | None = None) -> FindingRow:
    finding = Finding("plausible_value", {"value": value}, 1, place, "targets", target)
    return FindingRow(finding, "warning", f"{value} is far", "run")


def test_a_finding_is_dismissed_once_or_for_its_check() -> None:
    here = said(812, box(1), "t0001")
    there = said(812, box(3), "t0002")
    place = {"table": "findings", "page": 1, **box(1)._asdict()}
    once = decide("dismiss", None, field="plausible_value", before={"value": 812}, **place)
    assert [dismissed_by(finding, [once]) for finding in (here, there)] == ["Aoki", None]
    other_words = said(999, box(1))
    assert dismissed_by(other_words, [once]) is None
    always = decide("dismiss", None, field="plausible_value")
    assert [dismissed_by(finding, [always]) for finding in (here, there)] == ["Aoki", "Aoki"]


def number(at: int, value: float, row: int, role: str, record: tuple[str, str] | None) -> PrintedNumber:
    place = box(row)
    table, key = record or (None, None)
    return PrintedNumber(f"n{at:05d}", 1, place, f"{value:g}", value, "percent", role, table, key)  # type: ignore[arg-type]


def test_every_number_keeps_one_role_after_decisions() -> None:
    numbers = (
        number(1, 67.2, 1, "value", ("targets", "t0001")),
        number(2, 70.0, 3, "unread", ("measures", "m0003")),
        number(3, 60.3, 2, "value", ("targets", "t0002")),
    )
    unread = Finding("unread_number", {}, 1, box(3), "measures", "m0003")
    records = replace(plan(), numbers=numbers, findings=(unread,))
    fields = {"statement": PROSE.text, "value": 70, "unit": "percent"}
    place = {"table": "targets", "page": 1, "text": PROSE.text, **PROSE.box._asdict()}
    added = decide("add", None, minute=1, after=fields, **place)
    decided = applied(decide("reject", first(plan())), added, records=records)
    assert [(n.role, n.record_table) for n in decided.numbers] == [
        ("statistic", None), ("value", "targets"), ("value", "targets"),
    ]  # fmt: skip
    assert decided.numbers[1].record_id == decided.targets[-1].target_id
    assert decided.findings == ()
