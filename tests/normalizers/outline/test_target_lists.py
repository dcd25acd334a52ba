"""Lists within a block of targets: parts counted anew beneath an item, and the count that goes on after them."""

from __future__ import annotations

import pytest

from normalizers.normalize import normalize_document
from tests.normalizers.plan_text import plan


@pytest.mark.parametrize("label", ["＜ＫＰＩ＞", "【数値目標】", "■ KPI："])
@pytest.mark.parametrize(("outer", "inner"), [("①②③", "アイ"), ("⑴⑵⑶", "ⅰⅱ")])
def test_parts_take_the_name_of_their_item(label: str, outer: str, inner: str) -> None:
    lines = [
        "(1) 健診の推進",
        "・健診を勧める。",
        label,
        f"{outer[0]}　特定健診実施率",
        f"{inner[0]}　被保険者　66.0％",
        f"{inner[1]}　被扶養者を33.5％以上に引き上げる",
        f"{outer[1]}　事業者健診データ取得率 → 11.2％",
        f"{outer[2]}　健康宣言事業所数1,350事業所",
    ]
    records = normalize_document(plan(lines))
    assert [(t.indicator, t.population, t.value) for t in records.targets][:3] == [
        ("特定健診実施率", "insured", 66.0),
        ("特定健診実施率", "dependents", 33.5),
        ("事業者健診データ取得率", "insured", 11.2),
    ]
    assert records.targets[2].number == 2
    assert records.targets[3].value == 1350.0
    assert len({t.kind for t in records.targets}) == 1
    assert records.targets[0].kind != "plan_figure"


def test_a_list_of_actions_after_the_targets_is_no_part_of_them() -> None:
    lines = [
        "(1) 健診の推進",
        "＜KPI＞",
        "① 健診実施率を60.0%以上とする",
        "(2) 広報の推進",
        "ア 広報誌を発行する。",
        "イ ホームページを更新する。",
    ]
    records = normalize_document(plan(lines))
    assert [t.value for t in records.targets] == [60.0]


def test_a_caption_of_units_is_no_target() -> None:
    lines = ["(1) 経費の節減", "■ KPI：", "（単位：千円）", "・郵送経費を11,800千円以下とする"]
    records = normalize_document(plan(lines))
    assert [t.value for t in records.targets if t.value is not None] == [11800000.0]
