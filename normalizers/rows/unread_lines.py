"""Lines where an aim stands and none was read: by how they end, under a label of aims, or in a list of aims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from normalizers.model.records import Measure, Target
from normalizers.rows.number_words import ends_in_a_bound, is_label, tells
from parsers.model.finding import Finding

_SHARED = frozenset({"shared_words", "two_names", "differs_in_value_only", "clause_in_name"})
_MAY_AIM = frozenset({"action", "heading", "figure", "note"})
"""Kinds of lines whose end may set a bound: a column that was taken for results or remarks may hold aims too."""
_STEPS = 4
"""How far up the outline a label is looked for."""


def under_label(measure: Measure | None, measures: Mapping[str, Measure]) -> bool:
    """Whether a line is a target or figure, has a label of aims, or hangs on a line that is or has one."""
    for _ in range(_STEPS):
        if measure is None:
            return False
        if measure.kind in ("target", "figure") or is_label(measure.text_normalized):
            return True
        measure = measures.get(measure.parent_id or "")
    return False


def unread_lines(measures: Sequence[Measure], targets: Iterable[Target], named: Collection[str]) -> Iterator[Finding]:
    """A finding for each line without a row where an aim stands; ``named`` are lines that have a finding already.

    ``measures`` are in reading order.
    """
    held = {target.measure_id for target in targets} | set(named)
    by_id = {measure.measure_id: measure for measure in measures}
    listed: Measure | None = None
    ordinary: set[str | None] = set()
    for measure in measures:
        # A mark that ordinary items bear before the aims may well go on with such.
        bound = measure.kind in _MAY_AIM and ends_in_a_bound(measure.text_normalized)
        if bound and measure.measure_id not in held and not tells(measure.text_normalized):
            held.add(measure.measure_id)
            yield _finding("dropped_target", measure)
        in_list = listed is not None and _follows(measure, listed) and measure.marker not in ordinary
        if measure.kind != "action":
            listed = measure if measure.kind == "target" else None
            ordinary = set() if measure.kind == "heading" else ordinary
            continue
        ordinary |= set() if in_list else {measure.marker}
        listed = measure if in_list else None
        label = by_id.get(measure.parent_id or "")
        labelled = label is not None and is_label(label.text_normalized)
        if (in_list or labelled) and measure.measure_id not in held:
            yield _finding("dropped_target", measure)


def shared_statements(measures: Mapping[str, Measure], targets: Iterable[Target]) -> Iterator[Finding]:
    """A finding for each line whose words share a value out among several aims, of which not all may have a row."""
    seen: set[str] = set()
    for target in targets:
        codes = {reason.code for reason in target.confidence_reasons}
        if codes & _SHARED and target.measure_id not in seen and target.measure_id in measures:
            seen.add(target.measure_id)
            yield _finding("shared_statement", measures[target.measure_id])


def _follows(measure: Measure, before: Measure) -> bool:
    """Whether a line carries on the list of the one before: the same mark, in the same edition."""
    same = (measure.edition, measure.plan_title) == (before.edition, before.plan_title)
    return same and measure.marker is not None and measure.marker == before.marker


def _finding(check: str, measure: Measure) -> Finding:
    return Finding(check, {"text": measure.text_normalized}, measure.page, measure.box, "measures", measure.measure_id)
