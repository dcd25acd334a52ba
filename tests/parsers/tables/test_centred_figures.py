"""Figures beside the middle of names of several lines, in cells and boxes that no rule parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from parsers.model.geometry import Box
from parsers.model.layout import GridCell, Table
from parsers.parse import parse_layouts
from tests.parsers.set_lines import set_line, set_page, set_table

TITLE = set_line("令和6年度 岐阜支部事業計画", 150, 40, size=14)
Placed = tuple[str, float, float]
STEP = 13.0


def paragraphs(lines: Sequence[Placed], *, framed: bool = True) -> list[str]:
    """The paragraphs of lines that stand, each at its place (x, y), in a cell or outside tables."""
    drawn = [set_line(text, x, 120 + y) for text, x, y in sorted(lines, key=lambda line: (line[2], line[1]))]
    table = set_table([[["分野"], ["具体的施策"]], [["基盤的保険者機能"], []]], edges=(40.0, 100.0, 540.0), top=80.0)
    cells = [replace(c, lines=tuple(drawn)) if (c.row, c.column) == (1, 1) else c for c in table.cells]
    page = set_page(1, [replace(table, cells=tuple(cells))], [TITLE]) if framed else set_page(1, [], [TITLE, *drawn])
    return [p.text.text for p in parse_layouts([page], name="plan.pdf").paragraphs]


def item(mark: str, name: Sequence[str], figure: str, top: float, *, x: float = 130.0) -> list[Placed]:
    """An item whose mark and figure stand beside the middle of its name."""
    middle = top + STEP * (len(name) - 1) / 2
    lines = [(text, x + 20, top + STEP * at) for at, text in enumerate(name)]
    odd = len(name) // 2 if len(name) % 2 else None
    # What stands on one baseline is one line of print.
    own = name[odd] if odd is not None else ""
    pad = " " * round((300 - len(own) * 10) / 5) if own else " " * 62
    middle_line = (f"{mark}　{own}{pad}{figure}", x, middle)
    return [middle_line, *(line for at, line in enumerate(lines) if at != odd)]


LONG = ["社会保険診療報酬支払基金と合算した", "レセプト点検の査定率（※）"]
LONGER = ["柔道整復施術療養費の申請に占める、", "施術箇所３部位以上、かつ月15日以上の", "施術の申請の割合"]


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("mark", ["①", "・", "1)"])
@pytest.mark.parametrize(("name", "figure"), [(LONG, "対前年度以上"), (LONGER, "対前年度以下"), (LONG, "0.35％以上")])
def test_a_name_is_read_whole_before_the_figure_beside_its_middle(
    name: list[str], figure: str, mark: str, *, framed: bool
) -> None:
    found = paragraphs([("■ＫＰＩ", 120, 0), *item(mark, name, figure, 20)], framed=framed)
    assert "".join(name) + figure in [text.removeprefix(mark).replace(" ", "").strip("　") for text in found]


def test_items_one_below_the_other_keep_their_own_lines() -> None:
    one = item("①", LONG, "0.35％以上", 20)
    two = item("②", ["返納金債権（資格喪失後受診に係るも", "のに限る。）の回収率"], "61.8％以上", 20 + 2 * STEP)
    three = [("③　宣言事業所数" + " " * 40 + "1,200社", 130.0, 20 + 4 * STEP)]
    found = [text.replace(" ", "") for text in paragraphs([("■ＫＰＩ", 120, 0), *one, *two, *three])]
    assert any(text.startswith("①") and text.endswith("査定率（※）0.35％以上") for text in found)
    assert any(text.startswith("②") and text.endswith("の回収率61.8％以上") for text in found)
    assert any(text.startswith("③") and text.endswith("1,200社") for text in found)


def test_a_mark_on_the_name_s_first_line() -> None:
    lines = [("① " + LONG[0], 130.0, 20.0), (LONG[1], 145.0, 33.0), ("0.35％以上", 430.0, 26.5)]
    found = [text.replace(" ", "") for text in paragraphs([("■ＫＰＩ", 120, 0), *lines])]
    assert "①" + "".join(LONG) + "0.35％以上" in found


@pytest.mark.parametrize(
    "lines",
    [
        # The end of the name before, and a figure on the first line of the next.
        ["①　査定率に関わる割合の", "　　続きの部分", "②　実施率" + " " * 40 + "62.0％以上", "　　に係る説明"],
        # The rest of an aim in whose line no room was left.
        [
            "①　返納金債権の回収率を令和６年度末時点に68.5％",
            "　　以上に維持する",
            "②　保険証回収率　94.2％（年度末",
            "　　時点）",
        ],
        # Figures at the ends of their names' lines.
        [
            "①　査定率" + " " * 40 + "0.35％以上",
            "②　実施率" + " " * 40 + "62.0％以上",
            "③　回収率" + " " * 40 + "70.0％以上",
        ],
        # Running text with a figure in it.
        ["加入者の健康づくりを進めるため、", "健診の実施率" + " " * 40 + "62.0％", "を上回る水準に高める。"],
    ],
)
def test_lines_in_their_order_stay_in_it(lines: Sequence[str]) -> None:
    found = "".join(paragraphs([(line, 130.0, 20 + STEP * at) for at, line in enumerate(lines)]))
    assert "".join(found.split()).endswith("".join("".join(lines).split()))


@pytest.mark.parametrize("label", ["■ＫＰＩ", "【目標指標】", "KPI"])
@pytest.mark.parametrize("marks", [("①", "②", "③"), ("(1)", "(2)", "(3)"), ("・", "・", "・")])
def test_a_box_whose_list_has_columns_that_no_rule_parts_is_read_item_by_item(label: str, marks: Sequence[str]) -> None:
    names, figures = ["健診実施率", "データ取得率", "特定健診実施率"], ["63.5％以上", "9.4％以上", "33.1％以上"]
    outer = set_table(
        [[["分野"], ["具体的施策"]], [["基盤的保険者機能"], ["（１）健診"]]], edges=(40.0, 100.0, 540.0), top=80.0
    )
    row = outer.cells[-1].box.top
    tall = Box(40, 80, 540, row + 120)
    cells = [replace(c, box=c.box._replace(bottom=row + 120)) if c.row == 1 else c for c in outer.cells]
    top = row + 25
    columns = [(130, 150, marks), (150, 380, names), (380, 480, figures)]
    box = Table(
        1,
        Box(130, top, 480, top + 70),
        (
            GridCell(0, 0, 1, 3, Box(130, top, 480, top + 16), (set_line(label, 134, top + 3),)),
            *(
                GridCell(
                    1,
                    at,
                    1,
                    1,
                    Box(x0, top + 16, x1, top + 70),
                    tuple(set_line(text, x0 + 3, top + 19 + 16 * number) for number, text in enumerate(texts)),
                )
                for at, (x0, x1, texts) in enumerate(columns)
            ),
        ),
    )
    page = set_page(1, [replace(outer, box=tall, cells=tuple(cells)), box], [TITLE])
    found = [p.text.text for p in parse_layouts([page], name="plan.pdf").paragraphs]
    assert ["".join(text.split()) for text in found if "％" in text] == [
        "".join(item) for item in zip(marks, names, figures, strict=True)
    ]


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("below", ["（５年度 58.0％以上）", "（R5実績 57.2％）"])
def test_a_name_beside_the_middle_of_its_two_lines_of_figures_is_read_first(below: str, *, framed: bool) -> None:
    lines: list[Placed] = [("■ＫＰＩ", 120, 0)]
    for at, name in enumerate(["生活習慣病予防健診実施率", "事業者健診データ取得率"]):
        top = 30.0 + 40 * at
        lines += [("60.0％以上", 400, top), (name, 130, top + 6), (below, 400, top + 12)]
    found = [text.replace(" ", "").replace("　", "") for text in paragraphs(lines, framed=framed)]
    read = "".join(found).split("■ＫＰＩ")[1]
    told = below.replace(" ", "")
    assert read == f"生活習慣病予防健診実施率60.0％以上{told}事業者健診データ取得率60.0％以上{told}"
