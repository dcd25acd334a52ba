"""Differences between the editions, their marks, and moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.changes.marking import without
from normalizers.model.records import Change, Records
from normalizers.normalize import normalize_document
from normalizers.text.characters import normalize
from normalizers.text.differences import differences
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


def pairs(new: str, old: str) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.new_text, change.old_text) for change in changes(new, old)]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (
            [
                "○ 被保険者（40歳以上）（実施対象者数：286,223人）",
                "・生活習慣病予防健診 実施率 60.3%（実施見込者数：172,500人）",
                "○ 被扶養者（実施対象者数：80,544人）",
                "・特定健康診査 実施率 28.3%（実施見込者数：22,800人）",
            ],
            [
                "○ 被保険者（40歳以上）（受診対象者数：84,291人）",
                "・生活習慣病予防健診 受診率 28.8%（受診見込者数：24,208人）",
                "○ 被扶養者（受診対象者数：286,159人）",
                "・特定健康診査 受診率 60.3%（受診見込者数：172,000人）",
            ],
        ),
        (
            ["■被保険者（特定保健指導対象者数 1,961人）", "■被扶養者（特定保健指導対象者数 43,208人）"],
            ["■被保険者（特定保健指導対象者数 43,205人）", "■被扶養者（特定保健指導対象者数 1,960人）"],
        ),
        (
            ["■KPI：特定健診の実施率", "ア 被保険者 66.0%", "イ 被扶養者 33.5%"],
            ["■KPI：特定健診の実施率", "ア 被保険者 33.0%", "イ 被扶養者 66.5%"],
        ),
        (
            ["① 事業所への訪問 30件以上", "② 関係団体への訪問 15件以上"],
            ["① 事業所への訪問 15件以上", "② 関係団体への訪問 30件以上"],
        ),
    ],
)
def test_lines_are_paired_by_their_words_and_people_whatever_their_figures_are(new: list[str], old: list[str]) -> None:
    found = pairs("\n".join(["○特定健診の推進", *new]), "\n".join(["○特定健診の推進", *old]))
    differing = [(n, o) for n, o in zip(new, old, strict=True) if n != o]
    assert found == [("modified", normalize(n).text, normalize(o).text) for n, o in differing]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("○債権管理・回収の強化", "○返納金の発生防止に向けた保険証の回収"),
        ("（5）医療資源の適正使用", "（5）後発品の普及"),
    ],
)
def test_a_heading_worded_anew_is_paired_by_the_lines_under_it(new: str, old: str) -> None:
    lines = "\n・資格喪失後の受診を防ぐ\n・{}で催告する\n・弁護士名の文書を送る"
    found = pairs(f"{new}{lines.format('文書')}", f"{old}{lines.format('電話')}")
    assert [(kind, bool(n), bool(o)) for kind, n, o in found] == [("modified", True, True)] * 2
    lone = pairs(f"{new}\n・分割納付を管理する", f"{old}\n・事業所に掲示を頼む")
    assert sorted(kind for kind, _, _ in lone) == ["added", "added", "removed", "removed"]


def test_aims_of_other_indicators_are_no_versions_of_one_another_a_wider_name_is() -> None:
    found = pairs(
        "○重症化予防\n■KPI：健診受診月から10か月以内に医療機関を受診した者の割合を15.0%以上とする",
        "○重症化予防\n■KPI：受診勧奨後3か月以内に医療機関を受診した者の割合を12.0%以上とする",
    )
    assert [kind for kind, _, _ in found] == ["added", "removed"]
    found = pairs(
        "○点検\n■KPI：協会のレセプト点検の査定率を0.2%以上とする",
        "○点検\n■KPI：社会保険診療報酬支払基金と合算したレセプト点検の査定率を0.3%以上とする",
    )
    assert [kind for kind, _, _ in found] == ["modified"]


@pytest.mark.parametrize("line", ["・案内を送る", "・電話で勧奨する"])
def test_a_line_printed_under_several_headings_stays_under_its_own(line: str) -> None:
    found = pairs(f"○健診\n{line}\n○指導\n{line}", f"○健診\n{line}\n○指導\n{line}\n○広報\n{line}")
    assert [(kind, old) for kind, _, old in found] == [("removed", "○広報"), ("removed", line)]


@pytest.mark.parametrize("same", ["（同左）", "変更なし"])
def test_an_aim_below_an_entry_that_stands_for_another_aim_is_paired(same: str) -> None:
    found = pairs(
        "○窓口\n■ KPI：① サービススタンダードの達成状況を100%とする\n\n② 郵送化率を96.5%以上とする",
        f"○窓口\n{same}\n\n② 郵送化率を95.0%以上とする",
    )
    assert found == [("modified", "② 郵送化率を96.5%以上とする", "② 郵送化率を95.0%以上とする")]


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


def test_a_sentence_that_lacks_its_full_stop_is_paired_with_the_same_with_one() -> None:
    new = "(7) 注\n① 経口の加算は、次のアからエまでの通り、実施するものとすること。\nイ ①の通り乙を送る。"
    old = "(7) 注\n① 経口の加算は、次のイからエまでの通り、実施するものとすること\nイ ①の通り丙を送る。"
    assert [change.kind for change in changes(new, old)] == ["modified", "modified"]


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
