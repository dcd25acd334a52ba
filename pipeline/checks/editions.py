"""Checks of a comparison against last year's plan, and of its marks against its differences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.checks.context import Doubt, RunContext, about
from pipeline.checks.indicator_words import stem
from pipeline.checks.rows import DocumentRows, TargetRow


def old_edition_is_last_year(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """The old edition's values are those of the same branch's plan of the year before, where that is loaded too.

    Compared are absolute values whose indicator, population, unit and condition occur exactly once on either side.
    """
    if document.branch_code is None or document.fiscal_year is None:
        return
    earlier = context.plans.get((document.branch_code, document.fiscal_year - 1), ())
    if not earlier:
        return
    before = _single_values([t for plan in earlier for t in plan.targets if t.edition in ("new", "single")])
    for key, target in _single_values([t for t in document.targets if t.edition == "old"]).items():
        last = before.get(key)
        if last is not None and last.value != target.value:
            yield about(
                target,
                {
                    "value": target.value,
                    "indicator": target.indicator,
                    "year": document.fiscal_year - 1,
                    "other": last.value,
                    "page": last.page,
                },
            )


def marks_match_differences(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """What is underlined is what differs: a summary, since ``changes.marking`` tells it change by change.

    An unmarked difference escapes whoever reads the marks only; a mark without a difference is usually a leftover.
    """
    differing = [change for change in document.changes if change.kind != "moved"]
    places = {measure.measure_id: measure for measure in document.measures}
    for marking in ("unmarked", "overmarked"):
        found = [change for change in differing if change.marking == marking]
        if not found:
            continue
        place = places.get(found[0].measure_id or "")
        yield Doubt(
            {"count": len(found), "all": len(differing), "text": found[0].text},
            place.page if place else None,
            place.box if place else None,
            "changes",
            found[0].change_id,
            marking,
        )


_Key = tuple[str, str | None, str | None, str | None, str]


def _single_values(targets: list[TargetRow]) -> dict[_Key, TargetRow]:
    """Targets with an absolute value whose indicator occurs with one value only.

    Keyed by the indicator's wording, which a branch keeps from year to year more faithfully than any catalogue knows.
    """
    found: dict[_Key, list[TargetRow]] = defaultdict(list)
    for target in targets:
        if target.basis == "absolute" and target.value is not None and target.indicator:
            kind = "figure" if target.kind == "plan_figure" else "aim"
            found[stem(target.indicator), target.population, target.unit, target.condition, kind].append(target)
    return {key: same[0] for key, same in found.items() if len({t.value for t in same}) == 1}
