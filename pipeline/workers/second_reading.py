"""Values in doubt, read a second time by a reader that shares no code with the first.

Where the two readers see different digits the target is flagged and its confidence lowered. By default only values in
doubt are read again (their confidence is below ``DOUBTFUL``, or their page's text layer is suspect), on at most
``parsers.pdf.second_reader.DEFAULT_PAGES`` pages of a document: a page costs the second reader as much as twenty pages
cost the first. Pages read from their picture have no text layer that could be read again.
"""

from __future__ import annotations

from dataclasses import replace

from normalizers.model.reasons import Reason
from normalizers.model.records import Records, Target
from parsers.model.document import ParsedDocument
from parsers.model.finding import Finding
from parsers.parse import Disagreement, NumberRequest, disagreeing_numbers

DOUBTFUL = 0.7
LOWERED = 0.5


def read_values_again(data: bytes, parsed: ParsedDocument, records: Records) -> Records:
    """``records`` with a ``second_reader`` finding for each target in doubt whose digits the second reader differs on.

    ``data`` are the PDF's bytes. Such a target keeps its value, and its confidence is multiplied by ``LOWERED``.
    """
    doubted = {target.measure_id for target in records.targets if _in_doubt(target, parsed)}
    if not doubted:
        return records
    disagreements = {d.request.key: d for d in disagreeing_numbers(data, _requests(parsed, records, doubted))}
    if not disagreements:
        return records
    targets = tuple(
        _lowered(target) if target.measure_id in disagreements and target.value is not None else target
        for target in records.targets
    )
    findings = tuple(
        _finding(target, disagreements[target.measure_id])
        for target in targets
        if target.measure_id in disagreements and target.value is not None
    )
    return replace(records, targets=targets, findings=(*records.findings, *findings))


def _in_doubt(target: Target, parsed: ParsedDocument) -> bool:
    page = parsed.pages[target.page - 1]
    return (
        target.value is not None
        and page.text_layer == "digital"
        and (target.confidence < DOUBTFUL or bool(page.doubts))
    )


def _requests(parsed: ParsedDocument, records: Records, doubted: set[str]) -> list[NumberRequest]:
    places = {(m.page, m.box, m.text): m.measure_id for m in records.measures if m.measure_id in doubted}
    requests = []
    for paragraph in parsed.paragraphs:
        key = places.get((paragraph.page, paragraph.box, paragraph.text.text))
        if key is not None:
            pieces = [piece for piece in paragraph.pieces if piece.page == paragraph.page]
            text = "".join(paragraph.text.text[piece.start : piece.end] for piece in pieces)
            requests.append(NumberRequest(key, paragraph.page, tuple(piece.box for piece in pieces), text))
    return requests


def _lowered(target: Target) -> Target:
    return replace(
        target,
        confidence=round(target.confidence * LOWERED, 4),
        confidence_reasons=(*target.confidence_reasons, Reason("second_reader_differs")),
    )


def _finding(target: Target, disagreement: Disagreement) -> Finding:
    said = {"first": disagreement.first, "second": disagreement.second, "value": target.value}
    return Finding("second_reader", said, target.page, target.box, "targets", target.target_id)
