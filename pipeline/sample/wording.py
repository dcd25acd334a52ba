"""From a plan's values to the paragraphs that an office prints, each with its readings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.sample.aims import Reading, Sentence, bare_sentence, bracketed_sentence, goal_sentence
from pipeline.sample.chance import Chance
from pipeline.sample.content import Action, Aim, Plan, PlannedMeasure
from pipeline.sample.figures import Share
from pipeline.sample.style import Style


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph. ``text`` is verbatim with its marker, ``normal`` the same in normal form (equally long);
    ``depth`` counts from 0 below the section; ``key`` links the two editions of a comparison."""

    key: str
    kind: str
    depth: int
    marker: str
    text: str
    normal: str
    body_start: int
    readings: tuple[Reading, ...] = ()
    underlines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One measure as printed: its heading, then everything below. ``aims`` are the paragraphs that state KPIs and
    branch targets, also contained in ``paragraphs``."""

    key: str
    section: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def aims(self) -> tuple[Paragraph, ...]:
        return tuple(p for p in self.paragraphs if p.kind == "target" or p.key.startswith("note:"))

    @property
    def others(self) -> tuple[Paragraph, ...]:
        return tuple(p for p in self.paragraphs if p not in self.aims)


def word_plan(
    plan: Plan, style: Style, *, skipped_number: str | None = None, wrong_count: bool = False
) -> tuple[Group, ...]:
    """The plan's paragraphs, measure by measure. ``skipped_number`` names a measure whose KPI numbers leave out a 2;
    ``wrong_count`` prints a head count that contradicts its rate."""
    writer = _Writer(plan, style, skipped_number, wrong_count)
    groups: list[Group] = []
    numbers = [0] * len(plan.sections)
    for measure in plan.measures:
        numbers[measure.section] += 1
        paragraphs = tuple(writer.measure(measure, numbers[measure.section]))
        groups.append(Group(measure.key, measure.section, paragraphs))
    return tuple(groups)


class _Writer:
    def __init__(self, plan: Plan, style: Style, skipped_number: str | None, wrong_count: bool) -> None:
        self.plan = plan
        self.style = style
        self.chance = Chance(plan.seed, plan.branch_code)
        self.skipped_number = skipped_number
        self.wrong_count = wrong_count

    def measure(self, measure: PlannedMeasure, number: int) -> Iterator[Paragraph]:
        mark = self.style.heading_mark(measure.section + 1, number)
        yield self.paragraph(f"heading:{measure.key}", "heading", 0, mark, Sentence(measure.heading, ()))
        for position, action in enumerate(measure.actions, start=1):
            yield self.action(action, position)
        yield from self.ratings(measure)
        if measure.figures:
            yield from self.figures(measure.figures)
        yield from self.aims(measure, measure.aims, branch=False)
        yield from self.aims(measure, measure.branch_aims, branch=True)

    def action(self, action: Action, position: int) -> Paragraph:
        sentence = bracketed_sentence(action.text, action.aim) if action.aim else Sentence(action.text, ())
        if self.style.width == "half" and sentence.text.endswith("。") and not sentence.readings:
            # Offices that bullet their actions often leave the full stop out.
            sentence = Sentence(sentence.text[:-1], ())
        return self.paragraph(f"action:{action.key}", "action", 1, self.style.action_mark(position), sentence)

    def ratings(self, measure: PlannedMeasure) -> Iterator[Paragraph]:
        for kind, label, reason in (
            ("importance", "重要度", measure.importance),
            ("difficulty", "困難度", measure.difficulty),
        ):
            if reason:
                key = f"{kind}:{measure.key}"
                yield self.paragraph(key, kind, 1, ("", ""), Sentence(f"【{label}:高】", ()))
                yield self.paragraph(f"reason:{key}", "note", 2, ("", ""), Sentence(reason, ()))

    def aims(self, measure: PlannedMeasure, aims: tuple[Aim, ...], *, branch: bool) -> Iterator[Paragraph]:
        if aims and self.style.kpi == "label_line":
            label = "【支部目標】" if branch else "【KPI】"
            yield self.paragraph(
                f"label:{branch}:{measure.key}", "target", 1, ("", ""), Sentence(label, ()), named_marker="【"
            )
        for position, aim in enumerate(aims, start=1):
            number = position if len(aims) > 1 and not branch else None
            if number is not None and number > 1 and self.skipped_number == measure.key:
                number += 1
            sentence = bare_sentence(aim) if branch else goal_sentence(aim, self.plan.year, self.chance)
            sentence = Sentence(sentence.text, tuple(replace(r, number=number) for r in sentence.readings))
            mark = self.style.kpi_mark(number, position, branch=branch)
            yield self.paragraph(f"aim:{aim.key}", "target", 1, mark, sentence)
            if aim.note:
                yield self.paragraph(
                    f"note:{aim.key}", "note", 2, (aim.mark, ""), Sentence(aim.note[len(aim.mark) :], ())
                )

    def figures(self, which: str) -> Iterator[Paragraph]:
        figures = self.plan.figures
        if which == "checkups":
            count = figures.checkup.count + (2_000 if self.wrong_count else 0)
            yield self.group_line("被保険者(40歳以上)", "insured", "実施対象者数", figures.checkup.base)
            yield self.figure(
                "生活習慣病予防健診 実施率", "実施見込者数", "insured", replace(figures.checkup, count=count)
            )
            yield self.figure("事業者健診データ 取得率", "取得見込者数", "insured", figures.employer_data)
            yield self.group_line("被扶養者", "dependents", "実施対象者数", figures.dependents_checkup.base)
            yield self.figure("特定健康診査 実施率", "実施見込者数", "dependents", figures.dependents_checkup)
            return
        yield self.group_line("被保険者", "insured", "特定保健指導対象者数", figures.guidance.base)
        yield self.figure("特定保健指導 実施率", "実施見込者数", "insured", figures.guidance)
        yield self.breakdown("協会保健師実施分", "実施見込者数", "insured", figures.own_guidance)
        yield self.group_line("被扶養者", "dependents", "特定保健指導対象者数", figures.dependents_guidance.base)
        yield self.figure("特定保健指導 実施率", "実施見込者数", "dependents", figures.dependents_guidance)

    def group_line(self, group: str, population: str, name: str, base: int) -> Paragraph:
        before = f"{group}({name}:"
        value = f"{base:,}人"
        text = f"{before}{value})"
        reading = _figure_reading(
            text, name, population, float(base), "people", (len(before), len(before + f"{base:,}"))
        )
        mark = ("■", " ") if self.style.heading_marker == "circle" else ("○", "")
        return self.paragraph(f"group:{population}:{name}", "figure", 1, mark, Sentence(text, (reading,)))

    def figure(self, name: str, people: str, population: str, share: Share) -> Paragraph:
        indicator = name.replace(" ", "")
        counted = name.split(" ", maxsplit=1)[0] + people
        return self.share_line("・", name, indicator, counted, people, population, share)

    def breakdown(self, name: str, people: str, population: str, share: Share) -> Paragraph:
        return self.share_line("(内訳)", name, name, name + people, people, population, share)

    def share_line(
        self, marker: str, name: str, indicator: str, counted: str, people: str, population: str, share: Share
    ) -> Paragraph:
        own = "(内訳)" if marker == "(内訳)" else ""
        before = f"{own}{name} "
        rate = f"{share.rate:.1f}%"
        middle = f"({people}:"
        count = f"{share.count:,}人"
        text = f"{before}{rate}{middle}{count})"
        at = len(before + rate + middle)
        readings = (
            _figure_reading(text, indicator, population, share.rate, "percent", (len(before), len(before + rate) - 1)),
            _figure_reading(text, counted, population, float(share.count), "people", (at, at + len(count) - 1)),
        )
        key = f"figure:{population}:{counted}"
        return self.paragraph(
            key, "figure", 2, ("", "") if own else (marker, ""), Sentence(text, readings), named_marker=own
        )

    def paragraph(
        self, key: str, kind: str, depth: int, mark: tuple[str, str], sentence: Sentence, *, named_marker: str = ""
    ) -> Paragraph:
        lead = mark[0] + mark[1]
        normal = lead + sentence.text
        return Paragraph(
            key=key,
            kind=kind,
            depth=depth,
            marker=self.style.printed(named_marker or mark[0]),
            text=self.style.printed(normal),
            normal=normal,
            body_start=len(lead),
            readings=tuple(reading.shifted(len(lead)) for reading in sentence.readings),
        )


def _figure_reading(
    text: str, indicator: str, population: str, value: float, unit: str, figure: tuple[int, int]
) -> Reading:
    return Reading("plan_figure", 0, len(text), indicator, population=population, value=value, unit=unit, figure=figure)
