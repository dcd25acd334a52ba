"""The numbers of a document after people decided on its targets: each still stands in one row with one role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from normalizers.model.records import PrintedNumber, Records, Target
from parsers.model.finding import Finding


def with_numbers(records: Records) -> Records:
    """``records`` whose numbers follow its targets.

    A number of a target that is none is a statistic of its line. The value of an added or corrected target is the
    number of that value printed in it, and a line that is explained by that has no finding ``unread_number`` any more.
    """
    targets = {target.target_id: target for target in records.targets}
    lines = {measure.measure_id for measure in records.measures}
    decided = [target for target in records.targets if target.reviewed == "corrected" and target.value is not None]
    numbers = tuple(_claimed(_kept(number, targets, lines), decided) for number in records.numbers)
    unread = {number.record_id for number in numbers if number.role == "unread"}
    explained = {target.measure_id for target in decided} - unread
    return replace(records, numbers=numbers, findings=tuple(_unexplained(records.findings, explained)))


def _kept(number: PrintedNumber, targets: dict[str, Target], lines: set[str]) -> PrintedNumber:
    if number.record_table == "targets" and number.record_id not in targets:
        return replace(number, role="statistic", record_table=None, record_id=None)
    if number.record_table == "measures" and number.record_id not in lines:
        return replace(number, record_table=None, record_id=None)
    target = targets.get(number.record_id or "") if number.record_table == "targets" else None
    if target is None or number.role != "value" or target.reviewed != "corrected" or number.value == target.value:
        return number
    return replace(number, role="statistic")


def _claimed(number: PrintedNumber, decided: Sequence[Target]) -> PrintedNumber:
    if number.role not in ("unread", "statistic"):
        return number
    for target in decided:
        if number.page == target.page and number.value == target.value and _lies_in(number, target):
            return replace(number, role="value", record_table="targets", record_id=target.target_id)
    return number


def _lies_in(number: PrintedNumber, target: Target) -> bool:
    x, y = (number.box.x0 + number.box.x1) / 2, (number.box.top + number.box.bottom) / 2
    return target.box.contains(x, y)


def _unexplained(findings: Iterable[Finding], explained: set[str]) -> Iterable[Finding]:
    return (f for f in findings if not (f.check == "unread_number" and f.record_id in explained))
