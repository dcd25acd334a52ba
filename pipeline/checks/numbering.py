"""Checks on the numbers and lines of KPI blocks: nothing skipped, nothing left unread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from normalizers.normalize import target_prefix
from pipeline.checks.context import Doubt, RunContext, about
from pipeline.checks.indicator_words import stem
from pipeline.checks.rows import DocumentRows, TargetRow


def kpi_numbers_run(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """The numbers of a KPI block run 1, 2, 3 without a gap.

    A gap means that the plan lost a target in editing, or that a line was not recognised as one. A number that starts
    anew with 1, stays (an aim with an exception), or carries on from the block before is in order.
    """
    blocks: dict[tuple[object, ...], list[TargetRow]] = defaultdict(list)
    for target in document.targets:
        if target.kind == "kpi" and target.number is not None:
            blocks[target.speaker].append(target)
    for targets in blocks.values():
        last = 0
        for target in targets:
            number = target.number
            assert number is not None
            if number not in (1, last, last + 1):
                follows = f"follows {last}" if last else "comes first"
                yield about(target, f"KPI number {number} {follows}: {_missing(last, number)}.")
            last = number


def _missing(last: int, number: int) -> str:
    if number < last:
        return "the numbers run backwards"
    skipped = range(last + 1, number)
    return f"{', '.join(map(str, skipped))} {'is' if len(skipped) == 1 else 'are'} missing"


def targets_are_read(document: DocumentRows, _context: RunContext) -> Iterator[Doubt]:
    """Every line that the outline holds for a target has at least one row in targets, if only a qualitative one.

    A target that is dropped silently looks like a branch that has none. A label without a statement (【KPI】) states
    nothing, and an indicator in a table of its own column is read with the value beside it.
    """
    lines = {target.line for target in document.targets} | {target.heading for target in document.targets}
    indicators = {stem(target.indicator) for target in document.targets}
    for measure in document.measures:
        if measure.kind != "target" or measure.measure_id in lines:
            continue
        stated = measure.text[target_prefix(measure.text).normalized_offset :]
        if stated.strip() and stem(stated) not in indicators:
            yield Doubt(
                f"This line is a target, but no row of targets comes from it: {measure.text[:60]}",
                measure.page,
                measure.box,
                "measures",
                measure.measure_id,
            )


def readings_are_sure(document: DocumentRows, context: RunContext) -> Iterator[Doubt]:
    """Values whose reading is less sure than the threshold are named, with the reasons, for a second look.

    Aims without a value are left to the stage that read them: what is wrong there cannot pass for a number.
    """
    floor = context.settings.number("low_confidence", "confidence")
    for target in document.targets:
        if target.value is not None and target.confidence < floor:
            reasons = "; ".join(target.confidence_reasons) or "no reason stored"
            yield about(target, f"Read with confidence {target.confidence:.2f} ({reasons}): {target.statement[:60]}")
