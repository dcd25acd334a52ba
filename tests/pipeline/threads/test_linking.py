"""Which measure carries on which: equal, reworded, moved, cut in two, joined, new and dropped."""

from __future__ import annotations

from pipeline.threads.items import Item
from pipeline.threads.linking import Linking, link_editions

Lines = tuple[tuple[str, str | None, str], ...]
"""Text, heading and kind of each item of a plan."""

PLAN_2023: Lines = (
    ("広報活動の推進", None, "heading"),
    ("広報紙とメールマガジンにより医療費の現状を分かりやすく伝える。", "広報活動の推進", "action"),
    ("納入告知書に同封するチラシを作成し、事業主に制度の改正を知らせる。", "広報活動の推進", "action"),
    ("レセプト点検の強化", None, "heading"),
    ("高額な査定事例を勉強会で共有し、点検員の審査能力を高める。", "レセプト点検の強化", "action"),
    ("外傷性の病名を抽出し、第三者行為に当たるものを確実に求償する。", "レセプト点検の強化", "action"),
)


def items(year: str, lines: Lines) -> list[Item]:
    return [
        Item(f"{year}:{text}", kind, text, "戦略的保険者機能関係", heading and f"{year}:{heading}", at)
        for at, (text, heading, kind) in enumerate(lines)
    ]


def linked(new: Lines, old: Lines = PLAN_2023) -> Linking:
    return link_editions(items("old", old), items("new", new))


def how(linking: Linking, new: str) -> tuple[str, str] | None:
    return next(((link.linked, link.old[4:]) for link in linking.links if link.new == f"new:{new}"), None)


def test_equal_texts_are_the_same_also_when_marks_and_spaces_differ() -> None:
    new = "納入告知書に同封するチラシを作成し 事業主に制度の改正を知らせる"
    found = linked((PLAN_2023[0], (new, "広報活動の推進", "action")))
    assert how(found, new) == ("same_text", PLAN_2023[2][0])


def test_a_reworded_measure_is_found_under_its_heading() -> None:
    new = "広報紙とホームページを通じて、医療費の現状を加入者に分かりやすく周知する。"
    found = linked((PLAN_2023[0], (new, "広報活動の推進", "action"), PLAN_2023[2]))
    assert how(found, new) == ("close_text", PLAN_2023[1][0])


def test_other_numbers_and_years_do_not_make_another_measure() -> None:
    old = (("健康保険委員の委嘱者数を令和5年度末までに1,850人とする。", None, "action"),)
    new = "健康保険委員の委嘱者数を令和6年度末までに1,920人とする。"
    assert how(linked(((new, None, "action"),), old), new) == ("close_text", old[0][0])


def test_a_measure_under_another_heading_has_moved() -> None:
    moved = PLAN_2023[5][0]
    found = linked((*PLAN_2023[:3], (moved, "広報活動の推進", "action"), *PLAN_2023[3:5]))
    assert how(found, moved) == ("moved", moved)


def test_a_heading_in_other_words_is_known_by_what_stands_under_it() -> None:
    renamed = "審査事務の高度化"
    found = linked((*PLAN_2023[:3], (renamed, None, "heading"), *((t, renamed, k) for t, _, k in PLAN_2023[4:])))
    assert how(found, renamed) == ("same_items", "レセプト点検の強化")
    assert how(found, PLAN_2023[4][0]) == ("same_text", PLAN_2023[4][0])


def test_what_has_no_counterpart_stays_alone() -> None:
    new = "健康宣言事業所に対し、産業保健総合支援センターと出前講座を開催する。"
    found = linked((*PLAN_2023, (new, "広報活動の推進", "action")))
    assert how(found, new) is None
    assert len(found.links) == len(PLAN_2023)


def test_a_measure_cut_in_two_keeps_both_parts() -> None:
    old = (
        ("保健事業", None, "heading"),
        (
            "未治療者に受診勧奨の文書を送付し、かかりつけ医と連携して糖尿病の重症化予防に取り組む。",
            "保健事業",
            "action",
        ),
    )
    first = "未治療者に対して受診勧奨の文書を送付する。"
    second = "かかりつけ医と連携して糖尿病の重症化予防に取り組む。"
    found = linked((old[0], (first, "保健事業", "action"), (second, "保健事業", "action")), old)
    assert {how(found, first)[1], how(found, second)[1]} == {old[1][0]}  # type: ignore[index]
    assert sorted(link.linked for link in found.links if "保健事業" not in link.new[4:8]) == ["close_text", "split"]


def test_a_measure_taken_up_into_another_is_a_merge() -> None:
    joined = "未治療者に受診勧奨の文書を送付し、かかりつけ医と連携して糖尿病の重症化予防に取り組む。"
    first = "未治療者に対して受診勧奨の文書を送付する。"
    second = "かかりつけ医と連携して糖尿病の重症化予防に取り組む。"
    old = (("保健事業", None, "heading"), (first, "保健事業", "action"), (second, "保健事業", "action"))
    found = linked((old[0], (joined, "保健事業", "action")), old)
    carried = how(found, joined)
    assert carried is not None
    assert {carried[1], *(merge.old[4:] for merge in found.merges)} == {first, second}


def test_an_aim_is_known_by_its_indicator_not_by_its_words() -> None:
    def aim(year: str, text: str, code: str) -> Item:
        return Item(f"{year}:{text}", "target", text, None, None, 0, frozenset({code}))

    old = [
        aim("old", "KPI 保険証回収率を95%以上", "card"),
        aim("old", "KPI 健診実施率を60%以上", "checkup"),
    ]
    new = [
        aim("new", "KPI 健診実施率を62%以上", "checkup"),
        aim("new", "健康保険証の回収率 対前年度以上", "card"),
    ]
    pairs = {(link.new[4:], link.old[4:]) for link in link_editions(old, new).links}
    assert pairs == {(new[0].text, old[1].text), (new[1].text, old[0].text)}


def test_two_good_pairs_are_not_given_up_for_weak_ones() -> None:
    old = (
        ("数値目標", None, "heading"),
        ("健康宣言事業所の特定保健指導受入事業所数", "数値目標", "action"),
        ("健康宣言事業所 特定保健指導実施率", "数値目標", "action"),
    )
    new = "健康宣言事業所の特定保健指導の実施率"
    other = "健康宣言事業所の健康保険委員委嘱率"
    found = linked((old[0], (new, "数値目標", "action"), (other, "数値目標", "action")), old)
    assert how(found, new) == ("close_text", old[2][0])
