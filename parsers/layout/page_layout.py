"""A page's content to its layout: tables of cells with lines, and lines outside tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from parsers.layout.decorations import classify_strokes
from parsers.layout.dotted_rules import with_dotted_rules
from parsers.layout.figure_rows import with_figure_rows
from parsers.layout.folded_sheets import fold_of
from parsers.layout.grid import Grid, find_grids
from parsers.layout.lines import build_lines
from parsers.layout.loose_text import loose_lines
from parsers.layout.marks import Marks, ordinary_color, same_color
from parsers.layout.overflowing_columns import overflowing_columns
from parsers.layout.rounded_boxes import with_square_corners
from parsers.layout.shaded_boxes import without_side_bars
from parsers.layout.text_boxes import boxes_over_tables, written_through
from parsers.layout.title_bars import with_title_bars
from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Line, PageLayout, Table
from parsers.model.page import WHITE, Fill, Glyph, PageContent


def layout_page(page: PageContent) -> PageLayout:
    """Tell rulings from decorations, find the tables, and put every visible glyph into exactly one line.

    ``glyph_count`` of the result counts the page's visible characters other than white space; the lines' characters
    (without inserted spaces) add up to it. Each table's lines stand in its cells, everything else in ``loose_lines``
    in reading order.
    """
    reading = classify_strokes(with_dotted_rules(page.strokes, page.images), page.glyphs)
    rulings = without_side_bars(with_square_corners(reading.rulings), page.fills)
    grids = find_grids(rulings, page.glyphs, page.fills)
    grids = with_title_bars(grids, page.fills, page.glyphs)
    marks = Marks(reading.underlines, reading.strikethroughs, ordinary_color(page.glyphs))
    inside, outside = _share_out(page.glyphs, grids)
    tables = tuple(
        with_figure_rows(Table(number, grid.box, _cells(grid, number, inside, marks, page.fills)))
        for number, grid in enumerate(grids)
    )
    fold = fold_of(page.width, page.height, page.glyphs, [grid.box for grid in grids])
    parts = [outside] if fold is None else [[g for g in outside if g.x0 < fold], [g for g in outside if g.x0 >= fold]]
    return PageLayout(
        number=page.number,
        width=page.width,
        height=page.height,
        text_layer=page.text_layer,
        tables=tables,
        loose_lines=tuple(line for part in parts for line in loose_lines(part, page.fills, marks)),
        rulings=reading.rulings,
        underlines=reading.underlines,
        strikethroughs=reading.strikethroughs,
        other_strokes=reading.others,
        images=page.images,
        glyph_count=sum([len(glyph.text) for glyph in page.glyphs if not glyph.text.isspace()]),
        hidden=page.hidden,
        doubled_glyphs=page.doubled_glyphs,
        doubts=page.doubts,
        confidence=_confidence(page),
        overprinted=page.overprinted,
        unread=page.unread,
        turned=page.turned,
        tagged=page.tagged,
    )


def _confidence(page: PageContent) -> float:
    """The glyphs' mean confidence on a recognised page; else 1.0, whatever was recognised in places."""
    if page.text_layer != "ocr" or not page.glyphs:
        return 1.0
    return sum(glyph.confidence for glyph in page.glyphs) / len(page.glyphs)


def layout_lines(layout: PageLayout) -> list[Line]:
    """Every line of a page, those of cells and the loose ones."""
    return [line for table in layout.tables for cell in table.cells for line in cell.lines] + list(layout.loose_lines)


def _share_out(
    glyphs: Sequence[Glyph], grids: Sequence[Grid]
) -> tuple[dict[tuple[int, int], list[Glyph]], list[Glyph]]:
    """Each glyph to the one area, by table and index, that holds its middle or that it overflows, or to the loose."""
    inside: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    x0 = top = x1 = bottom = -1.0
    current: list[Glyph] = outside
    # A text box lies over the table it stands in: the smaller grid is asked first.
    asked = sorted(enumerate(grids), key=lambda pair: pair[1].box.width * pair[1].box.height)
    laid = boxes_over_tables(grids)
    beneath = written_through(glyphs, [grids[number].box for number in laid])
    overlap = any(a.box.overlaps(b.box) for i, a in enumerate(grids) for b in grids[i + 1 :])
    for index, glyph in enumerate(glyphs):
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if overlap or not (x0 <= x < x1 and top <= y < bottom):
            current, x0, x1 = outside, 0.0, -1.0
            for number, grid in asked:
                area = grid.area_at(x, y) if index not in beneath or number not in laid else None
                if area is not None:
                    current = inside[number, area]
                    x0, top, x1, bottom = grid.areas[area].box
                    break
        current.append(glyph)
    overflowing = overflowing_columns(inside, outside, grids)
    for index, cell in overflowing.items():
        inside[cell].append(outside[index])
    return inside, [glyph for index, glyph in enumerate(outside) if index not in overflowing]


def _cells(
    grid: Grid,
    number: int,
    inside: dict[tuple[int, int], list[Glyph]],
    marks: Marks,
    fills: Sequence[Fill],
) -> tuple[GridCell, ...]:
    cells = []
    for index, area in enumerate(grid.areas):
        glyphs = inside.get((number, index), [])
        fill = _ground(area.box, fills)
        lines = build_lines(glyphs, _cell_marks(glyphs, fill, marks)) if glyphs else ()
        cells.append(
            GridCell(
                area.row,
                area.column,
                area.row_span,
                area.column_span,
                area.box,
                tuple(lines),
                fill,
                area.open_top,
                area.open_bottom,
            )
        )
    return tuple(cells)


def _ground(box: Box, fills: Sequence[Fill]) -> int | None:
    """The colour of the last fill that covers the middle of ``box``, None for white or none."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    for fill in reversed(fills):
        if fill.box.contains(x, y):
            return None if fill.color == WHITE else fill.color
    return None


def _cell_marks(glyphs: Sequence[Glyph], fill: int | None, marks: Marks) -> Marks:
    """The marks with the cell's own ordinary colour.

    A cell all in one colour other than the page's is marked as a whole, unless it is shaded: there the text's colour
    belongs to the cell's design.
    """
    if all(glyph.color == marks.ordinary for glyph in glyphs):
        return marks
    own = ordinary_color(glyphs)
    shared = any(same_color(glyph.color, marks.ordinary) for glyph in glyphs if not glyph.text.isspace())
    return marks.with_ordinary(own) if fill is not None and not shared else marks
