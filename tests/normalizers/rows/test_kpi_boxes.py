"""Boxes of targets in running text: a label, names with their figures at the right edge, what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from normalizers.model.records import Records
from tests.normalizers.rows.drawn_tables import TITLE, read_plan
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
