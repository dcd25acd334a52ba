"""Entries that stand for other text: what they make of targets and changes."""

from __future__ import annotations

import pytest

from normalizers.model.records import Records
from normalizers.normalize import normalize_document
from normalizers.rows.entries import read_entry
from tests.normalizers.plan_text import comparison
from tests.normalizers.rows.drawn_tables import draw_plan, read_plan

NEW = """
○健診の推進
■ KPI：① 特定健診の実施率を30.3%以上とする

○広報
・新しい窓口を設ける。

○研修
・研修を行う。
"""


def records(*old: str) -> Records:
    return normalize_document(comparison(NEW, "\n\n".join(old)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("（同左）", "same"),
        ("・同右", "same"),
        ("■ KPI：同左", "same"),
        ("左に同じ。", "same"),
        ("（変更なし）", "same"),
        ("（略）", "omitted"),
        ("注１～６（略）", "omitted"),
        ("［ 新 設 ］", "added"),
        ("（削除）", "removed"),
        ("・健診を行う。", None),
        ("新設住宅の案内", None),
        ("同左の取組を広げる", None),
    ],
)
def test_what_an_entry_says(text: str, kind: str | None) -> None:
    assert read_entry(text) == kind


@pytest.mark.parametrize("entry", ["（同左）", "同 左", "（変更なし）"])
def test_the_same_text_is_no_change_and_has_the_same_targets(entry: str) -> None:
    read = records(entry, "○広報\n・新しい窓口を設ける。", "○研修\n・研修を行う。")
    assert read.changes == ()
    assert [(t.edition, t.fiscal_year, t.value, t.statement) for t in read.targets] == [
        ("new", 2024, 30.3, read.targets[0].statement),
        ("old", 2023, 30.3, read.targets[0].statement),
    ]
    assert read.targets[1].measure_id != read.targets[0].measure_id


def test_omitted_text_is_no_change_and_has_no_targets() -> None:
    read = records("（略）", "○広報\n・新しい窓口を設ける。", "○研修\n・研修を行う。")
    assert read.changes == ()
    assert [target.edition for target in read.targets] == ["new"]


@pytest.mark.parametrize("entry", ["（新設）", "【新規】"])
def test_new_text_is_added_and_the_entry_is_no_text(entry: str) -> None:
    read = records(
        "○健診の推進\n■ KPI：① 特定健診の実施率を30.3%以上とする", f"○広報\n{entry}", "○研修\n・研修を行う。"
    )
    assert [(c.kind, c.new_text, c.old_text) for c in read.changes] == [("added", "・新しい窓口を設ける。", None)]


def test_an_entry_beside_other_text_stands_for_what_is_beside_it() -> None:
    read = normalize_document(
        comparison("○研修\n・研修を行う。\n・面談を行う。", "○研修\n（同左）\n・面談を年に二回行う。")
    )
    assert [(c.kind, c.new_text) for c in read.changes] == [("modified", "・面談を行う。")]


def test_removed_text_is_removed_and_the_entry_is_no_text() -> None:
    read = normalize_document(
        comparison("○研修\n・研修を行う。\n\n（削除）", "○研修\n・研修を行う。\n\n・会議を開く。")
    )
    assert [(c.kind, c.new_text, c.old_text) for c in read.changes] == [("removed", None, "・会議を開く。")]


@pytest.mark.parametrize("entry", ["・（同左）", "・同左", "（変更なし）"])
def test_an_entry_means_the_line_between_its_neighbours_though_it_stands_higher_or_lower(entry: str) -> None:
    read = normalize_document(
        comparison(
            "○研修\n・面談を行う。\n・会議を開く。",
            f"○研修\n・窓口の開設を検討のうえ実施する。\n{entry}\n・会議を開く。",
        )
    )
    assert [(c.kind, c.old_text) for c in read.changes] == [("removed", "・窓口の開設を検討のうえ実施する。")]


def test_a_numbered_entry_means_the_aim_of_its_number() -> None:
    new = "■ KPI：①実施率を30.3%以上とする\n②郵送化率を95%以上とする\n③回収率を60%以上とする"
    read = normalize_document(comparison(new, "■ KPI：①実施率を28.0%以上とする\n③（同左）"))
    assert [(t.number, t.value) for t in read.targets if t.edition == "old"] == [(1, 28.0), (3, 60.0)]
    assert [(c.kind, c.new_text) for c in read.changes if c.kind == "added"] == [("added", "②郵送化率を95%以上とする")]


@pytest.mark.parametrize("entry", ["・（同左）", "（変更なし）"])
def test_an_aim_that_an_entry_means_by_what_is_left_alone_is_doubted(entry: str) -> None:
    new = "○研修\n■ KPI：実施率を30.3%以上とする\n・会議を開く。"
    read = normalize_document(comparison(new, f"○研修\n・窓口を閉じて書類の送付に改める。\n{entry}\n・会議を開く。"))
    assert [(t.value, t.confidence < 0.8) for t in read.targets if t.edition == "old"] == [(30.3, True)]


def test_an_entry_in_its_place_is_sure() -> None:
    new = "■ KPI：①実施率を30.3%以上とする\n②郵送化率を95%以上とする"
    read = normalize_document(comparison(new, "■ KPI：①実施率を28.0%以上とする\n②（同左）"))
    assert [t.confidence > 0.9 for t in read.targets if t.edition == "old" and t.value == 95.0] == [True]


@pytest.mark.parametrize(
    ("years", "font", "size"),
    [
        (("令和4年度", "令和5年度", "令和6年度"), "japan", 9.0),
        (("令和6年度計画", "令和5年度計画", "令和4年度計画"), "japan-s", 8.0),
    ],
)
def test_of_three_years_the_same_as_left_is_the_year_on_the_left(
    years: tuple[str, str, str], font: str, size: float
) -> None:
    rows = [
        list(years),
        ["○ 経費の節減に努める。", "○ 経費の節減に努める。", "○ 経費の節減に取り組む。"],
        ["■KPI：一者応札案件の割合を20％以下とする", "（同左）", "■KPI：一者応札案件の割合を15％以下とする"],
        ["■KPI：回収率を52％以上とする", "（同左）", "（同左）"],
    ]
    _, records = read_plan(draw_plan(rows, [165, 165, 165], above=(), font=font, size=size))
    order = [2022, 2023, 2024] if years[0] == "令和4年度" else [2024, 2023, 2022]
    assert sorted((t.fiscal_year, t.value) for t in records.targets) == sorted(
        [*zip(order, (20.0, 20.0, 15.0), strict=True), *((year, 52.0) for year in order)]
    )
