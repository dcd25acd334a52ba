"""Pieces of lines, as producers draw them, to whole strokes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.pdf.path_strokes import Piece, join_pieces
from tests.parsers.sheets import Sheet


def _level(x0: float, x1: float, y: float = 100.0, thickness: float = 0.5, color: int = 0) -> Piece:
    return Piece(x0, y, x1, y + thickness, color)


def test_pieces_that_touch_are_one_stroke() -> None:
    (stroke,) = join_pieces([_level(0, 50), _level(50, 90), _level(90.2, 120)])
    assert (stroke.box.x0, stroke.box.x1, stroke.dashed) == (0, 120, False)


def test_dots_are_one_dashed_stroke() -> None:
    (stroke,) = join_pieces([_level(x, x + 1) for x in range(0, 300, 3)])
    assert (stroke.box.x0, stroke.box.x1, stroke.dashed) == (0, 298, True)


def test_long_pieces_with_a_gap_between_stay_apart() -> None:
    assert len(join_pieces([_level(0, 50), _level(54, 90)])) == 2


def test_colours_and_heights_are_kept_apart() -> None:
    assert len(join_pieces([_level(0, 50), _level(50, 90, color=0xFF0000), _level(50, 90, y=103)])) == 3


def test_nearly_touching_pieces_are_parted_by_an_upright_between_them() -> None:
    upright = Piece(50.1, 50, 50.6, 150, 0)
    assert len(join_pieces([_level(0, 50), _level(50.7, 90)])) == 1
    assert len(join_pieces([_level(0, 50), _level(50.7, 90), upright])) == 3


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), min_size=1, max_size=30))
def test_joining_keeps_every_painted_stretch(pieces: list[tuple[int, int]]) -> None:
    joined = join_pieces([_level(x, x + length) for x, length in pieces])
    for x, length in pieces:
        assert any(stroke.box.x0 <= x and x + length <= stroke.box.x1 for stroke in joined)


def test_a_ring_between_two_rectangles_is_a_frame() -> None:
    sheet = Sheet()
    shape = sheet.page.new_shape()
    shape.draw_rect((100, 100, 200, 150))
    shape.draw_rect((101, 101, 199, 149))
    shape.finish(fill=(0, 0, 0), color=None, even_odd=True)
    shape.commit()
    page = sheet.text(110, 120, "枠の中").read()
    assert len(page.strokes) == 4
    assert page.fills == ()


def test_white_lines_are_strokes_only_between_coloured_areas() -> None:
    assert Sheet().bar(50, 50, 150, 50.5, (1, 1, 1)).read().strokes == ()
    coloured = Sheet().bar(40, 40, 160, 90, (0.3, 0.4, 0.8)).bar(50, 60, 150, 60.5, (1, 1, 1))
    assert len(coloured.read().strokes) == 1


@pytest.mark.parametrize("shaded", [(0,), (0, 2, 4), (4,), (1, 3)])
@pytest.mark.parametrize("height", [14.0, 22.4])
def test_a_white_line_through_stripes_parts_columns_wherever_its_middle_lies(
    shaded: tuple[int, ...], height: float
) -> None:
    sheet = Sheet()
    for row in shaded:
        sheet = sheet.bar(50, 100 + row * height, 250, 100 + (row + 1) * height, (0.87, 0.92, 0.97))
    sheet = sheet.bar(150, 100, 150.5, 100 + 6 * height, (1, 1, 1)).bar(300, 100, 300.5, 100 + 6 * height, (1, 1, 1))
    strokes = [stroke for stroke in sheet.read().strokes if not stroke.horizontal]
    assert [round(stroke.box.x0) for stroke in strokes] == [150]
