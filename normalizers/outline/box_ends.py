"""Where a box of targets ends: what a box holds ends with it."""

from __future__ import annotations

from parsers.model.document import Paragraph


def stands_outside(paragraph: Paragraph, box: Paragraph) -> bool:
    """Whether a paragraph stands outside the box that ``box`` stands in, where that holds aims of its own.

    It is in no box, or in one further left, which begins a new row of boxes. Cells of a table whose columns are read
    are no boxes.
    """
    if box.cell_id is None:
        return False
    return paragraph.cell_id is None or begins_row_of_boxes(paragraph, box)


def begins_row_of_boxes(paragraph: Paragraph, box: Paragraph) -> bool:
    """Whether a paragraph stands in a box further left than the box that ``box`` stands in."""
    if box.cell_id is None or paragraph.cell_id is None:
        return False
    boxes = box.place is None and paragraph.place is None and box.cell_id != paragraph.cell_id
    return boxes and bool(box.pieces and paragraph.pieces) and paragraph.box.x1 <= box.box.x0
