"""Aims in a bracket of an action."""

from __future__ import annotations

from normalizers.aims.inline_aims import inline_readings


def test_the_action_is_what_a_bare_figure_counts() -> None:
    (reading,) = inline_readings("事業所に回収の依頼文書を送付(目標:200事業所)")
    assert (reading.indicator, reading.value, reading.unit) == ("事業所に回収の依頼文書を送付", 200.0, "offices")


def test_each_group_has_its_own_figure() -> None:
    readings = list(inline_readings("勧奨を強める(目標:被保険者 60%、被扶養者 30%)"))
    assert [(reading.population, reading.value) for reading in readings] == [("insured", 60.0), ("dependents", 30.0)]
    assert {reading.indicator for reading in readings} == {"勧奨を強める"}


def test_a_measure_in_the_bracket_is_the_indicator() -> None:
    (reading,) = inline_readings("勧奨を強める(目標:被扶養者の健診実施率 30%以上)")
    assert (reading.indicator, reading.population, reading.comparator) == ("被扶養者の健診実施率", "dependents", "ge")


def test_places_point_into_the_action() -> None:
    body = "文書を送付(目標:令和6年度末までに200社、電話100社)"
    first, second = inline_readings(body)
    assert first.number is not None
    assert body[slice(*first.number)] == "200"
    assert first.deadline is not None
    assert body[slice(*first.deadline)] == "令和6年度末までに"
    assert second.condition is not None
    assert body[slice(*second.condition)] == "電話"


def test_a_sentence_in_the_bracket_states_no_aim() -> None:
    assert not list(inline_readings("勧奨を行う(目標は、別に定める3つの項目による)"))
