"""Pages whose tables are drawn in rarer ways: heads on their side, frames without uprights, bars, marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pymupdf

from benchmarks.drawn_tables import Canvas, Content, Drawing, Merged, Ruling, full
from benchmarks.foreign_pages import LOREM, PREFECTURES, REGIONS, figure, share


def heads_on_their_side() -> Canvas:
    """All walls; the heads of narrow columns are written upwards."""
    canvas = Canvas()
    canvas.text(72, 70, "Table 9. Services offered", font="hebo")
    words = ("Advice", "Training", "Placement", "Loans", "Legal aid")
    rows: list[list[Content]] = [["Region", *("" for _ in words)]]
    rows += [[name, *(figure(r, c, 90) for c in range(5))] for r, name in enumerate(REGIONS)]
    drawing = Drawing([110, 30, 30, 30, 30, 30], [["Region\n\n\n\n\n", *rows[0][1:]], *rows[1:]], full(9, 6), "lrrrrr")
    canvas.table(72, 82, drawing)
    for number, word in enumerate(words):
        canvas.page.insert_text((72 + 110 + 30 * number + 18, 140), word, fontname="helv", fontsize=8, rotate=90)
    cells = [
        cell._replace(text=words[cell.column - 1]) if cell.row == 0 and cell.column else cell
        for cell in canvas.tables[0]
    ]
    canvas.tables[0] = tuple(cells)
    return canvas


def marks_in_a_frame() -> Canvas:
    """A frame with uprights, no rules between rows of names, signs and short words."""
    canvas = Canvas()
    canvas.text(60, 64, "表２　提出書類の要否", size=10)
    rows: list[list[Content]] = [["書類", "新規", "更新", "変更"]]
    names = ("申請書", "事業計画書", "収支予算書", "定款の写し", "登記事項証明書", "納税証明書")
    rows += [[name, "○", "○" if r % 2 else "―", "△" if r % 3 else "○"] for r, name in enumerate(names)]
    ruling = Ruling(frozenset({0, 1, 7}), frozenset(range(5)))
    canvas.table(60, 76, Drawing([120, 60, 60, 60], rows, ruling, "lccc", size=9))
    return canvas


def frame_without_uprights() -> Canvas:
    """A frame around level rules at each row: the columns of words are told by the room between them alone."""
    canvas = Canvas()
    canvas.prose(60, 60, LOREM)
    rows: list[list[Content]] = [["Step", "Who", "What is done", "Until"]]
    steps = (
        ("Call", "Agency", "Publication in the journal", "1 March"),
        ("Offer", "Bidders", "Three copies, by post or\nby hand", "30 April"),
        ("Opening", "Committee", "Open session", "5 May"),
        ("Award", "Board", "Letter to all bidders", "1 June"),
    )
    rows += [list(step) for step in steps]
    ruling = Ruling(frozenset(range(6)), frozenset({0, 4}))
    canvas.table(60, 110, Drawing([70, 90, 170, 80], rows, ruling, "llll", size=9))
    return canvas


def figures_in_a_bare_frame() -> Canvas:
    """A frame and a ruled head around figures, no uprights within, groups parted by rules."""
    canvas = Canvas()
    rows: list[list[Content]] = [["Region", *(str(year) for year in range(2001, 2007))]]
    rows += [[name, *(figure(r, c) for c in range(6))] for r, name in enumerate(REGIONS)]
    rows += [["Total", *(figure(90, c, 900_000) for c in range(6))]]
    ruling = Ruling(frozenset({0, 1, 5, 9, 10}), frozenset({0, 7}))
    canvas.table(60, 80, Drawing([100, 60, 60, 60, 60, 60, 60], rows, ruling, "lrrrrrr", 1, size=7))
    return canvas


def barred() -> Canvas:
    """Level rules of different strength and reach: a wide bar at the head, hair lines, a foot that is not as wide."""
    canvas = Canvas()
    rows: list[list[Content]] = [["", "Women", "Men", "All", "Share"]]
    rows += [[name, figure(r, 0), figure(r, 1), figure(r, 2), share(r, 3)] for r, name in enumerate(REGIONS)]
    end = canvas.table(80, 100, Drawing([110, 70, 70, 70, 70], rows, Ruling(frozenset({1})), "lrrrr", serif=True))
    canvas.page.draw_rect((72, 93, 480, 97), color=None, fill=(0, 0, 0.4), width=0)
    canvas.page.draw_line((72, end + 2), (476, end + 2), width=1.5)
    canvas.prose(80, end + 16, ["(a) Preliminary."], size=7)
    return canvas


def overflowing() -> Canvas:
    """All walls; some texts are wider than their cells and run over an empty neighbour."""
    canvas = Canvas()
    rows: list[list[Content]] = [["Item", "Detail", "", "Sum"]]
    rows += [
        ["Travel", "Flights and trains", "", "1,200"],
        ["Rooms", "Three nights in town", "", "450"],
        ["Fees", "paid", "in full", "80"],
        ["Other", "Taxis and parking", "", "64"],
    ]
    canvas.table(80, 100, Drawing([70, 48, 60, 60], rows, full(5, 4), "lllr", size=8))
    return canvas


def grouped_at_the_side() -> Canvas:
    """Japanese: names of groups over many rows at the side, rules between groups only, figures with signs and notes."""
    canvas = Canvas()
    canvas.text(70, 64, "表５　区分別の件数及び構成比", size=10)
    rows: list[list[Content]] = [
        [Merged("区　分", columns=2), None, Merged("件　数", columns=2), None, Merged("構成比", columns=2), None],
        ["", "", "前期", "当期", "前期", "当期"],
    ]
    rows[0] = [Merged("区　分", columns=2, rows=2), None, *rows[0][2:]]
    rows[1] = [None, None, *rows[1][2:]]
    for g, group in enumerate(("北日本", "東日本", "西日本")):
        for r in range(4):
            number = 4 * g + r
            head: Content = Merged(group, rows=4) if r == 0 else None
            name = PREFECTURES[number % 8]
            rows.append(
                [head, name, figure(number, 0), figure(number, 1), share(number, 2) + "％", "△" + share(number, 3)]
            )
    levels = frozenset({0, 2, 6, 10, 14})
    ruling = Ruling(levels, frozenset(range(7)), {1: frozenset({2, 3, 4, 5})})
    canvas.table(70, 76, Drawing([50, 70, 65, 65, 60, 60], rows, ruling, "clrrrr", 2, size=8))
    return canvas


def dashed_rows() -> Canvas:
    """Rows parted by dashed hair lines, uprights drawn, a double line below the head."""
    canvas = Canvas()
    rows: list[list[Content]] = [["年度", "受給者数", "給付額", "前年比"]]
    rows += [[f"平成{20 + r}年度", figure(r, 0), figure(r, 1), share(r, 2)] for r in range(7)]
    ruling = replace(full(8, 4), double=frozenset({1}), dashed=frozenset(range(2, 8)))
    canvas.table(70, 80, Drawing([90, 80, 80, 70], rows, ruling, "crrr", size=9))
    return canvas


def diagonal_corner() -> Canvas:
    """All walls, a diagonal line in the corner; the same once more as shaded cells with white walls between them."""
    canvas = Canvas()
    rows: list[list[Content]] = [["", "４月", "５月", "６月"]]
    rows += [[name, figure(r, 0), figure(r, 1), figure(r, 2)] for r, name in enumerate(PREFECTURES[:5])]
    canvas.table(70, 80, Drawing([90, 70, 70, 70], rows, full(6, 4), "lrrr", size=9))
    canvas.page.draw_line((70, 80), (160, 94.25), width=0.4)
    top = 240
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = pymupdf.Rect(70 + 80 * c, top + 16 * r, 149 + 80 * c, top + 16 * r + 15)
            canvas.page.draw_rect(box, color=None, fill=(0.8, 0.85, 0.95) if r == 0 else (0.93, 0.94, 0.97), width=0)
            canvas.text(74 + 80 * c, top + 16 * r + 11, str(text), size=9)
    canvas.tables.append(canvas.tables[0])
    return canvas


PAGES: dict[str, Callable[[], Canvas]] = {
    page.__name__: page
    for page in (
        heads_on_their_side,
        marks_in_a_frame,
        frame_without_uprights,
        figures_in_a_bare_frame,
        barred,
        overflowing,
        grouped_at_the_side,
        dashed_rows,
        diagonal_corner,
    )
}
