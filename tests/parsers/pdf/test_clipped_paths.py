"""Paths painted through a clip show the clip's shape: underlines drawn so, straight and wavy."""

from __future__ import annotations

import pytest

from parsers.layout.page_layout import layout_lines
from tests.parsers.sheets import Sheet, underlined

TEXT = "・受診率の向上に取り組む"


def with_content(sheet: Sheet, operators: str) -> Sheet:
    """The sheet with PDF operators (origin at the lower left) behind all that it holds."""
    xref = sheet.document.get_new_xref()
    sheet.document.update_object(xref, "<<>>")
    sheet.document.update_stream(xref, operators.encode())
    contents = " ".join(f"{content} 0 R" for content in [*sheet.page.get_contents(), xref])
    sheet.document.xref_set_key(sheet.page.xref, "Contents", f"[{contents}]")
    return sheet


def wave(x0: float, x1: float, y: float, height: float) -> str:
    """A closed wavy band as curves."""
    steps = [x0 + 4 * number for number in range(int((x1 - x0) / 4) + 1)]
    there = " ".join(f"{x + 1} {y + height} {x + 3} {y - height} {x + 4} {y} c" for x in steps[:-1])
    back = " ".join(f"{x + 3} {y - height - 0.6} {x + 1} {y + height - 0.6} {x} {y - 0.6} c" for x in steps[-2::-1])
    return f"{x0} {y} m {there} {steps[-1]} {y - 0.6} l {back} h"


@pytest.mark.parametrize(("start", "end"), [(1, 4), (4, 12)])
@pytest.mark.parametrize("shape", ["bar", "wave"])
@pytest.mark.parametrize("size", [10.0, 12.0])
def test_an_underline_painted_through_a_clip_is_found(start: int, end: int, shape: str, size: float) -> None:
    x0, x1 = 60 + start * size, 60 + end * size
    y = 842 - 100 - 2.0
    path = f"{x1} {y} m {x0} {y} l {x0} {y - 0.6} l {x1} {y - 0.6} l h" if shape == "bar" else wave(x0, x1, y, 1.2)
    paint = f"q {path} W* n 0 g {x0} {y - 4} {x1 - x0} 14 re f Q"
    layout = with_content(Sheet().text(60, 100, TEXT, size=size), paint).layout()
    (line,) = layout_lines(layout)
    assert underlined(line) == [TEXT[start:end]]


def test_a_fill_outside_its_clip_does_not_show() -> None:
    sheet = with_content(Sheet().text(60, 100, TEXT), "q 300 500 50 50 re W n 0.8 g 50 700 300 100 re f Q")
    page = sheet.read()
    assert page.fills == ()
    assert "".join(glyph.text for glyph in page.glyphs) == TEXT


def test_a_stroke_outside_its_clip_does_not_show() -> None:
    sheet = with_content(Sheet().text(60, 100, TEXT), "q 300 500 50 50 re W n 60 740 m 180 740 l S Q")
    assert sheet.read().strokes == ()


def with_pattern(sheet: Sheet, wave_in_tile: str, operators: str) -> Sheet:
    """The sheet with ``operators`` that may fill with the pattern /P1: a tile of 6 × 4 points."""
    document, page = sheet.document, sheet.page
    xref = document.get_new_xref()
    tile = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 6 4] /XStep 6 /YStep 4 /Resources <<>>"
    document.update_object(xref, f"<<{tile}>>")
    document.update_stream(xref, wave_in_tile.encode())
    with_content(sheet, operators)
    resources = document.xref_get_key(page.xref, "Resources")
    holder = int(resources[1].split()[0]) if resources[0] == "xref" else page.xref
    key = "Pattern" if resources[0] == "xref" else "Resources/Pattern"
    document.xref_set_key(holder, key, f"<< /P1 {xref} 0 R >>")
    return sheet


@pytest.mark.parametrize(("start", "end"), [(1, 4), (4, 12)])
@pytest.mark.parametrize("size", [10.0, 12.0])
def test_a_wavy_underline_painted_with_a_pattern_is_found(start: int, end: int, size: float) -> None:
    x0, x1 = 60 + start * size, 60 + end * size
    paint = f"/Pattern cs /P1 scn {x0} {842 - 100 - 5} {x1 - x0} 3.8 re f"
    tile = "0.7 w 0 0.5 m 1.5 4 4.5 -3 6 0.5 c S 0 2 m 1.5 5.5 4.5 -1.5 6 2 c S"
    (line,) = layout_lines(with_pattern(Sheet().text(60, 100, TEXT, size=size), tile, paint).layout())
    assert underlined(line) == [TEXT[start:end]]


def test_a_pattern_that_paints_nothing_underlines_nothing() -> None:
    paint = "/Pattern cs /P1 scn 70 737 60 3.8 re f q 70 737 60 3.8 re W n Q"
    (line,) = layout_lines(with_pattern(Sheet().text(60, 100, TEXT), "1 g 0 0 6 4 re f", paint).layout())
    assert underlined(line) == []
