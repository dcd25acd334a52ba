"""Which rows of a table are its header, and the header of each column: cells one above the other, read together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalizers.text.fiscal_years import PLAN_ERAS, western_year
from parsers.model.layout import GridCell, Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.column_headers import NO_WORDS, HeaderWords, combined, read_header_words
from parsers.tables.columns import cell_text, plain_text
from parsers.tables.patterns import pattern


@dataclass(frozen=True, slots=True)
class HeaderRowSettings:
    """How many rows of a table are its header."""

    most_rows: int = 4
    """Rows of a header at most. Chosen: group, scope, year and unit one below the other."""
    longest_title: int = 60
    """Characters of a column's title: a longer text is content. Chosen."""
    most_cell_lines: int = 4
    """Lines of a header's cell. Chosen."""
    whole_width: float = 0.9
    """Share of the table's width over which a cell is a title of the whole table, not the header of a column. Nearest:
    0.874 and 0.903.
    """

    nearest_years: int = 4
    """Years between a number that may be a year and a year that stands beside it. Chosen: as in one period."""


SETTINGS = HeaderRowSettings()

_PLANS = pattern("headers.plans")
_SHORT_YEAR = re.compile(r"([0-9]{1,2})([^0-9].*)")


@dataclass(frozen=True, slots=True)
class Head:
    """The header of one column: its extent (points), its words verbatim, upper rows first, and what they say."""

    x0: float
    x1: float
    title: str
    words: HeaderWords


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header: how many rows it takes, and the columns' heads from left to right."""

    rows: int
    heads: tuple[Head, ...]


def find_header(table: Table, *, transposed: bool = False) -> Header | None:
    """The header of a table; None where its first rows are none.

    ``transposed``: the table was turned, and its columns are parted from top to bottom of the page. Of several readings
    the one that understands most columns counts, with the fewest rows.
    """
    best: Header | None = None
    first = [cell for cell in table.cells if cell.row < SETTINGS.most_rows]
    texts: dict[int, str] = {}
    for rows in range(1, SETTINGS.most_rows + 1):
        header = _with_rows(table, [cell for cell in first if cell.row < rows], rows, texts, transposed=transposed)
        if header is not None and (best is None or _known(header) > _known(best)):
            best = header
    return best


def _known(header: Header) -> int:
    return len({head.title for head in header.heads if head.words.understood})


def _with_rows(
    table: Table, header: Sequence[GridCell], rows: int, texts: dict[int, str], *, transposed: bool
) -> Header | None:
    """The header where the cells of so many rows are one; ``texts`` are those of cells read before, and of these."""
    if any(cell.row + cell.row_span > rows for cell in header if cell.lines) and rows < SETTINGS.most_rows:
        return None
    filled = [cell for cell in header if cell.lines]
    if not filled or any(len(cell.lines) > SETTINGS.most_cell_lines for cell in filled):
        return None
    texts |= {id(cell): cell_text(cell) for cell in filled if id(cell) not in texts}
    if not all(_row_heads(filled, texts, row) for row in range(1, rows)):
        return None
    heads = _heads(header, texts, transposed=transposed)
    return Header(rows, tuple(heads)) if _is_header(heads, header, rows, table) else None


def _row_heads(filled: Sequence[GridCell], texts: dict[int, str], row: int) -> bool:
    """Whether most cells that begin in a lower row are headers in their own words, and none is a bare figure."""
    if _parts_heads(filled, texts, row):
        return True
    own = [texts[id(cell)] for cell in filled if cell.row == row]
    known = [read_header_words(text).understood for text in own]
    figures = any(is_figure(plain_text(text)) for text, heads in zip(own, known, strict=True) if not heads)
    return not own or (2 * sum(known) > len(own) and not figures)


def _parts_heads(filled: Sequence[GridCell], texts: dict[int, str], row: int) -> bool:
    """Whether a row only parts heads above it (被保険者 over 協会実施 | 計) beside others that reach over it."""
    own = [cell for cell in filled if cell.row == row]
    above = [cell for cell in filled if cell.row < row and read_header_words(texts[id(cell)]).understood]
    wide = [cell for cell in above if cell.column_span > 1 and cell.row + cell.row_span == row]
    beside = [cell for cell in above if cell.row + cell.row_span > row]
    parted = all(
        any(
            head.column <= cell.column and cell.column + cell.column_span <= head.column + head.column_span
            for head in wide
        )
        for cell in own
    )
    unknown = [texts[id(cell)] for cell in own if not read_header_words(texts[id(cell)]).understood]
    figures = any(is_figure(plain_text(text)) for text in unknown)
    return bool(own) and parted and bool(beside) and not figures


def _heads(header: Sequence[GridCell], texts: dict[int, str], *, transposed: bool) -> list[Head]:
    extents = [(cell.box.top, cell.box.bottom) if transposed else (cell.box.x0, cell.box.x1) for cell in header]
    edges = sorted({edge for extent in extents for edge in extent})
    width = edges[-1] - edges[0]
    heads: list[Head] = []
    for x0, x1 in pairwise(edges):
        if x1 - x0 < 1:
            continue
        middle = (x0 + x1) / 2
        over = sorted(
            (cell for cell, (low, high) in zip(header, extents, strict=True) if low <= middle < high and cell.lines),
            key=lambda cell: cell.row,
        )
        wide = [cell for cell in over if _extent(cell, transposed) > SETTINGS.whole_width * width and len(extents) > 1]
        own = [cell for cell in over if cell not in wide] or over
        words = combined(read_header_words(texts[id(cell)]) for cell in own)
        if own is not over:
            words = _under_title(words, combined(read_header_words(texts[id(cell)]) for cell in wide))
        heads.append(Head(x0, x1, " ".join(texts[id(cell)] for cell in own), words))
    return _with_short_years(heads)


def _with_short_years(heads: Sequence[Head]) -> list[Head]:
    """The heads; a number before 実績 or 目標 (5見込) is a year where another head names one of that era near it."""
    named = {head.words.year for head in heads if head.words.year is not None}
    made: list[Head] = []
    for head in heads:
        short = _SHORT_YEAR.fullmatch(plain_text(head.title)) if not head.words.understood else None
        words = read_header_words(short[2]) if short is not None else NO_WORDS
        years = [western_year(era, int(short[1])) for era in PLAN_ERAS] if short is not None else []
        near = [year for year in years if any(abs(year - other) <= SETTINGS.nearest_years for other in named)]
        if words.role in ("target", "actual", "content") and words.understood and near:
            made.append(replace(head, words=replace(words, year=near[0])))
        else:
            made.append(head)
    return made


def _extent(cell: GridCell, transposed: bool) -> float:
    return cell.box.height if transposed else cell.box.width


def _under_title(words: HeaderWords, title: HeaderWords) -> HeaderWords:
    """What a title over the whole table adds to a column: its unit, its year where the column has none, of whom its
    figures are, and that the years it heads are those of targets (数値目標一覧).
    """
    year = title.year if not words.dated else words.year
    targets = title.role == "target" and words.role is None and words.dated
    return replace(
        words,
        unit=words.unit or title.unit,
        year=year,
        role="target" if targets else words.role,
        population=words.population or title.population,
    )


def _is_header(heads: Sequence[Head], header: Sequence[GridCell], rows: int, table: Table) -> bool:
    titled = [head for head in heads if head.title]
    known = [head for head in titled if head.words.understood]
    if any(len(head.title) > SETTINGS.longest_title for head in titled):
        return False
    if len({head.title for head in titled}) < min(len(titled), 2):
        return False
    editions = {head.words.edition for head in known} | {head.words.role for head in known if head.words.edition}
    if len(titled) == 1:
        words = titled[0].words
        # 協会 or 国 at the head of an indicator's name (協会の…査定額) makes no column of theirs.
        told = words.understood or _PLANS.search(titled[0].title) is not None
        plan = words.role == "content" or (words.scope == "reference" and told)
        return len(heads) == 1 and plan and len(header) == rows
    if {"new", "old"} <= editions or len(_dates(known)) >= 2:
        return len(known) >= 2
    telling = [head for head in known if _tells(head.words)]
    if not telling:
        return len(known) == len(titled) and _counts_and_rates(known)
    if len(known) >= 2 and len(known) * 2 >= len(titled):
        return True
    return len(telling) * 3 >= len(titled) and _is_shaded(table, rows)


def _tells(words: HeaderWords) -> bool:
    """Whether a header is one without doubt; a name of what is counted stands in bodies too."""
    return words.role != "quantity" or words.unit is not None or words.planned


def _counts_and_rates(heads: Sequence[Head]) -> bool:
    """Whether all heads are plain words for counts and for a rate of them: 対象者数 | 実施者数 | 実施率."""
    names = [head.words.name for head in heads if head.words.name == plain_text(head.title)]
    rates = [name for name in names if name.endswith("率")]
    return len(names) == len(heads) and 0 < len(rates) < len(names)


def _dates(heads: Sequence[Head]) -> set[tuple[int | None, int | None, int | None]]:
    said = {(head.words.year, head.words.year_number, head.words.offset) for head in heads}
    return said - {(NO_WORDS.year, NO_WORDS.year_number, NO_WORDS.offset)}


def _is_shaded(table: Table, rows: int) -> bool:
    """Whether the header is set apart by its ground: all of its filled cells shaded, the next row's not."""
    head = [cell for cell in table.cells if cell.row < rows and cell.lines]
    body = [cell for cell in table.cells if cell.row == rows and cell.lines]
    return bool(body) and all(cell.fill is not None for cell in head) and all(cell.fill is None for cell in body)
