"""The rows of a table of KPIs: last year's aim, last year's result, this year's aim."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.sample.aims import Reading, printed_value
from pipeline.sample.content import Aim, Plan
from pipeline.sample.style import Style
from pipeline.sample.wording import Paragraph

_WORDS = {"ge": "以上", "le": "以下", "eq": "", None: ""}


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One indicator's cells, each with its edition: its name, last year's aim and result, this year's aim."""

    section: int
    cells: tuple[tuple[str, Paragraph], ...]


def kpi_rows(plan: Plan, old_plan: Plan, style: Style) -> tuple[KpiRow, ...]:
    """A row for every KPI that both years have; the result is one of the year before."""
    before = {aim.key: aim for measure in old_plan.measures for aim in measure.aims}
    rows: list[KpiRow] = []
    for measure in plan.measures:
        for aim in measure.aims:
            if aim.key not in before or aim.unit == "none":
                continue
            result = printed_value(aim.baseline, aim.unit, aim.decimals)
            new = _goal(aim, style, (aim.baseline, plan.year - 1))
            old = _goal(replace(before[aim.key], name=aim.name), style, None)
            name = plain_paragraph(f"cell:{aim.key}:name", "target", aim.name, style)
            past = plain_paragraph(f"cell:{aim.key}:result", "figure", result, style)
            rows.append(KpiRow(measure.section, (("single", name), ("old", old), ("single", past), ("new", new))))
    return tuple(rows)


def kpi_goals(plan: Plan, style: Style) -> dict[str, tuple[tuple[Paragraph, Paragraph], ...]]:
    """By measure: the name of each KPI that is put in numbers or against last year, and what is to be reached."""
    return {
        measure.key: tuple(
            (plain_paragraph(f"cell:{aim.key}:name", "target", aim.name, style), _goal(aim, style, None))
            for aim in measure.aims
            if aim.unit != "none"
        )
        for measure in plan.measures
    }


def _goal(aim: Aim, style: Style, result: tuple[float, int] | None) -> Paragraph:
    word = _WORDS[aim.comparator]
    per = "年" if aim.unit == "times" else ""
    value = "" if aim.relative or aim.value is None else printed_value(aim.value, aim.unit, aim.decimals)
    text = f"対前年度{word}" if aim.relative else f"{per}{value}{word}"
    reading = Reading(
        "kpi",
        0,
        len(text),
        aim.name,
        population=aim.population,
        basis="previous_year" if aim.relative else "absolute",
        # A bare figure in a table says nothing on how to compare.
        comparator=aim.comparator if word else None,
        value=aim.value,
        unit=aim.unit if value else None,
        baseline_value=result[0] if result else None,
        baseline_year=result[1] if result else None,
    )
    return Paragraph(f"cell:{aim.key}", "target", 0, "", style.printed(text), text, 0, (reading,))


def plain_paragraph(key: str, kind: str, text: str, style: Style) -> Paragraph:
    """A cell's text that states no aim by itself."""
    return Paragraph(key, kind, 0, "", style.printed(text), text, 0)
