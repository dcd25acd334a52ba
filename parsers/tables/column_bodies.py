"""What stands below a header: whether a column holds figures, bounds, names of sections or running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from normalizers.text.dittos import points_to
from normalizers.text.sections import names_field, opens_section
from parsers.model.layout import GridCell, Table
from parsers.tables.bare_figures import is_bound, is_figure
from parsers.tables.column_headers import read_header_words
from parsers.tables.columns import cell_text, plain_text
from parsers.tables.header_rows import Header
from parsers.tables.patterns import pattern

_LONGEST_LABEL = 16
"""Characters. Chosen."""
_LONGEST_NAME = 30
"""Characters of a name. Chosen."""
_STATES_AIM = pattern("bodies.states_aim")
_NAMES_WITH_FIGURE = pattern("bodies.names_with_figure")
_MEASURE = pattern("bodies.measure")
_COST = pattern("bodies.cost")
_BOUNDED = pattern("bodies.bounded")
_HEADS, _SHARE = pattern("bodies.heads"), pattern("bodies.share")
_BLANK = frozenset({"-", "―", "/"})


@dataclass(frozen=True, slots=True)
class Body:
    """The filled cells of a column below its header; ``length`` is the median length of their texts.

    ``figures`` counts those that hold a bare figure or say that there is none, ``numbers`` those with a digit.
    ``names_fields`` tells that one of its own cells names a field (分野), ``only_fields`` that all do so,
    ``under_fields`` that cells over several columns do. ``labels_aims`` tells that one is a label of aims (【KPI】) and
    no name, ``names_planned`` that one names what only plans count (実施見込者数).
    """

    texts: tuple[str, ...]
    figures: int
    numbers: int
    length: float
    names_fields: bool
    bounds: bool
    under_fields: bool = False
    labels_aims: bool = False
    names_planned: bool = False
    only_fields: bool = False

    @property
    def names_measures(self) -> bool:
        """Whether most of the cells end in a word for what is measured: 特定健診の実施率, 集団健診の回数."""
        return bool(self.texts) and 2 * sum(_MEASURE.search(text) is not None for text in self.texts) > len(self.texts)

    @property
    def names_people(self) -> bool:
        """Whether all of the cells name groups of people alone (被保険者), and not what is measured of them."""
        return bool(self.texts) and all(map(_names_people, self.texts))

    @property
    def names_only_counts(self) -> bool:
        """Whether its cells say how something is counted and not what (人数, 率), heads among them."""
        heads = any(_HEADS.fullmatch(text) is not None for text in self.texts)
        return heads and all(_HEADS.fullmatch(text) or _SHARE.fullmatch(text) for text in self.texts)

    @property
    def names_costs(self) -> bool:
        """Whether most of the cells name what is spent or earned: a budget's figures are no aims."""
        return bool(self.texts) and 2 * sum(_COST.search(text) is not None for text in self.texts) > len(self.texts)

    @property
    def states_aims(self) -> bool:
        """Whether most of the cells say what is to be reached (…を100%とする) and not what is measured."""
        said = [text for text in self.texts if text not in _BLANK]
        stated = [text for text in said if _STATES_AIM.search(text) or _NAMES_WITH_FIGURE.search(text)]
        return bool(said) and 2 * len(stated) > len(said)

    @property
    def holds_figures(self) -> bool:
        """Whether most of the cells are bare figures."""
        return bool(self.texts) and 2 * self.figures > len(self.texts)


def read_bodies(table: Table, header: Header, *, transposed: bool = False) -> tuple[Body, ...]:
    """The body of each column; a cell counts for the columns that hold its middle or that it covers.

    A cell that stands for another (〃, 同左) counts with that one's text.
    """
    cells: list[list[GridCell]] = [[] for _ in header.heads]
    wide: set[int] = set()
    for cell in table.cells:
        if cell.row < header.rows or not cell.lines:
            continue
        low, high = (cell.box.top, cell.box.bottom) if transposed else (cell.box.x0, cell.box.x1)
        for index, head in enumerate(header.heads):
            if 2 * (min(high, head.x1) - max(low, head.x0)) > head.x1 - head.x0:
                if any(cell is held[-1] for held in cells[:index] if held):
                    wide.add(id(cell))
                cells[index].append(cell)
    bodies: list[Body] = []
    left: dict[int, str] = {}
    for held in cells:
        said = _spoken_out(held, left)
        own = [cell for cell in held if id(cell) not in wide]
        under = any(_names_field(cell) for cell in held if id(cell) in wide)
        bodies.append(replace(_body(own, tuple(said.values())), under_fields=under))
        left = said
    return tuple(bodies)


def _spoken_out(cells: Sequence[GridCell], left: dict[int, str]) -> dict[int, str]:
    """The normalised texts of a column's cells by row, with those that they stand for; ``left`` are the column's on its
    left.
    """
    texts: dict[int, str] = {}
    above: str | None = None
    for cell in cells:
        text = plain_text(cell_text(cell))
        pointed = points_to(text)
        if pointed is not None:
            text = (left.get(cell.row) if pointed == "left" else above) or text
        texts[cell.row] = above = text
    return texts


def _names_field(cell: GridCell) -> bool:
    return opens_section(cell_text(cell)) is not None


def _names_people(text: str) -> bool:
    words = read_header_words(text)
    return words.understood and words.role is None and words.population is not None


def _labels_aims(text: str) -> bool:
    if len(text) > _LONGEST_LABEL:
        return False
    words = read_header_words(text)
    return words.understood and words.role in ("indicator", "target")


def _is_goal_in_brackets(text: str) -> bool:
    """Whether a text is another year's goal: (95.8%以上)."""
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else ""
    return is_figure(inner) and _BOUNDED.search(inner) is not None


def _body(cells: Sequence[GridCell], texts: tuple[str, ...]) -> Body:
    return Body(
        texts=texts,
        figures=sum(is_figure(text) or _is_goal_in_brackets(text) for text in texts),
        numbers=sum(any(character.isdecimal() for character in text) for text in texts),
        length=median(len(text) for text in texts) if texts else 0.0,
        names_fields=any(map(_names_field, cells)),
        only_fields=any(map(_names_field, cells)) and all(names_field(cell_text(cell)) for cell in cells),
        labels_aims=any(map(_labels_aims, texts)),
        names_planned=any(len(text) <= _LONGEST_NAME and read_header_words(text).planned for text in texts),
        bounds=any(is_bound(text) for text in texts) and all(is_bound(text) or text in _BLANK for text in texts),
    )
