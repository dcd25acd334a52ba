"""Checks on printed arithmetic: rates, head counts, parts and wholes.

A plan prints the rate, the planned head count and the eligible head count side by side; the three cannot all be right
unless they agree, and a wrong digit in any of them (misprinted or misread) breaks the agreement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.checks.context import Doubt, RunContext, about
from pipeline.checks.indicator_words import same_indicator
from pipeline.checks.rows import DocumentRows, TargetRow

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class CountedRate:
    """A rate printed on one line with its planned head count, and the eligible head count it is a share of."""

    rate: TargetRow
    planned: TargetRow
    eligible: TargetRow
    agrees: bool


def counted_rates(document: DocumentRows, context: RunContext) -> list[CountedRate]:
    """Every rate of the document that has a planned and an eligible head count, in reading order.

    The eligible count is the nearest one before the rate, in the same plan, heading and population; where that one
    contradicts the rate but another of the same heading agrees, that other one is meant.
    """
    planned_words = context.settings.words("rate_and_count", "planned_words")
    eligible_words = context.settings.words("rate_and_count", "eligible_words")
    found: list[CountedRate] = []
    eligible: dict[tuple[object, ...], list[TargetRow]] = defaultdict(list)
    for line in _lines(document):
        for target in line:
            if _is_count(target, eligible_words, planned_words):
                eligible[_place(target)].append(target)
        for rate, planned in _rates_with_counts(line, planned_words):
            bases = eligible[_place(rate)]
            if not bases:
                continue
            base = next((b for b in reversed(bases) if _agrees(rate, planned, b)), None)
            found.append(CountedRate(rate, planned, base or bases[-1], base is not None))
    return found


def rate_matches_count(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """The planned head count divided by the eligible head count is the printed rate, within the rounding of both.

    172,500 of 286,223 is 60.27 %, printed as 60.3 %. A rate that its own counts contradict misleads whoever compares
    branches, and which of the three figures is wrong only the page can tell.
    """
    for counted in counted_rates(document, context):
        rate, planned, eligible = counted.rate, counted.planned, counted.eligible
        if counted.agrees or rate.value is None or planned.value is None or not eligible.value:
            continue
        yield about(
            rate,
            {
                "rate": rate.indicator,
                "printed": rate.value,
                "planned": planned.value,
                "eligible": eligible.value,
                "computed": f"{planned.value / eligible.value:.{decimals(rate) + 1}%}",
            },
        )


def parts_give_whole(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """The insured's and the dependents' planned head counts over their eligible ones give the overall rate of the KPI.

    (15,140 + 660) / (43,208 + 1,961) is 34.98 %, stated by the KPI as 35.0 %. Looked at only where the plan prints
    exactly one rate with counts for each of the two groups, all three agreeing in themselves.
    """
    rates = [counted for counted in counted_rates(document, context) if counted.agrees]
    for kpi in document.targets:
        if kpi.kind != "kpi" or kpi.population != "all" or not _is_rate(kpi) or kpi.condition:
            continue
        same = [c for c in rates if c.rate.speaker == kpi.speaker and same_indicator(c.rate, kpi)]
        insured = [c for c in same if c.rate.population == "insured"]
        dependents = [c for c in same if c.rate.population == "dependents"]
        if len(insured) != 1 or len(dependents) != 1:
            continue
        parts = (insured[0], dependents[0])
        planned = sum(part.planned.value or 0.0 for part in parts)
        eligible = sum(part.eligible.value or 0.0 for part in parts)
        slack = sum(_rounding(part.planned) for part in parts)
        assert kpi.value is not None
        if not _within(kpi.value, decimals(kpi), planned, eligible, slack):
            yield about(
                kpi,
                {
                    "rate": kpi.indicator,
                    "printed": kpi.value,
                    "planned": planned,
                    "eligible": eligible,
                    "computed": f"{planned / eligible:.{decimals(kpi) + 1}%}",
                },
            )


def breakdown_within_whole(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """A share that a breakdown line names, (内訳)協会保健師実施分 20.0%, is at most the rate it breaks down.

    The whole is the nearest rate before it in the same plan, heading and population that is no breakdown itself.
    """
    words = context.settings.words("breakdown", "words")
    wholes: dict[tuple[object, ...], TargetRow] = {}
    for target in document.targets:
        if target.kind != "plan_figure" or not _is_rate(target):
            continue
        if not target.statement.lstrip("(（<【[・○").startswith(words):
            wholes[_place(target)] = target
            continue
        whole = wholes.get(_place(target))
        if whole is not None and (target.value or 0.0) > (whole.value or 0.0):
            yield about(
                target,
                {
                    "part": target.indicator,
                    "share": target.value,
                    "whole": whole.indicator,
                    "total": whole.value,
                },
            )


def kpi_matches_plan_figure(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """A KPI's value is the plan figure of the same indicator, population and unit in the same edition.

    Both are printed, often on different pages; one of them is easily forgotten when the plan is revised. Where several
    plan figures carry the indicator (a whole and its parts), agreeing with one of them is enough.
    """
    figures = [t for t in document.targets if t.kind == "plan_figure" and t.value is not None]
    for kpi in document.targets:
        if kpi.kind != "kpi" or kpi.basis != "absolute" or kpi.value is None or kpi.condition:
            continue
        same = [
            figure
            for figure in figures
            if figure.speaker == kpi.speaker
            and figure.population == kpi.population
            and figure.unit == kpi.unit
            and same_indicator(figure, kpi)
        ]
        if same and all(figure.value != kpi.value for figure in same):
            figure = same[0]
            yield about(
                kpi,
                {
                    "value": kpi.value,
                    "indicator": kpi.indicator,
                    "page": figure.page,
                    "figure": figure.indicator,
                    "other": figure.value,
                },
            )


def decimals(target: TargetRow) -> int:
    """How many decimals the page prints of the target's value: 35.0% has one."""
    printed = (match.group().replace(",", "") for match in _NUMBER.finditer(target.statement))
    return max((len(text.partition(".")[2]) for text in printed if float(text) == target.value), default=0)


def _lines(document: DocumentRows) -> Iterator[list[TargetRow]]:
    """The plan figures of each printed line, in reading order."""
    line: list[TargetRow] = []
    for target in document.targets:
        if target.kind != "plan_figure":
            continue
        if line and target.line != line[0].line:
            yield line
            line = []
        line.append(target)
    if line:
        yield line


def _rates_with_counts(line: list[TargetRow], planned_words: tuple[str, ...]) -> Iterator[tuple[TargetRow, TargetRow]]:
    """Each rate of a line with the planned head count that follows it."""
    for rate, planned in pairwise(line):
        counts = planned.unit == "people" and planned.value is not None
        if _is_rate(rate) and counts and (planned.indicator or "").endswith(planned_words):
            yield rate, planned


def _is_count(target: TargetRow, words: tuple[str, ...], other_words: tuple[str, ...]) -> bool:
    name = target.indicator or ""
    return target.unit == "people" and bool(target.value) and name.endswith(words) and not name.endswith(other_words)


def _is_rate(target: TargetRow) -> bool:
    return target.unit == "percent" and target.basis == "absolute" and target.value is not None


def _place(target: TargetRow) -> tuple[object, ...]:
    return (target.speaker, target.heading, target.population)


def _agrees(rate: TargetRow, planned: TargetRow, eligible: TargetRow) -> bool:
    assert rate.value is not None
    assert planned.value is not None
    assert eligible.value is not None
    return _within(rate.value, decimals(rate), planned.value, eligible.value, _rounding(planned))


def _within(rate: float, places: int, planned: float, eligible: float, slack: float) -> bool:
    """Whether ``rate`` is ``planned`` / ``eligible``, give or take rounding.

    ``rate`` is in percent and printed with ``places`` decimals; ``slack`` is by how
    many heads the planned count may itself be rounded.
    """
    half_a_unit = 0.5 * 10.0**-places
    return abs(planned / eligible * 100.0 - rate) <= half_a_unit + slack / eligible * 100.0 + 1e-9


def _rounding(count: TargetRow) -> float:
    """By how much a printed head count may be off: half of its last digit that is not zero, at least one head."""
    digits = str(int(count.value or 0.0))
    return max(1.0, 0.5 * 10.0 ** (len(digits) - len(digits.rstrip("0"))))
