"""What each column of a table holds: its header and its body read together, as one reading of the whole table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.model.document import CellRole, ColumnDoubt
from parsers.model.layout import Table
from parsers.tables.bare_figures import is_figure
from parsers.tables.blocks import with_blocks
from parsers.tables.column_bodies import Body, read_bodies
from parsers.tables.column_headers import HeaderWords
from parsers.tables.columns import FIGURES, Column, TableKind, TableReading, cell_text, plain_text, turned
from parsers.tables.divided_heads import with_divided_heads
from parsers.tables.expected_counts import expected_counts
from parsers.tables.header_rows import Head, find_header
from parsers.tables.header_words import HeaderRole
from parsers.tables.meanings import PARTS, Meaning, column_meanings
from parsers.tables.patterns import words


@dataclass(frozen=True, slots=True)
class RoleSettings:
    """Tables that carry on another."""

    same_edge: float = 6.0
    """Points: edges of columns nearer than this are one. Nearest: 0 and 62."""

    longest_own_head: int = 12
    """Characters: a longer text on top of a column of figures is no header. Chosen."""
    fewest_own_heads: int = 2
    """Columns of figures that words must head to be another header. Chosen."""


SETTINGS = RoleSettings()


# Scopes of text that is shown beside the plan; figures shown as 参考 are still the branch's own.
_ANOTHERS = ("reference", "aside")
_LOOKING_BACK = words("roles.looks_back")
_TEXT = (None, "content", "measure", "indicator", "target", "section")


def read_table(table: Table) -> TableReading | None:
    """The reading of a table by its own header; None where its first rows are no header."""
    plain, across = _read(table), None
    # Above a row a year may stand aims of a year: 対前年度以上 names no column's.
    if plain is None or not any(_names_year(column.words) for column in plain.columns[1:]):
        across = _read(turned(table), transposed=True)
    if across is not None and (_is_by_year(across) or (plain is None and _is_by_count(across))):
        return across
    return plain


def _names_year(words: HeaderWords) -> bool:
    return words.year is not None or words.year_number is not None or (words.dated and words.comparator is None)


def inherit(table: Table, earlier: TableReading) -> TableReading | None:
    """``earlier``'s columns for a table without a header, None where its cells do not stand in these columns."""
    if earlier.transposed or (earlier.kind == "indicators" and len(table.cells) == 1 < len(earlier.columns)):
        # One cell is no row of figures but a box of text as wide as they are.
        return None
    left, right = earlier.columns[0].x0, earlier.columns[-1].x1
    if table.box.x0 < left - SETTINGS.same_edge or table.box.x1 > right + SETTINGS.same_edge:
        return None
    edges = [*(column.x0 for column in earlier.columns), right]
    drawn = {edge for cell in table.cells for edge in (cell.box.x0, cell.box.x1)}
    fitting = sum(any(abs(edge - own) <= SETTINGS.same_edge for own in drawn) for edge in edges)
    if fitting < 2 or fitting * 2 < len(edges) or _is_headed_anew(table, earlier):
        return None
    if fitting == len(edges):
        return TableReading(earlier.kind, earlier.columns, 0)
    doubted = tuple(replace(column, doubts=_with_doubt(column.doubts)) for column in earlier.columns)
    return TableReading(earlier.kind, doubted if _has_figures(earlier) else earlier.columns, 0)


def _is_headed_anew(table: Table, earlier: TableReading) -> bool:
    """Whether words stand on top of the columns that would inherit figures, and figures below them: another header."""
    first: list[str] = []
    below = 0
    for cell in table.cells:
        if not cell.lines or earlier.columns[earlier.column_of(cell.box)].meaning not in FIGURES:
            continue
        text = plain_text(cell_text(cell))
        if cell.row == 0:
            first.append(text)
        else:
            below += is_figure(text)
    words = all(not is_figure(text) and len(text) <= SETTINGS.longest_own_head for text in first)
    return len(first) >= SETTINGS.fewest_own_heads and words and below >= len(first)


def _has_figures(reading: TableReading) -> bool:
    return any(column.meaning in FIGURES for column in reading.columns)


def _with_doubt(doubts: tuple[ColumnDoubt, ...]) -> tuple[ColumnDoubt, ...]:
    return doubts if "inherited" in doubts else (*doubts, "inherited")


def _read(table: Table, *, transposed: bool = False) -> TableReading | None:
    header = find_header(table, transposed=transposed)
    if header is None:
        return None
    header = with_divided_heads(table, header, transposed=transposed)
    bodies = read_bodies(table, header, transposed=transposed)
    if not any(body.texts for body in bodies) and len(header.heads) > 1 and header.rows > 1:
        return None
    meanings = column_meanings(header.heads, bodies)
    counts = expected_counts(header.heads, bodies)
    heads = [replace(head, words=counts.get(index, head.words)) for index, head in enumerate(header.heads)]
    planned = _beside_their_base(heads) | counts.keys()
    meanings = tuple(
        replace(meaning, role="quantity") if index in planned or _is_planned_share(head, heads) else meaning
        for index, (head, meaning) in enumerate(zip(heads, column_meanings(heads, bodies), strict=True))
    )
    kind, roles = _roles(heads, meanings, bodies)
    columns = [
        Column(
            head.x0,
            head.x1,
            role,
            "section" if role == "section" else meaning.role,
            head.title or None,
            head.words.year,
            _planned_words(head, meaning, index in planned),
            meaning.level,
            0,
            meaning.doubts,
        )
        for index, (head, meaning, role) in enumerate(zip(heads, meanings, roles, strict=True))
    ]
    return TableReading(kind, with_blocks(columns), header.rows, transposed)


def _planned_words(head: Head, meaning: Meaning, beside_base: bool) -> HeaderWords:
    """The header's words; a column of planned counts under a group's name is of that group (計: of all), one under a
    part of it (うち外部委託) counts that part.
    """
    words, title = head.words, plain_text(head.title)
    part = next((word for word in PARTS if title.startswith(word)), None)
    if meaning.of_group is not None and part is not None:
        words = replace(words, name=title.removeprefix(part).strip("()"))
    if meaning.of_group is None:
        return replace(words, planned=True) if beside_base else words
    return replace(words, population=meaning.of_group, whole_year=False, planned=True)


def _is_planned_share(head: Head, heads: Sequence[Head]) -> bool:
    """Whether a column of expected results is a planned share: beside a count of what is planned, and of no year."""
    own = head.words.role == "actual" and head.words.planned and not head.words.dated
    return own and any(other.words.planned and other.words.role == "quantity" for other in heads)


def _beside_their_base(heads: Sequence[Head]) -> frozenset[int]:
    """The columns of planned rates and counts: such goals (実施率（目標）) of no year beside the count that they are of
    (対象者数).
    """
    goals = [
        index
        for index, head in enumerate(heads)
        if head.words.role == "target" and head.words.name and not head.words.dated
    ]
    counted = any(head.words.role == "quantity" and not head.words.dated for head in heads)
    return frozenset(goals if counted else ())


def _is_by_year(reading: TableReading) -> bool:
    """Whether a turned table has a row a year: two rows or more are headed by a year, or as targets or results, and
    hold figures.
    """
    headed = [
        column
        for column in reading.columns
        if column.meaning in FIGURES and (column.words.dated or column.words.role in ("target", "actual"))
    ]
    return reading.kind == "indicators" and len(headed) >= 2 and reading.columns[0].meaning in ("indicator", "group")


def _is_by_count(reading: TableReading) -> bool:
    """Whether a turned table has a row a count and a column a name: its rows are headed 対象者数, 実施者数, 実施率."""
    rates = [(column.words.name or "").endswith("率") for column in reading.columns if column.meaning == "quantity"]
    whole = len(rates) == len(reading.columns) - 1 and reading.columns[0].meaning == "indicator"
    return whole and any(rates) and not all(rates)


def _roles(
    heads: Sequence[Head], meanings: Sequence[Meaning], bodies: Sequence[Body]
) -> tuple[TableKind, list[CellRole]]:
    words = [head.words for head in heads]
    figures = [meaning.role in FIGURES and body.holds_figures for meaning, body in zip(meanings, bodies, strict=True)]
    editions = [_edition(word, meaning.role) for word, meaning in zip(words, meanings, strict=True)]
    spoken = {edition for edition, figure in zip(editions, figures, strict=True) if not figure}
    if {"new", "old"} <= spoken:
        return "comparison", _with_reference(editions, words, meanings)
    texts = [index for index, meaning in enumerate(meanings) if meaning.role in _TEXT and not figures[index]]
    dated = _by_year(words, meanings, [index for index in texts if not _looks_back(heads[index])])
    if dated is not None:
        return "comparison", _with_reference(
            [dated.get(index) or edition for index, edition in enumerate(editions)], words, meanings
        )
    has_figures = any(meaning.role in FIGURES for meaning in meanings)
    has_names = any(meaning.role == "indicator" for meaning in meanings)
    plans = [words[index] for index in texts if meanings[index].role in (None, "content")]
    if (
        any(word.scope in _ANOTHERS for word in plans)
        and all(word.scope in _ANOTHERS or word.dated for word in plans)
        and not has_names
    ):
        return "reference", [_reference(meaning) for meaning in meanings]
    roles = [_figure_role(word, meaning, editions) for word, meaning in zip(words, meanings, strict=True)]
    has_text = any(meaning.role in ("content", "measure") for meaning in meanings)
    if (has_figures or has_names) and not has_text:
        return "indicators", ["content" if role == "section" else role for role in roles]
    if has_text or "section" in roles:
        return "plan", roles
    return "plain", ["content"] * len(roles)


def _edition(words: HeaderWords, role: HeaderRole | None) -> CellRole:
    if role == "section":
        return "section"
    if words.edition is not None and role != "actual":
        return words.edition
    return "content"


def _looks_back(head: Head) -> bool:
    """Whether a column of text tells how a year went (令和6年度の現状と課題), not what was planned for it."""
    return any(word in plain_text(head.title) for word in _LOOKING_BACK)


def _by_year(
    words: Sequence[HeaderWords], meanings: Sequence[Meaning], texts: Sequence[int]
) -> dict[int, CellRole] | None:
    """The editions of columns that hold a year's plan in words; None where they all speak of one year."""
    years = {
        index: year
        for index in texts
        if (year := _ordered_year(words[index])) is not None and meanings[index].role in (None, "content", "measure")
    }
    if len(set(years.values())) < 2:
        return None
    latest = max(years.values())
    # What stands beside a year's text under its header (KPI) is of that year's plan too.
    beside = {index: _ordered_year(word) for index, word in enumerate(words) if meanings[index].role != "actual"}
    of_plans = {index: year for index, year in beside.items() if year in years.values()}
    return {index: "new" if year == latest else "old" for index, year in of_plans.items()}


def _ordered_year(words: HeaderWords) -> int | None:
    for year in (words.year, words.year_number, words.offset):
        if year is not None:
            return year
    return None


def _with_reference(
    roles: Sequence[CellRole], words: Sequence[HeaderWords], meanings: Sequence[Meaning]
) -> list[CellRole]:
    return [
        "reference" if word.scope in _ANOTHERS and role not in ("section", "new", "old") else role
        for role, word, _ in zip(roles, words, meanings, strict=True)
    ]


def _reference(meaning: Meaning) -> CellRole:
    return "section" if meaning.role == "section" else "reference"


def _figure_role(words: HeaderWords, meaning: Meaning, editions: Sequence[CellRole]) -> CellRole:
    """The role of a cell in a table of one plan: the nation's figures and those of a revision stand apart."""
    if meaning.role == "section":
        return "section"
    if meaning.role not in FIGURES:
        return "content"
    if words.scope == "reference":
        return "reference"
    revised = {"new", "old"} <= set(editions)
    return words.edition if revised and words.edition is not None and meaning.role == "target" else "content"


def without_header(table: Table) -> TableReading:
    """The reading of a table that nothing heads: every column holds text."""
    edges = sorted({edge for cell in table.cells for edge in (cell.box.x0, cell.box.x1)})
    columns = tuple(Column(x0, x1, "content", None, None, None) for x0, x1 in pairwise(edges) if x1 - x0 >= 1)
    return TableReading("plain", columns, 0)


def as_reference(reading: TableReading) -> TableReading:
    """The reading of a table that shows another's plan for comparison."""
    columns = tuple(
        replace(column, role=column.role if column.role in ("section", "header") else "reference")
        for column in reading.columns
    )
    return replace(reading, kind="reference", columns=columns)
