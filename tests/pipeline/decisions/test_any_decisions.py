"""Whatever people decide, in whatever order: the records stay records that the tables can hold."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from normalizers.model.records import Measure, Records, Target
from pipeline.decisions.apply import apply_decisions
from pipeline.decisions.decision import Decision, read_line
from pipeline.decisions.standing import Decided, by_document
from tests.pipeline.decisions.plan import COUNTS, HEADING, PROSE, RATE, SHA, TAIL, box, decide, plan

LINES = (HEADING, RATE, COUNTS, PROSE, TAIL)
PARENTS = [("parent_id", {"page": 1, "text": line.text}) for line in (HEADING, PROSE, TAIL)]
TEXTS = st.sampled_from(["全支部", "前年は70%でした。これを伸ばします。", "健診", PROSE.text + TAIL.text])


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    minute = draw(st.integers(0, 40))
    by = draw(st.sampled_from(["Aoki", "Baba"]))
    record: Measure | Target = draw(st.sampled_from([*LINES, *plan().targets]))
    common: dict[str, Any] = {"minute": minute, "by": by, "id": f"d{draw(st.integers(0, 10**6))}"}
    action = draw(st.sampled_from(["confirm", "reject", "correct", "add", "undo"]))
    if action == "undo":
        return decide("undo", **common, undoes=f"d{draw(st.integers(0, 30))}")
    if action == "add":
        table, name = draw(st.sampled_from([("targets", "statement"), ("measures", "text")]))
        place = {"page": 1, **box(draw(st.integers(0, 9)))._asdict()}
        return decide("add", None, **common, table=table, after={name: draw(TEXTS)}, **place)
    if action == "correct":
        said: dict[str, Any] = draw(
            st.sampled_from([("value", 61.2), ("number", None), ("heading_id", {"page": 1, "text": PROSE.text})])
            if isinstance(record, Target)
            else st.one_of(
                st.tuples(st.just("text"), TEXTS),
                st.sampled_from([("kind", "note"), ("level", 3), *PARENTS]),
            )
        )
        return decide("correct", record, **common, field=said[0], after=said[1])
    return decide(action, record, **common)


def assert_whole(records: Records) -> None:
    measures = [measure.measure_id for measure in records.measures]
    targets = [target.target_id for target in records.targets]
    assert len(set(measures)) == len(measures)
    assert len(set(targets)) == len(targets)
    assert [measure.ordinal for measure in records.measures] == list(range(len(measures)))
    assert {measure.parent_id for measure in records.measures} <= {*measures, None}
    parents = {measure.measure_id: measure.parent_id for measure in records.measures}
    for key in measures:
        above: str | None = key
        for _ in measures:
            above = parents[above] if above is not None else None
        assert above is None, "a line stands under itself"
    assert {target.measure_id for target in records.targets} <= set(measures)
    assert {target.heading_id for target in records.targets} <= {*measures, None}
    assert {entry.target_id for entry in records.unknown_indicators} <= set(targets)
    sides = {side for change in records.changes for side in (change.new_measure_id, change.old_measure_id)}
    assert sides <= {*measures, None}


@given(st.lists(decisions(), max_size=12), st.randoms(use_true_random=False))
def test_references_hold_and_order_does_not_matter(made: list[Decision], chance: Any) -> None:
    unique = list({decision.id: decision for decision in made}.values())
    shuffled = list(unique)
    chance.shuffle(shuffled)
    first, second = (apply_decisions(plan(), Decided(by_document(order).get(SHA, ()))) for order in (unique, shuffled))
    assert first == second
    assert_whole(first)


@given(decisions())
def test_a_decision_is_read_as_it_was_written(decision: Decision) -> None:
    assert read_line(decision.line()) == decision
