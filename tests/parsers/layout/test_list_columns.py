"""Lists set side by side in one cell are read one after the other, or item by item where they count across."""

from __future__ import annotations

import pytest

from tests.parsers.sheets import Sheet, cell_text

LEFT, RIGHT = 60.0, 260.0


def _cell(rows: list[tuple[str, str]], *, size: float = 10.0, right: float = RIGHT) -> list[str]:
    """The lines of a cell with these pairs set side by side."""
    sheet = Sheet().grid([50, 540], [50, 70 + 16 * len(rows)])
    for number, (one, other) in enumerate(rows):
        sheet.text(LEFT, 70 + 16 * number, one, size=size)
        sheet.text(right, 70 + 16 * number, other, size=size)
    return cell_text(sheet.layout().tables[0].cells[0]).split("／")


@pytest.mark.parametrize("size", [8.0, 10.0])
@pytest.mark.parametrize("label", ["【KPI】", "■数値目標"])
def test_lists_under_labels_of_their_own_are_read_one_after_the_other(size: float, label: str) -> None:
    rows = [(label, label), ("・査定率　対前年度以上", "・回収率　58.0％以上"), ("・郵送化率　95％", "・提出率　93％")]
    assert _cell(rows, size=size) == [
        label,
        "・査定率　対前年度以上",
        "・郵送化率　95％",
        label,
        "・回収率　58.0％以上",
        "・提出率　93％",
    ]


def test_the_rest_of_an_item_stays_with_its_list() -> None:
    rows = [
        ("①事業者健診データの取得率を８％", "①特定保健指導の実施率"),
        ("　以上とする", "②訪問事業所数"),
        ("②人間ドックの案内", ""),
    ]
    assert _cell(rows) == [
        "①事業者健診データの取得率を８％",
        "以上とする",
        "②人間ドックの案内",
        "①特定保健指導の実施率",
        "②訪問事業所数",
    ]


def test_items_that_count_across_are_read_in_their_order() -> None:
    rows = [("①査定率の向上", "②回収率の向上"), ("③郵送化の推進", "④研修の実施")]
    assert _cell(rows) == ["①査定率の向上", "②回収率の向上", "③郵送化の推進", "④研修の実施"]


def test_what_follows_the_lists_stays_behind_them() -> None:
    rows = [("・査定率", "・回収率"), ("・郵送化率", "・提出率"), ("（２）研修の実施", "")]
    assert _cell(rows) == ["・査定率", "・郵送化率", "・回収率", "・提出率", "（２）研修の実施"]


@pytest.mark.parametrize(
    "rows",
    [
        [("①査定率", "① 0.35％"), ("②回収率", "② 58％")],
        [("・査定率", "対前年度以上"), ("・回収率", "58.0％以上")],
        [("・査定率", "・回収率"), ("　を上げる。", "")],
    ],
)
def test_names_with_their_figures_and_a_single_aside_stay_rows(rows: list[tuple[str, str]]) -> None:
    joined = [f"{one.strip()} {other}".strip() for one, other in rows]
    assert [" ".join(line.split()) for line in _cell(rows)] == [" ".join(line.split()) for line in joined]


@pytest.mark.parametrize("right", [170.0, 200.0])
def test_names_further_left_than_the_items_keep_the_lines_below_them(right: float) -> None:
    sheet = Sheet().grid([50, 540], [50, 150])
    for number, (one, other) in enumerate(
        [
            ("特定健診", ""),
            ("・実施率　30.5％", "・実施見込者数　552人"),
            ("保健指導", ""),
            ("・実施率　12.0％", "・実施見込者数　43人"),
        ]
    ):
        sheet.text(LEFT + (14 if other else 0), 70 + 16 * number, one)
        sheet.text(right, 70 + 16 * number, other)
    lines = cell_text(sheet.layout().tables[0].cells[0]).split("／")
    assert [line.replace("　", "").replace(" ", "") for line in lines] == [
        "特定健診",
        "・実施率30.5％・実施見込者数552人",
        "保健指導",
        "・実施率12.0％・実施見込者数43人",
    ]
