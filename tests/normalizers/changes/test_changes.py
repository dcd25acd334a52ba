"""Differences between the editions, their marks, and moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.changes.alignment import differences
from normalizers.changes.marking import without
from normalizers.model.records import Change, Records
from normalizers.normalize import normalize_document
from normalizers.text.characters import normalize
from normalizers.text.move_labels import MoveLabel, read_move_label
from tests.normalizers.plan_text import comparison, plan


def changes(new: str, old: str) -> tuple[Change, ...]:
    return normalize_document(comparison(new, old)).changes


def brief(records: Records) -> list[tuple[str, str, str | None]]:
    return [(change.kind, change.marking, change.move_label) for change in records.changes]


def test_width_spaces_and_numbering_are_no_difference() -> None:
    assert changes("○ 広報\n② 年４回発行する", "○広報\n①年4回 発行する") == ()


def test_a_marked_change_agrees() -> None:
    (change,) = changes("○回収\n・回収率を<u>95.0%</u>以上とする", "○回収\n・回収率を<u>92.0%</u>以上とする")
    assert (change.kind, change.marking, change.new_marked, change.old_marked) == (
        "modified",
        "agrees",
        ("95.0%",),
        ("92.0%",),
    )


def test_an_unmarked_change_and_a_mark_without_a_change() -> None:
    (unmarked,) = changes("○回収\n・<u>文書</u>で年4回催告する", "○回収\n・<u>電話</u>で年2回催告する")
    assert unmarked.marking == "unmarked"
    (overmarked,) = changes("○回収\n・<u>文書で催告する</u>", "○回収\n・文書で催告する")
    assert (overmarked.kind, overmarked.marking) == ("modified", "overmarked")


def test_an_insertion_counts_where_it_is_marked_although_it_could_be_elsewhere() -> None:
    new = "○応対\n・研修を実施し、<u>お客様満足度調査、</u>お客様の声を踏まえて改善する"
    (change,) = changes(new, "○応対\n・研修を実施し、お客様の声を踏まえて改善する\n")
    assert change.marking == "agrees"


def test_added_and_removed_paragraphs() -> None:
    found = changes(
        "○広報\n・<u>動画を配信する</u>\n・紙面を刷新する", "○広報\n・<u>ラジオで告知する</u>\n・紙面を刷新する"
    )
    assert [(change.kind, change.marking) for change in found] == [("added", "agrees"), ("removed", "agrees")]
    assert found[0].old_text is None
    assert found[1].new_text is None


def test_marks_on_the_new_side_only_are_judged_there_only() -> None:
    found = changes("○回収\n・回収率を<u>95%</u>以上とする", "○回収\n・回収率を92%以上とする\n・訪問して督促する")
    assert [(change.kind, change.marking) for change in found] == [("modified", "agrees"), ("removed", "agrees")]


def test_a_reworded_target_is_paired_with_its_own_predecessor() -> None:
    found = changes(
        "○回収\n・催告する\n・訪問する\n・調停する\n■KPI：①保険証回収率を対前年度以上とする",
        "○回収\n■KPI：①保険証回収率を95.5%以上とする\n・催告する\n・訪問する\n・調停する\n■KPI：②返納金の割合を対前年度以下とする",
    )
    moved = next(change for change in found if change.kind == "moved")
    assert "保険証回収率" in (moved.new_text or "")
    assert "保険証回収率" in (moved.old_text or "")
    assert [change.kind for change in found].count("removed") == 1


def test_move_labels_link_both_ends() -> None:
    records = normalize_document(
        comparison(
            "○協働\n・宣言事業所の拡大\n@移動①\n・健康経営の普及促進\n・表彰の実施\n・県との連携\n"
            "支部目標 宣言事業所数 1,850社\n@①から移動",
            "○協働\n・宣言事業所の拡大\n支部目標 宣言事業所数 1,500社\n"
            "・健康経営の普及促進\n・表彰の実施\n・県との連携",
        )
    )
    (change,) = (change for change in records.changes if change.move_label)
    assert (change.kind, change.move_label) == ("moved", "①")
    assert change.new_text == "支部目標宣言事業所数 1,850社"


def test_what_moves_together_shares_the_label() -> None:
    records = normalize_document(
        comparison(
            "@移動③\n○健診の推進\n・健診を案内する\n\n○データの提供\n・事業所ごとの診断書を配る",
            "○データの提供\n・事業所ごとの診断書を配る\n○健診の推進\n・健診を案内する\n\n@③から移動",
        )
    )
    assert {(change.kind, change.move_label) for change in records.changes} == {("moved", "③")}
    assert len(records.changes) == 2


def test_a_label_without_its_other_end_is_a_finding() -> None:
    records = normalize_document(comparison("○広報\n@移動②\n・紙面を刷新する", "○広報\n・紙面を刷新する"))
    assert [finding.check for finding in records.findings] == ["orphan_move_label"]


def test_one_edition_has_no_changes() -> None:
    assert normalize_document(plan(["○広報", "・<u>紙面を刷新する</u>"])).changes == ()


@pytest.mark.parametrize(
    ("text", "label", "arrives"),
    [
        ("移動①", "①", False),
        ("③から移動", "③", True),
        ("｝④から移動", "④", True),
        ("移動⑦（広報活動の次へ移動）", "⑦", False),
        ("【移動②】", "②", False),
        ("→⑤へ移動", "⑤", False),
        ("移動", None, False),
    ],
)
def test_move_labels(text: str, label: str | None, arrives: bool) -> None:
    assert read_move_label(normalize(text).text) == MoveLabel(label, arrives)


@pytest.mark.parametrize("text", ["移動手段の確保", "①に移動した事業所へ案内する", "", "①"])
def test_text_that_is_no_move_label(text: str) -> None:
    assert read_move_label(normalize(text).text) is None


@given(st.text("あいう、12", max_size=20), st.text("あいう、12", max_size=20))
def test_without_their_differences_two_texts_are_equal(new: str, old: str) -> None:
    of_new, of_old = differences(new, old)
    assert without(new, of_new) == without(old, of_old)
