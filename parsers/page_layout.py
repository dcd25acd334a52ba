"""A page's content to its layout: tables of cells with lines, and lines outside tables."""

from __future__ import annotations

from collections import defaultdict

from parsers.decorations import classify_strokes
from parsers.grid import Grid, find_grids
from parsers.layout import GridCell, PageLayout, Table
from parsers.lines import Marks, build_lines, ordinary_color
from parsers.page import Glyph, PageContent

LOOSE_GAP = 2.5


def layout_page(page: PageContent) -> PageLayout:
    """Tell rulings from decorations, find the tables, and put every visible glyph into exactly one line.

    ``glyph_count`` of the result counts the page's visible characters other than white space; the lines' characters
    (without inserted spaces) add up to it.
    """
    reading = classify_strokes(page.strokes, page.glyphs)
    grids = find_grids(reading.rulings)
    marks = Marks(reading.underlines, reading.strikethroughs, ordinary_color(page.glyphs))
    inside: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    loose: list[Glyph] = []
    for glyph in page.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for number, grid in enumerate(grids):
            area = grid.area_at(x, y)
            if area is not None:
                inside[number, area].append(glyph)
                break
        else:
            loose.append(glyph)
    tables = []
    for number, grid in enumerate(grids):
        tables.append(Table(number, grid.box, _cells(grid, number, inside, marks)))
    return PageLayout(
        page.number,
        page.width,
        page.height,
        page.text_layer,
        tuple(tables),
        tuple(build_lines(loose, marks, split=LOOSE_GAP)),
        reading.rulings,
        reading.underlines,
        reading.strikethroughs,
        reading.others,
        page.images,
        sum(len(glyph.text) for glyph in page.glyphs if not glyph.text.isspace()),
        page.hidden_glyphs,
        page.doubled_glyphs,
        page.doubts,
    )


def _cells(
    grid: Grid, number: int, inside: dict[tuple[int, int], list[Glyph]], marks: Marks
) -> tuple[GridCell, ...]:
    return tuple(
        GridCell(
            area.row,
            area.column,
            area.row_span,
            area.column_span,
            area.box,
            tuple(build_lines(inside.get((number, index), ()), marks)),
            None,
            area.open_top,
            area.open_bottom,
        )
        for index, area in enumerate(grid.areas)
    )
