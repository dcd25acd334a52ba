"""Whole documents: targets with their context, notes, years, places; and that nothing ever raises."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.model.records import Records
from normalizers.normalize import normalize_document
from parsers.model.document import Edition, Paragraph
from tests.normalizers.plan_text import comparison, document, paragraph, plan

_PIECES = st.sampled_from(
    [
        *(
            "○",
            "①",
            "②",
            "1-1.",
            "(1)",
            "ア．",
            "・",
            "■ KPI：",
            "支部目標",
            "※",
            "【重要度：高】",
            "移動①",
            "①から移動",
        ),
        *("以上とする", "60.3%", "(目標:", ")", "第1　", "<", "参考", "健診", "。", "被保険者(40歳以上)"),
        *("\x00", "\u200b", "　", "１．基盤的保険者機能関係"),
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=6).map("".join)


def targets(records: Records) -> list[tuple[str, int | None, str]]:
    return [(target.kind, target.number, target.statement_normalized) for target in records.targets]


def test_a_label_alone_and_its_numbered_targets() -> None:
    records = normalize_document(
        plan(["○点検", "■ KPI：", "1) 査定率について対前年度以上とする", "2) 郵送化率を95%以上とする", "・研修する。"])
    )
    assert targets(records) == [("kpi", 1, "査定率について対前年度以上とする"), ("kpi", 2, "郵送化率を95%以上とする")]
    assert records.measures[-1].kind == "action"


def test_bullets_under_a_label_are_targets_until_one_states_none() -> None:
    records = normalize_document(
        plan(
            [
                "○点検",
                "【KPI】",
                "・査定率を対前年度以上とする",
                "・郵送化率を95%以上とする",
                "・研修を実施する。",
                "・会議を月1回以上開く。",
            ]
        )
    )
    assert [target[2] for target in targets(records)] == ["査定率を対前年度以上とする", "郵送化率を95%以上とする"]


def test_a_heading_that_counts_on_after_a_target_is_no_target() -> None:
    records = normalize_document(
        plan(
            [
                "② 窓口",
                "・応対する。",
                "■ KPI：① 達成状況を100%とする",
                "② 郵送化率を96%以上とする",
                "③ 限度額適用認定証の利用促進",
                "・広報する。",
            ]
        )
    )
    assert len(records.targets) == 2
    assert next(m.kind for m in records.measures if m.text.startswith("③")) == "heading"


def test_unmarked_lines_go_on_with_branch_targets() -> None:
    records = normalize_document(
        plan(
            [
                "○協働",
                "・勧奨する。",
                "支部目標 特定健診受診率 84%",
                "特定保健指導実施率 50%",
                "宣言事業所数 320社以下",
                "・表彰する。",
            ]
        )
    )
    assert [target.value for target in records.targets] == [84.0, 50.0, 320.0]
    assert {target.kind for target in records.targets} == {"branch_target"}


def test_group_lines_give_their_population_until_the_next_group() -> None:
    records = normalize_document(
        plan(
            [
                "○健診",
                "■ 被保険者（40歳以上）（実施対象者数：1,000人）",
                "・健診 実施率 60.0%（実施見込者数：600人）",
                "■ 被扶養者（実施対象者数：500人）",
                "・健診 実施率 30.0%（実施見込者数：150人）",
            ]
        )
    )
    assert [target.population for target in records.targets] == ["insured"] * 3 + ["dependents"] * 3


def test_a_heading_that_names_a_group_is_no_figure() -> None:
    records = normalize_document(plan(["1. 健診", "① 被保険者", "・案内する。", "② 被扶養者", "・案内する。"]))
    assert [measure.kind for measure in records.measures] == ["heading", "heading", "action", "heading", "action"]


def test_notes_go_to_the_target_that_cites_them_or_stands_before_them() -> None:
    records = normalize_document(
        plan(
            [
                "○点検",
                "※ 点検とは何か",
                "■ KPI：1) 査定率（※）を対前年度以上とする",
                "2) 回収率を対前年度以上とする",
                "（※） 査定率の式",
                "※ 廃止まで取り組む",
            ]
        )
    )
    assert [target.notes for target in records.targets] == [("（※） 査定率の式",), ("※ 廃止まで取り組む",)] or [
        target.notes for target in records.targets
    ] == [("（※） 査定率の式", "※ 廃止まで取り組む"), ()]
    assert all("点検とは" not in note for target in records.targets for note in target.notes)


def test_an_aim_within_an_action_leaves_the_line_an_action() -> None:
    records = normalize_document(plan(["○回収", "② 文書を送付（目標：200事業所）", "③ 訪問する。"]))
    assert [(target.kind, target.number, target.value, target.unit) for target in records.targets] == [
        ("branch_target", None, 200.0, "offices")
    ]
    assert records.measures[1].kind == "action"


def test_a_label_with_nothing_after_it_is_a_finding_and_no_target() -> None:
    records = normalize_document(plan(["○広報", "■ KPI：", "○債権", "・催告する。"]))
    assert records.targets == ()
    assert [finding.check for finding in records.findings] == ["empty_target"]


def test_a_target_cut_off_in_the_middle_is_kept_with_a_finding() -> None:
    records = normalize_document(plan(["○債権", "・催告する。", "■ KPI：返納金債権の回収率を"]))
    assert [(target.basis, target.value) for target in records.targets] == [("qualitative", None)]
    assert records.targets[0].confidence < 0.8
    assert {reason.code for reason in records.targets[0].confidence_reasons} >= {"no_goal"}


def test_editions_speak_for_their_own_years() -> None:
    records = normalize_document(
        comparison("○点検\n■KPI：査定率を0.5%以上とする", "○点検\n■KPI：査定率を0.4%以上とする", year=2024)
    )
    assert [(t.edition, t.fiscal_year, t.plan_title, t.value) for t in records.targets] == [
        ("new", 2024, "新(令和6年度)", 0.5),
        ("old", 2023, "旧(令和5年度)", 0.4),
    ]


def test_a_value_is_marked_where_its_digits_or_the_whole_statement_are() -> None:
    records = normalize_document(
        plan(
            [
                "○点検",
                "■ KPI：① 査定率を<u>95.0%</u>以上とする",
                "② <u>回収率を対前年度以上とする</u>。",
                "③ 郵送化率<u>を</u>93.0%以上とする",
            ]
        )
    )
    assert [target.value_underlined for target in records.targets] == [True, True, False]


def test_ids_are_unique_and_boxes_lie_on_the_line() -> None:
    parsed = plan(["○点検", "・研修する。", "■ KPI：査定率を対前年度以上とする"])
    records = normalize_document(parsed)
    assert len({measure.measure_id for measure in records.measures}) == 3
    assert records.targets[0].box == parsed.paragraphs[2].box
    assert records.targets[0].measure_id == records.measures[2].measure_id


def test_indicators_without_a_catalogue_entry_are_listed() -> None:
    records = normalize_document(plan(["○広報", "支部目標 出前講座の満足度指数 84点"]))
    assert [unknown.target_id for unknown in records.unknown_indicators] == [
        target.target_id for target in records.targets
    ]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(_TEXTS, st.sampled_from(["single", "new", "old", "reference"]), st.integers(0, 2)), max_size=14)
)
def test_no_document_raises(lines: list[tuple[str, Edition, int]]) -> None:
    paragraphs = [paragraph(text, at, edition=edition, row=row) for at, (text, edition, row) in enumerate(lines)]
    records = normalize_document(document(paragraphs, kind="comparison", year=None))
    assert len(records.measures) == len(paragraphs)


def test_a_huge_paragraph_is_read_without_harm() -> None:
    records = normalize_document(
        comparison("○広報\n・" + "広報誌を発行し、" * 12_000, "○広報\n・" + "広報紙を発行し、" * 12_000)
    )
    assert [change.kind for change in records.changes] == ["modified"]


@pytest.mark.parametrize("name", ["okayama_r3", "kumamoto_r6"])
def test_the_real_plans_targets_stand_under_the_measures_their_readers_gave(shared: Path, name: str) -> None:
    folder = shared / "truth" / name
    blocks = json.loads((folder / "cells.json").read_text(encoding="utf-8"))
    truth = [json.loads(line) for line in (folder / "targets.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = list(dict.fromkeys(block["row"] for block in blocks["blocks"]))
    paragraphs = [
        paragraph(
            ("@" if block["kind"] == "annotation" else "") + block["text"],
            at,
            edition=block["edition"],
            row=rows.index(block["row"]),
            section=block["section"],
        )
        for at, block in enumerate(blocks["blocks"])
    ]
    titled = [
        item if block["edition"] == "single" else _titled(item, block["plan_title"])
        for item, block in zip(paragraphs, blocks["blocks"], strict=True)
    ]
    records = normalize_document(
        document(titled, kind=blocks["document"]["kind"], year=blocks["document"]["fiscal_year"])
    )
    headings = {
        measure.measure_id: _bare(measure.text.removeprefix(measure.marker or "")) for measure in records.measures
    }
    got = sorted(
        (t.edition, str(t.fiscal_year), _bare(t.statement), headings.get(t.heading_id or "", ""))
        for t in records.targets
    )
    want = sorted((t["edition"], str(t["fiscal_year"]), _bare(t["statement"]), _bare(t["heading"])) for t in truth)
    assert got == want


def _titled(item: Paragraph, title: str) -> Paragraph:
    return replace(item, column_title=title)


def _bare(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def test_a_name_beside_all_years_heads_the_targets_of_each() -> None:
    names = [("広報の充実", "広報誌"), ("債権の回収", "催告")]
    paragraphs: list[Paragraph] = []
    for row, (name, word) in enumerate(names):
        shared = paragraph(name, 20 * row, edition="new", row=row)
        paragraphs.append(replace(shared, column_title="項目", column_level=0))
        paragraphs += [
            paragraph(f"■ KPI：{word}の配布数を{value}部以上とする", 20 * row + at, edition=edition, row=row)
            for at, (edition, value) in enumerate((("old", 100), ("new", 200)), 1)
        ]
    records = normalize_document(document(paragraphs, kind="comparison"))
    texts = {measure.measure_id: measure.text for measure in records.measures}
    assert [texts[target.heading_id or ""] for target in records.targets] == [
        name for name, _ in names for _ in range(2)
    ]
