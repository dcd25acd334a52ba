"""The tree of measures for many mixtures of markers, and what heads what."""

from __future__ import annotations

import pytest

from normalizers.model.records import Measure, Records
from normalizers.normalize import normalize_document
from normalizers.outline.plan_line import read_line
from tests.normalizers.plan_text import document, paragraph, plan, with_heading_level


def tree(records: Records) -> list[str]:
    """Each measure as its text, indented by its level, headings with a colon."""
    return [
        "  " * measure.level + measure.text_normalized + (":" if measure.kind == "heading" else "")
        for measure in records.measures
    ]


def by_text(records: Records, text: str) -> Measure:
    return next(measure for measure in records.measures if text in measure.text_normalized)


def heading_of(records: Records, statement: str) -> str | None:
    texts = {measure.measure_id: measure.text_normalized for measure in records.measures}
    target = next(target for target in records.targets if statement in target.statement)
    return texts.get(target.heading_id or "")


@pytest.mark.parametrize(
    "marks",
    [
        ("1-1.", "(1)", "①"),
        ("○", "i)", "・"),
        ("(1)", "①", "ア."),
        ("◆", "▶", "・"),
        ("ア.", "(ア)", "a)"),
        ("1)", "①", "(1)"),
        ("□", "1.", "－ "),
        ("①", "○", "・"),
        ("Ⅰ.", "1.", "(1)"),
        ("◎", "◇", "●"),
    ],
)
@pytest.mark.parametrize("indented", [True, False])
def test_three_storeys_whatever_the_marks(marks: tuple[str, str, str], indented: bool) -> None:
    outer, middle, inner = marks
    lines = [
        (0, outer, "健康づくり"),
        (1, middle, "健診の推進"),
        (2, inner, "案内を送付する。"),
        (2, inner, "会場を増やす。"),
    ]
    lines += [(1, middle, "保健指導の推進"), (2, inner, "委託を進める。")]
    text = [(" " * depth if indented else "") + f"{mark} {words}" for depth, mark, words in lines]
    records = normalize_document(plan(text))
    assert [measure.level for measure in records.measures] == [0, 1, 2, 2, 1, 2]
    assert [measure.kind for measure in records.measures] == [
        "heading",
        "heading",
        "action",
        "action",
        "heading",
        "action",
    ]


def test_numbers_that_go_on_hold_an_unnumbered_heading_between_them() -> None:
    records = normalize_document(
        plan(
            [
                "○健康づくり",
                "i) 健診の推進",
                "○受診勧奨",
                "・電話をかける",
                "ii) 保健指導",
                "・面談を行う",
                "○広報",
                "・広報誌を出す",
            ]
        )
    )
    assert tree(records) == [
        "○健康づくり:",
        "  i) 健診の推進:",
        "    ○受診勧奨:",
        "      ・電話をかける",
        "  ii) 保健指導:",
        "    ・面談を行う",
        "○広報:",
        "  ・広報誌を出す",
    ]


def test_one_numbering_through_several_headings_stays_under_each() -> None:
    records = normalize_document(
        plan(["○広報", "① 広報誌を発行する。", "② 研修会を開く。", "○債権", "③ 早期に催告する。", "④ 訪問する。"])
    )
    assert [measure.level for measure in records.measures] == [0, 1, 1, 0, 1, 1]


def test_a_section_line_closes_everything_and_is_itself_a_heading() -> None:
    records = normalize_document(
        plan(
            [
                "１．基盤的保険者機能関係",
                "（１）点検",
                "・点検する。",
                "２．戦略的保険者機能関係",
                "（１）健診",
                "・案内する。",
            ],
            section=None,
        )
    )
    assert [measure.section for measure in records.measures] == ["基盤的保険者機能関係"] * 3 + [
        "戦略的保険者機能関係"
    ] * 3
    assert [measure.level for measure in records.measures] == [0, 0, 1, 0, 0, 1]
    assert {measure.section_number for measure in records.measures} == {"1", "2"}


def test_prose_headings_without_marks_hold_what_follows() -> None:
    lines = [
        paragraph(text, at)
        for at, text in enumerate(["基本方針", "加入者の健康を守る。", "重点施策", "（１）健診", "案内を送る。"])
    ]
    lines = [with_heading_level(line, 1) if line.text.text in ("基本方針", "重点施策") else line for line in lines]
    assert tree(normalize_document(document(lines))) == [
        "基本方針:",
        "  加入者の健康を守る。",
        "重点施策:",
        "  (1)健診:",
        "    案内を送る。",
    ]


def test_a_row_of_bare_phrases_stays_actions_although_a_target_follows_the_last() -> None:
    records = normalize_document(
        plan(["◆ 広報", "▶ 広報誌の発行", "▶ 動画の配信", "■ KPI：健康保険委員の委嘱事業所数を対前年度以上とする"])
    )
    assert [measure.kind for measure in records.measures] == ["heading", "action", "action", "target"]
    assert heading_of(records, "健康保険委員") == "◆ 広報"


def test_a_quoted_list_does_not_end_the_numbered_measures() -> None:
    records = normalize_document(
        plan(
            [
                "④ 制度の実施",
                "・周知する。",
                "(参考) 方針の抜粋",
                "○ 制度の仕組みを見直すこと",
                "⑤ 好事例の展開",
                "・展開する。",
            ]
        )
    )
    assert by_text(records, "⑤").level == by_text(records, "④").level == 0


def test_the_block_after_the_last_submeasure_speaks_of_the_whole() -> None:
    records = normalize_document(
        plan(
            [
                "2-1. 広報",
                "(1) 広報誌",
                "・発行する。",
                "(2) 委員",
                "・委嘱する。",
                "【重要度：高】",
                "大切である。",
                "■ KPI：健康保険委員の委嘱事業所数を対前年度以上とする",
            ]
        )
    )
    assert heading_of(records, "健康保険委員") == "2-1. 広報"
    assert by_text(records, "2-1.").importance == "高"
    assert by_text(records, "(2)").importance is None


def test_blocks_of_their_own_stay_with_each_submeasure() -> None:
    records = normalize_document(
        plan(
            [
                "1. 健診",
                "(1) 被保険者の健診",
                "・案内する。",
                "KPI：生活習慣病予防健診実施率を60%以上とする",
                "(2) 被扶養者の健診",
                "・案内する。",
                "KPI：被扶養者の特定健診実施率を30%以上とする",
            ]
        )
    )
    assert heading_of(records, "生活習慣病") == "(1) 被保険者の健診"
    assert heading_of(records, "被扶養者の特定") == "(2) 被扶養者の健診"


def test_a_block_before_the_actions_speaks_of_the_heading_above_it() -> None:
    records = normalize_document(
        plan(
            [
                "○点検",
                "■KPI：査定率について対前年度以上とする",
                "・研修する。",
                "○回収",
                "■KPI：返納金債権の回収率を対前年度以上とする",
                "・催告する。",
            ]
        )
    )
    assert heading_of(records, "査定率") == "○点検"
    assert heading_of(records, "返納金") == "○回収"


def test_only_the_nearest_measure_is_meant_where_chapters_stand_above() -> None:
    records = normalize_document(
        plan(
            [
                "第１　方針",
                "健康を守る。",
                "第２　施策",
                "１　窓口",
                "丁寧に応対する。",
                "２　医療費",
                "（１）広報",
                "広報する。",
                "（２）点検",
                "点検する。",
                "【KPI】査定率について対前年度以上とする",
            ],
            section=None,
        )
    )
    assert heading_of(records, "査定率") == "2 医療費"


def test_parents_come_before_their_children_and_one_level_above() -> None:
    records = normalize_document(
        plan(
            [
                "1-1. 点検",
                "(1) 研修",
                "① 研修する。",
                "【困難度：高】",
                "理由である。",
                "■ 被保険者（対象者数：10人）",
                "・健診 実施率 50%（実施見込者数：5人）",
                "1-2. 回収",
                "・催告する。",
            ]
        )
    )
    seen: dict[str, Measure] = {}
    for measure in records.measures:
        assert measure.level == (seen[measure.parent_id].level + 1 if measure.parent_id else 0)
        seen[measure.measure_id] = measure


def test_what_follows_a_label_that_stands_alone_is_its_aim() -> None:
    records = normalize_document(
        plan(
            """
(1) 地域への働きかけ
 ・会議で意見を述べる。
 【KPI】
 ・調整会議や審議会の場で効果的な意見発信を実施する
 ・会議の資料を整理する。
"""
        )
    )
    assert [(target.kind, target.basis, target.statement) for target in records.targets] == [
        ("kpi", "qualitative", "調整会議や審議会の場で効果的な意見発信を実施する")
    ]
    assert not records.findings


def test_a_star_sets_off_figures_or_a_note() -> None:
    lines = (
        "＊ 被保険者（実施対象者数：512,451人）",
        "・ 健診 実施率59.1%（実施見込者数：302,900人）",
        "＊ 査定率＝減額÷医療費",
    )
    assert [read_line(0, paragraph(line)).role for line in lines] == ["figure", "figure", "note"]
