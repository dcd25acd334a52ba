"""Rows of figures that no rule parts, and cells of words that stay whole beside them."""

from __future__ import annotations

import pytest

from tests.parsers.sheets import Sheet, cell_texts


def framed(
    rows: list[list[str]], *, size: float = 8, leading: float = 12, xs: tuple[float, ...] = (50, 150, 230, 310)
) -> Sheet:
    """A ruled head of one line, below it all ``rows`` in one frame with uprights; figures stand at the right."""
    foot = 120 + leading * len(rows)
    sheet = Sheet().grid(list(xs), [100, 118, foot + 4])
    for left, word in zip(xs, ("地域", "件数", "金額"), strict=False):
        sheet.text(left + 4, 112, word, size=size)
    for number, row in enumerate(rows):
        baseline = 118 + leading * (number + 0.8)
        for column, text in enumerate(row):
            x = xs[column] + 4 if column == 0 else xs[column + 1] - 4 - len(text) * size
            sheet.text(x, baseline, text, size=size)
    return sheet


@pytest.mark.parametrize(("size", "leading"), [(8, 12), (6, 7)])
def test_figures_in_one_frame_are_rows_of_their_own(size: float, leading: float) -> None:
    rows = [["北部", "1,204", "37.5"], ["東部", "980", "－"], ["西部", "12", "△4.1"], ["南部", "7,001", "0.3"]]
    layout = framed(rows, size=size, leading=leading).layout()
    texts = cell_texts(layout)
    assert [text for *_, text in texts[:3]] == ["地域", "件数", "金額"]
    assert texts[3:] == [(r, c, 1, 1, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row)]


def test_a_blank_place_is_an_empty_cell_of_its_row() -> None:
    rows = [["甲種", "10", "2"], ["乙種", "20", ""], ["丙種", "30", "4"], ["丁種", "40", "5"]]
    assert (2, 2, 1, 1, "") in cell_texts(framed(rows).layout())


def test_a_heading_that_was_wrapped_stays_with_its_figures() -> None:
    rows = [["住居", "10", "2"], ["交通及び", "", ""], [" 通信", "20", "3"], ["教育", "30", "4"], ["医療", "40", "5"]]
    texts = cell_texts(framed(rows).layout())
    assert (2, 0, 1, 1, "交通及び／通信") in texts
    assert (2, 1, 1, 1, "20") in texts


def test_a_line_without_figures_above_items_farther_in_is_a_row() -> None:
    rows = [["全国", "9", "1"], ["男", "", ""], [" 青年", "20", "3"], [" 壮年", "30", "4"], ["その他", "40", "5"]]
    assert [text for *_, text in cell_texts(framed(rows).layout()) if text in ("男", "青年")] == ["男", "青年"]


@pytest.mark.parametrize(
    "rows",
    [
        [["費用", "1,200円", "1,000円"], ["", "2,400円", "2,000円"], ["", "免除", "免除"]],
        [["被扶養者", "24.2%", "26.1%"], ["(40歳～)", "(5千人)", "(6千人)"]],
        [["健診の受診を", "60%", "55%"], ["勧めるため事", "61%", "56%"], ["業所を訪ねる", "62%", "57%"]],
    ],
)
def test_figures_beside_one_heading_or_running_text_stay_in_one_cell(rows: list[list[str]]) -> None:
    sheet = framed(rows, xs=(50, 106, 230, 310)) if len(rows[0][0]) > 2 else framed(rows)
    assert max(row for row, *_ in cell_texts(sheet.layout())) == 1


@pytest.mark.parametrize("upright", [True, False])
def test_a_name_at_the_side_stands_for_all_rows_beside_it(upright: bool) -> None:
    xs = [30.0, 50.0, 150.0, 230.0, 310.0]
    sheet = Sheet().grid(xs, [100, 118, 180])
    for left, word in zip(xs[1:], ("県", "件数", "金額"), strict=False):
        sheet.text(left + 4, 112, word, size=8)
    for number, (name, one, other) in enumerate(
        (("青森", "10", "2"), ("岩手", "20", "3"), ("宮城", "30", "41"), ("秋田", "7", "9"))
    ):
        baseline = 130 + 14 * number
        sheet.text(54, baseline, name, size=8).text(210, baseline, one, size=8).text(290, baseline, other, size=8)
    if upright:
        sheet.stack(36, 135, "北東北", size=8)
    else:
        sheet.text(31, 152, "東北", size=8)
    texts = cell_texts(sheet.layout())
    assert (1, 0, 4, 1, "北東北" if upright else "東北") in texts
    assert (4, 1, 1, 1, "秋田") in texts
