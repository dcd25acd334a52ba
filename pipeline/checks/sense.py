"""Sense across one document and the nation: what a plan would not say, whatever each of its lines says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.checks.context import CURRENT, Doubt, RunContext, about
from pipeline.checks.indicator_words import stem
from pipeline.checks.rows import DocumentRows, TargetRow


def targets_have_indicators(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """An aim with a number says what is to reach it.

    A number without an indicator cannot be compared with anything, and its name was probably lost on the page.
    """
    for target in document.targets:
        if target.indicator is None and target.value is not None:
            yield about(target, {"value": target.value, "unit": target.unit, "text": target.statement})


def indicators_have_one_value(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """An indicator has one value in one year and edition, for one population and condition.

    Two mean that a column, a year or a group was misread, or that a name lost the words that tell two aims apart.
    """
    alike: dict[tuple[object, ...], list[TargetRow]] = defaultdict(list)
    for target in document.targets:
        if target.basis == "absolute" and target.value is not None and target.indicator is not None:
            kind = "figure" if target.kind == "plan_figure" else "aim"
            key = (target.speaker, kind, stem(target.indicator), target.population, target.condition, target.unit)
            alike[key].append(target)
    for targets in alike.values():
        values = list(dict.fromkeys(target.value for target in targets))
        if len(values) > 1:
            for target in targets:
                yield about(target, {"indicator": target.indicator, "values": values})


def common_indicators_are_there(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """A plan has the indicators that most branches' plans of its year and kind have.

    One that is missing was dropped by the branch, or by whoever read its plan.
    """
    if document.branch_code is None or document.fiscal_year is None:
        return
    settings = context.settings
    of_year = context.kpi_codes.get(document.fiscal_year, {})
    others = [codes for branch, codes in of_year.items() if branch != document.branch_code]
    if len(others) < settings.number("missing_indicator", "branches"):
        return
    own = {target.indicator_code for target in document.targets if target.edition in CURRENT}
    having = Counter(code for codes in others for code in codes)
    for code, indicator in context.indicators.items():
        share = having[code] / len(others)
        if code not in own and share >= settings.number("missing_indicator", "share"):
            yield Doubt({"indicator": indicator.name_ja, "share": share, "count": len(others)}, 1)


def plan_has_targets(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """A branch's plan has KPIs; one without any was not read where they stand."""
    if document.measures and not any(target.kind == "kpi" for target in document.targets):
        yield Doubt({}, 1)


def headings_have_measures(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """A heading is followed by measures of its own.

    Single headings stand alone in many plans; many that do are an outline that was not understood.
    """
    parents = {measure.parent for measure in document.measures} | {target.heading for target in document.targets}
    headings = [measure for measure in document.measures if measure.kind == "heading"]
    empty = [measure for measure in headings if measure.measure_id not in parents]
    settings = context.settings
    if len(empty) >= settings.number("empty_heading", "headings") and len(empty) > len(headings) * settings.number(
        "empty_heading", "share"
    ):
        said = {"count": len(empty), "all": len(headings), "text": empty[0].text}
        yield Doubt(said, empty[0].page, empty[0].box, "measures", empty[0].measure_id)


def comparison_is_marked(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """A comparison that differs in many places marks some of them, and not every one of its lines.

    Where no mark is found the page's way of marking was not; where all is marked, rules were taken for underlines.
    """
    differing = [change for change in document.changes if change.kind != "moved"]
    if len(differing) < context.settings.number("comparison_marks", "changes"):
        return
    marked = sum(change.marked for change in differing)
    measures = [measure for measure in document.measures if measure.text]
    underlined = sum(measure.underlined for measure in measures)
    if marked == 0:
        yield Doubt({"count": len(differing)}, 1, variant="none")
    elif underlined > len(measures) * context.settings.number("comparison_marks", "share"):
        yield Doubt({"count": underlined, "all": len(measures)}, 1, variant="all")
