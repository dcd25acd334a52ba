"""A tagged PDF's own tables are compared with the cells that were read: other figures are a doubt, text is none."""

from __future__ import annotations

import pymupdf
import pytest

from parsers.parse import parse_document

COLUMNS = (60.0, 260.0, 360.0)


def tagged(rows: list[tuple[str, ...]], tags: list[list[int | list[int]]], *, size: int, lines: bool = True) -> bytes:
    """A page with a drawn table and a structure tree; ``tags`` are the cells of each tagged row, by the number of the
    marked content that each holds.
    """
    document = pymupdf.open()
    page = document.new_page()
    for number, row in enumerate(rows):
        for x, text in zip(COLUMNS, row, strict=True):
            page.insert_text((x, 120 + 24 * number), text, fontname="helv", fontsize=size)
    if lines:
        for number in range(len(rows) + 1):
            page.draw_line((55, 104 + 24 * number), (460, 104 + 24 * number), width=0.5)
        for x in (55, 255, 355, 460):
            page.draw_line((x, 104), (x, 104 + 24 * len(rows)), width=0.5)
    page.clean_contents()
    xref = page.get_contents()[0]
    parts = document.xref_stream(xref).split(b"BT")
    marked = [parts[0]]
    for number, part in enumerate(parts[1:]):
        body, _, rest = part.partition(b"ET")
        marked.append(b"/Span <</MCID %d>> BDC BT" % number + body + b"ET EMC" + rest)
    document.update_stream(xref, b"".join(marked[:1]) + b"".join(marked[1:]))
    root, table = document.get_new_xref(), document.get_new_xref()
    rows_of_tags = []
    for cells in tags:
        row = document.get_new_xref()
        made = []
        for held in cells:
            cell = document.get_new_xref()
            kids = " ".join(map(str, held)) if isinstance(held, (list, tuple)) else str(held)
            document.update_object(cell, f"<</Type/StructElem/S/TD/P {row} 0 R/Pg {page.xref} 0 R/K[{kids}]>>")
            made.append(f"{cell} 0 R")
        document.update_object(row, f"<</Type/StructElem/S/TR/P {table} 0 R/K[{' '.join(made)}]>>")
        rows_of_tags.append((row, made))
    document.update_object(
        table, f"<</Type/StructElem/S/Table/P {root} 0 R/K[{' '.join(f'{row} 0 R' for row, _ in rows_of_tags)}]>>"
    )
    owners = {}
    for cells, (_, made) in zip(tags, rows_of_tags, strict=True):
        for held, cell in zip(cells, made, strict=True):
            for mcid in held if isinstance(held, (list, tuple)) else (held,):
                owners[mcid] = cell
    nums = " ".join(owners[mcid] for mcid in sorted(owners))
    document.update_object(
        root, f"<</Type/StructTreeRoot/K[{table} 0 R]/ParentTree<</Nums[0[{nums}]]>>/ParentTreeNextKey 1>>"
    )
    document.xref_set_key(page.xref, "StructParents", "0")
    document.xref_set_key(document.pdf_catalog(), "StructTreeRoot", f"{root} 0 R")
    document.xref_set_key(document.pdf_catalog(), "MarkInfo", "<</Marked true>>")
    return bytes(document.tobytes())


ROWS = [("KPI", "2023", "2024"), ("rate", "95.0%", "96.5%"), ("offices", "1,780", "1,850")]


def differing(data: bytes) -> list[object]:
    parsed = parse_document(data, "plan.pdf")
    return [finding.values["text"] for finding in parsed.findings if finding.check == "tagged_table"]


@pytest.mark.parametrize("size", [9, 11])
def test_tags_that_agree_with_the_drawing_raise_no_doubt(size: int) -> None:
    assert differing(tagged(ROWS, [[0, 1, 2], [3, 4, 5], [6, 7, 8]], size=size)) == []


@pytest.mark.parametrize("size", [9, 11])
def test_figures_that_the_drawing_does_not_part_are_a_doubt(size: int) -> None:
    assert differing(tagged(ROWS, [[0, 1, 2], [3, 4, 5], [6, 7, 8]], size=size, lines=False)) == ["2023"]


def test_tags_that_hold_words_and_figures_together_say_nothing() -> None:
    assert differing(tagged(ROWS, [[[0, 1], 2], [[3, 4], 5], [[6, 7], 8]], size=10)) == []
