"""One row of a table whose columns hold indicators, targets and results: its cells and what spans them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalizers.aims.prefix import target_prefix
from normalizers.aims.read_aims import group_line
from normalizers.indicators.catalogue import is_measurable, population_of
from normalizers.indicators.indicator_lines import name_goes_on
from normalizers.model.records import Population
from normalizers.outline.line_words import is_aside
from normalizers.outline.notes import RAISED
from normalizers.outline.plan_line import Line, read_line
from normalizers.rows.patterns import pattern
from normalizers.text.characters import normalize
from parsers.model.document import ColumnRole, Paragraph, TablePlace
from parsers.model.styled_text import StyledText

_OF_EACH = pattern("figures.of_each")
_TOTAL = pattern("figures.total")
_UNIT_LINE = re.compile(r"[(（［\[](?:単位[:：]?)?[^()（）0-9]{1,4}[)）］\]]")
_NOTE_AT_END = re.compile(
    rf" *(?:[※*]?{RAISED.pattern}|[※＊*](?:[0-9]{{1,2}})?|[(\[](?:[※＊*]|注)(?:[0-9]{{1,2}}|[①-⑳])?[)\]])$"
)


@dataclass(frozen=True, slots=True)
class TableCell:
    """One paragraph of a table's cell; ``index`` is its place among the document's paragraphs.

    ``paragraph`` says what the cell stands for: where it holds 〃 or 同上, the text of the cell that it points to.
    """

    index: int
    paragraph: Paragraph
    place: TablePlace
    line: Line


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, or of one of its blocks; ``groups`` (from left to right) and ``measure`` span it."""

    cells: Sequence[TableCell]
    groups: Sequence[TableCell]
    measure: TableCell | None

    @property
    def group(self) -> TableCell | None:
        """The nearest group that says of what the row is one, else the nearest, which says of whom."""
        topics = [group for group in self.groups if not _says_only_of_whom(group.line.text)]
        return next(reversed(topics or self.groups), None)

    @property
    def people(self) -> Population | None:
        """Whom the nearest group names that names any; 全体 within a group is all of that group."""
        named = [population_of(group.line.text) for group in reversed(self.groups)]
        some = [population for population in named if population is not None]
        return next((population for population in some if population != "all"), next(iter(some), None))

    def of(self, *roles: ColumnRole) -> list[TableCell]:
        """The row's paragraphs in columns of these roles, from left to right and top to bottom."""
        return [cell for cell in self.cells if cell.place.column_role in roles]

    def figures_with_indicators(self, *roles: ColumnRole) -> Iterator[tuple[TableCell, TableCell | None]]:
        """The paragraphs of figures, each with the one that names its indicator, None where the row has none.

        That is in the nearest column of names on the left. Where a cell names several indicators, the first figure is
        the first one's, and so on.
        """
        named = self.of("indicator")
        for column in dict.fromkeys(cell.place.column for cell in self.of(*roles)):
            cells = [cell for cell in self.of(*roles) if cell.place.column == column]
            cells = _without_asides(cells) if named else cells
            before = [cell.place.column for cell in named if cell.place.column < column]
            nearest = max(before) if before else min((cell.place.column for cell in named), default=None)
            indicators = [cell for cell in named if cell.place.column == nearest]
            if len(cells) == 1 and len(indicators) > 1 and of_each(cells[0].paragraph.text.text):
                yield from ((cells[0], indicator) for indicator in indicators)
                continue
            if len(cells) == 1:
                indicators = _one_name(indicators)
            for at, cell in enumerate(cells):
                if indicators:
                    yield cell, indicators[at] if len(indicators) == len(cells) else indicators[0]
                else:
                    yield cell, None


def of_each(text: str) -> int:
    """How many characters at the head of a figure say that it is of each name beside it: ①②ともに対前年度以上."""
    found = _OF_EACH.match(text)
    return found.end() if found is not None else 0


def _says_only_of_whom(group: str) -> bool:
    if _TOTAL.fullmatch(group) is not None:
        return True
    return group_line(group) is not None or (population_of(group) is not None and not is_measurable(group))


def _without_asides(cells: Sequence[TableCell]) -> list[TableCell]:
    """The paragraphs of a column's figures without notes and brackets in lines of their own: 0.35% / (R5実績:0.31%)."""
    kept: list[TableCell] = []
    for cell in cells:
        follows = bool(kept) and kept[-1].paragraph.cell_id == cell.paragraph.cell_id is not None
        if not follows or not (cell.line.role == "note" or is_aside(cell.line.text)):
            kept.append(cell)
    return kept


def _one_name(indicators: Sequence[TableCell]) -> list[TableCell]:
    """The names of a single figure: the lines of its one cell joined where they go on, or the first.

    A narrow cell breaks a name anywhere (特定健診実施 / 率). A line that may go on with the name or say something else
    leaves the name in doubt.
    """
    if not indicators or len({cell.paragraph.cell_id for cell in indicators}) > 1:
        return list(indicators)
    first, *rest = indicators
    for index, cell in enumerate(rest):
        text, line = first.paragraph.text.text.rstrip(), cell.paragraph.text.text.strip()
        if _UNIT_LINE.fullmatch(line):
            first = replace(first, paragraph=replace(first.paragraph, text=StyledText(text + line)))
            continue
        if cell.line.marker is not None or cell.line.role == "note" or line[:1] in "(（[［":
            return [first, *rest[index:]]
        if not name_goes_on(text, line):
            return [replace(first, place=replace(first.place, doubts=("name_guessed",))), *rest[index:]]
        joined = replace(first.paragraph, text=StyledText(text + line))
        first = replace(first, paragraph=joined, line=read_line(first.index, joined))
    return [first]


def name_of(indicator: TableCell) -> str:
    """The indicator that a cell names, normalised, without its number and the mark of a note at its end."""
    text = indicator.paragraph.text.text
    return _NOTE_AT_END.sub("", normalize(text[target_prefix(text).offset :]).text.strip())


def is_alike(one: TableCell, other: TableCell) -> bool:
    """Whether two columns of a row count the same of the same people and year, by what their headers say."""

    def said(cell: TableCell) -> tuple[object, ...]:
        place = cell.place
        years = (place.fiscal_year, place.year_number, place.year_offset, place.last_year, cell.paragraph.edition)
        return (*years, place.block, place.population, place.quantity, place.grade, place.period, place.whole_year)

    return said(one) == said(other)
