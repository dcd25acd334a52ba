"""Aims of whole paragraphs: the two real plans, places in the text, and input that is no Japanese sentence at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.aims.aim import TargetContext
from normalizers.aims.read_aims import group_line, is_figure_line, read_aims
from normalizers.text.characters import normalize

PIECES = (
    "■ KPI： ① ② 1） 対前年度 以上 以下 とする を の は 、 。 （※） ※ 95.0% １，８５０社 年2回 ただし 支部については "
    "健診実施率 被保険者 （ ） 「 」 【KPI】 支部目標 ▲1.2ポイント から まで 引き上げる 令和6年度 末時点で 目標： "
    "いずれか高い値 過去3年度の平均値 設定なし 前年度比 （前年度実績80%） 10～15回 ゼロ ２倍 を超える"
)
FRAGMENTS = st.lists(st.sampled_from([*PIECES.split(), "\u3000", "\n", " "]), max_size=14).map("".join)


@pytest.mark.parametrize("name", ["kumamoto_r6", "okayama_r3"])
def test_every_statement_of_the_real_plans(shared: Path, name: str) -> None:
    rows = [
        json.loads(line)
        for line in (shared / "truth" / name / "targets.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for row in rows:
        if row["kind"] == "plan_figure":
            continue
        inherited = row["indicator"] if row["condition"] else None
        context = TargetContext(row["kind"], previous_indicator=inherited, fiscal_year=row["fiscal_year"])
        aims = read_aims(row["statement"], context)
        assert len(aims) == 1, row["statement"]
        for field in ("basis", "comparator", "value", "unit", "population", "condition", "deadline"):
            assert getattr(aims[0], field) == row[field], (row["statement"], field)
        assert normalize(aims[0].indicator or "").text == normalize(row["indicator"] or "").text


def test_the_statement_and_the_value_are_found_on_the_page() -> None:
    text = "■ KPI：②　現金給付等の申請に係る郵送化率を９５．０％以上とする"
    (aim,) = read_aims(text, TargetContext())
    assert text[aim.statement.start : aim.statement.end] == "現金給付等の申請に係る郵送化率を９５．０％以上とする"
    assert aim.value_span is not None
    assert text[aim.value_span.start : aim.value_span.end] == "９５．０"


def test_a_note_behind_a_statement_is_kept_apart() -> None:
    text = "■ KPI：ジェネリック医薬品使用割合（※）を80%以上とする ※医科、DPC、歯科、調剤"
    (aim,) = read_aims(text, TargetContext())
    assert text[aim.statement.start : aim.statement.end] == "ジェネリック医薬品使用割合（※）を80%以上とする"
    assert [text[note.start : note.end] for note in aim.notes] == ["※医科、DPC、歯科、調剤"]
    assert aim.note_marks == ("※",)


@pytest.mark.parametrize("sign", ["≧", "≥"])
def test_a_bound_as_a_sign_in_a_bracket_is_an_exception(sign: str) -> None:
    aims = read_aims(f"■ KPI：原則30%以上とする（被扶養者{sign}15%）", TargetContext(previous_indicator="実施率"))
    assert [(aim.comparator, aim.value, aim.population) for aim in aims] == [
        ("ge", 30.0, None),
        ("ge", 15.0, "dependents"),
    ]


def test_what_cannot_be_read_is_given_without_a_number() -> None:
    (aim,) = read_aims("■ KPI：マイナ保険証利用率を国の水準へ近づける", TargetContext())
    assert (aim.basis, aim.comparator, aim.value) == ("qualitative", None, None)
    assert aim.confidence < 0.5
    assert "no_goal" in {reason.code for reason in aim.reasons}


def test_a_doubtful_number_is_less_certain_than_a_plain_one() -> None:
    plain, ranged = (
        read_aims(f"■ KPI：広報誌の発行回数を{number}回とする", TargetContext())[0] for number in ("10", "10～15")
    )
    assert ranged.confidence < plain.confidence


def test_a_value_between_two_round_ones_is_given_with_doubt() -> None:
    (aim,) = read_aims("■ KPI：マイナ保険証利用率を60%台とする", TargetContext())
    assert (aim.value, aim.comparator) == (60.0, "ge")
    assert aim.confidence < 0.8


def test_a_value_out_of_all_proportion_is_doubted() -> None:
    (aim,) = read_aims("■ KPI：生活習慣病予防健診実施率を6.03%以上とする", TargetContext())
    assert aim.value == 6.03
    assert "implausible" in {reason.code for reason in aim.reasons}


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("■ 被保険者（40歳以上）（実施対象者数：245,248人）", "insured"),
        ("○被扶養者（実施対象者数:58,055人）", "dependents"),
        ("・ 特定保健指導 実施率 39.5%（実施見込者数：15,210人）", None),
        ("被保険者の健診を推進する", None),
    ],
)
def test_group_lines(text: str, population: str | None) -> None:
    assert group_line(text) == population


@pytest.mark.parametrize(
    ("text", "is_line"),
    [
        ("■ 被保険者（40歳以上）（実施対象者数：245,248人）", True),
        ("・ 生活習慣病予防健診 実施率 68.2%（実施見込者数：167,259人）", True),
        ("（内訳）協会保健師実施分 20.0%（実施見込者数：8,640人）", True),
        ("・申請受付から支給までの標準期間（サービススタンダード：10日間）を遵守する。", False),
        ("令和2年7月17日閣議決定", False),
        ("", False),
    ],
)
def test_head_count_lines(text: str, is_line: bool) -> None:
    assert is_figure_line(text) is is_line


@given(
    st.integers(min_value=1, max_value=9999).map(lambda tenths: tenths / 10),
    st.sampled_from(["{}%", "{}％", "{} %", "{}パーセント"]),
    st.booleans(),
    st.sampled_from(
        [("以上とする", "ge"), ("以下に抑える", "le"), ("とする", "eq"), ("超とする", "gt"), ("未満とする", "lt")]
    ),
    st.sampled_from(
        ["健診実施率を", "施術箇所3部位以上の申請の割合について、", "受診後1か月以内の者の割合を年度末までに", "率　"]
    ),
)
def test_a_rate_in_any_sentence_is_read_back(
    value: float, spelling: str, wide: bool, goal: tuple[str, str], indicator: str
) -> None:
    number = spelling.format(value)
    if wide:
        number = number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789."})
    (aim,) = read_aims(f"■ KPI：{indicator}{number}{goal[0]}", TargetContext())
    assert (aim.value, aim.unit, aim.comparator, aim.basis) == (value, "percent", goal[1], "absolute")


@given(
    st.one_of(st.text(max_size=120), FRAGMENTS),
    st.sampled_from([None, "kpi", "branch_target", "plan_figure"]),
    st.sampled_from([None, "健診実施率"]),
)
def test_no_text_raises_and_every_place_lies_in_it(text: str, kind, previous: str | None) -> None:  # type: ignore[no-untyped-def]
    for aim in read_aims(text, TargetContext(kind, previous_indicator=previous)):
        assert 0 <= aim.statement.start < aim.statement.end <= len(text)
        assert 0.0 <= aim.confidence <= 1.0
        assert (aim.value is None) == (aim.value_span is None)
        if aim.value_span is not None:
            assert text[aim.value_span.start : aim.value_span.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "■ KPI：" + "健診実施率を95.0%以上とする。" * 6000,
        "■ KPI：" + "（" * 50_000 + "95%" + "）" * 49_000,
        "９" * 100_000,
        "■ KPI：" + "、".join(["対前年度以上"] * 3000),
        "あ" * 100_000,
        "\x00\x07■ KPI：\x1b[0m健診\x00実施率を95\u200b.0%以上とする\ud800",
        "■ KPI：检查率 should be 60% 이상 🙂",
    ],
    ids=["long", "nested", "digits", "references", "plain", "controls", "mixed"],
)
def test_monstrous_input_is_survived(text: str) -> None:
    read_aims(text, TargetContext())
    read_aims(text, TargetContext("kpi"))


def test_of_hundreds_of_brackets_what_is_read_is_doubted() -> None:
    aims = read_aims("■ KPI：健診受診率" + "（対象者数100人）" * 400)
    assert 0 < len(aims) < 200
    assert all(any(reason.code == "too_long" for reason in aim.reasons) for aim in aims)


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("削減額　年間2億円（6年間で12億円）", True),
        ("訪問件数100件（3年間で計300件）", True),
        ("精密検査受診率は90％以上（許容値80％以上）とする", True),
        ("受診率60％以上（令和5年度実績54.1％）", False),
        ("受診率60％以上（全国10位以内）", True),
        ("受診率60％以上（全国58％）", False),
        ("集団健診 6,000人以上（協会主催集団健診 5,500人）", True),
        ("受診者数500人（受診率25.0％）", False),
        ("未治療者（160mmHg以上）の受診率を60％とする", False),
    ],
)
def test_a_figure_in_a_bracket_that_no_field_has_is_a_doubt(text: str, doubted: bool) -> None:
    aims = read_aims(text, TargetContext(kind="kpi", fiscal_year=2024))
    assert ("number_left" in {reason.code for reason in aims[0].reasons}) == doubted


@pytest.mark.parametrize(
    ("bracket", "doubted"),
    [
        ("（５年度 88.0％以上）", True),
        ("（令和５年度：88.0％以上）", True),
        ("（R5 88.0％以上）", True),
        ("（６年度 88.0％以上）", False),
        ("（令和６年度：88.0％以上）", False),
    ],
)
def test_a_figure_in_brackets_of_an_earlier_year_is_doubted(bracket: str, doubted: bool) -> None:
    (aim,) = read_aims(f"健康保険証回収率{bracket}", TargetContext(kind="kpi", fiscal_year=2024))
    assert ("label_of_earlier_year" in {reason.code for reason in aim.reasons}) is doubted
    assert (aim.confidence < 0.8) is doubted
