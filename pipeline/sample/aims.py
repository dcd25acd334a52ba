"""An aim as a sentence, and what a careful reader takes from it: both made here from the same values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.sample.chance import Chance
from pipeline.sample.content import Aim

_COUNTERS = {"percent": "%", "offices": "事業所", "companies": "社", "people": "人", "yen": "円", "times": "回"}
_GOALS = {
    "ge": ("以上とする", "以上とする", "以上を目指す", "以上にする"),
    "le": ("以下とする",),
    "eq": ("とする", "で維持する"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of ``targets`` that a sentence gives.

    ``start:end`` is its statement and ``figure`` the stretch of its number: both are half-open offsets
    into the sentence, or into the whole paragraph once it is worded.
    """

    kind: str
    start: int
    end: int
    indicator: str | None
    population: str | None = None
    basis: str = "absolute"
    comparator: str | None = None
    value: float | None = None
    unit: str | None = None
    baseline_value: float | None = None
    baseline_year: int | None = None
    condition: str | None = None
    deadline: str | None = None
    notes: tuple[str, ...] = ()
    number: int | None = None
    figure: tuple[int, int] | None = None

    def shifted(self, by: int) -> Reading:
        """The same with offsets counted from ``by`` characters earlier."""
        figure = (self.figure[0] + by, self.figure[1] + by) if self.figure else None
        return replace(self, start=self.start + by, end=self.end + by, figure=figure)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in normal form with its readings."""

    text: str
    readings: tuple[Reading, ...]


def printed_value(value: float, unit: str, decimals: int) -> str:
    """A figure with its counter: 62.3%, 1,850社."""
    return printed_number(value, unit, decimals) + _COUNTERS[unit]


def printed_number(value: float, unit: str, decimals: int) -> str:
    """A figure without its counter."""
    return f"{value:,.{decimals}f}" if unit == "percent" else f"{value:,.0f}"


def goal_sentence(aim: Aim, year: int, chance: Chance) -> Sentence:
    """The aim as a KPI's sentence, worded in the branch's own way."""
    notes = (aim.note,) if aim.note else ()
    if aim.unit == "none":
        text = aim.name + aim.goal
        reading = Reading(aim.kind, 0, len(text), aim.name, basis="qualitative")
        return Sentence(text, (reading,))
    if aim.key == "generic_rate" and chance.share("exception") < 0.25:
        return _with_exception(aim, notes)
    if aim.relative:
        return _relative_sentence(aim, year, chance, notes)
    assert aim.value is not None
    value = printed_value(aim.value, aim.unit, aim.decimals)
    end = chance.pick(_GOALS[aim.comparator or "eq"], aim.comparator, "goal")
    joint = "について、" if "目指す" in end and aim.joint == "を" else aim.joint
    per = "年" if aim.unit == "times" else ""
    before = aim.name + aim.mark + joint + aim.deadline + per
    text = before + value + end + chance.pick(("", "", "。"), "full stop")
    reading = Reading(
        aim.kind,
        0,
        len(text),
        aim.name,
        population=aim.population,
        comparator=aim.comparator,
        value=aim.value,
        unit=aim.unit,
        deadline=aim.deadline or None,
        notes=notes,
        figure=(len(before), len(before + printed_number(aim.value, aim.unit, aim.decimals))),
    )
    return Sentence(text, (reading,))


def _relative_sentence(aim: Aim, year: int, chance: Chance, notes: tuple[str, ...]) -> Sentence:
    word = "以下" if aim.comparator == "le" else "以上"
    baseline: float | None = None
    before = chance.pick(("対前年度", "対前年度", "前年度", "result"), "relative")
    if before == "result":
        before = f"前年度実績({printed_value(aim.baseline, aim.unit, aim.decimals)})"
        baseline = aim.baseline
    text = (
        aim.name
        + aim.mark
        + aim.joint
        + aim.deadline
        + before
        + word
        + "とする"
        + chance.pick(("", "", "。"), "full stop")
    )
    reading = Reading(
        aim.kind,
        0,
        len(text),
        aim.name,
        population=aim.population,
        basis="previous_year",
        comparator=aim.comparator,
        baseline_value=baseline,
        baseline_year=year - 1 if baseline is not None else None,
        deadline=aim.deadline or None,
        notes=notes,
    )
    return Sentence(text, (reading,))


def _with_exception(aim: Aim, notes: tuple[str, ...]) -> Sentence:
    first = f"全支部において、{aim.name}{aim.mark}を80%以上とする。"
    condition = f"ただし、{aim.name}が80%以上の支部については"
    second = f"{condition}、{aim.deadline}対前年度以上とする。"
    at = first.index("80%")
    rule = Reading(
        aim.kind,
        0,
        len(first),
        aim.name,
        comparator="ge",
        value=80.0,
        unit="percent",
        condition="全支部において",
        notes=notes,
        figure=(at, at + 2),
    )
    exception = Reading(
        aim.kind,
        len(first),
        len(first) + len(second),
        aim.name,
        basis="previous_year",
        comparator="ge",
        condition=condition,
        deadline=aim.deadline,
        notes=notes,
    )
    return Sentence(first + second, (rule, exception))


def bare_sentence(aim: Aim) -> Sentence:
    """A name and its figure, without a word on how to compare: 健康宣言事業所の健診実施率 84%."""
    assert aim.value is not None
    value = printed_value(aim.value, aim.unit, aim.decimals)
    before = aim.name + " "
    reading = Reading(
        aim.kind,
        0,
        len(before + value),
        aim.name,
        population=aim.population,
        value=aim.value,
        unit=aim.unit,
        figure=(len(before), len(before + printed_number(aim.value, aim.unit, aim.decimals))),
    )
    return Sentence(before + value, (reading,))


def bracketed_sentence(text: str, aim: Aim) -> Sentence:
    """An action with its aim in brackets: 講座を行う(目標:22回)."""
    assert aim.value is not None
    value = printed_value(aim.value, aim.unit, aim.decimals)
    before = f"{text}(目標:"
    whole = f"{before}{value})"
    reading = Reading(
        aim.kind,
        0,
        len(whole),
        aim.name,
        value=aim.value,
        unit=aim.unit,
        figure=(len(before), len(before + printed_number(aim.value, aim.unit, aim.decimals))),
    )
    return Sentence(whole, (reading,))
