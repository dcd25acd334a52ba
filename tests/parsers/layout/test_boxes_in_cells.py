"""Boxes around paragraphs of a cell whose own border is their right side: the cell's text stays one."""

from __future__ import annotations

import pytest

from tests.parsers.sheets import Sheet, cell_texts


def with_boxes(cells: list[list[int]], *, left: float, end: float, foot: float) -> tuple[Sheet, list[list[str]]]:
    """A table of a section's column and one of text; each of ``cells`` counts the lines above each of its boxes.

    A box has two lines and no right side; the last one's lower side is ``foot`` above the cell's.
    """
    sheet = Sheet().line(50, 60, 540, 60).text(55, 75, "分野").text(140, 75, "施策").line(50, 80, 540, 80)
    y, number, texts = 80.0, 0, []
    for section, counts in enumerate(cells):
        top, held = y, []
        for at, count in enumerate(counts):
            for _ in range(count):
                number += 1
                sheet.text(left - 22, y + 14, f"{number})", size=8).text(left + 2, y + 14, "進める取組", size=9)
                held.append(f"{number}) 進める取組")
                y += 18
            sheet.line(left, y, end, y).line(left, y, left, y + 34).line(left, y + 34, end, y + 34)
            for line in ("【ＫＰＩ】", "① 回収率を95.0％以上とする。"):
                held.append(line)
                sheet.text(left + 2, y + 13, line, size=9)
                y += 16
            y += 2 + (foot if at == len(counts) - 1 else 4)
        sheet.text(55, top + 16, "甲乙丙"[section]).line(50, y, 540, y)
        texts.append(held)
    for x in (50, 127, 540):
        sheet.line(x, 60, x, y)
    return sheet, texts


@pytest.mark.parametrize(
    ("cells", "left", "end", "foot"),
    [
        ([[3, 1, 2], [4]], 154.0, 538.9, 2.0),
        ([[1, 1], [2, 1], [2]], 160.0, 539.5, 1.5),
        ([[2, 2]], 150.0, 538.5, 12.0),
    ],
)
def test_the_cell_is_whole(cells: list[list[int]], left: float, end: float, foot: float) -> None:
    sheet, texts = with_boxes(cells, left=left, end=end, foot=foot)
    found = [text for _, column, _, _, text in cell_texts(sheet.layout()) if column == 1]
    assert [text.replace(" ", "").split("／") for text in found[1:]] == [
        [line.replace(" ", "") for line in held] for held in texts
    ]
    assert len(sheet.layout().tables) == 1


def test_cells_beside_a_column_without_rules_stay_cells() -> None:
    sheet = Sheet().grid([50, 540], [60, 200]).text(60, 75, "分野").text(60, 100, "甲").text(60, 160, "乙")
    for x0, x1 in ((150, 340), (340, 540)):
        for top, bottom in ((90, 140), (140, 200)):
            sheet.line(x0, top, x1, top).line(x0, top, x0, bottom).text(x0 + 5, top + 20, f"{x0}の{top}")
    texts = [text for *_, text in cell_texts(sheet.layout())]
    assert {"150の90", "340の90", "150の140", "340の140"} <= set(texts)


@pytest.mark.parametrize("dashes", ["", "[1 1] 0"])
@pytest.mark.parametrize("rows", [2, 3])
def test_rules_between_items_of_several_cells_make_no_table_over_these(dashes: str, rows: int) -> None:
    sheet = Sheet().grid([40, 240, 540], [100 + 90 * at for at in range(rows + 1)])
    for row in range(rows):
        top = 100 + 90 * row
        sheet.text(250, top + 15, f"（{row + 1}）特定保健指導の実施率の向上").text(
            250, top + 30, "・初回面談を推進する。"
        )
        sheet.text(260, top + 50, "① 被保険者の実施率").text(470, top + 50, f"{34 + row}.3%")
        sheet.line(256, top + 56, 520, top + 56, dashes=dashes)
        sheet.text(260, top + 66, "② 被扶養者の実施率").text(470, top + 66, f"{16 + row}.7%")
        sheet.line(256, top + 72, 520, top + 72, dashes=dashes)
    layout = sheet.layout()
    (table,) = layout.tables
    held = ["".join(line.text.text for line in cell.lines) for cell in table.cells if cell.column == 1]
    assert [text.startswith(f"（{row + 1}）") and f"{16 + row}.7%" in text for row, text in enumerate(held)] == [
        True
    ] * rows
