"""Boxes drawn within a cell: their lines belong to the cell's text and part nothing of the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

# A lattice edge is (index of the line, index of the interval along it).
Edge = tuple[int, int]
Square = tuple[int, int]


_CORNER = 2
"""Sides of its cell that a box in a corner touches."""


class NestedBox(NamedTuple):
    """The squares of a lattice that a box nested in a cell takes: its first and last row and column."""

    top: int
    bottom: int
    first: int
    last: int


def without_nested(
    rows: int, columns: int, above: set[Edge], left: set[Edge]
) -> tuple[set[Edge], set[Edge], list[NestedBox]]:
    """The drawn edges of a lattice without those of boxes nested in a cell, and these boxes.

    ``above`` holds (row line, column), ``left`` (column line, row). A cell around a nested box is a ring or an arch:
    what lies within its extent but not in it touches at most one of its sides. Of several boxes one below the other
    that have no side of their own (the cell's border is it) the last may stand on the cell's lower border, too, and so
    may a lone one in a column where other cells hold such boxes.
    """
    boxes: list[NestedBox] = []
    region = _regions(rows, columns, above, left)
    squares: dict[int, list[Square]] = defaultdict(list)
    for row in range(rows):
        for column in range(columns):
            squares[region[row][column]].append((row, column))
    for own in squares.values():
        top, bottom = own[0][0], own[-1][0]
        first, last = min(column for _, column in own), max(column for _, column in own)
        if len(own) == (bottom - top + 1) * (last - first + 1):
            continue
        mine = set(own)
        others = [
            (row, column)
            for row in range(top, bottom + 1)
            for column in range(first, last + 1)
            if (row, column) not in mine
        ]
        enclosed = {region[row][column] for row, column in others}
        whole = sum(len(squares[number]) for number in enclosed) == len(others)
        if not whole:
            continue
        touched = _sides_touched(others, top, bottom, first, last)
        found = list(_rectangles(others))
        each = len(found) == len(enclosed) and (len(found) > 1 or any(_in_columns_of(found[0], box) for box in boxes))
        if touched <= 1 or (touched <= _CORNER and each):
            boxes += found
            above = {(line, c) for line, c in above if not (top < line <= bottom and first <= c <= last)}
            left = {(line, r) for line, r in left if not (first < line <= last and top <= r <= bottom)}
    return above, left, boxes


def _in_columns_of(one: NestedBox, other: NestedBox) -> bool:
    return (one.first, one.last) == (other.first, other.last)


def _rectangles(squares: list[Square]) -> Iterator[NestedBox]:
    """The boxes that squares make up, those that touch one another together; what is no rectangle is left out."""
    waiting = set(squares)
    while waiting:
        group = [waiting.pop()]
        for row, column in group:
            near = {(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)} & waiting
            waiting -= near
            group += near
        top, bottom = min(row for row, _ in group), max(row for row, _ in group)
        first, last = min(column for _, column in group), max(column for _, column in group)
        if len(group) == (bottom - top + 1) * (last - first + 1):
            yield NestedBox(top, bottom, first, last)


def _sides_touched(squares: list[Square], top: int, bottom: int, first: int, last: int) -> int:
    return (
        any(row == top for row, _ in squares)
        + any(row == bottom for row, _ in squares)
        + any(column == first for _, column in squares)
        + any(column == last for _, column in squares)
    )


def _regions(rows: int, columns: int, above: set[Edge], left: set[Edge]) -> list[list[int]]:
    """For each square the number of the region that no drawn edge parts it from."""
    region = [[-1] * columns for _ in range(rows)]
    count = 0
    for row in range(rows):
        for column in range(columns):
            if region[row][column] >= 0:
                continue
            region[row][column] = count
            waiting = [(row, column)]
            while waiting:
                r, c = waiting.pop()
                for near_r, near_c, wall in (
                    (r - 1, c, (r, c) in above),
                    (r + 1, c, (r + 1, c) in above),
                    (r, c - 1, (c, r) in left),
                    (r, c + 1, (c + 1, r) in left),
                ):
                    inside = 0 <= near_r < rows and 0 <= near_c < columns
                    if inside and not wall and region[near_r][near_c] < 0:
                        region[near_r][near_c] = count
                        waiting.append((near_r, near_c))
            count += 1
    return region
