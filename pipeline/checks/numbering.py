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
                said = {"number": number, "last": last, "missing": [*range(last + 1, number)]}
                yield about(target, said, "backwards" if number < last else "gap" if last else "first")
            last = number


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
                {"text": measure.text},
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
            said = {"confidence": target.confidence, "text": target.statement}
            yield about(target, {**said, "reasons": list(target.confidence_reasons)})
