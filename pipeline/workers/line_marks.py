"""The strokes that underline or strike through text, which the report shows over the pictures of pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from parsers.model.layout import PageLayout

LineMarks = Mapping[int, Sequence[Sequence[float]]]
"""Boxes (left, top, right, bottom in points, to a tenth) of such strokes by the number of their page."""

LINE_MARKS = "line_marks"
"""The name under which they wait, from the reading of a document to the drawing of its pages in the same run."""


def line_marks(layouts: Iterable[PageLayout]) -> LineMarks:
    """Those of a document's pages; pages whose text was recognised have none."""
    return {
        layout.number: [
            [round(side, 1) for side in stroke.box] for stroke in (*layout.underlines, *layout.strikethroughs)
        ]
        for layout in layouts
        if layout.text_layer != "ocr"
    }


def as_json(marks: LineMarks) -> bytes:
    """``marks`` as ``read_line_marks`` reads them."""
    return json.dumps(marks).encode("ascii")


def read_line_marks(file: Path) -> LineMarks:
    """The marks that wait in ``file``; raises OSError and ValueError where there are none."""
    return {int(number): boxes for number, boxes in json.loads(file.read_bytes()).items()}
