"""The tables that a tagged PDF says its pages hold: what Word, Excel and browsers write beside the drawing.

Tags are another reader's view of the page. They are often wrong and never trusted alone: the cells are kept to be
compared with those that the drawing shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pymupdf

from parsers.model.geometry import Box, enclosing
from parsers.model.page import TaggedCell

_STRUCTURE_BLOCK = 2
_CELLS = frozenset({"TD", "TH"})
# Rows and columns from which a tagged table is one: a lone cell is a frame around text.
_FEWEST = 2


def is_tagged(document: pymupdf.Document) -> bool:
    """Whether a PDF has a structure tree."""
    kind, _ = document.xref_get_key(document.pdf_catalog(), "StructTreeRoot")
    return bool(kind != "null")


def tagged_tables(page: pymupdf.Page, flags: int) -> tuple[tuple[TaggedCell, ...], ...]:
    """The cells with text of each table that the structure tree shows on a page, as its text layer has them.

    ``flags`` are those with which the page's text is read. Raises what MuPDF raises where the tree is broken.
    """
    text = page.get_textpage(flags=flags | pymupdf.TEXT_COLLECT_STRUCTURE).extractDICT()
    tables = (list(_rows(table)) for table in _tables(text["blocks"]))
    return tuple(
        tuple(cell for row in rows for cell in row)
        for rows in tables
        if len(rows) >= _FEWEST and max(len(row) for row in rows) >= _FEWEST
    )


def _tables(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """All tables, those within others' cells too."""
    for table in _of_kind(blocks, {"Table"}):
        yield table
        yield from _tables(table["blocks"])


def _of_kind(blocks: Sequence[Mapping[str, Any]], kinds: set[str]) -> Iterator[Mapping[str, Any]]:
    """The outermost elements of some kinds, however deep they stand."""
    for block in blocks:
        if block["type"] != _STRUCTURE_BLOCK:
            continue
        if block.get("std") in kinds:
            yield block
        else:
            yield from _of_kind(block["blocks"], kinds)


def _rows(table: Mapping[str, Any]) -> Iterator[list[TaggedCell]]:
    for row in _of_kind(table["blocks"], {"TR"}):
        cells = [_cell(cell) for cell in _of_kind(row["blocks"], set(_CELLS))]
        held = [cell for cell in cells if cell is not None]
        if held:
            yield held


def _cell(element: Mapping[str, Any]) -> TaggedCell | None:
    """The cell; None for one without text and for one that holds a table of its own."""
    if next(_of_kind(element["blocks"], {"Table"}), None) is not None:
        return None
    spans = list(_spans(element["blocks"]))
    text = "".join("".join(span["text"].split()) for span in spans)
    return TaggedCell(text, enclosing(Box(*span["bbox"]) for span in spans)) if text else None


def _spans(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in blocks:
        if block["type"] == _STRUCTURE_BLOCK:
            yield from _spans(block["blocks"])
        for line in block.get("lines", ()):
            yield from line["spans"]
