"""Tables of two fields side by side in one grid, each under the name of its field."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.normalizers.rows.drawn_tables import draw_plan, figures, read_plan


@pytest.mark.parametrize(
    ("heads", "title", "font", "size"),
    [
        (("基盤的保険者機能関係", "戦略的保険者機能関係"), "令和5年度", "japan", 9.0),
        (("現金給付", "保健事業"), "令和5年度目標", "japan-s", 8.0),
    ],
)
def test_the_figures_of_each_block_are_of_its_own_names(
    heads: tuple[str, str], title: str, font: str, size: float
) -> None:
    rows = [
        [heads[0], title, "（令和4年度）", heads[1], title, "（令和4年度）"],
        ["郵送化率", "96.4%以上", "（95.8%以上）", "特定健診実施率", "30.0%以上", "（29.4%以上）"],
        ["査定率", "0.35%以上", "（0.33%以上）", "健康宣言事業所数", "2,700社以上", "（2,350社以上）"],
        ["組織体制", title, "（令和4年度）", "委員の委嘱者数", "3,100人以上", "（3,000人以上）"],
        ["一者応札案件の割合", "20.0%以下", "（20.0%以下）", "データ取得率", "9.0%以上", "（8.8%以上）"],
    ]
    plan = draw_plan(
        rows, [110, 65, 75, 110, 75, 85], title="令和5年度 長野支部事業計画", font=font, size=size, page=(640, 842)
    )
    _, records = read_plan(plan)
    now = [row for row in figures(records) if row[1] == 2023]
    assert sorted(now, key=str) == sorted(
        [
            ("new", 2023, "郵送化率", "ge", 96.4, "percent"),
            ("new", 2023, "査定率", "ge", 0.35, "percent"),
            ("new", 2023, "一者応札案件の割合", "le", 20.0, "percent"),
            ("new", 2023, "特定健診実施率", "ge", 30.0, "percent"),
            ("new", 2023, "健康宣言事業所数", "ge", 2700.0, "companies"),
            ("new", 2023, "委員の委嘱者数", "ge", 3100.0, "people"),
            ("new", 2023, "データ取得率", "ge", 9.0, "percent"),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["指標", "令和5年度", "全国", "令和5年度"],
            ["郵送化率", "96.4%以上", "95.0%以上", "96.0%"],
            ["査定率", "0.35%以上", "0.33%以上", "0.3%"],
        ],
        [
            ["被保険者", "実施率", "被扶養者", "実施率"],
            ["4,200人", "25.0%", "300人", "9.0%"],
            ["4,300人", "26.0%", "310人", "9.5%"],
        ],
    ],
)
def test_columns_of_figures_under_different_heads_are_of_one_table(rows: Sequence[Sequence[str]]) -> None:
    parsed, _ = read_plan(draw_plan(rows, [150, 90, 90, 90]))
    assert {cell.table_index for cell in parsed.cells} == {0}
