"""Boxes of targets in running text: a label, names with their figures at the right edge, what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from normalizers.model.records import Records
from tests.normalizers.rows.drawn_tables import TITLE, draw_plan, read_plan
from tests.parsers.sheets import Sheet

Item = tuple[str, str]
"""A line's name, with what stands before it, and the figure at its right."""


@dataclass(frozen=True)
class Setting:
    """How a box is set, in points, and what its label and marks are."""

    left: float
    width: float
    size: float
    label: str
    mark: str


SETTINGS = (Setting(50, 240, 9.5, "◆数値目標（ＫＰＩ）", "・"), Setting(70, 300, 8.0, "■ＫＰＩ", "○"))


def opened(size: float) -> Sheet:
    sheet = Sheet().text(180, 50, TITLE, size=14).text(50, 80, "1. 基盤的保険者機能の盤石化", size=11)
    return sheet.text(50, 100, "（１）窓口業務の改善", size=size)


def with_box(sheet: Sheet, setting: Setting, items: Sequence[Item], top: float = 120) -> Sheet:
    """The sheet with a box of lines: ``・`` begins an item, a blank hangs under it, ``（`` stands at the right edge."""
    pitch, size = 1.5 * setting.size, setting.size
    right = setting.left + setting.width
    sheet.grid([setting.left, right], [top, top + pitch * (len(items) + 1) + 8])
    sheet.text(setting.left + 5, top + pitch, setting.label, size=size)
    for number, (name, figure) in enumerate(items, 2):
        at = top + pitch * number
        if name.startswith("（"):
            sheet.text(right - 5 - 0.8 * size * len(name), at, name, size=0.8 * size)
            continue
        begins = len(name) - len(name.lstrip("　"))
        text = name.replace("・", setting.mark)
        sheet.text(setting.left + 5 + begins * size, at, text.lstrip("　"), size=size)
        sheet.text(right - 5 - len(figure) * size, at, figure, size=size)
    return sheet


def targets(records: Records) -> list[tuple[str, str | None, str | None, float | None]]:
    return [(target.kind, target.indicator, target.population, target.value) for target in records.targets]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(
    ("first", "rest", "figure", "indicator", "value"),
    [
        (
            "資格喪失後一か月を超え",
            "た保険証の回収率",
            "９３．０％以上",
            "資格喪失後一か月を超えた保険証の回収率",
            93.0,
        ),
        ("支払基金と合算したレセ", "プト点検の査定率", "対前年度以上", "支払基金と合算したレセプト点検の査定率", None),
    ],
)
def test_a_name_that_hangs_over_lines_is_one_with_its_figure(
    setting: Setting, first: str, rest: str, figure: str, indicator: str, value: float | None
) -> None:
    room = int(setting.width / setting.size) - len(first) - len(figure) - 3
    more = "全国で共通の" * 3
    lines = [(f"・{more[:room]}{first}", ""), (f"　{rest}", figure), ("・電子申請率", "４０．０％以上")]
    records = read_plan(with_box(opened(setting.size), setting, lines).data())[1]
    assert [(kind, value) for kind, _, _, value in targets(records)] == [("kpi", value), ("kpi", 40.0)]
    assert (records.targets[0].indicator or "").endswith(indicator)


@pytest.mark.parametrize("setting", SETTINGS)
def test_figures_of_several_lines_below_an_item_stay_apart(setting: Setting) -> None:
    lines = [("・健診の案内を行う", ""), ("　健診実施率", "６０．０％以上"), ("　郵送化率", "９７．０％以上")]
    records = read_plan(with_box(opened(setting.size), setting, lines).data())[1]
    assert [value for *_, value in targets(records)][-2:] == [60.0, 97.0]
    assert not any("案内" in (target.indicator or "") for target in records.targets[-2:])


TABLES = (
    (
        ("区分", "対象者数（人）", "見込者数（人）", "見込率（％）"),
        ("生活習慣病予防健診", "１５０００", "９０００", "６０．０"),
    ),
    (
        ("健診の種類", "対象者数（人）", "受診見込者数（人）", "受診見込率（％）"),
        ("特定健康診査", "４０００", "１０００", "２５．０"),
    ),
)


@pytest.mark.parametrize(("setting", "table"), list(zip(SETTINGS, TABLES, strict=True)))
@pytest.mark.parametrize("gap", [0.0, 3.4])
def test_a_box_right_below_a_table_is_none_of_its_rows(
    setting: Setting, table: tuple[tuple[str, ...], tuple[str, ...]], gap: float
) -> None:
    sheet, size = opened(setting.size), setting.size - 1.5
    xs = [setting.left + setting.width * share for share in (0, 0.28, 0.52, 0.78, 1)]
    sheet.grid(xs, [120, 140, 160])
    for number, row in enumerate(table):
        for x, text in zip(xs, row, strict=False):
            sheet.text(x + 1, 134 + 20 * number, text, size=min(size, 7))
    items = [("・健診実施率", "６４．６％以上"), ("・データ取得率", "８．５％以上")]
    records = read_plan(with_box(sheet, setting, items, top=160 + gap).data())[1]
    assert [(kind, value) for kind, _, _, value in targets(records) if kind == "kpi"] == [("kpi", 64.6), ("kpi", 8.5)]
    planned = [(target.value, target.unit) for target in records.targets if target.kind == "plan_figure"]
    printed = [float(text.translate(str.maketrans("０１２３４５６７８９．", "0123456789."))) for text in table[1][1:]]
    assert planned == list(zip(printed, ("people", "people", "percent"), strict=True))


def test_an_expected_rate_beside_targets_stays_a_result() -> None:
    rows = [("指標", "見込率", "令和6年度目標"), ("健診実施率", "61.2%", "63.0%"), ("データ取得率", "6.1%", "7.0%")]
    records = read_plan(draw_plan(rows, (180, 100, 120)))[1]
    assert [(target.value, target.baseline_value) for target in records.targets] == [(63.0, 61.2), (7.0, 6.1)]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(("groups", "indent"), [(("被保険者", "被扶養者"), 3), (("被保険者", "被扶養者"), 1)])
@pytest.mark.parametrize("first", [True, False])
def test_figures_of_groups_take_the_name_above_them(
    setting: Setting, groups: tuple[str, str], indent: int, first: bool
) -> None:
    other = [] if first else [("・電子申請率", "４０．０％以上")]
    below = [("　" * indent + groups[0], "３１．４％以上"), ("　" * indent + groups[1], "１４．２％以上")]
    lines = [*other, ("・特定保健指導の実施率", ""), *below, ("・利用した人の数", "１２０人以上")]
    records = read_plan(with_box(opened(setting.size), setting, lines).data())[1]
    assert [row for row in targets(records) if row[1] == "特定保健指導の実施率"] == [
        ("kpi", "特定保健指導の実施率", "insured", 31.4),
        ("kpi", "特定保健指導の実施率", "dependents", 14.2),
    ]
    assert [target.value for target in records.targets] == [40.0, 31.4, 14.2, 120.0][first:]
