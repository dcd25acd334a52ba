"""Plans of one page with a table, drawn as a PDF and read the whole way to records."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from normalizers.model.records import Records, Target
from normalizers.normalize import normalize_document
from parsers.model.document import ParsedDocument
from parsers.parse import parse_document

LEFT, TOP = 50.0, 130.0
TITLE = "令和6年度 長野支部事業計画"


def draw_plan(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    title: str = TITLE,
    above: Sequence[str] = ("1. 基盤的保険者機能の盤石化",),
    font: str = "japan",
    size: float = 9.0,
    dark_header: int = 0,
    ruled: bool = True,
    page: tuple[float, float] = (595, 842),
) -> bytes:
    """A plan with ``above`` its table: ``<`` joins a cell to the one on its left, ``^`` to the one above it.

    ``dark_header`` rows are filled dark with white letters; without ``ruled`` no line parts the cells.
    """
    document = pymupdf.open()
    sheet = document.new_page(width=page[0], height=page[1])
    sheet.insert_text((page[0] / 2 - 90, 50), title, fontname=font, fontsize=14)
    for number, line in enumerate(above):
        sheet.insert_text((LEFT, 80 + 18 * number), line, fontname=font, fontsize=10)
    top = TOP + 18 * max(0, len(above) - 2)
    xs = [LEFT + sum(widths[:index]) for index in range(len(widths) + 1)]
    wrapped = [[_wrap(text, widths[column], size) for column, text in enumerate(row)] for row in rows]
    ys = [top]
    for row in wrapped:
        ys.append(ys[-1] + 8 + 1.4 * size * max(len(lines) for lines in row))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text in ("<", "^"):
                continue
            right, below = column + 1, row + 1
            while right < len(cells) and cells[right] == "<":
                right += 1
            while below < len(rows) and rows[below][column] == "^":
                below += 1
            box = pymupdf.Rect(xs[column], ys[row], xs[right], ys[below])
            dark = row < dark_header
            if dark:
                sheet.draw_rect(box, color=None, fill=(0.1, 0.25, 0.45), width=0)
            if ruled:
                sheet.draw_rect(box, color=(0, 0, 0), width=0.5)
            lines = _wrap(text, box.width, size)
            for number, line in enumerate(lines):
                at = (box.x0 + 4, box.y0 + 5 + size + 1.4 * size * number)
                sheet.insert_text(at, line, fontname=font, fontsize=size, color=(1, 1, 1) if dark else (0, 0, 0))
    return bytes(document.tobytes())


def _wrap(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        room = max(1, int((width - 8) / size))
        lines += [part[start : start + room] for start in range(0, max(len(part), 1), room)]
    return lines


def read_plan(data: bytes) -> tuple[ParsedDocument, Records]:
    parsed = parse_document(data, "plan.pdf")
    return parsed, normalize_document(parsed)


def figures(records: Records) -> list[tuple[str, int | None, str | None, str | None, float | None, str | None]]:
    """(edition, year, indicator, comparator, value, unit) of each target, in order."""
    return [(t.edition, t.fiscal_year, t.indicator, t.comparator, t.value, t.unit) for t in records.targets]


def doubts(target: Target) -> set[str]:
    return {reason.code for reason in target.confidence_reasons}


def heading_of(records: Records, target: Target) -> str | None:
    return next((measure.text for measure in records.measures if measure.measure_id == target.heading_id), None)
