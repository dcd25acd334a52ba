"""A wide sheet that was printed in slices, one beside the other on pages of their own, put together again.

A spreadsheet that is not fitted to the page goes on over further pages: its columns stand on one page, those to the
right of them on another. The pages' layouts become one wide layout before anything is understood; what was found on it
is placed on its pages again at the end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.layout.joined_lines import line_piece
from parsers.model.document import Cell, Furniture, Paragraph, TextPiece
from parsers.model.geometry import Box, enclosing
from parsers.model.layout import GridCell, Line, PageLayout, Table
from parsers.model.styled_text import join_styled
from parsers.tables.columns import TableReading, cell_text
from parsers.tables.roles import read_table


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """Slices of one sheet on several pages."""

    same_rule_height: float = 1.5
    """Points: the rules of slices drawn on one scale stand at the same heights. Nearest: 0.5 and 1.6."""
    seam: float = 1.0
    """Em: text that runs over the cut goes on where it stopped."""
    most_slices: int = 6
    """A sheet was seen in up to three slices."""
    pages_ahead: int = 30
    """A long one has its next slice as many pages on as it is long. Chosen."""
    same_type_size: float = 0.1
    """Points by which the size of one line's type differs between its halves."""


SETTINGS = SheetSettings()


@dataclass(frozen=True, slots=True)
class Slice:
    """A page's part of a sheet: what lies right of ``x0`` on the sheet stands ``shift`` points further left on it."""

    page: int
    x0: float
    shift: float


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line that runs over cuts: its box on the sheet, and its parts as they stand on the sheet, from left to right.

    A character that a cut goes through is in both parts.
    """

    page: int
    box: Box
    parts: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """A document's layouts with its sheets whole; ``slices`` by the number of the page that holds the whole sheet.

    ``lines`` tells of the loose lines on a sheet, by that number and their box there, which slice they stand on.
    """

    layouts: tuple[PageLayout, ...]
    slices: Mapping[int, tuple[Slice, ...]]
    lines: Mapping[tuple[int, Box], Slice]
    cut_lines: tuple[CutLine, ...]

    def place(self, page: int, box: Box) -> tuple[int, Box]:
        """The page and the box there of something found on ``page``."""
        parts = self.slices.get(page)
        if parts is None:
            return page, box
        index = bisect_right([part.x0 for part in parts], box.x0 + SETTINGS.same_rule_height) - 1
        part = self.lines.get((page, box), parts[index])
        return part.page, Box(box.x0 - part.shift, box.top, box.x1 - part.shift, box.bottom)

    def place_cell(self, cell: Cell) -> Cell:
        """The cell on its own page."""
        if not self.slices:
            return cell
        page, box = self.place(cell.page, cell.box)
        pieces = tuple(part for piece in cell.pieces for part in self._pieces(piece))
        return replace(cell, page=page, box=box, pieces=pieces)

    def place_paragraph(self, paragraph: Paragraph) -> Paragraph:
        """The paragraph with each piece of it on its own page, a line that runs over a cut as a piece on each."""
        if not self.slices:
            return paragraph
        pieces = [part for piece in paragraph.pieces for part in self._pieces(piece)]
        return replace(paragraph, pieces=tuple(pieces))

    def place_furniture(self, piece: Furniture) -> tuple[Furniture, ...]:
        """The piece of furniture on its own page, a line that runs over a cut as a piece on each."""
        cut = self._cut(piece.page, piece.box)
        parts = [(line.box, line.text.text) for line in cut.parts] if cut else [(piece.box, piece.text)]
        placed = [(*self.place(piece.page, box), text) for box, text in parts]
        return tuple(Furniture(page, box, text, piece.reason) for page, box, text in placed)

    def _pieces(self, piece: TextPiece) -> Iterator[TextPiece]:
        cut = self._cut(piece.page, piece.box)
        if cut is None:
            page, box = self.place(piece.page, piece.box)
            yield piece._replace(page=page, box=box)
            return
        start = piece.start
        for line in cut.parts:
            end = piece.end if line is cut.parts[-1] else min(start + len(line.text.text), piece.end)
            page, box = self.place(piece.page, line.box)
            yield line_piece(line, page, start, end)._replace(box=box)
            start = end

    def _cut(self, page: int, box: Box) -> CutLine | None:
        return next((cut for cut in self.cut_lines if cut.page == page and cut.box == box), None)


def join_sheets(layouts: Sequence[PageLayout]) -> Sheets:
    """The layouts with every sheet that was printed in slices as one wide layout, in place of its first slice's."""
    chains = list(_chains(layouts))
    joined = {chain[0]: _joined([layouts[index] for index in chain]) for chain in chains}
    used = {index for chain in chains for index in chain[1:]}
    kept = [joined[index].layouts[0] if index in joined else layouts[index] for index in range(len(layouts))]
    return Sheets(
        tuple(layout for index, layout in enumerate(kept) if index not in used),
        {number: parts for sheet in joined.values() for number, parts in sheet.slices.items()},
        {key: part for sheet in joined.values() for key, part in sheet.lines.items()},
        tuple(cut for sheet in joined.values() for cut in sheet.cut_lines),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that may hold a slice: its size, the heights of its table's rules, the texts of the table's first row."""

    size: tuple[float, float]
    heights: tuple[float, ...]
    head: frozenset[str]


def _page(layout: PageLayout) -> _Page | None:
    table = _table(layout)
    if table is None:
        return None
    head = frozenset(text for cell in table.cells if cell.row == 0 and (text := cell_text(cell)))
    return _Page((round(layout.width), round(layout.height)), tuple(_heights(table)), head)


def _chains(layouts: Sequence[PageLayout]) -> Iterator[tuple[int, ...]]:
    """Indices of the pages that hold one sheet, from left to right; further rows of it stand on further pages alike."""
    pages = [_page(layout) for layout in layouts]
    used: set[int] = set()
    for first in range(len(layouts)):
        chain = _chain(layouts, pages, first) if first not in used else None
        if chain is None or used & set(chain):
            continue
        used |= set(chain)
        yield chain
        step = chain[1] - chain[0]
        for down in range(1, step) if step > 1 else range(len(chain), len(layouts), len(chain)):
            following = tuple(index + down for index in chain)
            if used & set(following) or following[-1] >= len(layouts):
                break
            if not all(_in_line(pages[one], pages[other]) for one, other in pairwise(following)):
                break
            used |= set(following)
            yield following


def _chain(layouts: Sequence[PageLayout], pages: Sequence[_Page | None], first: int) -> tuple[int, ...] | None:
    """The slices of the sheet whose leftmost is on the page ``first``, None where its table is whole."""
    for second in range(first + 1, min(first + 1 + SETTINGS.pages_ahead, len(layouts))):
        chain = [first]
        for following in range(second, len(layouts), second - first):
            if len(chain) == SETTINGS.most_slices or not _in_line(pages[chain[-1]], pages[following]):
                break
            chain.append(following)
        for length in range(len(chain), 1, -1):
            if _is_one_sheet([layouts[index] for index in chain[:length]]):
                return tuple(chain[:length])
    return None


def _in_line(left: _Page | None, right: _Page | None) -> bool:
    """Whether two pages' tables are drawn at one height, rows of one being rows of the other, under other headers."""
    if left is None or right is None or left.size != right.size or left.head & right.head:
        return False
    few, many = sorted((left.heights, right.heights), key=len)
    ends = abs(few[0] - many[0]) <= SETTINGS.same_rule_height and abs(few[-1] - many[-1]) <= SETTINGS.same_rule_height
    return ends and len(few) > 2 and all(_near(height, many) for height in few)


def _table(layout: PageLayout) -> Table | None:
    """The one table of a page that holds text, None where there is none or another."""
    tables = [table for table in layout.tables if any(cell.lines for cell in table.cells)]
    return tables[0] if len(tables) == 1 else None


def _heights(table: Table) -> list[float]:
    edges = sorted({edge for cell in table.cells for edge in (cell.box.top, cell.box.bottom)})
    return [at for before, at in pairwise([float("-inf"), *edges]) if at - before > SETTINGS.same_rule_height]


def _near(height: float, heights: Sequence[float]) -> bool:
    index = bisect_left(heights, height - SETTINGS.same_rule_height)
    return index < len(heights) and heights[index] <= height + SETTINGS.same_rule_height


def _is_one_sheet(layouts: Sequence[PageLayout]) -> bool:
    """Whether the tables' headers make one header: each says something else, and only together they say enough."""
    tables = [table for layout in layouts if (table := _table(layout)) is not None]
    whole = read_table(_joined(layouts).layouts[0].tables[0])
    if whole is None or whole.kind not in ("comparison", "indicators"):
        return False
    titles = [column.title for column in whole.columns if column.title]
    told = [column for column in whole.columns if column.meaning is not None or column.year is not None]
    standing = sum(_stands_alone(read_table(table)) for table in tables)
    return len(set(titles)) == len(titles) and len(told) == len(whole.columns) and standing <= 1


def _stands_alone(reading: TableReading | None) -> bool:
    """Whether a part's header says all that a table needs: both editions, or what is measured, or what is done."""
    if reading is None:
        return False
    meanings = {column.meaning for column in reading.columns}
    return reading.kind == "comparison" or bool(meanings & {"indicator", "content"})


def _joined(layouts: Sequence[PageLayout]) -> Sheets:
    """The wide layout of several slices, the first's in its place, each other's right of the table before it."""
    first = layouts[0]
    slices = [Slice(first.number, float("-inf"), 0.0)]
    cells: list[GridCell] = []
    lines = [[line] for line in first.loose_lines]
    held: dict[tuple[int, Box], Slice] = {}
    column, right = 0, 0.0
    heights = sorted({height for layout in layouts for height in _heights(_known_table(layout))})
    heights = [at for before, at in pairwise([float("-inf"), *heights]) if at - before > SETTINGS.same_rule_height]
    for layout in layouts:
        table = _known_table(layout)
        shift = right - table.box.x0 if layout is not first else 0.0
        if layout is not first:
            slices.append(Slice(layout.number, right, shift))
            lines = _with_lines(lines, [_moved(line, shift) for line in layout.loose_lines], right)
        held |= {(first.number, _moved(line, shift).box): slices[-1] for line in layout.loose_lines}
        cells += [_moved_cell(cell, shift, column, heights) for cell in table.cells]
        column += max(cell.column + cell.column_span for cell in table.cells)
        right = table.box.x1 + shift
    cells.sort(key=lambda cell: (cell.row, cell.column))
    wide = Table(0, enclosing(cell.box for cell in cells), tuple(cells))
    extra = sum(layout.width for layout in layouts[1:])
    layout = replace(
        first,
        width=first.width + extra,
        tables=(wide,),
        loose_lines=tuple(_one_line(parts) for parts in lines),
        glyph_count=sum(part.glyph_count for part in layouts),
        confidence=min(part.confidence for part in layouts),
    )
    cuts = tuple(CutLine(first.number, _one_line(parts).box, tuple(parts)) for parts in lines if len(parts) > 1)
    return Sheets((layout,), {first.number: tuple(slices)}, held, cuts)


def _known_table(layout: PageLayout) -> Table:
    table = _table(layout)
    assert table is not None, "slices are chosen by their one table"
    return table


def _moved_cell(cell: GridCell, shift: float, columns: int, heights: Sequence[float]) -> GridCell:
    """A cell on the sheet: moved to the right, its row counted among all rows of the sheet."""
    row = max(bisect_right(heights, cell.box.top + SETTINGS.same_rule_height) - 1, 0)
    end = max(bisect_left(heights, cell.box.bottom - SETTINGS.same_rule_height), row + 1)
    return replace(
        cell,
        row=row,
        row_span=end - row,
        column=cell.column + columns,
        box=Box(cell.box.x0 + shift, heights[row], cell.box.x1 + shift, heights[min(end, len(heights) - 1)]),
        lines=tuple(_moved(line, shift) for line in cell.lines),
    )


def _moved(line: Line, shift: float) -> Line:
    glyphs = tuple(glyph._replace(x0=glyph.x0 + shift, x1=glyph.x1 + shift) for glyph in line.glyphs)
    box = Box(line.box.x0 + shift, line.box.top, line.box.x1 + shift, line.box.bottom)
    return replace(line, box=box, glyphs=glyphs)


def _with_lines(lines: Sequence[list[Line]], more: Sequence[Line], seam: float) -> list[list[Line]]:
    """The lines, each as its parts, and those of the next slice: what goes on over the cut added to its line."""
    out = [list(parts) for parts in lines]
    for line in more:
        before = next((parts for parts in out if _runs_over(parts[-1], line, seam)), None)
        if before is None:
            out.append([line])
        else:
            before.append(line)
    return out


def _runs_over(left: Line, right: Line, seam: float) -> bool:
    level = abs(left.glyphs[-1].baseline - right.glyphs[0].baseline) <= SETTINGS.same_rule_height
    reach = SETTINGS.seam * left.size + SETTINGS.same_rule_height
    meets = left.box.x1 >= seam - reach and right.box.x0 <= seam + reach
    return (
        level
        and meets
        and not left.vertical
        and not right.vertical
        and abs(left.size - right.size) < SETTINGS.same_type_size
    )


def _one_line(parts: Sequence[Line]) -> Line:
    """The parts of a line as one; a character that is in two of them stands once."""
    line = parts[0]
    for part in parts[1:]:
        last = line.glyphs[-1]
        start = next(
            (i for i, g in enumerate(part.glyphs) if (g.x0 + g.x1) / 2 > last.x1 - SETTINGS.same_rule_height), 0
        )
        rest = part.text.slice(start, len(part.text.text))
        box = enclosing([line.box, part.box])
        line = replace(line, text=join_styled([line.text, rest]), box=box, glyphs=line.glyphs + part.glyphs[start:])
    return line
