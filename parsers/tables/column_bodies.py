"""What stands below a header: whether a column holds figures, bounds, names of fields or running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from normalizers.text.characters import normalize
from normalizers.text.sections import opens_section
from parsers.model.layout import GridCell, Table
from parsers.tables.columns import cell_text
from parsers.tables.header_rows import Header

LONGEST_FIGURE = 30
_FIGURE = re.compile(
    r"[①-⑳(]?[0-9]{0,2}[)]?(?:約|概ね|おおむね|およそ|延べ?|年間?|月|毎|各|計|対?前年|昨年|現状|全国|上位|平均|[▲△+\-±≧≦>≥≤<]|[0-9]|"
    r"[一二三四五六七八九十百千][^。]{0,3}$)"
)
_NONE = frozenset(
    {
        "-",
        "--",
        "なし",
        "無し",
        "設定なし",
        "未設定",
        "目標なし",
        "該当なし",
        "(該当なし)",
        "〃",
        "同上",
        '"',
        "''",
        "維持",
        "100%維持",
        "未定",
    }
)
_BOUND = frozenset({"以上", "以下", "超", "未満", "以内", "≧", "≦", "≥", "≤", ">", "<", "↑", "↓", "超過"})


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
    texts = tuple("".join(normalize(cell_text(cell)).text.split()) for cell in cells)
    return Body(
        texts=texts,
        figures=sum(is_figure(text) for text in texts),
        numbers=sum(any(character.isdecimal() for character in text) for text in texts),
        length=median(len(text) for text in texts) if texts else 0.0,
        names_fields=any(opens_section(cell_text(cell)) is not None for cell in cells),
        bounds=bool(texts) and all(text in _BOUND for text in texts),
    )


def is_figure(text: str) -> bool:
    """Whether a normalised text without blanks is a bare figure, or says that there is none."""
    return text in _NONE or (len(text) <= LONGEST_FIGURE and "を" not in text and _FIGURE.match(text) is not None)
