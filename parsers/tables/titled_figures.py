"""Cards of two boxes: a name in the upper one, and right below it the figure that it is to reach.

郵送化率 | 96.0％以上 / （令和4年度目標　95.5％以上）: one statement, however large the figure is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalizers.text.markers import read_marker
from parsers.layout.joined_lines import run_on
from parsers.model.bare_page import BarePage
from parsers.model.geometry import enclosing
from parsers.model.layout import GridCell, Line, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import cell_text, plain_text
from parsers.tables.patterns import pattern


@dataclass(frozen=True, slots=True)
class TitledFigureSettings:
    """Which boxes are a card. Points unless said otherwise. All chosen."""

    card_sides: float = 3.0
    """By which the sides of the two boxes differ at most."""
    card_seam: float = 4.0
    """By which the one stands below the other."""
    most_name_lines: int = 3
    """Lines of the name."""
    most_lines_below: int = 4
    """Lines of the lower box."""


SETTINGS = TitledFigureSettings()

_LABELS = ("target", "actual", "indicator")
_AIM = pattern("cards.aims")
_OPENING = "（(〔［["


def with_titled_figures(page: BarePage) -> BarePage:
    """The page with each such card as a box of one cell, in which name and figure are one line of text."""
    boxes = [table for table in page.tables if {cell.column for cell in table.cells} == {0} and len(table.cells) <= 2]
    joined: dict[int, Table] = {}
    gone: set[int] = set()
    for table in boxes:
        pair = _pair(table, boxes)
        if pair is None:
            continue
        name, below, other = pair
        box = enclosing([name.box, below.box])
        joined[id(table)] = Table(table.index, box, (GridCell(0, 0, 1, 1, box, _as_text(name, below), below.fill),))
        if other is not table:
            gone.add(id(other))
    if not joined:
        return page
    return replace(page, tables=tuple(joined.get(id(table), table) for table in page.tables if id(table) not in gone))


def _pair(table: Table, boxes: Sequence[Table]) -> tuple[GridCell, GridCell, Table] | None:
    """The cell of a name that begins ``table``, that of its figure right below it, and the table of that one."""
    name = table.cells[0]
    if not _is_name(name):
        return None
    if len(table.cells) == 2:
        return (name, table.cells[1], table) if _is_figure_of(table.cells[1], name) else None
    for other in boxes:
        below = other.cells[0]
        sides = max(abs(below.box.x0 - name.box.x0), abs(below.box.x1 - name.box.x1)) <= SETTINGS.card_sides
        touch = abs(below.box.top - name.box.bottom) <= SETTINGS.card_seam
        if other is not table and len(other.cells) == 1 and sides and touch and _is_figure_of(below, name):
            return name, below, other
    return None


def _is_name(cell: GridCell) -> bool:
    text = plain_text(cell_text(cell))
    if not 0 < len(cell.lines) <= SETTINGS.most_name_lines or not any(map(str.isalpha, text)) or text.endswith("。"):
        return False
    words = read_header_words(cell_text(cell))
    labels = words.understood and (words.dated or (words.role in _LABELS and not words.name))
    return not is_figure(text) and not labels


def _is_figure_of(cell: GridCell, name: GridCell) -> bool:
    """Whether a cell begins with a figure and holds little else."""
    if not 0 < len(cell.lines) <= SETTINGS.most_lines_below or name.box.top >= cell.box.top:
        return False
    first = cell.lines[0].text.text
    return is_figure(plain_text(first)) and read_marker(first) is None


def _as_text(name: GridCell, below: GridCell) -> tuple[Line, ...]:
    """Name and figure as one line, with the brackets of results behind the figure; the rest as it stands."""
    count = 1
    while count < len(below.lines) and _tells_result(below.lines[count].text.text.strip()):
        count += 1
    stated = run_on([name.lines, *((line,) for line in below.lines[:count])])
    return (*stated, *below.lines[count:])


def _tells_result(text: str) -> bool:
    return text[:1] in _OPENING and _AIM.search(text) is None
