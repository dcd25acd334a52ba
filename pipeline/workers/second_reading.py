"""Values read a second time by a reader that shares no code with the first.

Every page on which a value is in doubt is read again, and of each document at least one page with targets, chosen by
its hash, so that what nobody doubts is tried too. Where the two readers read other numbers or words the row is doubted;
where they agree, that is evidence. A page costs the second reader as much as twenty cost the first. Pages read from
their picture have no text layer that could be read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from normalizers.model.reasons import Reason
from normalizers.model.records import Records, Target
from normalizers.normalize import with_reason
from parsers.model.document import ParsedDocument
from parsers.model.finding import Finding
from parsers.parse import NumberRequest, SecondReading, read_numbers_again

SURE = 0.8
"""The contract's line: a value below it is in doubt."""

MOST_PAGES = 12
"""Pages of one document that are read again: those with the most values in doubt first."""


def read_values_again(data: bytes, parsed: ParsedDocument, records: Records) -> Records:
    """``records`` with what a second reader of ``data`` makes of the values on the pages that it is asked for.

    Rows on which it differs get a finding ``second_reader`` and a lower confidence; their values stay.
    """
    pages = pages_to_read(data, parsed, records)
    asked = {target.measure_id for target in records.targets if target.value is not None and target.page in pages}
    readings = {reading.request.key: reading for reading in read_numbers_again(data, _requests(parsed, records, asked))}
    if not readings:
        return records
    targets = tuple(_judged(target, readings) for target in records.targets)
    findings = tuple(
        _finding(target, readings[target.measure_id])
        for target in records.targets
        if target.value is not None
        and target.measure_id in readings
        and readings[target.measure_id].verdict != "agrees"
    )
    return replace(records, targets=targets, findings=(*records.findings, *findings))


def pages_to_read(data: bytes, parsed: ParsedDocument, records: Records) -> set[int]:
    """The pages with values in doubt, at most ``MOST_PAGES``, and one page with values chosen by the bytes' hash."""
    layers = {page.number: page for page in parsed.pages}
    values = [t for t in records.targets if t.value is not None and layers[t.page].text_layer != "ocr"]
    with_values = sorted({target.page for target in values})
    if not with_values:
        return set()
    doubted = [t.page for t in values if t.confidence < SURE or layers[t.page].doubts]
    worst = sorted(set(doubted), key=lambda page: (-doubted.count(page), page))[:MOST_PAGES]
    drawn = with_values[int(hashlib.sha256(data).hexdigest()[:8], 16) % len(with_values)]
    return {*worst, drawn}


def _requests(parsed: ParsedDocument, records: Records, asked: set[str]) -> list[NumberRequest]:
    places = {(m.page, m.box, m.text): m.measure_id for m in records.measures if m.measure_id in asked}
    requests = []
    for paragraph in parsed.paragraphs:
        key = places.get((paragraph.page, paragraph.box, paragraph.text.text)) if paragraph.pieces else None
        if key is not None:
            pieces = [piece for piece in paragraph.pieces if piece.page == paragraph.page]
            text = "".join(paragraph.text.text[piece.start : piece.end] for piece in pieces)
            requests.append(NumberRequest(key, paragraph.page, tuple(piece.box for piece in pieces), text))
    return requests


def _judged(target: Target, readings: Mapping[str, SecondReading]) -> Target:
    reading = readings.get(target.measure_id)
    if reading is None or target.value is None:
        return target
    agrees = reading.verdict == "agrees"
    return with_reason(target, Reason("second_reader_agrees" if agrees else "second_reader_differs"))


def _finding(target: Target, reading: SecondReading) -> Finding:
    said = {
        "first": [str(number) for number in reading.first],
        "second": [str(number) for number in reading.second],
        "value": target.value,
    }
    place = (target.page, target.box, "targets", target.target_id)
    return Finding("second_reader", said, *place, variant=reading.verdict)
