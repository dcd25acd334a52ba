"""What a branch plans in a year, as values: measures, actions, aims, head counts. Wording and setting come later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from normalizers.vocabulary import HEADQUARTERS
from pipeline.sample.chance import Chance
from pipeline.sample.figures import Figures, plan_figures
from pipeline.sample.material import Measure, indicators, material

AimKind = Literal["kpi", "branch_target"]
_ALTERNATIVES = re.compile(r"\{([^{}:]+\|[^{}]+)\}")
_INLINE_AIM = re.compile(r"\{inline:([a-z_]+)\}$")
_REWORDING, _COMING_AND_GOING, _MOVING, _SPLITTING = 0.35, 0.1, 0.4, 0.5

_FIRST_ADOPTION, _SLOWEST_ADOPTION = 2022, 4  # fiscal year; years until a branch takes over what another one began


@dataclass(frozen=True, slots=True)
class Aim:
    """One thing to be reached. ``relative`` aims are set against the previous year, whose result is ``baseline``."""

    key: str
    kind: AimKind
    name: str
    unit: str
    population: str | None
    comparator: str | None
    value: float | None
    relative: bool
    baseline: float
    decimals: int
    joint: str
    goal: str
    mark: str
    note: str | None
    deadline: str


@dataclass(frozen=True, slots=True)
class Action:
    """One sentence of what will be done; ``moved_from`` names the measure it stood under in the year before."""

    key: str
    text: str
    aim: Aim | None
    moved_from: str | None


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """One measure with all that stands below it."""

    key: str
    section: int
    heading: str
    actions: tuple[Action, ...]
    aims: tuple[Aim, ...]
    branch_aims: tuple[Aim, ...]
    figures: str | None
    importance: str | None
    difficulty: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One branch's plan of one fiscal year (western)."""

    branch_code: str
    branch_name: str
    year: int
    seed: int
    sections: tuple[str, ...]
    measures: tuple[PlannedMeasure, ...]
    figures: Figures


def make_plan(branch_code: str, branch_name: str, year: int, seed: int, *, drifting: bool = False) -> Plan:
    """The branch's plan of the year; the same arguments give the same plan.

    With ``drifting``, some actions are cut in two in some years.
    """
    chance = Chance(seed, branch_code)
    figures = plan_figures(chance, year)
    entries = [entry for entry in material().measure if year <= entry.until]
    writer = _Writer(chance, branch_code, branch_name, year, figures, drifting)
    actions: dict[str, list[Action]] = {entry.key: [] for entry in entries}
    for entry in entries:
        for number, sentence in enumerate((*entry.actions, *entry.spreading)):
            home = writer.home(entry, number, year)
            if number >= len(entry.actions) and not writer.adopted(entry.key, number):
                continue
            if not writer.present(entry.key, number, year):
                continue
            before = writer.home(entry, number, year - 1)
            for part, text in enumerate(writer.parts(entry, number, sentence)):
                actions[home].append(
                    Action(
                        key=f"{entry.key}-{number}" + (f"/{part}" if part else ""),
                        text=writer.sentence(_INLINE_AIM.sub("", text), entry.key, number),
                        aim=writer.inline_aim(text),
                        moved_from=before if before != home and writer.present(entry.key, number, year - 1) else None,
                    )
                )
    measures = tuple(
        PlannedMeasure(
            key=entry.key,
            section=entry.section - 1,
            heading=entry.heading_in(year),
            actions=tuple(actions[entry.key]),
            aims=writer.aims(entry.aims, "kpi"),
            branch_aims=writer.aims(entry.branch_aims, "branch_target"),
            figures=entry.figures,
            importance=entry.importance,
            difficulty=entry.difficulty,
        )
        for entry in entries
    )
    return Plan(branch_code, branch_name, year, seed, material().section_names(year), measures, figures)


class _Writer:
    def __init__(self, chance: Chance, code: str, name: str, year: int, figures: Figures, drifting: bool) -> None:
        self.chance = chance
        self.code = code
        self.name = name
        self.year = year
        self.figures = figures
        self.drifting = drifting

    def parts(self, entry: Measure, number: int, sentence: str) -> tuple[str, ...]:
        """The action as one sentence, or cut in two where it can be and this is a year for it."""
        cut = entry.may_split.get(number)
        if cut is None or not self.drifting:
            return (sentence,)
        two = self.chance.settled((False, True), self.year, _SPLITTING, entry.key, number, "split")
        return cut if two else (sentence,)

    def adopted(self, measure: str, number: int) -> bool:
        """Whether the branch does by now what one branch began and others take over."""
        if not self.drifting or self.code == HEADQUARTERS:
            return False
        pioneer = f"{Chance(self.chance.seed, measure).pick(range(1, 48), number, 'pioneer'):02d}"
        later = 1 + int(self.chance.share(measure, number, "adopted") * _SLOWEST_ADOPTION)
        return self.year >= _FIRST_ADOPTION + (0 if self.code == pioneer else later)

    def present(self, measure: str, number: int, year: int) -> bool:
        if self.code == HEADQUARTERS:
            return True
        return self.chance.settled((True,) * 7 + (False,), year, _COMING_AND_GOING, measure, number, "present")

    def home(self, entry: Measure, number: int, year: int) -> str:
        other = entry.may_move.get(number)
        if other is None:
            return entry.key
        return self.chance.settled((entry.key, other), year, _MOVING, entry.key, number, "home")

    def sentence(self, text: str, *question: object) -> str:
        slots = iter(range(9))
        worded = _ALTERNATIVES.sub(
            lambda found: self.chance.settled(found[1].split("|"), self.year, _REWORDING, *question, next(slots)), text
        )
        if self.code == HEADQUARTERS:
            return worded.replace("[支部]県内", "全国").replace("[支部]", "各支部").replace("[都道府県]", "都道府県")
        kind = {"01": "道", "13": "都", "26": "府", "27": "府"}.get(self.code, "県")
        return (
            worded.replace("[都道府県]", kind)
            .replace("[支部]県内", self.name + kind + "内")
            .replace("[支部]", self.name)
        )

    def inline_aim(self, sentence: str) -> Aim | None:
        found = _INLINE_AIM.search(sentence)
        return self.aim(found[1], "branch_target") if found else None

    def aims(self, keys: Sequence[str], kind: AimKind) -> tuple[Aim, ...]:
        known = indicators()
        return tuple(self.aim(key, kind) for key in keys if known[key].since <= self.year <= known[key].until)

    def aim(self, key: str, kind: AimKind) -> Aim:
        entry = indicators()[key]
        relative = entry.is_relative(self.year)
        qualitative = entry.unit == "none"
        return Aim(
            key=key,
            kind=kind,
            name=entry.name_in(self.year),
            unit=entry.unit,
            population=entry.population,
            comparator=entry.comparator,
            value=None if relative or qualitative else self._value(key, self.year),
            relative=relative,
            baseline=0.0 if qualitative else self._result(key, self.year - 1),
            decimals=entry.decimals,
            joint=entry.joint,
            goal=entry.goal,
            mark=entry.mark,
            note=entry.note,
            deadline=entry.deadline,
        )

    def _value(self, key: str, year: int) -> float:
        known = plan_figures(self.chance, year).rate_of(key)
        if known is not None:
            return known
        entry = indicators()[key]
        level = entry.level_in(year)
        if self.code == HEADQUARTERS:
            return float(round(min(level, 100.0) if entry.unit == "percent" else level, entry.decimals))
        scatter = (self.chance.share(key) * 2 - 1) * entry.spread
        drift = (self.chance.share(key, year) - 0.5) * entry.spread * 0.05
        value = level + scatter + (year - 2024) * entry.growth + drift
        if entry.unit == "times":
            value = level + scatter
        elif entry.unit in ("offices", "people"):
            value = round(value, -1)
        if entry.unit == "percent":
            value = min(value, 100.0)
        return float(round(value, entry.decimals))

    def _result(self, key: str, year: int) -> float:
        share = 0.94 + self.chance.share(key, "result", year) * 0.05
        return float(round(self._value(key, year) * share, indicators()[key].decimals))
