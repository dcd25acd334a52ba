"""Pages of other houses' documents with tables of every ruling, each drawn anew from figures that its place tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from benchmarks.drawn_tables import Canvas, Content, Drawing, Merged, Ruling, full

LOREM = (
    "The figures below are taken from returns sent in by the regional offices at the end of each",
    "quarter. They are revised once a year, and differences from totals are due to rounding. Where",
    "a return was late, the figure of the quarter before was carried forward and marked as such.",
)
REGIONS = ("Northland", "Eastmere", "Southport", "Westvale", "Midshire", "Highmoor", "Lowfen", "Farley")
PREFECTURES = ("北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県")


def figure(row: int, column: int, most: int = 99_000) -> str:
    return f"{(row * 7919 + column * 104_729 + 4_321) % most + 100:,}"


def share(row: int, column: int) -> str:
    return f"{(row * 37 + column * 61 + 113) % 900 / 10:.1f}"


def _levels(*lines: int) -> Ruling:
    return Ruling(frozenset(lines))


def english_open() -> Canvas:
    """Level rules at the head and the foot, spanning heads with rules of their own, leaders, indents, subtotals."""
    canvas = Canvas()
    canvas.text(72, 70, "Table 4. Establishments and employees by region, 2019 and 2020", size=10, font="hebo")
    rows: list[list[Content]] = [
        [Merged("Region", rows=2), Merged("Establishments", columns=2), None, Merged("Employees", columns=2), None],
        [None, "2019", "2020", "2019", "2020"],
        ["Total", *(figure(0, c, 900_000) for c in range(4))],
    ]
    rows += [["  " + name, *(figure(r, c) for c in range(4))] for r, name in enumerate(REGIONS, 1)]
    rows += [["Overseas", "–", figure(11, 1), "–", figure(11, 3)]]

    end = canvas.table(
        72,
        84,
        Drawing(
            [150, 75, 75, 75, 75],
            rows,
            Ruling(frozenset({0, 2, len(rows)}), short={1: frozenset({1, 2, 3, 4})}),
            "lrrrr",
            2,
            leaders=True,
            bold=frozenset({2}),
        ),
    )
    canvas.prose(
        72,
        end + 14,
        ["Note: Figures may not add up to totals because of rounding.", "Source: regional returns."],
        size=7,
    )
    canvas.prose(72, end + 60, LOREM)
    return canvas


def english_grid() -> Canvas:
    """All walls, three rows of heads, stubs over several rows, cells that wrap, empty cells."""
    canvas = Canvas()
    end = canvas.prose(72, 70, LOREM)
    rows: list[list[Content]] = [
        [Merged("Group", rows=3), Merged("Measure", rows=3), Merged("Programme years", 4), None, None, None],
        [None, None, Merged("First period", columns=2), None, Merged("Second period", columns=2), None],
        [None, None, "Planned", "Spent", "Planned", "Spent"],
    ]
    for g, (group, measures) in enumerate(
        (
            ("Infrastructure", ("Roads and bridges", "Rail links to\nports and airports", "Water supply")),
            ("Skills and\nemployment", ("Apprenticeships", "Retraining of people\nwho lost their work")),
            ("Health", ("Clinics", "Screening", "Ambulances")),
        )
    ):
        for m, measure in enumerate(measures):
            head: Content = Merged(group, rows=len(measures)) if m == 0 else None
            row = 3 * g + m
            rows.append(
                [
                    head,
                    measure,
                    figure(row, 0),
                    figure(row, 1),
                    "" if m == 1 else figure(row, 2),
                    share(row, 3) + "%",
                ]
            )
    canvas.table(72, end + 10, Drawing([80, 120, 60, 60, 60, 60], rows, full(len(rows), 6), "llrrrr", 3))
    return canvas


def english_framed() -> Canvas:
    """A frame, uprights and a ruled head, but no rules between the rows; a subtotal row with a rule above it."""
    canvas = Canvas()
    canvas.text(60, 60, "ANNEX II - Quantities by product and year (tonnes)", font="hebo")
    rows: list[list[Content]] = [["Product", *(str(year) for year in range(2014, 2020)), "Remarks"]]
    for r, name in enumerate(("Barley", "Common wheat", "Durum wheat", "Maize", "Oats", "Rye", "Triticale", "Other")):
        rows.append([name, *(figure(r, c) for c in range(6)), "provisional" if r in (2, 5) else ""])
    rows.append(["Cereals", *(figure(20, c, 400_000) for c in range(6)), ""])
    for r, name in enumerate(("Peas", "Field beans", "Sweet lupins")):
        rows.append([name, *(figure(r + 30, c, 2_000) for c in range(6)), ""])
    rows.append(["Protein crops", *(figure(40, c, 9_000) for c in range(6)), ""])
    ruling = Ruling(frozenset({0, 1, 9, 10, 13, 14}), frozenset(range(9)))
    canvas.table(60, 72, Drawing([90, 52, 52, 52, 52, 52, 52, 70], rows, ruling, "lrrrrrrl", 1))
    return canvas


def japanese_open_sides() -> Canvas:
    """A statistical yearbook: no outer uprights, inner ones through all rows, rules at the head and the foot only."""
    canvas = Canvas()
    canvas.text(80, 70, "第3－2表　都道府県別の適用事業所数及び被保険者数", size=10)
    canvas.text(440, 84, "（単位：千人）", size=7)
    rows: list[list[Content]] = [
        [Merged("都道府県", rows=2), Merged("令和元年度", columns=2), None, Merged("令和２年度", columns=2), None],
        [None, "事業所数", "被保険者数", "事業所数", "被保険者数"],
        ["総　　数", *(figure(60, c, 900_000) for c in range(4))],
    ]
    rows += [[name, *(figure(r, c) for c in range(4))] for r, name in enumerate(PREFECTURES)]

    ruling = Ruling(frozenset({0, 2, len(rows)}), frozenset(range(1, 5)), {1: frozenset({1, 2, 3, 4})})
    end = canvas.table(80, 90, Drawing([90, 82, 82, 82, 82], rows, ruling, "crrrr", 2))
    canvas.prose(80, end + 12, ["（注）各年度末の数である。端数の処理により計が合わないことがある。"], size=7)
    return canvas


def japanese_fine_grid() -> Canvas:
    """All walls in fine print, a double rule below the head, dashed ones between, cells over rows and columns."""
    canvas = Canvas()
    canvas.text(60, 60, "別表１　補助対象事業の一覧", size=10)
    rows: list[list[Content]] = [
        [
            Merged("区分", columns=2, rows=2),
            None,
            Merged("予算額（百万円）", columns=3),
            None,
            None,
            Merged("補助率", rows=2),
            Merged("備　考", rows=2),
        ],
        [None, None, "前年度", "本年度", "増減", None, None],
    ]
    groups = (
        ("医療", ("救急医療体制の\n整備", "在宅医療の推進", "医師確保")),
        ("介護", ("施設整備", "人材確保")),
        ("子育て", ("保育所運営", "放課後児童\nクラブ", "相談支援")),
    )
    number = 0
    for name, items in groups:
        for i, item in enumerate(items):
            number += 1
            rate = Merged("1/2" if name == "医療" else "2/3", rows=len(items)) if i == 0 else None
            note = "新規" if number == 3 else ("組替え、一部を\n基金へ移す" if number == 7 else "")
            rows.append(
                [
                    Merged(name, rows=len(items)) if i == 0 else None,
                    item,
                    figure(number, 0, 9_000),
                    figure(number, 1, 9_000),
                    f"△{number}3.5",
                    rate,
                    note,
                ]
            )
    rows.append([Merged("合　　計", columns=2), None, figure(50, 0), figure(50, 1), "△12.3", "", ""])
    ruling = replace(full(len(rows), 7), double=frozenset({2}), dashed=frozenset({4, 5, 7}))
    end = canvas.table(
        60, 72, Drawing([40, 85, 60, 60, 50, 45, 100], rows, ruling, "llrrrcl", 2, size=6.0, padding=2.4)
    )
    canvas.prose(60, end + 10, ["※１　本年度の額は当初予算による。", "※２　補助率は標準的なものを示す。"], size=6)
    return canvas


def two_on_a_page() -> Canvas:
    """Prose, a small grid, prose, two tables side by side: one of level rules at each row, one without outer sides."""
    canvas = Canvas()
    end = canvas.prose(72, 70, LOREM)
    rows: list[list[Content]] = [["Code", "Description", "Limit"]]
    names = ("Drinking water", "Surface water used\nfor bathing", "Sea water")
    rows += [[f"A{r}", text, f"{r * 5} mg"] for r, text in enumerate(names, 1)]
    end = canvas.table(72, end + 8, Drawing([50, 160, 60], rows, full(4, 3), "llr"))
    end = canvas.prose(72, end + 24, LOREM)
    rows = [["Station", "Mean", "Max."]]
    rows += [[name, share(r, 0), share(r, 1)] for r, name in enumerate(REGIONS[:6])]
    canvas.table(72, end + 10, Drawing([90, 50, 50], rows, _levels(*range(8)), "lrr", serif=True))
    rows = [["Year", "Sites", "Samples"]]
    rows += [[str(2010 + r), figure(r, 0, 90), figure(r, 1, 900)] for r in range(6)]
    ruling = Ruling(frozenset({0, 1, 7}), frozenset({1, 2}))
    canvas.table(320, end + 10, Drawing([50, 60, 70], rows, ruling, "crr", serif=True))
    return canvas


def turned() -> Canvas:
    """A wide table on a page that is displayed turned."""
    canvas = Canvas(842, 595)
    canvas.text(50, 50, "Table B.1  Monthly deliveries by region", font="hebo")
    months = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
    rows: list[list[Content]] = [
        [
            Merged("Region", rows=2),
            Merged("First half", columns=6),
            None,
            None,
            None,
            None,
            None,
            Merged("Second half", columns=6),
            None,
            None,
            None,
            None,
            None,
        ],
        [None, *months],
    ]
    rows += [[name, *(figure(r, c, 9_000) for c in range(12))] for r, name in enumerate(REGIONS)]
    canvas.table(50, 62, Drawing([70, *[54.0] * 12], rows, full(10, 13), "l" + "r" * 12, 2, size=7))
    canvas.page.set_rotation(270)
    return canvas


def striped() -> Canvas:
    """No rules: a dark head with white print, every second row shaded."""
    canvas = Canvas()
    canvas.text(72, 70, "Key figures of the offices", size=11, font="hebo")
    rows: list[list[Content]] = [["Office", "Opened", "Staff", "Visits", "Share (%)"]]
    rows += [[name, str(1990 + r), figure(r, 0, 90), figure(r, 1), share(r, 2)] for r, name in enumerate(REGIONS)]
    end = canvas.table(72, 82, Drawing([110, 70, 70, 80, 80], rows, _levels(), "lcrrr", zebra=True))
    canvas.prose(72, end + 20, LOREM)
    return canvas


def worded() -> Canvas:
    """Level rules at each row, cells of words over several lines, none of figures."""
    canvas = Canvas()
    canvas.text(72, 70, "Table 2 - Obligations and who meets them", font="hebo")
    rows: list[list[Content]] = [
        ["Obligation", "Who", "How it is shown"],
        ["Keep a register of\nall deliveries", "Operators", "The register is open to the\nauthority at any time"],
        ["Report losses", "Operators and\nimporters", "A form within five days"],
        [
            "Label the goods",
            "Importers",
            "The label of Annex III, in the\nlanguage of the place where\nthe goods are sold",
        ],
        ["Withdraw goods that\nare not safe", "Everyone who sells", "Notice to the authority"],
    ]
    canvas.table(72, 82, Drawing([130, 110, 190], rows, _levels(*range(6)), "lll", serif=True, size=9))
    return canvas


def worded_grid() -> Canvas:
    """All walls around Japanese text of several lines, lists in cells, a cell over rows: no line of it is a row."""
    canvas = Canvas()
    canvas.text(70, 70, "２　見直しの内容", size=11)
    rows: list[list[Content]] = [
        ["項　目", "見直し後", "見直し前"],
        [
            Merged("対象者", rows=2),
            "・４０歳以上の者\n・３５歳以上の希望者\n・医師が認めた者",
            "・４０歳以上の者\n・医師が認めた者",
        ],
        [None, "年１回とする。", "年１回とする。ただし、特に\n必要な場合は２回とする。"],
        ["費用", "1,200円\n2,400円（休日）\n免除", "1,000円\n2,000円（休日）\n免除"],
        ["手続", "窓口で申し込む。郵送も\n受け付ける。", "窓口で申し込む。"],
    ]
    canvas.table(70, 84, Drawing([70, 190, 190], rows, full(5, 3), "lll", size=9))
    return canvas


def partly_ruled_head() -> Canvas:
    """Uprights between the columns, rules at groups; the head's first cell open at the top left; wrapped stubs."""
    canvas = Canvas()
    canvas.text(60, 64, "Table 7  Applications received and granted, by nature of the request", font="hebo")
    rows: list[list[Content]] = [
        ["", Merged("Received", columns=3), None, None, Merged("Granted", columns=2), None],
        ["Nature of request", "By post", "Online", "Total", "Number", "Per cent"],
    ]
    names = (
        "New licence",
        "Renewal",
        "Change of name",
        "Change of\n  address",
        "Replacement",
        "Withdrawal",
        "Appeal against\n  a refusal",
        "Other",
    )
    rows += [[name, *(figure(r, c, 5_000) for c in range(4)), share(r, 5)] for r, name in enumerate(names)]
    rows.append(["Total", *(figure(60, c, 50_000) for c in range(4)), "100.0"])
    ruling = Ruling(
        frozenset({2, 10, 11}), frozenset(range(1, 7)), {0: frozenset(range(1, 6)), 1: frozenset(range(1, 6))}
    )
    canvas.table(60, 76, Drawing([110, 62, 62, 62, 62, 62], rows, ruling, "lrrrrr", 2))
    return canvas


def words_and_figures_framed() -> Canvas:
    """A frame with uprights and no rules between rows of a code, a name that wraps, a date and an amount."""
    canvas = Canvas()
    canvas.text(60, 64, "Decisions taken under Article 5", font="hebo")
    rows: list[list[Content]] = [["No", "Subject", "Date", "Amount (EUR)"]]
    subjects = (
        "Harbour works",
        "Repair of dykes after the\nstorms of the winter",
        "Training of pilots",
        "New lifeboats",
        "Buoys and lights on the\nnorthern approach",
        "Tide gauges",
    )
    rows += [[f"{r}/2012", name, f"{r + 10}.3.2012", figure(r, 1)] for r, name in enumerate(subjects, 1)]
    ruling = Ruling(frozenset({0, 1, 7}), frozenset(range(5)))
    canvas.table(60, 76, Drawing([60, 170, 70, 90], rows, ruling, "lllr", size=9, serif=True))
    return canvas


PAGES: dict[str, Callable[[], Canvas]] = {
    page.__name__: page
    for page in (
        english_open,
        english_grid,
        english_framed,
        japanese_open_sides,
        japanese_fine_grid,
        two_on_a_page,
        turned,
        striped,
        worded,
        worded_grid,
        partly_ruled_head,
        words_and_figures_framed,
    )
}
