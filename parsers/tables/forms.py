"""Forms: tables whose rows begin with a label for what stands beside it (事業名 | …, 担当 | … | 時期 | …)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.model.layout import GridCell, Table
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import FormField, cell_text


@dataclass(frozen=True, slots=True)
class FormSettings:
    """Which tables are forms."""

    fewest_labels: int = 3
    """Rows that begin with a label. Chosen."""
    labelled_rows: float = 0.7
    """Share of all rows that do. Chosen."""
    longest_label: int = 16
    """Characters. Chosen."""
    most_form_cells: int = 300
    """A larger table is none. Chosen; bounds time."""


SETTINGS = FormSettings()

# A table that only has rows of targets and results has its indicators in columns.
_TELLING = frozenset({"measure", "content"})


def form_fields(table: Table) -> Mapping[tuple[int, int], FormField]:
    """The fields of a form by row and column of their cells; nothing where the table is no form."""
    if len(table.cells) > SETTINGS.most_form_cells:
        return {}
    rows = _rows(table)
    labels = [field for cells in rows if (field := _label(cells[0])) is not None]
    telling = any(field.role in _TELLING for field in labels)
    if len(labels) < max(SETTINGS.fewest_labels, SETTINGS.labelled_rows * len(rows)) or not telling:
        return {}
    values = [cell for cells in rows for cell in cells[1:] if cell.lines and _label(cell) is None]
    if not values or _is_header(rows[0]):
        return {}
    named = any(field.role == "measure" for field in labels)
    found = dict(field for cells in rows for field in _fields(cells))
    return found if named else _headed_by_first(found)


def _headed_by_first(fields: dict[tuple[int, int], FormField]) -> dict[tuple[int, int], FormField]:
    """The fields of a form without a name of its measure: 施策 or 取組 in its first row is one."""
    first = min(fields)
    return {
        place: replace(field, role="measure")
        if place[0] == first[0] and field.role == "content" and read_header_words(field.title).weak
        else field
        for place, field in fields.items()
    }


def _rows(table: Table) -> list[list[GridCell]]:
    """The cells of each grid row from left to right, those that reach down from above included."""
    last = max((cell.row + cell.row_span for cell in table.cells), default=0)
    rows: list[list[GridCell]] = [[] for _ in range(last)]
    for cell in sorted(table.cells, key=lambda cell: cell.column):
        if cell.lines:
            for row in range(cell.row, cell.row + cell.row_span):
                rows[row].append(cell)
    return [cells for cells in rows if cells]


def _is_header(cells: Sequence[GridCell]) -> bool:
    """Whether a first row is a header of columns: labels, or a label before the years of plans, nothing beside them."""
    unlabelled = [cell for cell in cells if _label(cell) is None]
    years = len(unlabelled) > 1 and all(read_header_words(cell_text(cell)).dated for cell in unlabelled)
    return len(cells) > 1 and (not unlabelled or (years and unlabelled[0] is not cells[0]))


def _label(cell: GridCell) -> FormField | None:
    text = cell_text(cell)
    words = read_header_words(text) if len(text) <= SETTINGS.longest_label else None
    if words is None or not words.understood or words.role is None:
        return None
    return FormField(words.role, text, label=True)


def _fields(cells: Sequence[GridCell]) -> Iterator[tuple[tuple[int, int], FormField]]:
    """The fields of one row: a label holds for the cells on its right up to the next label behind one of them."""
    found: list[tuple[tuple[int, int], FormField]] = []
    current: FormField | None = None
    value = True
    for cell in cells:
        label = _label(cell) if value else None
        if label is not None:
            current, value = label, False
            found.append(((cell.row, cell.column), label))
        elif current is not None:
            value = True
            found.append(((cell.row, cell.column), FormField(current.role, current.title, label=False)))
    paired = {"indicator", "target"} <= {field.role for _, field in found if not field.label}
    for place, field in found:
        yield place, replace(field, paired=paired and field.role in ("indicator", "target"))
