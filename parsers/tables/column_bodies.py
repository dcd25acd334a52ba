"""What stands below a header: whether a column holds figures, bounds, names of fields or running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from normalizers.text.sections import opens_section
from parsers.model.layout import GridCell, Table
from parsers.tables.bare_figures import is_bound, is_figure
from parsers.tables.columns import cell_text, plain_text
from parsers.tables.header_rows import Header


@dataclass(frozen=True, slots=True)
class Body:
    """The filled cells of a column below its header; ``length`` is the median length of their texts.

    ``figures`` counts those that hold a bare figure or say that there is none, ``numbers`` those with a digit.
    """

    texts: tuple[str, ...]
    figures: int
    numbers: int
    length: float
    names_fields: bool
    bounds: bool

    @property
    def holds_figures(self) -> bool:
        """Whether most of the cells are bare figures."""
        return bool(self.texts) and 2 * self.figures > len(self.texts)


def read_bodies(table: Table, header: Header, *, transposed: bool = False) -> tuple[Body, ...]:
    """The body of each column; a cell counts for the columns that hold its middle or that it covers."""
    cells: list[list[GridCell]] = [[] for _ in header.heads]
    for cell in table.cells:
        if cell.row < header.rows or not cell.lines:
            continue
        low, high = (cell.box.top, cell.box.bottom) if transposed else (cell.box.x0, cell.box.x1)
        for index, head in enumerate(header.heads):
            if 2 * (min(high, head.x1) - max(low, head.x0)) > head.x1 - head.x0:
                cells[index].append(cell)
    return tuple(_body(held) for held in cells)


def _body(cells: Sequence[GridCell]) -> Body:
    texts = tuple(plain_text(cell_text(cell)) for cell in cells)
    return Body(
        texts=texts,
        figures=sum(is_figure(text) for text in texts),
        numbers=sum(any(character.isdecimal() for character in text) for text in texts),
        length=median(len(text) for text in texts) if texts else 0.0,
        names_fields=any(opens_section(cell_text(cell)) is not None for cell in cells),
        bounds=bool(texts) and all(is_bound(text) for text in texts),
    )
