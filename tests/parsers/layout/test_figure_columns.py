"""Columns of figures without uprights, and heads that stand over several of them."""

from __future__ import annotations

import pytest

from tests.parsers.sheets import Sheet, cell_texts

BODY = [
    ["北海道", "1,204", "37", "9", "4.1"],
    ["青森", "980", "5", "77", "－"],
    ["岩手", "12", "61", "8", "0.3"],
    ["秋田", "3", "4", "5", "1.0"],
]
XS = (60, 140, 210, 280, 350, 420)


def write_body(sheet: Sheet, top: float, size: float) -> float:
    """Rows of ``BODY``, the figures at the right of their columns; gives where they end."""
    for number, row in enumerate(BODY):
        for column, text in enumerate(row):
            x = XS[column] if column == 0 else XS[column + 1] - 10 - len(text) * size
            sheet.text(x, top + (number + 0.8) * 1.5 * size, text, size=size)
    return top + len(BODY) * 1.5 * size + 3


def heads(sheet: Sheet, words: tuple[str, str], size: float) -> None:
    """Two heads over two columns each, and the columns' own below them."""
    sheet.text(XS[0], 110, "県", size=size)
    for word, left, right in ((words[0], XS[1], XS[3]), (words[1], XS[3], XS[5])):
        sheet.text((left + right - len(word) * size) / 2, 104, word, size=size)
    for column, word in enumerate(("率", "数", "率", "数"), 1):
        sheet.text(XS[column + 1] - 10 - size, 118, word, size=size)


HEAD = [(0, 1, 1, 2), (0, 3, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (1, 3, 1, 1), (1, 4, 1, 1)]


@pytest.mark.parametrize("size", [8.0, 6.0])
@pytest.mark.parametrize("ruled", [True, False])
def test_heads_over_two_columns_span_them(size: float, ruled: bool) -> None:
    sheet = Sheet()
    heads(sheet, ("令和元年度の実績", "令和二年度の実績"), size)
    foot = write_body(sheet, 124, size)
    for y in (94, 122, foot):
        sheet.line(XS[0], y, XS[-1], y)
    if ruled:
        sheet.line(XS[1] + 4, 107, XS[3] - 4, 107).line(XS[3] + 4, 107, XS[5] - 4, 107)
    texts = cell_texts(sheet.layout())
    assert [cell[:4] for cell in texts if cell[0] < 2 and cell[1] > 0] == HEAD
    assert (0, 0, 2, 1, "県") in texts
    assert [text for *_, text in texts if _[0] > 1] == [text for row in BODY for text in row]


@pytest.mark.parametrize("size", [8.0, 6.0])
def test_columns_between_two_uprights_are_told_by_their_figures(size: float) -> None:
    """Uprights part the groups of columns only; each group's head has a line of its own."""
    sheet = Sheet()
    heads(sheet, ("男性", "女性"), size)
    foot = write_body(sheet, 124, size)
    for y in (94, 122, foot):
        sheet.line(XS[0], y, XS[-1], y)
    sheet.line(XS[1], 107, XS[-1], 107)
    for x in (XS[1], XS[3]):
        sheet.line(x, 94, x, foot)
    texts = cell_texts(sheet.layout())
    assert [cell[:4] for cell in texts if cell[0] < 2 and cell[1] > 0] == HEAD
    assert [text for *_, text in texts if _[0] > 1] == [text for row in BODY for text in row]


def test_a_line_over_all_columns_amid_the_rows_is_one_cell() -> None:
    sheet = Sheet()
    heads(sheet, ("元年度の実績", "二年度の実績"), 8)
    middle = write_body(sheet, 124, 8)
    sheet.text(200, middle + 8, "再掲のうち六十五歳以上の者", size=8)
    foot = write_body(sheet, middle + 14, 8)
    for y in (94, 122, foot):
        sheet.line(XS[0], y, XS[-1], y)
    spans = {text: (columns, row) for row, _, _, columns, text in cell_texts(sheet.layout())}
    assert spans["再掲のうち六十五歳以上の者"][0] >= 3
    assert sum(text == "1,204" for *_, text in cell_texts(sheet.layout())) == 2


def test_paragraphs_between_rules_are_no_table_of_figures() -> None:
    sheet = Sheet()
    for y in (94, 140, 190):
        sheet.line(60, y, 420, y)
    for number, text in enumerate(
        ("受診率は六割、指導は三割であり、", "前年度に比べて 1.5 増えている。", "今後も取り組みを進める。")
    ):
        sheet.text(62, 106 + 13 * number, text, size=9).text(62, 152 + 13 * number, text, size=9)
    assert sheet.layout().tables == ()


@pytest.mark.parametrize("first", ["2", "7"])
def test_codes_in_cells_that_are_all_ruled_stay_whole(first: str) -> None:
    """Where each row has its rule and each column its upright, a gap within a cell parts nothing."""
    sheet = Sheet().grid([60, 200, 300], [100, 114, 128, 142, 156])
    codes = [f"{first}0{row} 1{row} 0{row}" for row in range(4)]
    for row, code in enumerate(codes):
        sheet.text(64, 111 + 14 * row, code, size=8).text(210, 111 + 14 * row, "材料", size=8)
    assert [text for *_, text in cell_texts(sheet.layout())] == [text for code in codes for text in (code, "材料")]


@pytest.mark.parametrize("shift", [0.0, 9.0])
def test_rows_of_figures_around_two_rules_belong_to_the_table(shift: float) -> None:
    """A rule above and below the sum alone, or below the head and at the foot; heads and rows stand beyond them."""
    sheet = Sheet()
    sheet.text(60, 108, "種別", size=8).text(160, 108, "予算額", size=8).text(264, 108, "繰出金", size=8)
    rows = [
        ["土地", "35,379", "0"],
        ["国保", "5,503", "467"],
        ["計", "5,538", "467"],
        ["上水", "1,373", "20"],
        ["下水", "1,190", "3"],
    ]
    for number, row in enumerate(rows):
        for x, text in zip((60, 200 - 8 * len(row[1]), 300 - 8 * len(row[2])), row, strict=True):
            sheet.text(x, 120 + 12 * number, text, size=8)
    sheet.line(55 - shift, 135, 310, 135).line(55, 171, 310 + shift, 171)
    assert [text for *_, text in cell_texts(sheet.layout())] == [
        "種別",
        "予算額",
        "繰出金",
        *(t for row in rows for t in row),
    ]


@pytest.mark.parametrize("size", [8.0, 10.0])
def test_columns_of_words_in_a_frame_are_told_by_the_room_between_them(size: float) -> None:
    rows = [
        ["段階", "担当", "内容"],
        ["公募", "事務局", "要領を公表する"],
        ["審査", "委員会", "面接を行う"],
        ["決定", "理事会", "通知する"],
    ]
    sheet = Sheet()
    for number, row in enumerate(rows):
        for x, text in zip((60, 130, 220), row, strict=True):
            sheet.text(x, 112 + 16 * number, text, size=size)
    for y in range(100, 165, 16):
        sheet.line(55, y, 330, y)
    sheet.line(55, 100, 55, 164).line(330, 100, 330, 164)
    assert [text for *_, text in cell_texts(sheet.layout())] == [text for row in rows for text in row]


def test_marks_before_texts_in_a_frame_part_no_columns() -> None:
    sheet = Sheet()
    for number, text in enumerate(("健診を勧める", "指導を行う", "通知する", "広報する")):
        sheet.text(60, 112 + 16 * number, "①②③④"[number] + "　" + text, size=9)
    for y in range(100, 165, 16):
        sheet.line(55, y, 330, y)
    sheet.line(55, 100, 55, 164).line(330, 100, 330, 164)
    assert len(sheet.layout().tables[0].cells) == 4


@pytest.mark.parametrize(
    "words", [("表一の注として記す。", "表二　県別の件数"), ("数は年度末のもの。", "次の表は再掲である。")]
)
def test_tables_of_one_width_below_one_another_stay_two(words: tuple[str, str]) -> None:
    sheet = Sheet()
    for top in (90, 250):
        foot = write_body(sheet, top + 4, 8)
        for column, word in enumerate(("県", "率", "数", "率", "数")):
            sheet.text(XS[column] + (0 if column == 0 else 52), top, word, size=8)
        for y in (top - 10, top + 2, foot):
            sheet.line(XS[0], y, XS[-1], y)
    sheet.text(60, 190, words[0], size=8).text(60, 215, words[1], size=8)
    assert [len(table.cells) for table in sheet.layout().tables] == [25, 25]


@pytest.mark.parametrize("size", [8.0, 7.0])
def test_a_wide_sum_and_heads_that_reach_into_a_gutter_make_no_column(size: float) -> None:
    """Figures of one row are wider than all others of their column, and centred heads stand left of its figures."""
    rows = [["総計", "1,234,567", "98,765"]] + [
        [name, str(n * 7), str(n * 3)] for n, name in enumerate(("東部", "西部", "南部", "北部", "中部"), 2)
    ]
    sheet = Sheet()
    for x, word in ((60, "県"), (160, "件数"), (250, "金額")):
        sheet.text(x, 104, word, size=size)
    for number, row in enumerate(rows):
        for x, text in zip((60, 210 - size * len(row[1]), 290 - size * len(row[2])), row, strict=True):
            sheet.text(x, 120 + 12 * number, text, size=size)
    for y in (94, 108, 186):
        sheet.line(55, y, 300, y)
    assert [text for *_, text in cell_texts(sheet.layout())] == [
        "県",
        "件数",
        "金額",
        *(text for row in rows for text in row),
    ]
